#define _GNU_SOURCE /* memmem(3) */
#include "literal.h"

#include "fold.h"
#include "index.h"
#include "random.h"
#include "scratch.h"
#include "unicode.h"
#include "unit.h"
#include "utf8.h"

#include <string.h>

enum { SECTIONS = 400 };

/* An index, and the text of its sections as the naive search needs it. */
struct corpus {
	struct scratch scratch;
	struct index index;
	struct buf texts[SECTIONS];
	struct buf folded[SECTIONS];
	uint32_t count;
};

/* What stands in one place only. */
static void add_letters(struct buf *out, uint64_t *seed)
{
	for (unsigned i = 0; i < 6; i++)
		buf_add_byte(out,
			     (unsigned char)('a' + random_below(seed, 25))); /* no z: see nothing_else_is_found() */
}

static void add_words(struct buf *out, uint32_t count, uint64_t *seed)
{
	static const char *const words[] = {"咖啡",    "豆",     "租金", "團隊",   "团队", "GPT-3",  "node.js",
					    "abc",     "abcd",   "bcd",  "ＡＢＣ", "C++",  "->",     "é",
					    "e\u0301", "１２３", "123",  "哈哈哈", "😀",    "\u200B", "ﬁ",
					    "㍿",      "，",     "。",   "\t",     "か",   "가"};

	for (; count > 0; count--) {
		buf_add_text(out, words[random_below(seed, sizeof words / sizeof words[0])]);
		if (random_below(seed, 2))
			buf_add_text(out, " ");
		if (random_below(seed, 12))
			continue;
		add_letters(out, seed);
		buf_add_text(out, "\n");
		add_letters(out, seed);
	}
}

/* Two letters that are rare: alone, and at each place of words of three and more. */
static void add_rare(struct buf *out, unsigned note)
{
	static const char *const rare[] = {"(7x)", "a7x", "7xb", "12３7Ｘab", "é7x", "\n7x\n", "7 x", "77x", "在7x上"};

	if (note % 7 == 0 && note / 7 < sizeof rare / sizeof rare[0])
		buf_printf(out, "%s ⟶ <&>\n", rare[note / 7]);
}

/* Of these, in any order, most pairs of a needle stand in many sections, and the needle itself in few. */
enum { TANGLED = 4, TANGLES = 60 };

static const char *const tangled[TANGLED] = {"甲", "乙", "丙", "丁"};

static void add_tangle(struct buf *out, uint64_t *seed)
{
	for (uint32_t i = 5 + random_below(seed, 100); i > 0; i--)
		buf_add_text(out, random_below(seed, 9) ? tangled[random_below(seed, TANGLED)] : "\n");
	buf_add_text(out, "\n");
}

static void write_notes(struct scratch *scratch, uint64_t *seed)
{
	for (unsigned i = 0; i < TANGLES; i++) {
		struct buf text = {0};
		struct buf name = {0};

		for (uint32_t k = random_below(seed, 6); k > 0; k--) {
			buf_add_text(&text, "\n# 节 ");
			/* now and then a section of several groups of stored frames */
			add_words(&text, random_below(seed, i % 20 ? 40 : 8000), seed);
		}
		add_rare(&text, i);
		add_tangle(&text, seed);
		buf_printf(&name, "notes/%u.md", i);
		scratch_write_bytes(scratch, buf_string(&name), buf_span(&text));
		buf_release(&text);
		buf_release(&name);
	}
}

static int make(void **state)
{
	struct corpus *corpus = test_calloc(1, sizeof *corpus);
	uint64_t seed = 1;
	struct buf spare = {0};
	struct span text;
	struct err err = {0};

	scratch_make(&corpus->scratch);
	write_notes(&corpus->scratch, &seed);
	scratch_build(&corpus->scratch);
	assert_int_equal(index_open(&corpus->index, &io_posix, corpus->scratch.index, &err), 0);
	corpus->count = corpus->index.segments[0].meta.section_count;
	assert_in_range(corpus->count, 50, SECTIONS);
	assert_true(corpus->index.segments[0].store.frame_count > 4 * STORE_GROUP);
	for (uint32_t i = 0; i < corpus->count; i++) {
		assert_int_equal(segment_text(&corpus->index.segments[0], i, &spare, &text, &err), 0);
		buf_add_span(&corpus->texts[i], text);
		buf_reset(&spare);
		fold_text(buf_span(&corpus->texts[i]), &corpus->folded[i], NULL);
	}
	buf_release(&spare);
	*state = corpus;
	return 0;
}

