#include "needle_scan.h"

#include "fold.h"
#include "random.h"
#include "unit.h"
#include "utf8.h"

#include <stdlib.h>

enum { NEEDLES = 4, FOUND_MAX = 200 };

/* The model: the fold of the index is searched byte by byte, and its map leads back. Returns how many there are. */
static size_t find_in_fold(struct occurrence *out, struct span text, struct span needle, uint32_t index)
{
	struct buf folded = {0}, map = {0};
	size_t count = 0;

	fold_text(text, &folded, &map);
	for (size_t at = 0; needle.n && at + needle.n <= folded.n;) {
		uint32_t last, code;
		bool valid;

		if (memcmp(folded.data + at, needle.p, needle.n) != 0) {
			at++;
			continue;
		}
		at += needle.n;
		last = BUF_AT(&map, uint32_t, at - 1);
		assert_true(count < FOUND_MAX);
		out[count++] = (struct occurrence){
			BUF_AT(&map, uint32_t, at - needle.n),
			last + (uint32_t)utf8_next(text.p + last, text.n - last, &code, &valid), index};
	}
	buf_release(&folded);
	buf_release(&map);
	return count;
}

static int compare(const void *a, const void *b)
{
	return occurrence_compare(a, b);
}

/* `text` is copied to a block of its size: its end is an end for the sanitizer. */
static void check(struct span text, const struct needle *needles, size_t count)
{
	struct occurrence expected[NEEDLES * FOUND_MAX];
	char *copy = malloc(text.n ? text.n : 1);
	struct buf found = {0}, space = {0};
	size_t n = 0;

	if (text.n)
		memcpy(copy, text.p, text.n);
	for (uint32_t i = 0; i < count; i++)
		n += find_in_fold(expected + n, text, needles[i].text, i);
	qsort(expected, n, sizeof(*expected), compare);
	needle_scan(&found, (struct span){copy, text.n}, needles, count, &space);
	assert_false(found.failed);
	assert_int_equal(BUF_COUNT(&found, struct occurrence), n);
	if (n)
		assert_memory_equal(found.data, expected, n * sizeof(*expected));
	buf_release(&found);
	buf_release(&space);
	free(copy);
}

/* Kept, longer, shorter, gone, of every length; what is ill-formed stands alone, so that one byte is one character. */
static const char *const pieces[] = {
	"a",  "A",  "Ａ", "@",  "s",  "ß",  "ſ",      "i", "İ",    "\u0307", "中",           "體",
	"体", "，", ",",  "㍿", "会", "會", "社",     "é", "É",    "ﷺ",      "\u200b",       "\u00ad",
	"한", "ア", "ｱ",  "😀",  "𠀀", "Ω",  "\ufb01", "f", "\xff", "\x80",   "\xef\xbf\xbd", "\n",
	" ",
};

enum { PIECES = sizeof(pieces) / sizeof(pieces[0]) };

/* What needles are made of: folded texts. */
static const char *const letters[] = {"a",  "s", "i",  "\u0307", "中", "体",           ",", "会", "社", "é", "한",
				      "ア", "😀", "𠀀", "ω",      "f",  "\xef\xbf\xbd", "م", " "};

enum { LETTERS = sizeof(letters) / sizeof(letters[0]) };

static void finds_each_piece_at_every_place(void **state)
{
	static const char *const fills[] = {"AbcdefghIjklmnopqrstuvwX", "中文字符中文字符", "，。，。，。，。"};

	(void)state;
	for (size_t f = 0; f < sizeof(fills) / sizeof(fills[0]); f++) {
		for (size_t k = 0; k < PIECES; k++) {
			for (size_t at = 0; at <= 24; at += 1 + 2 * (f > 0)) {
				struct buf text = {0}, needle = {0};

				buf_add(&text, fills[f], at);
				buf_add_text(&text, pieces[k]);
				buf_add(&text, fills[f], 24 - at);
				fold_text(span_of(pieces[k]), &needle, NULL);
				check(buf_span(&text), &(struct needle){.text = buf_span(&needle)}, 1);
				buf_release(&text);
				buf_release(&needle);
			}
		}
	}
}

static void add_random(struct buf *out, const char *const *from, uint32_t count, uint32_t most, uint64_t *seed)
{
	for (uint32_t n = random_below(seed, most); n > 0; n--)
		buf_add_text(out, from[random_below(seed, count)]);
}

static void finds_what_a_search_of_the_fold_does(void **state)
{
	uint64_t seed = 3;
	size_t all = 0;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		struct buf text = {0}, words[NEEDLES] = {{0}};
		struct needle needles[NEEDLES];
		uint32_t kinds = 1 + random_below(&seed, PIECES);
		uint32_t from = random_below(&seed, PIECES - kinds + 1);

		add_random(&text, pieces + from, kinds, 60, &seed);
		for (size_t i = 0; i < NEEDLES; i++) {
			add_random(&words[i], letters, LETTERS, 4, &seed);
			needles[i] = (struct needle){.text = buf_span(&words[i])};
			all += needles[i].text.n;
		}
		check(buf_span(&text), needles, NEEDLES);
		buf_release(&text);
		for (size_t i = 0; i < NEEDLES; i++)
			buf_release(&words[i]);
	}
	assert_true(all > 0);
}

/* A part of a text that was folded is found in it where it was taken from, or before. */
static void finds_parts_of_the_text(void **state)
{
	uint64_t seed = 5;

	(void)state;
	for (int round = 0; round < 5000; round++) {
		struct buf text = {0}, part = {0}, word = {0};
		struct needle needle;

		add_random(&text, pieces, PIECES, 20, &seed);
		add_random(&part, pieces, PIECES, 5, &seed);
		buf_add_span(&text, buf_span(&part));
		add_random(&text, pieces, PIECES, 20, &seed);
		fold_text(buf_span(&part), &word, NULL);
		needle = (struct needle){.text = buf_span(&word)};
		check(buf_span(&text), &needle, 1);
		buf_release(&text);
		buf_release(&part);
		buf_release(&word);
	}
}

/* More letters of ASCII than fit a list of some, and none. */
static void finds_all_of_ascii_at_once(void **state)
{
	enum { COUNT = '~' - ' ' + 1 };
	static const char alphabet[] = "The Quick Brown Fox: 0123456789 [jumps] {over} ~the~ LAZY|dog!";
	char words[COUNT];
	struct needle needles[COUNT];
	struct buf found = {0}, space = {0};

	(void)state;
	for (size_t i = 0; i < COUNT; i++) {
		words[i] = (char)(' ' + (char)i);
		needles[i] = (struct needle){.text = {&words[i], 1}};
	}
	needle_scan(&found, span_of(alphabet), needles, COUNT, &space);
	assert_int_equal(BUF_COUNT(&found, struct occurrence), sizeof(alphabet) - 1);
	buf_reset(&found);
	needle_scan(&found, span_of(alphabet), needles, 0, &space);
	assert_int_equal(found.n, 0);
	buf_release(&found);
	buf_release(&space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_each_piece_at_every_place),
		cmocka_unit_test(finds_what_a_search_of_the_fold_does),
		cmocka_unit_test(finds_parts_of_the_text),
		cmocka_unit_test(finds_all_of_ascii_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
