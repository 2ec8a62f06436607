#include "folding.h"

#include "fold.h"
#include "random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

/* The fold of the index and its map are the model. `text` is copied to a block of its size: its end is an end for the
 * sanitizer. */
static void check(struct span text)
{
	char *copy = malloc(text.n ? text.n : 1);
	struct buf folded = {0}, shifts = {0}, expected = {0}, map = {0};

	if (text.n)
		memcpy(copy, text.p, text.n);
	text.p = copy;
	fold_text(text, &expected, &map);
	folding_make(text, &folded, &shifts);
	assert_false(folded.failed || shifts.failed);
	assert_int_equal(folded.n, expected.n);
	if (folded.n)
		assert_memory_equal(folded.data, expected.data, folded.n);
	for (size_t i = 0; i < folded.n; i++)
		assert_int_equal(folding_source(text, &shifts, i), BUF_AT(&map, uint32_t, i));
	buf_release(&folded);
	buf_release(&shifts);
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
