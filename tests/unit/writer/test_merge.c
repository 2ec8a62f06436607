#include "merge.h"

#include "gram_table.h"
#include "random.h"
#include "scratch.h"
#include "store.h"
#include "unit.h"
#include "word_list.h"

#include <stdio.h>

enum { RUNS = 4, KEYS = 3000, NUMBERS = 60, PATTERNS = 5 };

/* The naive model: of each key in each run, which numbers, with which value plus 1. */
struct model {
	uint8_t values[KEYS][RUNS][NUMBERS];
};

struct fixture {
	struct scratch scratch;
	struct commit commit;
	struct spill spill;
	struct run_writer writers[RUNS];
	struct merge_run runs[RUNS];
	struct pattern patterns[PATTERNS];
	uint32_t maps[RUNS][PATTERNS];
	unsigned char lengths[RUNS * NUMBERS * CHANNEL_LENGTHS];
	unsigned char *lengths_block;
	struct model model;
};

/* Keys ascend with their number. Four words each begin with the same eight bytes. */
static uint64_t key_of(enum layer layer, unsigned i)
{
	if (layer == LAYER_UNITS)
		return (uint64_t)('a' + i / 100) << 32 | (uint64_t)('a' + i / 10 % 10) << 16 | (uint64_t)('a' + i % 10);
	return (uint64_t)(0x4E00 + i / 50) << GRAM_ORDER_BITS | (i % 50 ? 0x5000 + i : 0);
}

static struct span word_of(char to[24], unsigned i)
{
	return (struct span){to,
			     (size_t)sprintf(to, "word%04u%s", i / 4, (const char *[]){"", "a", "b", "longer"}[i % 4])};
}

static void fill_run(struct fixture *f, enum layer layer, unsigned run, bool full, uint64_t *seed)
{
	struct run_writer *writer = &f->writers[run];

	run_reset(writer);
	run_begin(writer);
	for (unsigned i = 0; i < KEYS; i++) {
		struct posting postings[NUMBERS];
		uint32_t share = 1 + random_below(seed, 8);
		size_t count = 0;
		char to[24];

		for (uint32_t n = 0; n < NUMBERS; n++) {
			uint32_t value = layer == LAYER_UNITS ? 0 : random_below(seed, PATTERNS);

			f->model.values[i][run][n] = 0;
			/* the first key stands everywhere: its list has several blocks */
			if (!full || (i && random_below(seed, 8) >= share))
				continue;
			f->model.values[i][run][n] = (uint8_t)(value + 1);
			postings[count++] = (struct posting){n, value};
		}
		if (!count)
			continue;
		if (layer == LAYER_WORDS)
			run_add(writer, run_word_key(word_of(to, i)), word_of(to, i), postings, count);
		else
			run_add(writer, key_of(layer, i), (struct span){NULL, 0}, postings, count);
	}
	run_end(writer);
	assert_false(run_failed(writer));
}

/* The run, in memory or put aside. */
static void place_run(struct fixture *f, unsigned i, bool spilled)
{
	const struct run_writer *writer = &f->writers[i];
	struct err err = {0};

	f->runs[i] = (struct merge_run){.bytes = writer->bytes.data,
					.length = writer->bytes.n,
					.samples = (void *)writer->samples.data,
					.sample_count = BUF_COUNT(&writer->samples, struct run_sample),
					.base = i * NUMBERS,
					.limit = NUMBERS,
					.patterns = f->maps[i],
					.pattern_count = PATTERNS};
	if (!spilled)
		return;
	assert_int_equal(spill_write(&f->spill, buf_span(&writer->bytes), &f->runs[i].offset, &err), 0);
	f->runs[i].bytes = NULL;
}

static struct merge_layer layer_of(struct fixture *f, enum layer layer)
{
	return (struct merge_layer){.layer = layer,
				    .runs = f->runs,
				    .run_count = RUNS,
				    .spill = &f->spill,
				    .patterns = f->patterns,
				    .lengths = &f->lengths_block};
}

/* Each run numbers the patterns in its own way. */
static void make_patterns(struct fixture *f, uint64_t *seed)
{
	for (unsigned i = 0; i < PATTERNS; i++)
		f->patterns[i] = pattern_of((uint64_t)(i + 1) << 8 * (i % CHANNEL_FIELDS));
	for (unsigned run = 0; run < RUNS; run++)
		for (unsigned i = 0; i < PATTERNS; i++)
			f->maps[run][i] = (i + run) % PATTERNS;
	for (size_t i = 0; i < sizeof f->lengths; i++)
		f->lengths[i] = (unsigned char)(1 + random_below(seed, 200));
}

