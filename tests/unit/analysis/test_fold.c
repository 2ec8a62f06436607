#include "fold.h"
#include "unicode.h"
#include "unit.h"
#include "utf8.h"

struct folded {
	struct buf text;
	struct buf map;
};

static struct folded fold(struct span text)
{
	struct folded f = {0};

	fold_text(text, &f.text, &f.map);
	assert_false(f.text.failed || f.map.failed);
	return f;
}

static void release(struct folded *f)
{
	buf_release(&f->text);
	buf_release(&f->map);
}

/* The definition, one character at a time. */
static struct folded model(struct span text)
{
	struct folded f = {0};
	uint32_t end = (uint32_t)text.n;

	for (size_t at = 0; at < text.n;) {
		uint32_t codes[UNICODE_FOLD_MAX];
		uint32_t from = (uint32_t)at;
		uint32_t code;
		bool valid;
		size_t count;

		at += utf8_next(text.p + at, text.n - at, &code, &valid);
		count = unicode_fold(code, codes);
		for (size_t i = 0; i < count; i++)
			utf8_add(&f.text, codes[i]);
		while (BUF_COUNT(&f.map, uint32_t) < f.text.n)
			buf_add(&f.map, &from, sizeof from);
	}
	buf_add(&f.map, &end, sizeof end);
	return f;
}

static void assert_as_model(struct span text)
{
	struct folded is = fold(text);
	struct folded wanted = model(text);
	struct buf alone = {0};

	assert_true(span_equal(buf_span(&is.text), buf_span(&wanted.text)));
	assert_true(span_equal(buf_span(&is.map), buf_span(&wanted.map)));
	fold_text(text, &alone, NULL);
	assert_true(span_equal(buf_span(&alone), buf_span(&wanted.text)));
	buf_release(&alone);
	release(&is);
	release(&wanted);
}

static void folds_texts(void **state)
{
	static const struct {
		const char *text;
		const char *folded;
	} table[] = {
		{"", ""},
		{"Markdown", "markdown"},
		{"ＧＰＴ－３", "gpt-3"},
		{"團隊建設", "团队建设"},
		{"著名的乾坤，於是瞭望", "着名的干坤,于是了望"},
		{"３，４", "3,4"},
		{"①㎏½Ⅻ", "1kg1⁄2xii"},
		{"Straße ﬁn", "strasse fin"},
		{"「引號」“引号”", "「引号」“引号”"},
		{"co\xC2\xADop\xE2\x80\x8B\xEF\xBB\xBF", "coop"},
		{"e\xCC\x81\xC3\x89", "e\xCC\x81\xC3\xA9"},
		{"ｶﾞガ", "カ\xE3\x82\x99ガ"},
		{"\xFFz\xE5\x95Y\xC0\x80", "\xEF\xBF\xBDz\xEF\xBF\xBDy\xEF\xBF\xBD\xEF\xBF\xBD"},
		{"\xEF\xBF\xBD", "\xEF\xBF\xBD"},
		{"\xF0\xA0\x80\x80\xF0\x9F\x98\x80", "\xF0\xA0\x80\x80\xF0\x9F\x98\x80"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct folded f = fold(span_of(table[i].text));

		assert_string_equal(buf_string(&f.text), table[i].folded);
		release(&f);
		assert_as_model(span_of(table[i].text));
	}
}

/* `other` at every place of the first n bytes of a text, and at its end; characters take `step` bytes. */
static void assert_with(const char *text, size_t n, size_t step, const char *other)
{
	struct buf mixed = {0};

	for (size_t at = 0; at <= n; at += step) {
		buf_reset(&mixed);
		buf_add(&mixed, text, at);
		buf_add_text(&mixed, other);
		assert_as_model(buf_span(&mixed));
		buf_add(&mixed, text + at, n - at);
		assert_as_model(buf_span(&mixed));
	}
	buf_release(&mixed);
}

/* ASCII is folded in blocks, what folds to itself in runs: every length, and something else at every place. */
static void blocks_and_runs(void **state)
{
	static const char ascii[] = "@AMZ[`amz{09@AMZ[`amz{09@AMZ[`amz{09@AMZ[`";
	static const char han[] = "中文龥가あ—中文龥가あ—中文龥가あ—";
	static const char *const others[] = {"É", "業",  "，", "中Ａ",         "Z",
					     "é", "é中", " ",  "\xED\xA0\x80", "\xE0\x81\x81"};

	(void)state;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		for (size_t n = 0; n < sizeof ascii; n++)
			assert_with(ascii, n, 1, others[i]);
		for (size_t n = 0; n < sizeof han; n += 3)
			assert_with(han, n, 3, others[i]);
	}
}

