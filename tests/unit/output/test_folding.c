#include "folding.h"

#include "fold.h"
#include "random.h"
#include "unit.h"
#include "utf8.h"

#include <stdlib.h>

/* Of every length; what the traditional one and the one in a square become. */
static const uint32_t watched[] = {U'中', U'体', U'会', U'é', U'😀'};

static bool is_watched(uint32_t code)
{
	for (size_t i = 0; i < sizeof(watched) / sizeof(watched[0]); i++)
		if (watched[i] == code)
			return true;
	return false;
}

/* Each watched character is noted, and what is noted ascends. */
static void check_noted(const struct buf *noted, struct span folded)
{
	size_t next = 0;
	uint32_t code;
	bool valid;

	for (size_t at = 0; at < folded.n; at += utf8_next(folded.p + at, folded.n - at, &code, &valid)) {
		utf8_next(folded.p + at, folded.n - at, &code, &valid);
		while (next < BUF_COUNT(noted, uint32_t) && BUF_AT(noted, uint32_t, next) < at)
			next++;
		if (is_watched(code))
			assert_true(next < BUF_COUNT(noted, uint32_t) && BUF_AT(noted, uint32_t, next) == at);
	}
	for (size_t i = 1; i < BUF_COUNT(noted, uint32_t); i++)
		assert_true(BUF_AT(noted, uint32_t, i - 1) < BUF_AT(noted, uint32_t, i));
}

/* The fold of the index and its map are the model. `text` is copied to a block of its size: its end is an end for the
 * sanitizer. */
static void check(struct span text)
{
	char *copy = malloc(text.n ? text.n : 1);
	struct folding folding = {0};
	struct folding_watch watch = {0};
	struct buf expected = {0}, map = {0};

	if (text.n)
		memcpy(copy, text.p, text.n);
	text.p = copy;
	fold_text(text, &expected, &map);
	for (size_t i = 0; i < sizeof(watched) / sizeof(watched[0]); i++)
		folding_watch_add(&watch, watched[i]);
	folding_make(&folding, text, &watch);
	assert_false(folding_failed(&folding));
	assert_int_equal(folding.text.n, expected.n);
	if (expected.n)
		assert_memory_equal(folding.text.data, expected.data, expected.n);
	for (size_t i = 0; i < expected.n; i++)
		assert_int_equal(folding_source(&folding, text, i), BUF_AT(&map, uint32_t, i));
	for (size_t i = expected.n; i-- > 0;)
		assert_int_equal(folding_source(&folding, text, i), BUF_AT(&map, uint32_t, i));
	check_noted(&folding.noted, buf_span(&expected));
	folding_release(&folding);
	buf_release(&expected);
	buf_release(&map);
	free(copy);
}

/* Of every length and kind: kept, longer, shorter, gone, ill-formed. */
static const char *const pieces[] = {
	"a",
	"Z",
	"@",
	"[",
	"`",
	"{",
	"\x7f",
	" ",
	"\n",
	"中",
	"體",
	"，",
	"Ａ",
	"ß",
	"é",
	"É",
	"İ",
	"㍿",
	"ﷺ",
	"\u200b",
	"\u00ad",
	"한",
	"ア",
	"ｱ",
	"😀",
	"𠀀",
	"\u0301",
	"Ω",
	"ꙮ",
	"\ufb01",
	"\x80",
	"\xbf",
	"\xc2",
	"\xe4\xb8",
	"\xe4",
	"\xed\xa0\x80",
	"\xe0\x80\x80",
	"\xf0\x9f\x98",
	"\xf4\x90\x80\x80",
	"\xff",
	"\xe4\xb8\x41",
	"\xef\xbf\xbd",
};

enum { PIECES = sizeof(pieces) / sizeof(pieces[0]) };

static void folds_pieces_at_every_place(void **state)
{
	static const char *const fills[] = {"AbcdefghIjklmnopqrstuvwX", "中文字符中文字符", "，。，。，。，。"};

	(void)state;
	check((struct span){NULL, 0});
	for (size_t f = 0; f < sizeof(fills) / sizeof(fills[0]); f++) {
		for (size_t k = 0; k < PIECES; k++) {
			for (size_t at = 0; at <= 24; at++) {
				struct buf text = {0};

				buf_add(&text, fills[f], at);
				buf_add_text(&text, pieces[k]);
				check(buf_span(&text));
				buf_add(&text, fills[f], at);
				check(buf_span(&text));
				buf_release(&text);
			}
		}
	}
}

static void folds_random_texts(void **state)
{
	uint64_t seed = 3;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		struct buf text = {0};
		size_t count = random_below(&seed, 60);

		for (size_t i = 0; i < count; i++)
			buf_add_text(&text, pieces[random_below(&seed, PIECES)]);
		check(buf_span(&text));
		buf_release(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folds_pieces_at_every_place),
		cmocka_unit_test(folds_random_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