static int make(void **state)
{
	struct fixture *f = test_calloc(1, sizeof *f);
	struct err err = {0};
	uint64_t seed = 5;

	scratch_make(&f->scratch);
	assert_int_equal(commit_begin(&f->commit, &io_posix, f->scratch.index, &err), 0);
	spill_init(&f->spill, &f->commit);
	make_patterns(f, &seed);
	f->lengths_block = f->lengths;
	*state = f;
	return 0;
}

static int release(void **state)
{
	struct fixture *f = *state;

	for (unsigned i = 0; i < RUNS; i++)
		run_release(&f->writers[i]);
	spill_release(&f->spill);
	commit_end(&f->commit);
	scratch_release(&f->scratch);
	test_free(f);
	return 0;
}

/* What the model says of a key: its postings in the segment. */
static size_t postings_of(const struct fixture *f, enum layer layer, unsigned key, struct posting *out)
{
	size_t n = 0;

	for (uint32_t run = 0; run < RUNS; run++) {
		for (uint32_t i = 0; i < NUMBERS; i++) {
			uint32_t value = f->model.values[key][run][i];

			if (!value)
				continue;
			value = layer == LAYER_WORDS ? f->maps[run][value - 1] : value - 1;
			out[n++] = (struct posting){run * NUMBERS + i, value};
			if (layer != LAYER_UNITS)
				continue;
			/* of frames it is told in which group they are */
			out[n - 1].number /= STORE_GROUP;
			n -= n > 1 && out[n - 2].number == out[n - 1].number;
		}
	}
	return n;
}

static void check_list(const struct posting *expected, size_t count, struct span list, bool impacts)
{
	struct posting_cursor cursor;
	uint32_t number;
	uint32_t value;

	assert_int_equal(posting_cursor_open(&cursor, list, (uint32_t)count, RUNS * NUMBERS, impacts), 0);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(posting_cursor_next(&cursor, &number), 1);
		assert_int_equal(posting_cursor_value(&cursor, &value), 1);
		assert_int_equal(number, expected[i].number);
		assert_int_equal(value, expected[i].value);
	}
	assert_int_equal(posting_cursor_next(&cursor, &number), 0);
}

/* A word's postings, which may be two lists: the strong ones apart. */
static void check_lists(const struct fixture *f, const struct posting *expected, size_t count, struct span bytes)
{
	struct posting_list lists[WORD_LISTS];
	int found = word_list_split(bytes, (uint32_t)count, lists);
	size_t checked = 0;

	assert_in_range(found, 1, WORD_LISTS);
	for (int i = 0; i < found; i++) {
		struct posting of_list[RUNS * NUMBERS];
		size_t n = 0;

		for (size_t k = 0; k < count; k++)
			if (count <= POSTING_BLOCK ||
			    word_list_is_strong(&f->patterns[expected[k].value]) == lists[i].strong)
				of_list[n++] = expected[k];
		assert_int_equal(lists[i].count, n);
		check_list(of_list, n, lists[i].bytes, true);
		checked += n;
	}
	assert_int_equal(checked, count);
}

/* Where a reader of results stands. */
struct place {
	unsigned key;
	struct buf bytes; /* of everything that was read: results, one after the other */
};

static void check_result(const struct fixture *f, enum layer layer, const struct merge_result *result,
			 struct place *place)
{
	struct span texts = buf_span(&result->texts);
	struct span lists = buf_span(&result->lists);

	for (size_t i = 0; i < BUF_COUNT(&result->entries, struct merge_entry); i++) {
		struct merge_entry entry = BUF_AT(&result->entries, struct merge_entry, i);
		struct posting expected[RUNS * NUMBERS];
		char to[24];
		struct span key;
		struct span *from;
		size_t n;

		while ((n = postings_of(f, layer, place->key, expected)) == 0)
			place->key++;
		if (layer == LAYER_WORDS)
			key = word_of(to, place->key);
		else
			key = (struct span){to, gram_table_key(to, layer, key_of(layer, place->key))};
		assert_true(span_equal((struct span){texts.p, entry.key_bytes}, key));
		texts = (struct span){texts.p + entry.key_bytes, texts.n - entry.key_bytes};
		assert_int_equal(entry.count, n);
		from = n == 1 ? &texts : &lists;
		if (layer == LAYER_WORDS)
			check_lists(f, expected, n, (struct span){from->p, (size_t)entry.list_bytes});
		else
			check_list(expected, n, (struct span){from->p, (size_t)entry.list_bytes}, false);
		*from = (struct span){from->p + entry.list_bytes, from->n - (size_t)entry.list_bytes};
		place->key++;
	}
	assert_int_equal(texts.n, 0);
	assert_int_equal(lists.n, 0);
	buf_add_span(&place->bytes, buf_span(&result->texts));
	buf_add_span(&place->bytes, buf_span(&result->lists));
}