static void maps_back(void **state)
{
	/* a, full-width a, a Traditional character, (a soft hyphen and a joiner: nothing), k g, 1 / 2 and the end */
	static const uint32_t map[] = {0, 1, 4, 4, 4, 12, 12, 15, 15, 15, 15, 15, 17};
	struct folded f = fold(span_of("AＡ業\xC2\xAD\xE2\x80\x8D㎏½"));

	(void)state;
	assert_string_equal(buf_string(&f.text), "aa业kg1⁄2");
	assert_int_equal(f.map.n, sizeof map);
	assert_memory_equal(f.map.data, map, sizeof map);
	release(&f);
}

static void appends(void **state)
{
	struct buf out = {0};

	(void)state;
	buf_add_text(&out, "Kept ");
	fold_text(span_of("Added"), &out, NULL);
	assert_string_equal(buf_string(&out), "Kept added");
	buf_release(&out);
}

/* Every length around the sizes at which the buffers grow, of what grows most and least. */
static void grows(void **state)
{
	static const char *const units[] = {"\xEF\xB7\xBA", "A", "業", "业", "a业", "\xC2\xAD", "𠀀"};
	struct buf text = {0};

	(void)state;
	for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
		buf_reset(&text);
		for (size_t i = 0; i < 300; i++) {
			assert_as_model(buf_span(&text));
			buf_add_text(&text, units[u]);
		}
	}
	buf_release(&text);
}

static uint32_t next_random(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

/* Random bytes, mostly made of leads and tails; and the fold of a piece is a piece of the fold. */
static void survives_anything(void **state)
{
	static const unsigned char bytes[] = {0x00, 'A',  'z',  '9',  '.',  0x80, 0xBF, 0xC2, 0xCC, 0xE0, 0xE3, 0xE4,
					      0xE5, 0xE9, 0xED, 0xEF, 0xF0, 0xF3, 0xF4, 0xFF, 0xA0, 0x9F, 0x90, 0x81};
	uint32_t seed = 20240501;
	char text[64];

	(void)state;
	for (int round = 0; round < 20000; round++) {
		size_t n = next_random(&seed) % sizeof text;

		for (size_t i = 0; i < n; i++)
			text[i] = (char)bytes[next_random(&seed) % sizeof bytes];
		assert_as_model((struct span){text, n});
	}
}

static void a_piece_folds_to_a_piece(void **state)
{
	static const char text[] = "關於 e\xCC\x81 ㎏ 的３，４ﬁﷺ\xE2\x80\x8Dが한國ﾞ";
	struct span all = {text, sizeof text - 1};
	struct folded f = fold(all);

	(void)state;
	for (size_t start = 0; start <= all.n; start++) {
		for (size_t end = start; end <= all.n; end++) {
			struct folded piece;
			size_t at = 0;

			if (utf8_floor(all, start) != start || utf8_floor(all, end) != end)
				continue;
			piece = fold((struct span){all.p + start, end - start});
			while (BUF_AT(&f.map, uint32_t, at) < start)
				at++;
			assert_true(at + piece.text.n <= f.text.n);
			assert_memory_equal(f.text.data + at, buf_string(&piece.text), piece.text.n);
			release(&piece);
		}
	}
	release(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folds_texts),
		cmocka_unit_test(blocks_and_runs),
		cmocka_unit_test(maps_back),
		cmocka_unit_test(appends),
		cmocka_unit_test(grows),
		cmocka_unit_test(survives_anything),
		cmocka_unit_test(a_piece_folds_to_a_piece),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
