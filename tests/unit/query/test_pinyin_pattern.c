#include "pinyin_pattern.h"

#include "buf.h"
#include "random.h"
#include "unicode.h"
#include "unit.h"
#include "utf8.h"

/* What of the text the query finds, in brackets; NULL: nothing. */
static const struct {
	const char *query;
	const char *text;
	const char *found;
} table[] = {
	/* initials, readings, both, and what was meant itself */
	{"syms", "商业模式", "[商业模式]"},
	{"shangyemoshi", "商业模式", "[商业模式]"},
	{"shangyems", "商业模式", "[商业模式]"},
	{"symoshi", "商业模式", "[商业模式]"},
	{"sy模式", "商业模式", "[商业模式]"},
	{"商业ms", "商业模式", "[商业模式]"},
	{"商业模式", "商业模式", "[商业模式]"},
	{"SYMS", "商业模式", "[商业模式]"},
	{"ｓｙｍｓ", "商业模式", "[商业模式]"},
	{"syms", "商業模式", "[商業模式]"},
	{"syms", "什么是商业模式？", "什么是[商业模式]？"},
	{"symx", "商业模式", NULL},
	{"moshishangye", "商业模式", NULL},
	/* zh, ch and sh are initials of two letters too */
	{"shyms", "商业模式", "[商业模式]"},
	{"zhg", "中国", "[中国]"},
	{"cyms", "商业模式", NULL},
	/* the last one may be on its way */
	{"shangyemosh", "商业模式", "[商业模式]"},
	{"shan", "商业模式", "[商]业模式"},
	{"shangyemoshiz", "商业模式", NULL},
	{"shanyemoshi", "商业模式", NULL},
	/* a blank or an apostrophe is between two characters */
	{"shangye moshi", "商业模式", "[商业模式]"},
	{"s y m s", "商业模式", "[商业模式]"},
	{" syms ", "商业模式", "[商业模式]"},
	{"xian", "先", "[先]"},
	{"xian", "西安", "[西安]"},
	{"xi'an", "先", NULL},
	{"xi an", "西安", "[西安]"},
	{"xi’an", "西安", "[西安]"},
	{"z hg", "中国", NULL},
	/* blanks and signs of the text need not be typed, but may */
	{"syms", "商业 / 模式", "[商业 / 模式]"},
	{"sy/ms", "商业 / 模式", "[商业 / 模式]"},
	{"sy-ms", "商业 / 模式", NULL},
	/* Latin words as they are, from their start */
	{"tidbgs", "TiDB 概述", "[TiDB 概述]"},
	{"tidb", "TiDB 概述", "[TiDB] 概述"},
	{"tid", "TiDB 概述", "[TiD]B 概述"},
	{"idb", "TiDB 概述", NULL},
	{"syc", "使用C++", "[使用C]++"},
	{"c++", "使用C++", "使用[C++]"},
	{"c#", "使用C++", NULL},
	{"31gs", "3.1 概述", "[3.1 概述]"},
	{"3.1", "3.1 概述", "[3.1] 概述"},
	{"dbgs", "Ti DB 概述", "Ti [DB 概述]"},
	/* several readings; ü */
	{"yinhang", "银行", "[银行]"},
	{"yinxing", "银行", "[银行]"},
	{"zengzhang", "增长", "[增长]"},
	{"changdu", "长度", "[长度]"},
	{"chongqing", "重庆", "[重庆]"},
	{"kuaiji", "会计", "[会计]"},
	{"lvse", "绿色", "[绿色]"},
	{"luse", "绿色", "[绿色]"},
	{"lüse", "绿色", "[绿色]"},
	{"lvse", "路色", NULL},
	{"celve", "策略", "[策略]"},
	{"celue", "策略", "[策略]"},
	/* not Chinese */
	{"q", "か", NULL},
	{"か", "か", "[か]"},
	{"a", "", NULL},
	{"syms", "\xE5\x95", NULL},
};

