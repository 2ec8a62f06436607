#include "run.h"

#include "random.h"
#include "unit.h"

#include <stdio.h>

enum { LISTS = 2000, POSTINGS = 40 };

/* A list of the naive model. */
struct list {
	uint64_t key;
	char word[16];
	size_t count;
	struct posting postings[POSTINGS];
};

static void make_list(struct list *list, uint64_t key, uint64_t *seed)
{
	uint32_t number = random_below(seed, 100);

	list->key = key;
	list->count = 1 + random_below(seed, POSTINGS);
	for (size_t i = 0; i < list->count; i++) {
		static const uint32_t values[] = {0, 0, 1, 2, 127, 128, 129, 70000, UINT32_MAX};
		static const uint32_t gaps[] = {1, 1, 2, 63, 64, 65, 5000, 1000000};

		list->postings[i] = (struct posting){number, values[random_below(seed, 9)]};
		number += gaps[random_below(seed, 8)];
	}
}

static void write_lists(struct run_writer *run, const struct list *lists, size_t count)
{
	run_begin(run);
	for (size_t i = 0; i < count; i++)
		run_add(run, lists[i].key, span_of(lists[i].word), lists[i].postings, lists[i].count);
	run_end(run);
	assert_false(run_failed(run));
}

static struct run_reader reader_of(const struct run_writer *run, size_t number, bool words)
{
	struct run_extent extent = BUF_AT(&run->runs, struct run_extent, number);
	const unsigned char *p = (const unsigned char *)run->bytes.data + extent.start;

	return (struct run_reader){.p = p, .end = p + extent.bytes, .words = words};
}

static bool has_word(const struct run_reader *reader, const char *word)
{
	struct buf bytes = {0};
	bool equal;

	run_word_add(&bytes, reader->key, &reader->word);
	assert_int_equal(bytes.n, reader->word.length);
	equal = span_equal(buf_span(&bytes), span_of(word));
	buf_release(&bytes);
	return equal;
}

static void read_lists(struct run_reader *reader, const struct list *lists, size_t count, uint32_t base)
{
	struct posting got[POSTINGS];

	for (size_t i = 0; i < count; i++) {
		assert_int_equal(run_next(reader), 1);
		assert_true(reader->key == lists[i].key);
		if (reader->words)
			assert_true(has_word(reader, lists[i].word));
		assert_int_equal(reader->count, lists[i].count);
		assert_int_equal(run_read(reader, base, UINT32_MAX, got), 0);
		for (size_t k = 0; k < lists[i].count; k++) {
			assert_int_equal(got[k].number, lists[i].postings[k].number + base);
			assert_int_equal(got[k].value, lists[i].postings[k].value);
		}
	}
}

static struct list *make_lists(bool words, uint64_t *seed)
{
	struct list *lists = test_calloc(LISTS, sizeof *lists);
	uint64_t key = 0;

	for (size_t i = 0; i < LISTS; i++) {
		/* words of which four begin alike */
		if (words)
			sprintf(lists[i].word, "word%04zu%s", i / 4, (const char *[]){"", "a", "b", "longer"}[i % 4]);
		key += words ? 0 : 1 + (uint64_t)random_below(seed, UINT32_MAX) * random_below(seed, 1000);
		make_list(&lists[i], words ? run_word_key(span_of(lists[i].word)) : key, seed);
	}
	return lists;
}

static void gives_back_what_was_added(void **state)
{
	uint64_t seed = 1;

	(void)state;
	for (int words = 0; words < 2; words++) {
		struct run_writer run = {0};
		struct list *lists = make_lists(words, &seed);

		/* two runs, one after the other */
		write_lists(&run, lists, LISTS);
		write_lists(&run, lists, LISTS / 2);
		assert_int_equal(BUF_COUNT(&run.runs, struct run_extent), 2);
		for (size_t i = 0; i < 2; i++) {
			struct run_reader reader = reader_of(&run, i, words);

			read_lists(&reader, lists, i ? LISTS / 2 : LISTS, i ? 1000 : 0);
			assert_int_equal(run_next(&reader), 0);
			assert_int_equal(run_next(&reader), 0);
		}
		run_release(&run);
		test_free(lists);
	}
}

/* From each sample on the lists are all those behind it. */
static void can_be_read_from_its_samples(void **state)
{
	struct run_writer run = {0};
	uint64_t seed = 2;
	struct list *lists = make_lists(true, &seed);

	(void)state;
	for (size_t number = 0; number < 2; number++) {
		struct run_extent extent;
		uint64_t before = 0;

		write_lists(&run, lists, LISTS);
		extent = BUF_AT(&run.runs, struct run_extent, number);
		assert_true(extent.samples > 10);
		for (size_t i = 0; i < extent.samples; i++) {
			struct run_sample sample = BUF_AT(&run.samples, struct run_sample, extent.first_sample + i);
			struct run_reader reader = reader_of(&run, number, true);
			size_t first = 0;

			assert_in_range(sample.offset - before, RUN_SAMPLE, 2 * RUN_SAMPLE);
			before = sample.offset;
			reader.p += sample.offset;
			reader.key = sample.key;
			assert_int_equal(run_next(&reader), 1);
			while (!has_word(&reader, lists[first].word))
				first++;
			assert_true(lists[first - 1].key == sample.key);
			reader = reader_of(&run, number, true);
			reader.p += sample.offset;
			reader.key = sample.key;
			read_lists(&reader, lists + first, LISTS - first, 0);
		}
	}
	run_release(&run);
	test_free(lists);
}

