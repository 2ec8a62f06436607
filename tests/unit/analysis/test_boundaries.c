/* The words of segmenter.h beside ICU's own, boundary for boundary: the corpus (the arguments are its files), tables of what
 * is special, and random mixtures. At least 10 million characters a run. */
#include "fold.h"
#include "io.h"
#include "segmenter.h"
#include "unit.h"
#include "utf8.h"

#include <fcntl.h>
#include <unistd.h>

#include <unicode/ubrk.h>

enum { MIXED_CHARACTERS = 10200000, STRING_CHARACTERS_MAX = 300, FILE_MAX = 1 << 20 };

struct both {
	struct segmenter *segmenter;
	UBreakIterator *words;
	struct buf units;   /* UChar */
	struct buf offsets; /* uint32_t: the byte of each unit, and the end */
	struct buf ends;    /* uint32_t: ours */
	size_t characters;  /* compared so far */
};

static struct buf corpus; /* folded */

static int open_both(void **state)
{
	static struct both both;
	UErrorCode status = U_ZERO_ERROR;
	struct err err = {0};

	both.segmenter = segmenter_new(&err);
	both.words = ubrk_open(UBRK_WORD, "zh", u"水火〱〱", 4, &status); /* see foreign_icu.c */
	if (!both.segmenter || U_FAILURE(status))
		return -1;
	while (ubrk_next(both.words) != UBRK_DONE)
		;
	*state = &both;
	return 0;
}

static int close_both(void **state)
{
	struct both *both = *state;

	segmenter_free(both->segmenter);
	ubrk_close(both->words);
	buf_release(&both->units);
	buf_release(&both->offsets);
	buf_release(&both->ends);
	return 0;
}

static void to_units(struct both *both, struct span text)
{
	uint32_t code;
	bool valid;
	uint32_t *offsets;
	UChar *units;
	int32_t n = 0;

	buf_reset(&both->units);
	buf_reset(&both->offsets);
	units = (void *)buf_reserve(&both->units, text.n * sizeof *units);
	offsets = (void *)buf_reserve(&both->offsets, (text.n + 1) * sizeof *offsets);
	assert_true(units && offsets);
	for (size_t at = 0; at < text.n;) {
		offsets[n] = offsets[n + 1] = (uint32_t)at; /* both units of a pair, if it is one */
		at += utf8_next(text.p + at, text.n - at, &code, &valid);
		assert_true(valid);
		U16_APPEND_UNSAFE(units, n, code);
		both->characters++;
	}
	offsets[n] = (uint32_t)text.n;
	both->units.n = (size_t)n * sizeof *units;
}

static void fail_at(struct span text, uint32_t ours, uint32_t icus)
{
	struct buf codes = {0};
	uint32_t code;
	bool valid;

	for (size_t at = 0; at < text.n;) {
		at += utf8_next(text.p + at, text.n - at, &code, &valid);
		buf_printf(&codes, " %04X", code);
	}
	fail_msg("a word ends at byte %u, by ICU at %u: %.*s (%s)", ours, icus, (int)text.n, text.p,
		 buf_string(&codes));
}

static void compare(struct both *both, struct span text)
{
	UErrorCode status = U_ZERO_ERROR;
	struct err err = {0};
	size_t i = 0;

	to_units(both, text);
	buf_reset(&both->ends);
	assert_int_equal(segmenter_cut(both->segmenter, text, &both->ends, &err), 0);
	ubrk_setText(both->words, (const void *)both->units.data, (int32_t)(both->units.n / sizeof(UChar)), &status);
	assert_true(U_SUCCESS(status));
	for (int32_t end = ubrk_next(both->words); end != UBRK_DONE; end = ubrk_next(both->words), i++) {
		uint32_t icus = BUF_AT(&both->offsets, uint32_t, end);
		uint32_t ours = i < BUF_COUNT(&both->ends, uint32_t) ? BUF_AT(&both->ends, uint32_t, i) : UINT32_MAX;

		if (ours != icus)
			fail_at(text, ours, icus);
	}
	if (i != BUF_COUNT(&both->ends, uint32_t))
		fail_at(text, BUF_AT(&both->ends, uint32_t, i), UINT32_MAX);
}