static int release(void **state)
{
	struct corpus *corpus = *state;

	for (uint32_t i = 0; i < corpus->count; i++) {
		buf_release(&corpus->texts[i]);
		buf_release(&corpus->folded[i]);
	}
	index_close(&corpus->index);
	scratch_release(&corpus->scratch);
	test_free(corpus);
	return 0;
}

/* Does the character that begins (or, with `before`, ends) at `at` go on with a word of letters and digits? */
static bool is_word(struct span text, size_t at, bool before)
{
	uint32_t code;
	bool valid;
	enum char_class class;

	if (before ? at == 0 : at == text.n)
		return false;
	if (before)
		at = utf8_floor(text, at - 1);
	utf8_next(text.p + at, text.n - at, &code, &valid);
	class = unicode_class(code);
	return class == CLASS_LETTER || class == CLASS_DIGIT;
}

static bool naive_holds(struct span text, struct span needle, bool bounded)
{
	const char *at = text.p;

	while (needle.n && at && (at = memmem(at, text.n - (size_t)(at - text.p), needle.p, needle.n))) {
		size_t i = (size_t)(at - text.p);

		if (!bounded || !((is_word(text, i, true) && is_word(text, i, false)) ||
				  (is_word(text, i + needle.n, true) && is_word(text, i + needle.n, false))))
			return true;
		at++;
	}
	return false;
}

/* Looks for the needle both ways, in each mode. Returns in how many sections it stands, folded. */
static size_t check(struct corpus *corpus, struct span needle)
{
	size_t hits = 0;
	struct buf folded = {0};

	fold_text(needle, &folded, NULL);
	for (unsigned mode = 0; mode < 4; mode++) {
		struct literal literal = {.folded = buf_span(&folded),
					  .exact = needle,
					  .fold = mode & 1,
					  .bounded = mode & 2,
					  .shared = mode & 1};
		struct arena arena = {0};
		struct buf found = {0};
		struct err err = {0};
		size_t n = 0;

		assert_int_equal(
			literal_find(&corpus->index, &corpus->index.segments[0], &literal, &arena, &found, &err), 0);
		for (uint32_t i = 0; i < corpus->count; i++) {
			bool here = literal.fold ? naive_holds(buf_span(&corpus->folded[i]), literal.folded, mode & 2)
						 : naive_holds(buf_span(&corpus->texts[i]), needle, mode & 2);
			bool told = n < BUF_COUNT(&found, uint32_t) && BUF_AT(&found, uint32_t, n) == i;

			if (here != told)
				fail_msg("%s in mode %u, section %u: %s", buf_string(&folded), mode, i,
					 here ? "missed" : "wrong");
			n += told;
		}
		assert_int_equal(n, BUF_COUNT(&found, uint32_t));
		hits = mode == 1 ? n : hits;
		arena_release(&arena);
		buf_release(&found);
	}
	buf_release(&folded);
	return hits;
}

/* Some characters of one line of some section. */
static struct span random_part(struct corpus *corpus, uint64_t *seed)
{
	struct span text = buf_span(&corpus->texts[random_below(seed, corpus->count)]);
	size_t start = utf8_floor(text, random_below(seed, (uint32_t)text.n));
	size_t end = start;
	const char *line;

	for (uint32_t i = 1 + random_below(seed, random_below(seed, 5) ? 4 : 30); i > 0 && end < text.n; i--) {
		uint32_t code;
		bool valid;

		end += utf8_next(text.p + end, text.n - end, &code, &valid);
	}
	line = memchr(text.p + start, '\n', end - start);
	return (struct span){text.p + start, line ? (size_t)(line - text.p) - start : end - start};
}

static void every_part_of_a_line_is_found(void **state)
{
	struct corpus *corpus = *state;
	uint64_t seed = 2;
	struct buf folded = {0};

	for (int round = 0; round < 200; round++) {
		struct span part = random_part(corpus, &seed);
		size_t hits = check(corpus, part);

		buf_reset(&folded);
		fold_text(part, &folded, NULL);
		assert_true(hits > 0 || folded.n == 0);
	}
	buf_release(&folded);
}