static void a_run_of_nothing_is_none(void **state)
{
	struct run_writer run = {0};

	(void)state;
	run_begin(&run);
	run_end(&run);
	assert_int_equal(run.runs.n, 0);
	run_release(&run);
}

static void keys_of_words_are_their_beginnings(void **state)
{
	(void)state;
	assert_true(run_word_key(span_of("")) == 0);
	assert_true(run_word_key(span_of("a")) == (uint64_t)'a' << 56);
	assert_true(run_word_key(span_of("abcdefgh")) == 0x6162636465666768);
	assert_true(run_word_key(span_of("abcdefghi")) == 0x6162636465666768);
	assert_true(run_word_key(span_of("é")) > run_word_key(span_of("zzzzzzzzz")));
}

/* In the order of their bytes, the shorter before what it begins, NUL or not. */
static void words_with_the_same_key_have_an_order(void **state)
{
	static const struct span words[] = {
		{"a", 1}, {"a\0", 2}, {"a\0\0\0\0\0\0\0", 8}, {"a\0\0\0\0\0\0\0\0", 9}, {"a\0\0\0\0\0\0\0b", 9}};
	struct run_word parts[5];

	(void)state;
	for (size_t i = 0; i < 5; i++) {
		parts[i] = (struct run_word){words[i].n, {words[i].p + 8, words[i].n > 8 ? words[i].n - 8 : 0}};
		assert_true(run_word_key(words[i]) == run_word_key(words[0]));
		assert_int_equal(run_word_compare(&parts[i], &parts[i]), 0);
		for (size_t k = 0; k < i; k++) {
			assert_true(run_word_compare(&parts[k], &parts[i]) < 0);
			assert_true(run_word_compare(&parts[i], &parts[k]) > 0);
		}
	}
}

/* What a disk may give back instead: bytes, and whether they name a list; then whether that has its postings. */
static void refuses_other_bytes(void **state)
{
	static const struct {
		const char *bytes;
		size_t n;
		bool words;
		int next;
		int read;
	} cases[] = {
		{"\x05\x01\x04", 3, false, 1, 0},
		{"\x05", 1, false, -1, 0},
		{"\x85", 1, false, -1, 0},
		{"\x05\x00", 2, false, -1, 0},     /* no postings */
		{"\x05\x02\x00", 3, false, -1, 0}, /* more than bytes are left */
		{"\x05\xFF\xFF\xFF\xFF\x7F\x00", 7, false, -1, 0},
		{"\x05\x01\x84", 3, false, 1, -1},                     /* half a gap */
		{"\x05\x01\x05", 3, false, 1, -1},                     /* no value */
		{"\x05\x01\x14", 3, false, 1, -1},                     /* number 10 */
		{"\x05\x02\x12\x00", 4, false, 1, -1},                 /* 9, then 10 */
		{"\x05\x01\x01\xFF\xFF\xFF\xFF\x1F", 8, false, 1, -1}, /* a value above 32 bits */
		{"\x05\x02\x01\x00", 4, true, 1, 0},                   /* a word that its key has all of, */
		{"\x05\x09"
		 "a\x01\x00",
		 5, true, 1, 0}, /* one that has a byte more, */
		{"\x05\x0C"
		 "a\x01\x00",
		 5, true, -1, 0}, /* and one that passes the end */
		{"\x05\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01\x00", 13, true, -1, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		/* in a block of its own, so that a read past the end is seen */
		unsigned char *bytes = test_malloc(cases[i].n);
		struct run_reader reader = {.p = bytes, .end = bytes + cases[i].n, .words = cases[i].words};
		struct posting out[8];

		memcpy(bytes, cases[i].bytes, cases[i].n);
		assert_int_equal(run_next(&reader), cases[i].next);
		if (cases[i].next > 0)
			assert_int_equal(run_read(&reader, 0, 10, out), cases[i].read);
		test_free(bytes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_back_what_was_added),
		cmocka_unit_test(can_be_read_from_its_samples),
		cmocka_unit_test(a_run_of_nothing_is_none),
		cmocka_unit_test(keys_of_words_are_their_beginnings),
		cmocka_unit_test(words_with_the_same_key_have_an_order),
		cmocka_unit_test(refuses_other_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