static void the_corpus(void **state)
{
	struct span rest = buf_span(&corpus);

	compare(*state, rest);
	while (rest.n) {
		const char *end = memchr(rest.p, '\n', rest.n);
		size_t n = end ? (size_t)(end - rest.p) + 1 : rest.n;

		compare(*state, (struct span){rest.p, n});
		rest = (struct span){rest.p + n, rest.n - n};
	}
}

static void special_strings(void **state)
{
	static const char *const table[] = {
		/* nothing that belongs to an engine, and what does between it */
		"a",
		"a水",
		"水a",
		"水1火",
		"一\t二\r\n三",
		"(水)火",
		"水\xEF\xBF\xBD火",
		"don't Node.js 3.14 a:b 1,234 snake_case",
		"\xD7\x90\"\xD7\x91 \xD7\x90'",
		/* marks, selectors and joiners end the part that the engine sees */
		"研究\xCC\x81生命起源",
		"\xCC\x81水火",
		"水\xEF\xB8\x80火",
		"研究\xF3\xA0\x84\x80生命",
		"商业\xE2\x80\x8D模式",
		"カ\xE3\x82\x99タカナ",
		/* what is joined by the rules alone */
		"カ_カ",
		"カ_カタカナ_水",
		"_カタカナ",
		"水_火",
		"水1カ",
		"한국어a한국",
		"한\xCC\x81국水",
		/* length marks and repeat marks: of no script, in the engine's set or not */
		"ー",
		"ーー水",
		"〱",
		"〱ー水",
		"カー〱ーカナ",
		"水〱火〵ー研究生命",
		"\xE3\x82\xA0カ\xE3\x82\xA0ー",
		"〇々〆ヶヵゝゞヽヾ",
		"人々の時々",
		/* supplementary Han, and one that is a mark */
		"𠀀𠀁水火",
		"商业𠀀模式𪜀研究生",
		"水\xF0\x96\xBF\xB0火\xF0\x96\xBF\xB1\xF0\x96\xBF\xB0研究",
		/* what NFKC changes goes to ICU */
		"㌀カタカナ",
		"㌀ﾞ水",
		"ｶﾞｷﾞｸﾞ",
		"ﾞ",
		"水ﾞ火",
		"ｱｲｳｴｵー",
		"\xEF\xA4\x80\xEF\xA4\x81水",
		"⼀⼁⺟研究",
		"ヿゟ",
		"株㍿式",
		/* other engines, and scripts that have none */
		"ภาษาไทยและ中文",
		"ລາວမြန်မာខ្មែរ研究生命",
		"\xE1\xA5\x90\xE1\xA5\xA3ーカ",
		/* symbols, flags, emoji */
		"👨‍👩‍👧🇨🇳🇯🇵🇰水",
		"ℹ️①㈠水",
	};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		compare(*state, span_of(table[i]));
}

/* Runs of Katakana are words up to 19 characters, at prices that depend on the length. */
static void katakana_of_every_length(void **state)
{
	static const char *const around[] = {"", "水", "の", "1", "ー", "・", "A"};

	for (size_t before = 0; before < sizeof around / sizeof *around; before++)
		for (size_t length = 1; length <= 45; length++)
			for (unsigned kind = 0; kind < 3; kind++) {
				struct buf text = {0};

				buf_add_text(&text, around[before]);
				for (size_t i = 0; i < length; i++)
					utf8_add(&text, kind == 0   ? 0x30E1
							: kind == 1 ? (uint32_t)(0x30A1 + i * 7 % 90)
								    : 0x30FC);
				buf_add_text(&text, around[(before + length) % 7]);
				compare(*state, buf_span(&text));
				buf_release(&text);
			}
}

/* Each character alone, between Han, and doubled. */
static void every_character(void **state)
{
	struct buf text = {0};

	for (uint32_t code = 1; code < 0x110000; code += code < 0x3400 || (code >= 0xF900 && code < 0x10000) ? 1 : 23) {
		if (code - 0xD800 < 0x800)
			continue;
		buf_reset(&text);
		utf8_add(&text, code);
		buf_add_text(&text, "水");
		utf8_add(&text, code);
		utf8_add(&text, code);
		buf_add_text(&text, "カ");
		compare(*state, buf_span(&text));
	}
	buf_release(&text);
}

static uint32_t random_seed = 20260101;