/* Some lines of a section, of which the first end one group of stored frames and the others begin the next. */
static void text_across_groups_is_found(void **state)
{
	struct corpus *corpus = *state;
	struct segment_reader *segment = &corpus->index.segments[0];
	struct err err = {0};
	size_t across = 0;

	for (uint32_t i = 0; i < corpus->count; i++) {
		uint64_t start, end, border;

		assert_int_equal(segment_text_range(segment, i, &start, &end, &err), 0);
		for (uint32_t frame = STORE_GROUP; frame < segment->store.frame_count; frame += STORE_GROUP) {
			struct span text = buf_span(&corpus->texts[i]);
			size_t from, to;

			assert_int_equal(store_frame_start(&segment->store, frame, &border, &err), 0);
			if (border < start + 24 || border + 24 > end)
				continue;
			from = utf8_floor(text, (size_t)(border - start) - 24);
			to = utf8_floor(text, (size_t)(border - start) + 24);
			assert_true(check(corpus, (struct span){text.p + from, to - from}) > 0);
			across++;
		}
	}
	assert_true(across > 0);
}

static void rare_letters_and_signs_are_found(void **state)
{
	struct corpus *corpus = *state;

	assert_int_equal(check(corpus, span_of("7x")), 8);
	assert_int_equal(check(corpus, span_of("(7x)")), 1);
	assert_int_equal(check(corpus, span_of("7x ")), 3);
	assert_int_equal(check(corpus, span_of("é7")), 1);
	assert_int_equal(check(corpus, span_of("x)")), 1);
	assert_int_equal(check(corpus, span_of("在7")), 1);
	assert_int_equal(check(corpus, span_of("7x上")), 1);
	assert_int_equal(check(corpus, span_of("在x")), 0);
	assert_int_equal(check(corpus, span_of("7x9")), 0);
	assert_int_equal(check(corpus, span_of("7z")), 0);
	assert_int_equal(check(corpus, span_of("⟶")), 9);
	assert_int_equal(check(corpus, span_of("⟶⟵")), 0);
	assert_int_equal(check(corpus, span_of("<&")), 9);
	assert_int_equal(check(corpus, span_of("&>\n")), 9);
	assert_int_equal(check(corpus, span_of("&<")), 0);
	assert_int_equal(check(corpus, span_of("\U0001F680")), 0);
	assert_true(check(corpus, span_of("😀")) > 0);
}

static void nothing_else_is_found(void **state)
{
	struct corpus *corpus = *state;
	uint64_t seed = 3;

	for (int round = 0; round < 100; round++) {
		struct buf needle = {0};

		buf_add_span(&needle, random_part(corpus, &seed));
		buf_add_span(&needle, random_part(corpus, &seed));
		check(corpus, buf_span(&needle));
		buf_release(&needle);
	}
	assert_int_equal(check(corpus, span_of("没有的话")), 0);
	assert_int_equal(check(corpus, span_of("zzz")), 0);
	assert_int_equal(check(corpus, span_of("=>")), 0);
	assert_int_equal(check(corpus, span_of("")), 0);
}

/* Where their pairs stand: frequencies tell of some that the needle is there, of the others the text does. */
static void runs_of_han_are_found(void **state)
{
	struct corpus *corpus = *state;
	uint64_t seed = 5;
	size_t some = 0;

	for (int round = 0; round < 300; round++) {
		struct buf needle = {0};
		size_t hits;

		for (uint32_t i = 1 + random_below(&seed, random_below(&seed, 9) ? 7 : 24); i > 0; i--)
			buf_add_text(&needle, tangled[random_below(&seed, TANGLED)]);
		hits = check(corpus, buf_span(&needle));
		some += hits > 0 && hits < TANGLES;
		buf_release(&needle);
	}
	assert_true(some > 100);
}