static size_t find_bracketed(const struct pinyin_pattern *pattern, struct span text, struct buf *out)
{
	unsigned characters;
	struct pinyin_match match;

	if (!pinyin_pattern_in(pattern, text, &characters))
		return 0;
	match = pinyin_pattern_find(pattern, text, NULL, 0);
	buf_add(out, text.p, match.start);
	buf_add_byte(out, '[');
	buf_add(out, text.p + match.start, match.end - match.start);
	buf_add_byte(out, ']');
	buf_add(out, text.p + match.end, text.n - match.end);
	return match.end;
}

static void finds(void **state)
{
	static struct pinyin_pattern pattern;

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct buf out = {0};

		assert_int_equal(pinyin_pattern_compile(&pattern, span_of(table[i].query)), 1);
		find_bracketed(&pattern, span_of(table[i].text), &out);
		if (strcmp(buf_string(&out), table[i].found ? table[i].found : "") != 0)
			fail_msg("%s in %s: %s", table[i].query, table[i].text, buf_string(&out));
		buf_release(&out);
	}
}

static struct pinyin_match match_of(const char *query, const char *text, const uint32_t *starts, size_t count)
{
	static struct pinyin_pattern pattern;

	assert_int_equal(pinyin_pattern_compile(&pattern, span_of(query)), 1);
	return pinyin_pattern_find(&pattern, span_of(text), starts, count);
}

static void tells_where(void **state)
{
	static const uint32_t starts[] = {0, 6};
	struct pinyin_match match;

	(void)state;
	match = match_of("syms", "（商业模式）", NULL, 0);
	assert_true(match.at_start && match.at_end);
	match = match_of("sy", "商业模式", NULL, 0);
	assert_true(match.at_start && !match.at_end);
	/* the ye of 业 comes first, but no word starts there */
	match = match_of("y", "商业应用", NULL, 0);
	assert_int_equal(match.start, 3);
	match = match_of("y", "商业应用", starts, 2);
	assert_int_equal(match.start, 6);
	assert_true(match.word_start && !match.at_start && !match.at_end);
	match = match_of("ye", "商业应用", starts, 2);
	assert_int_equal(match.start, 3);
	assert_false(match.word_start);
}

static void counts_what_is_typed(void **state)
{
	static struct pinyin_pattern pattern;
	unsigned characters;

	(void)state;
	pinyin_pattern_compile(&pattern, span_of("syms"));
	assert_true(pinyin_pattern_in(&pattern, span_of("1. 商业 模式（A）"), &characters));
	assert_int_equal(characters, 6);
}

static void has_limits(void **state)
{
	static struct pinyin_pattern pattern;
	char text[PINYIN_PATTERN_MAX + 3];
	unsigned characters;

	(void)state;
	assert_int_equal(pinyin_pattern_compile(&pattern, span_of("")), 0);
	assert_int_equal(pinyin_pattern_compile(&pattern, span_of(" ' 　")), 0);
	memset(text, 'a', sizeof text);
	assert_int_equal(pinyin_pattern_compile(&pattern, (struct span){text, PINYIN_PATTERN_MAX}), 1);
	assert_true(pinyin_pattern_in(&pattern, (struct span){text, PINYIN_PATTERN_MAX + 1}, &characters));
	assert_false(pinyin_pattern_in(&pattern, (struct span){text, PINYIN_PATTERN_MAX - 1}, &characters));
	text[PINYIN_PATTERN_MAX] = ' ';
	assert_int_equal(pinyin_pattern_compile(&pattern, (struct span){text, PINYIN_PATTERN_MAX + 1}), 1);
	text[PINYIN_PATTERN_MAX + 1] = 'a';
	assert_int_equal(pinyin_pattern_compile(&pattern, (struct span){text, PINYIN_PATTERN_MAX + 2}), -1);
}