static uint32_t random_below(uint32_t limit)
{
	random_seed = random_seed * 1664525 + 1013904223;
	return (uint32_t)((uint64_t)random_seed * limit >> 32);
}

/* Ranges of code points, one of them at a time. */
static const struct {
	uint32_t first;
	uint32_t last;
} ranges[] = {
	{0x4E00, 0x9FFF},
	{0x4E00, 0x52FF},
	{0x3041, 0x3096},
	{0x30A1, 0x30FF},
	{0x3400, 0x4DBF},
	{0x20000, 0x323AF},
	{0xFE00, 0xFE0F},
	{0xE0100, 0xE01EF},
	{0x0300, 0x036F},
	{0x20, 0x7E},
	{'0', '9'},
	{'a', 'z'},
	{0xAC00, 0xD7A3},
	{0x1F300, 0x1FAFF},
	{0x3000, 0x303F},
	{0x378, 0x58F},
	{0xFF00, 0xFF65},
	{0x2000, 0x206F},
	{0x5BE, 0x5EA},
	{0x3099, 0x309C},
	{0x31F0, 0x31FF},
	{0x1F1E6, 0x1F1FF},
	{0x16FE0, 0x16FFF},
	{0x1B000, 0x1B16F},
	{'_', '_'},
	{0x30FB, 0x30FC},
	{0xFFFD, 0xFFFD},
	{0x1100, 0x11FF},
	/* from here on what may go to ICU: seldom, as it makes the whole string easy */
	{0xE01, 0xE4E},
	{0xFF66, 0xFF9F},
	{0xF900, 0xFAFF},
	{0x3300, 0x3357},
	{0x2E80, 0x2FDF},
	{0x1, 0xD7FF},
	{0xE000, 0x10FFFF},
};

enum { RANGES = sizeof ranges / sizeof *ranges, RANGES_OURS = 28 };

/* Some characters of real text, so that there are words. */
static size_t add_excerpt(struct buf *text)
{
	struct span all = buf_span(&corpus);
	size_t at = utf8_floor(all, random_below((uint32_t)all.n - 64));
	size_t end = utf8_floor(all, at + random_below(60));

	buf_add(text, all.p + at, end - at);
	return (end - at) / 3;
}

/* Up to a few dozen characters of one range. */
static size_t add_range(struct buf *text, uint32_t range)
{
	size_t n = random_below(8) ? 1 + random_below(4) : random_below(25);

	for (size_t i = 0; i < n; i++) {
		uint32_t code = ranges[range].first + random_below(ranges[range].last - ranges[range].first + 1);

		utf8_add(text, code);
	}
	return n;
}

static void random_mixtures(void **state)
{
	struct both *both = *state;
	struct buf text = {0};

	while (both->characters < MIXED_CHARACTERS) {
		uint32_t limit = random_below(8) ? RANGES_OURS : RANGES;
		uint32_t excerpts = random_below(4);
		size_t size = 1 + random_below(STRING_CHARACTERS_MAX);
		uint32_t few[4];

		buf_reset(&text);
		for (size_t i = 0; i < 4; i++)
			few[i] = random_below(limit);
		for (size_t n = 0; n < size;)
			n += random_below(4) < excerpts ? add_excerpt(&text) : add_range(&text, few[random_below(4)]);
		compare(both, buf_span(&text));
	}
	assert_true(both->characters >= 10000000);
	buf_release(&text);
}

static void read_corpus(int argc, char **argv)
{
	struct buf bytes = {0};
	struct err err = {0};

	for (int i = 1; i < argc; i++) {
		int file = open(argv[i], O_RDONLY | O_CLOEXEC);

		buf_reset(&bytes);
		if (io_read_all(&io_posix, file, argv[i], FILE_MAX, &bytes, &err))
			fail_msg("%s", err.text);
		close(file);
		fold_text(buf_span(&bytes), &corpus, NULL);
	}
	buf_release(&bytes);
	assert_true(corpus.n > 100000);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(special_strings), cmocka_unit_test(katakana_of_every_length),
		cmocka_unit_test(every_character), cmocka_unit_test(the_corpus),
		cmocka_unit_test(random_mixtures),
	};
	int failed;

	read_corpus(argc, argv);
	failed = cmocka_run_group_tests(tests, open_both, close_both);
	buf_release(&corpus);
	return failed;
}