/* Parts of a section or of several: found where all of them stand, in groups of their own or not. */
static void several_are_found_together(void **state)
{
	struct corpus *corpus = *state;
	uint64_t seed = 4;
	size_t hits = 0;

	for (int round = 0; round < 100; round++) {
		struct literal literals[3] = {0};
		struct buf folded[3] = {0};
		struct arena arena = {0};
		struct buf found = {0};
		struct err err = {0};
		size_t n = 0;

		for (int i = 0; i < 3; i++) {
			fold_text(random_part(corpus, &seed), &folded[i], NULL);
			buf_add_text(&folded[i], folded[i].n ? "" : "a");
			literals[i] = (struct literal){
				.folded = buf_span(&folded[i]), .fold = true, .with = i < 2 ? &literals[i + 1] : NULL};
		}
		assert_int_equal(
			literal_find(&corpus->index, &corpus->index.segments[0], literals, &arena, &found, &err), 0);
		for (uint32_t i = 0; i < corpus->count; i++) {
			bool told = n < BUF_COUNT(&found, uint32_t) && BUF_AT(&found, uint32_t, n) == i;
			bool here = true;

			for (int k = 0; k < 3; k++)
				here &= naive_holds(buf_span(&corpus->folded[i]), literals[k].folded, false);
			assert_int_equal(here, told);
			n += told;
		}
		hits += n;
		arena_release(&arena);
		buf_release(&found);
		for (int i = 0; i < 3; i++)
			buf_release(&folded[i]);
	}
	assert_true(hits > 40);
}

static int find(struct corpus *corpus, const struct literal *literal, struct buf *found)
{
	struct arena arena = {0};
	struct err err = {0};
	int status;

	status = literal_find(&corpus->index, &corpus->index.segments[0], literal, &arena, found, &err);
	assert_in_range(status, 0, 1);
	arena_release(&arena);
	return status;
}

/* A search that may stop has the first of all, as many as are enough, however many threads look. */
static void a_search_stops_at_the_same_place(void **state)
{
	struct corpus *corpus = *state;
	uint64_t seed = 8;
	unsigned stopped = 0;

	for (int round = 0; round < 200; round++) {
		struct buf folded = {0};
		struct buf all = {0};
		struct buf some[2] = {0};
		struct literal literal = {.fold = true};
		int status[2];

		fold_text(random_part(corpus, &seed), &folded, NULL);
		folded.n = folded.n > 2 ? utf8_floor(buf_span(&folded), 2) : folded.n;
		literal.folded = buf_span(&folded);
		assert_int_equal(find(corpus, &literal, &all), 0);
		literal.looks = 1 + random_below(&seed, 100);
		literal.enough = 1 + random_below(&seed, 40);
		for (int i = 0; i < 2; i++) {
			literal.shared = i;
			status[i] = find(corpus, &literal, &some[i]);
		}
		assert_int_equal(status[0], status[1]);
		assert_true(span_equal(buf_span(&some[0]), buf_span(&some[1])));
		assert_true(some[0].n <= all.n && (status[0] || some[0].n == all.n));
		assert_true(some[0].n == 0 || memcmp(some[0].data, all.data, some[0].n) == 0);
		assert_true(!status[0] || BUF_COUNT(&some[0], uint32_t) >= literal.enough);
		stopped += status[0] > 0;
		buf_release(&folded);
		buf_release(&all);
		buf_release(&some[0]);
		buf_release(&some[1]);
	}
	assert_in_range(stopped, 20, 180);
}

static void spellings_are_one_when_folded(void **state)
{
	struct corpus *corpus = *state;

	assert_int_equal(check(corpus, span_of("團隊")), check(corpus, span_of("团队")));
	assert_int_equal(check(corpus, span_of("ABC")), check(corpus, span_of("ａｂｃ")));
	assert_true(check(corpus, span_of("團隊")) > 0);
	assert_true(check(corpus, span_of("->")) > 0);
	assert_true(check(corpus, span_of("株式会社")) > 0); /* the fold of one sign */
	assert_true(check(corpus, span_of("豆")) > 0);
	assert_true(check(corpus, span_of("a")) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_part_of_a_line_is_found),
		cmocka_unit_test(text_across_groups_is_found),
		cmocka_unit_test(rare_letters_and_signs_are_found),
		cmocka_unit_test(nothing_else_is_found),
		cmocka_unit_test(runs_of_han_are_found),
		cmocka_unit_test(several_are_found_together),
		cmocka_unit_test(a_search_stops_at_the_same_place),
		cmocka_unit_test(spellings_are_one_when_folded),
	};

	return cmocka_run_group_tests(tests, make, release);
}
