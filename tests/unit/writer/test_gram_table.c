#include "gram_table.h"

#include "fold.h"
#include "gram.h"
#include "random.h"
#include "store.h"
#include "unit.h"
#include "utf8.h"

#include <stdio.h>
#include <stdlib.h>

enum { SECTIONS = 40 };

/* One gram of one section or frame, and how often: as the naive model has it, and as runs say it. */
struct line {
	char key[10];
	uint8_t key_bytes;
	uint8_t layer;
	uint32_t number;
	uint32_t count;
};

static int compare(const void *a, const void *b)
{
	const struct line *x = a;
	const struct line *y = b;
	int order;

	if (x->layer != y->layer)
		return x->layer < y->layer ? -1 : 1;
	order = span_compare((struct span){x->key, x->key_bytes}, (struct span){y->key, y->key_bytes});
	return order ? order : (x->number > y->number) - (x->number < y->number);
}

/* Puts equal lines together: counts add up, but a unit is there or not. */
static void sum_up(struct buf *lines)
{
	size_t count = BUF_COUNT(lines, struct line);
	struct line *first = &BUF_AT(lines, struct line, 0);
	size_t n = 0;

	if (count == 0)
		return;
	qsort(first, count, sizeof *first, compare);
	for (size_t i = 1; i < count; i++) {
		if (compare(&first[n], &first[i]) != 0)
			first[++n] = first[i];
		else if (first[n].layer == LAYER_GRAMS)
			first[n].count += first[i].count;
	}
	lines->n = (n + 1) * sizeof *first;
}

static void add_line(struct buf *lines, enum layer layer, struct span key, uint32_t number, uint32_t count)
{
	struct line line;

	memset(&line, 0, sizeof line);
	assert_in_range(key.n, 1, GRAM_TABLE_KEY_MAX);
	memcpy(line.key, key.p, key.n);
	line.key_bytes = (uint8_t)key.n;
	line.layer = (uint8_t)layer;
	line.number = number;
	line.count = count;
	buf_add(lines, &line, sizeof line);
}

/* What gram_next() says of the folded text. */
static uint32_t model_add(struct buf *lines, struct span text, uint32_t section, uint32_t frame)
{
	struct buf folded = {0};
	struct gram_scan scan;
	struct gram gram;
	uint32_t han = 0;

	fold_text(text, &folded, NULL);
	scan = gram_scan_of(buf_span(&folded));
	while (gram_next(&scan, &gram)) {
		char key[8];
		bool unit = !gram_is_han(gram.kind);

		add_line(lines, unit ? LAYER_UNITS : LAYER_GRAMS, gram_key(&gram, key), unit ? frame : section, 1);
		han += gram.kind == GRAM_HAN;
	}
	buf_release(&folded);
	return han;
}

/* All lists of all runs of a layer. */
static void read_runs(const struct run_writer *run, enum layer layer, struct buf *lines)
{
	for (size_t i = 0; i < BUF_COUNT(&run->runs, struct run_extent); i++) {
		struct run_extent extent = BUF_AT(&run->runs, struct run_extent, i);
		const unsigned char *p = (const unsigned char *)run->bytes.data + extent.start;
		struct run_reader reader = {.p = p, .end = p + extent.bytes};
		char before[GRAM_TABLE_KEY_MAX];
		size_t before_bytes = 0;

		while (run_next(&reader) > 0) {
			struct posting *postings = test_malloc(reader.count * sizeof *postings);
			char key[GRAM_TABLE_KEY_MAX];
			struct span text = {key, gram_table_key(key, layer, reader.key)};

			/* the order of the numbers is that of the bytes */
			assert_true(span_compare((struct span){before, before_bytes}, text) < 0);
			memcpy(before, key, sizeof key);
			before_bytes = text.n;
			assert_int_equal(run_read(&reader, 0, UINT32_MAX, postings), 0);
			for (uint32_t k = 0; k < reader.count; k++) {
				assert_true(k == 0 || postings[k - 1].number < postings[k].number);
				add_line(lines, layer, text, postings[k].number, postings[k].value + 1);
			}
			test_free(postings);
		}
	}
}

struct tables {
	struct run_writer grams;
	struct run_writer units;
	struct gram_table table;
	struct buf model;
};

static void init(struct tables *t)
{
	*t = (struct tables){.table = {0}};
	t->table.grams_run = &t->grams;
	t->table.units_run = &t->units;
}

static void add(struct tables *t, struct span text, uint32_t section, uint32_t frame)
{
	assert_int_equal(gram_table_add(&t->table, text, section, frame), model_add(&t->model, text, section, frame));
}