/* Merges the layer in `parts`; returns how many terms, and what came out in `bytes`. */
static void merge_all(struct fixture *f, enum layer layer, const struct buf *parts, struct buf *bytes)
{
	struct merge_layer of = layer_of(f, layer);
	struct merger merger = {0};
	struct merge_result result = {{0}};
	struct place place = {0};
	struct posting none[RUNS * NUMBERS];
	struct err err = {0};

	for (size_t i = 0; i < BUF_COUNT(parts, struct merge_part); i++) {
		assert_int_equal(merge_make(&merger, &of, &BUF_AT(parts, struct merge_part, i), &result, &err), 0);
		check_result(f, layer, &result, &place);
	}
	while (place.key < KEYS)
		assert_int_equal(postings_of(f, layer, place.key++, none), 0);
	*bytes = place.bytes;
	merger_release(&merger);
	merge_result_release(&result);
}

static void fill_runs(struct fixture *f, enum layer layer, unsigned full, uint64_t *seed)
{
	for (unsigned i = 0; i < RUNS; i++) {
		fill_run(f, layer, i, full >> i & 1, seed);
		place_run(f, i, false);
	}
}

static void equals_the_naive_model(void **state)
{
	struct fixture *f = *state;
	uint64_t seed = 1;

	for (unsigned layer = 0; layer < LAYER_COUNT; layer++) {
		/* of all runs, of some, of one, of none */
		for (unsigned full = 16; full-- > 0;) {
			struct merge_layer of = layer_of(f, (enum layer)layer);
			struct buf parts = {0};
			struct buf bytes;

			fill_runs(f, (enum layer)layer, full, &seed);
			merge_cut(&of, 1, &parts);
			merge_all(f, (enum layer)layer, &parts, &bytes);
			buf_release(&parts);
			buf_release(&bytes);
		}
	}
}

/* Each part ends where the next begins, and there are several. */
static void check_parts(const struct buf *parts)
{
	size_t count = BUF_COUNT(parts, struct merge_part);

	assert_true(count > 3);
	assert_true(BUF_AT(parts, struct merge_part, 0).low == 0);
	assert_true(BUF_AT(parts, struct merge_part, count - 1).high == 0);
	for (size_t i = 1; i < count; i++) {
		struct merge_part before = BUF_AT(parts, struct merge_part, i - 1);

		assert_true(before.high == BUF_AT(parts, struct merge_part, i).low);
		assert_true(before.low < before.high);
	}
}

/* Whether runs are in memory or were put aside, and however many parts: the same comes out. */
static void parts_and_places_leave_no_trace(void **state)
{
	struct fixture *f = *state;
	uint64_t seed = 2;

	for (unsigned layer = 0; layer < LAYER_COUNT; layer++) {
		struct merge_layer of = layer_of(f, (enum layer)layer);
		struct buf parts = {0};
		struct buf whole;

		fill_runs(f, (enum layer)layer, 15, &seed);
		buf_add(&parts, &(struct merge_part){0, 0}, sizeof(struct merge_part));
		merge_all(f, (enum layer)layer, &parts, &whole);
		buf_reset(&parts);
		merge_cut(&of, 1, &parts);
		check_parts(&parts);
		for (unsigned spilled = 0; spilled < 16; spilled++) {
			struct merge_result result = {{0}};
			struct merger merger = {0};
			struct buf texts = {0};
			struct err err = {0};

			for (unsigned i = 0; i < RUNS; i++)
				place_run(f, i, spilled >> i & 1);
			for (size_t i = 0; i < BUF_COUNT(&parts, struct merge_part); i++) {
				assert_int_equal(
					merge_make(&merger, &of, &BUF_AT(&parts, struct merge_part, i), &result, &err),
					0);
				buf_add_span(&texts, buf_span(&result.texts));
				buf_add_span(&texts, buf_span(&result.lists));
			}
			assert_int_equal(texts.n, whole.n);
			merger_release(&merger);
			merge_result_release(&result);
			buf_release(&texts);
		}
		buf_release(&parts);
		buf_release(&whole);
	}
}