/* The same by trying everything: does `query` (without blanks) begin what is typed for the text at `at`? */
static bool try_all(struct span query, struct span text)
{
	uint16_t readings[PINYIN_READINGS];
	uint32_t code;
	bool valid;
	size_t taken;
	size_t n;
	enum char_class class;

	if (query.n == 0)
		return true;
	if (text.n == 0)
		return false;
	taken = utf8_next(text.p, text.n, &code, &valid);
	text = (struct span){text.p + taken, text.n - taken};
	class = unicode_class(code);
	if (class == CLASS_SPACE || class == CLASS_SYMBOL)
		return try_all(query, text);
	if (code == (unsigned char)*query.p)
		return try_all((struct span){query.p + 1, query.n - 1}, text);
	n = pinyin_readings(code, readings);
	for (size_t i = 0; i < n; i++) {
		struct span syllable = span_of(pinyin_syllables[readings[i]]);
		size_t initial = strchr("zcs", *syllable.p) && syllable.n > 1 && syllable.p[1] == 'h' ? 2 : 1;
		size_t same = 0;

		while (same < syllable.n && same < query.n &&
		       (syllable.p[same] == query.p[same] || (syllable.p[same] == 'v' && query.p[same] == 'u')))
			same++;
		if (same == query.n)
			return true;
		for (size_t k = 1; k <= same; k++)
			if ((k <= initial || k == syllable.n) && try_all((struct span){query.p + k, query.n - k}, text))
				return true;
	}
	return false;
}

static void agrees_with_trying_all(void **state)
{
	static const char *const characters[] = {"是", "什", "事", "上", "啊", "安", "先", "西", "中", "只",
						 " ",  "绿", "路", "行", "a",  "。", "还", "长", "x",  "1"};
	static struct pinyin_pattern pattern;
	uint64_t seed = 5;
	unsigned found = 0;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		struct buf text = {0};
		struct buf query = {0};
		unsigned ignored;
		bool expected = false;

		for (uint32_t n = random_below(&seed, 8); n; n--)
			buf_add_text(&text, characters[random_below(&seed, 20)]);
		for (uint32_t n = 1 + random_below(&seed, 4); n; n--)
			buf_add_byte(&query, (unsigned char)"shiangzxlvu1"[random_below(&seed, 12)]);
		assert_int_equal(pinyin_pattern_compile(&pattern, buf_span(&query)), 1);
		for (size_t at = 0; at < text.n && !expected; at++) {
			struct span rest = {text.data + at, text.n - at};

			/* a Latin word is not entered in its middle */
			expected = utf8_floor(buf_span(&text), at) == at &&
				   !(at && strchr("x1a", text.data[at]) && strchr("x1a", text.data[at - 1])) &&
				   try_all(buf_span(&query), rest);
		}
		if (pinyin_pattern_in(&pattern, buf_span(&text), &ignored) != expected)
			fail_msg("%s in %s", buf_string(&query), buf_string(&text));
		found += expected;
		buf_release(&text);
		buf_release(&query);
	}
	assert_true(found > 1000 && found < 19000);
}

/* Whatever the bytes: what is found can be pointed at. */
static void takes_any_bytes(void **state)
{
	static struct pinyin_pattern pattern;
	uint64_t seed = 9;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		char text[40];
		char query[6];
		unsigned characters;
		struct pinyin_match match;

		for (size_t i = 0; i < sizeof text; i++)
			text[i] = (char)random_below(&seed, 256);
		for (size_t i = 0; i < sizeof query; i++)
			query[i] = (char)random_below(&seed, 256);
		if (pinyin_pattern_compile(&pattern, (struct span){query, 1 + random_below(&seed, 6)}) <= 0 ||
		    !pinyin_pattern_in(&pattern, (struct span){text, sizeof text}, &characters))
			continue;
		match = pinyin_pattern_find(&pattern, (struct span){text, sizeof text}, NULL, 0);
		assert_true(match.start < match.end && match.end <= sizeof text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds),
		cmocka_unit_test(tells_where),
		cmocka_unit_test(counts_what_is_typed),
		cmocka_unit_test(has_limits),
		cmocka_unit_test(agrees_with_trying_all),
		cmocka_unit_test(takes_any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