/* Frames become groups, if the first of them is number `base` of the segment. */
static void group(struct buf *lines, uint32_t base)
{
	for (size_t i = 0; i < BUF_COUNT(lines, struct line); i++) {
		struct line *line = &BUF_AT(lines, struct line, i);

		if (line->layer == LAYER_UNITS)
			line->number = (line->number + base) / STORE_GROUP;
	}
	sum_up(lines);
}

static void compare_groups(const struct buf *runs, const struct buf *model, uint32_t base)
{
	struct buf lines = {0};
	struct buf expected = {0};

	buf_add_span(&lines, buf_span(runs));
	buf_add_span(&expected, buf_span(model));
	group(&lines, base);
	group(&expected, base);
	assert_int_equal(lines.n, expected.n);
	if (lines.n)
		assert_memory_equal(lines.data, expected.data, lines.n);
	buf_release(&lines);
	buf_release(&expected);
}

/* Ends a batch: what is in its runs is what the model says, wherever groups of frames begin. */
static void check(struct tables *t)
{
	struct buf lines = {0};

	gram_table_flush(&t->table);
	assert_false(t->table.failed || run_failed(&t->grams) || run_failed(&t->units));
	read_runs(&t->grams, LAYER_GRAMS, &lines);
	read_runs(&t->units, LAYER_UNITS, &lines);
	for (uint32_t base = 0; base < STORE_GROUP; base++)
		compare_groups(&lines, &t->model, base);
	run_reset(&t->grams);
	run_reset(&t->units);
	buf_reset(&t->model);
	buf_release(&lines);
}

static void release(struct tables *t)
{
	gram_table_release(&t->table);
	run_release(&t->grams);
	run_release(&t->units);
	buf_release(&t->model);
}

static void add_random(struct buf *text, uint64_t *seed)
{
	static const char *const pieces[] = {"商",       "业",     "模", "式",         "a",      "b",
					     "C",        "1",      "é",  "\U00020BB7", "，",     " ",
					     "\n",       "㎏",     "ガ", "\U00010330", "\u00AD", "﨑",
					     "商业模式", "search", "->", "!",          "\uFFFF", "x1"};

	buf_add_text(text, pieces[random_below(seed, sizeof pieces / sizeof pieces[0])]);
}

static void equals_the_naive_model(void **state)
{
	struct tables t;
	uint64_t seed = 1;

	(void)state;
	init(&t);
	for (int round = 0; round < 60; round++) {
		for (uint32_t section = 0; section < SECTIONS; section++) {
			struct buf text = {0};

			for (uint32_t i = random_below(&seed, 100); i > 0; i--)
				add_random(&text, &seed);
			if (text.n)
				add(&t, buf_span(&text), section, section / 7);
			buf_release(&text);
		}
		check(&t);
	}
	release(&t);
}

/* Of frames that say the same the first and the last of some in a row are enough. */
static void frames_that_neighbours_speak_for_are_left_out(void **state)
{
	static const uint32_t frames[] = {3, 4, 5, 9, 10, 17, 18, 40};
	static const uint32_t kept[] = {3, 9, 10, 17, 18, 40};
	struct tables t;
	struct run_reader reader;
	struct posting postings[8];

	(void)state;
	init(&t);
	for (size_t i = 0; i < sizeof frames / sizeof *frames; i++)
		for (uint32_t times = 0; times <= i % 3; times++)
			add(&t, span_of("abc"), 0, frames[i]);
	gram_table_flush(&t.table);
	reader = (struct run_reader){.p = (const unsigned char *)t.units.bytes.data};
	reader.end = reader.p + t.units.bytes.n;
	assert_int_equal(run_next(&reader), 1);
	assert_int_equal(reader.count, sizeof kept / sizeof *kept);
	assert_int_equal(run_read(&reader, 0, UINT32_MAX, postings), 0);
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
		assert_int_equal(postings[i].number, kept[i]);
	release(&t);
}

/* Many frames, in most of which the same units stand. */
static void groups_of_many_frames_equal_the_naive_model(void **state)
{
	struct tables t;
	uint64_t seed = 5;

	(void)state;
	init(&t);
	for (int round = 0; round < 20; round++) {
		for (uint32_t frame = 0; frame < 200; frame += 1 + random_below(&seed, 1 + random_below(&seed, 9))) {
			struct buf text = {0};

			for (uint32_t i = random_below(&seed, 9); i > 0; i--)
				add_random(&text, &seed);
			add(&t, buf_span(&text), frame, frame);
			buf_release(&text);
		}
		check(&t);
	}
	release(&t);
}