/* Two runs of one batch, each a list of the same key. */
static void fill_two_runs(struct fixture *f, enum layer layer, const struct posting postings[2][2])
{
	char to[24];
	struct span word = layer == LAYER_WORDS ? word_of(to, 1) : (struct span){NULL, 0};
	uint64_t key = layer == LAYER_WORDS ? run_word_key(word) : key_of(layer, 1);

	for (unsigned i = 0; i < 2; i++) {
		run_reset(&f->writers[i]);
		run_begin(&f->writers[i]);
		run_add(&f->writers[i], key, word, postings[i], 2);
		run_end(&f->writers[i]);
		place_run(f, i, false);
		f->runs[i].base = 0;
	}
}

/* A section that went to two runs is one posting: of a word what the first says, frequencies (less 1) of a gram add up, frames
 * are there or not. */
static void what_two_runs_say_of_one_number_is_one_posting(void **state)
{
	static const struct {
		struct posting runs[2][2];
		struct posting merged[3];
		uint32_t count;
	} cases[LAYER_COUNT] = {
		/* patterns are numbered otherwise in the second run */
		[LAYER_WORDS] = {{{{2, 0}, {7, 3}}, {{7, 1}, {8, 0}}}, {{2, 0}, {7, 3}, {8, 1}}, 3},
		[LAYER_GRAMS] = {{{{2, 0}, {7, 3}}, {{7, 1}, {8, 0}}}, {{2, 0}, {7, 5}, {8, 0}}, 3},
		[LAYER_UNITS] = {{{{2, 0}, {7, 0}}, {{7, 0}, {8, 0}}}, {{2 / STORE_GROUP, 0}, {7 / STORE_GROUP, 0}}, 2},
	};
	struct fixture *f = *state;

	for (unsigned layer = 0; layer < LAYER_COUNT; layer++) {
		struct merge_layer of = layer_of(f, (enum layer)layer);
		struct merge_part part = {0, 0};
		struct merger merger = {0};
		struct merge_result result = {{0}};
		struct err err = {0};

		fill_two_runs(f, (enum layer)layer, cases[layer].runs);
		of.run_count = 2;
		assert_int_equal(merge_make(&merger, &of, &part, &result, &err), 0);
		assert_int_equal(BUF_COUNT(&result.entries, struct merge_entry), 1);
		assert_int_equal(BUF_AT(&result.entries, struct merge_entry, 0).count, cases[layer].count);
		check_list(cases[layer].merged, cases[layer].count, buf_span(&result.lists), false);
		merger_release(&merger);
		merge_result_release(&result);
	}
}

/* Every byte of a run that was put aside, changed: the merge ends, with a result or a reason, and reads nothing else. */
static void what_comes_back_changed_is_refused_or_merged(void **state)
{
	struct fixture *f = *state;
	uint64_t seed = 3;
	unsigned refused = 0;

	for (unsigned layer = 0; layer < LAYER_COUNT; layer++) {
		struct merge_layer of = layer_of(f, (enum layer)layer);
		struct merge_part part = {0, 0};
		struct merger merger = {0};
		struct merge_result result = {{0}};

		fill_runs(f, (enum layer)layer, 1, &seed);
		for (unsigned i = 0; i < 300; i++) {
			char *byte = f->writers[0].bytes.data + random_below(&seed, (uint32_t)f->writers[0].bytes.n);
			char good = *byte;
			struct err err = {0};

			*byte = (char)(good ^ 1 << random_below(&seed, 8));
			if (merge_make(&merger, &of, &part, &result, &err) < 0) {
				assert_int_equal(err.kind, ERR_DAMAGED);
				refused++;
			}
			*byte = good;
		}
		merger_release(&merger);
		merge_result_release(&result);
	}
	assert_true(refused > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(equals_the_naive_model, make, release),
		cmocka_unit_test_setup_teardown(parts_and_places_leave_no_trace, make, release),
		cmocka_unit_test_setup_teardown(what_two_runs_say_of_one_number_is_one_posting, make, release),
		cmocka_unit_test_setup_teardown(what_comes_back_changed_is_refused_or_merged, make, release),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