/* Text is taken in pieces: grams reach across their ends. */
static void long_lines_are_one_text(void **state)
{
	struct tables t;
	uint64_t seed = 2;

	(void)state;
	init(&t);
	for (int round = 0; round < 3; round++) {
		struct buf text = {0};

		while (text.n < 50000)
			buf_add_text(&text, round == 0 ? "ab1"
					    : round == 1
						    ? "商业"
						    : (const char *[]){"商", "a", "业", "，"}[random_below(&seed, 4)]);
		add(&t, buf_span(&text), 3, 2);
		buf_release(&text);
	}
	check(&t);
	release(&t);
}

/* Common characters begin so many pairs that these are sorted in another way. */
static void all_sizes_of_lists_are_sorted(void **state)
{
	struct tables t;
	uint64_t seed = 3;

	(void)state;
	init(&t);
	for (uint32_t section = 0; section < 60; section++) {
		struct buf text = {0};

		for (unsigned i = 0; i < 200; i++)
			utf8_add(&text, 0x4E00 + random_below(&seed, 1 + random_below(&seed, 300)));
		add(&t, buf_span(&text), section, 0);
		buf_release(&text);
	}
	check(&t);
	release(&t);
}

/* One section that goes to several runs: what they say of it adds up. */
static void a_large_section_makes_several_runs(void **state)
{
	struct tables t;
	struct buf text = {0};
	uint64_t seed = 4;

	(void)state;
	init(&t);
	for (unsigned i = 0; i < GRAM_ITEMS + GRAM_ITEMS / 4; i++)
		utf8_add(&text, i % 50 ? 0x4E00 + random_below(&seed, 30) : '\n');
	add(&t, buf_span(&text), 5, 1);
	add(&t, span_of("商业\n"), 6, 2);
	assert_int_equal(BUF_COUNT(&t.grams.runs, struct run_extent), 1);
	check(&t);
	buf_reset(&text);
	for (unsigned i = 0; i < 2 * GRAM_ITEMS; i++)
		buf_add_byte(&text, (unsigned char)('a' + random_below(&seed, 26)));
	add(&t, buf_span(&text), 0, 0);
	assert_true(BUF_COUNT(&t.units.runs, struct run_extent) > 0);
	check(&t);
	buf_release(&text);
	release(&t);
}

/* Numbers begin anew with each batch: what was met in the last one is met for the first time. */
static void batches_know_nothing_of_each_other(void **state)
{
	struct tables t;

	(void)state;
	init(&t);
	for (int round = 0; round < 3; round++) {
		add(&t, span_of("search 商业"), 0, 0);
		check(&t);
	}
	gram_table_flush(&t.table);
	assert_int_equal(t.grams.runs.n + t.units.runs.n, 0);
	release(&t);
}

/* Each character alone, between others and at the ends. */
static void every_character_is_as_the_scan_has_it(void **state)
{
	struct tables t;
	struct buf text = {0};
	uint32_t number = 0;

	(void)state;
	init(&t);
	for (uint32_t code = 1; code <= UNICODE_LAST; code += code < 0x30000 ? 1 : 97) {
		if (code >= 0xD800 && code < 0xE000)
			continue;
		buf_reset(&text);
		utf8_add(&text, code);
		buf_add_text(&text, "a");
		utf8_add(&text, code);
		utf8_add(&text, code);
		buf_add_text(&text, "bc商");
		utf8_add(&text, code);
		add(&t, buf_span(&text), number, number);
		if (++number < 4096)
			continue;
		check(&t);
		number = 0;
	}
	check(&t);
	buf_release(&text);
	release(&t);
}

/* U+FDFA unfolds to 18 characters. */
static void grams_may_be_more_than_bytes(void **state)
{
	struct tables t;
	struct buf text = {0};

	(void)state;
	init(&t);
	for (unsigned i = 0; i < 3000; i++)
		buf_add_text(&text, i % 7 ? "\uFDFA" : "x");
	add(&t, buf_span(&text), 0, 0);
	check(&t);
	buf_release(&text);
	release(&t);
}

static void damage_is_a_break(void **state)
{
	struct tables t;

	(void)state;
	init(&t);
	add(&t,
	    span_of("ab\xFF"
		    "cde商\xE5\x95业\xF0\x9F"),
	    0, 0);
	check(&t);
	release(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equals_the_naive_model),
		cmocka_unit_test(frames_that_neighbours_speak_for_are_left_out),
		cmocka_unit_test(groups_of_many_frames_equal_the_naive_model),
		cmocka_unit_test(long_lines_are_one_text),
		cmocka_unit_test(all_sizes_of_lists_are_sorted),
		cmocka_unit_test(a_large_section_makes_several_runs),
		cmocka_unit_test(batches_know_nothing_of_each_other),
		cmocka_unit_test(every_character_is_as_the_scan_has_it),
		cmocka_unit_test(grams_may_be_more_than_bytes),
		cmocka_unit_test(damage_is_a_break),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
