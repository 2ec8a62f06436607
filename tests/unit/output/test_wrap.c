#include "random.h"
#include "unit.h"
#include "wrap.h"

static void check(const char *text, size_t width, size_t indent, const char *expected)
{
	struct wrap_style style = {indent, width, NULL, NULL};
	struct buf out = {0};

	wrap_text(&out, span_of(text), NULL, 0, &style);
	assert_string_equal(buf_string(&out), expected);
	buf_release(&out);
}

static void breaks_lines(void **state)
{
	(void)state;
	check("", 8, 2, "");
	check("模式", 8, 2, "模式");
	check("商业模式探索", 8, 0, "商业模式\n探索");
	check("商业模式探索", 9, 3, "商业模式\n   探索");
	check("one two three", 8, 1, "one two\n three");
	check("one two", 7, 0, "one two");
	check("商业 GPT-4 模式", 10, 0, "商业 GPT-4\n模式");
	/* closing punctuation stays with what it closes, opening with what it opens */
	check("商业模式，探索", 8, 0, "商业模\n式，探索");
	check("商业模（探索）", 8, 0, "商业模\n（探索）");
	check("ab GPT-3，好", 8, 0, "ab\nGPT-3，\n好");
	/* longer than the line */
	check("abcdefghijklmnop", 8, 0, "abcdefgh\nijklmnop");
	check("x abcdefghijk yz", 8, 0, "x\nabcdefgh\nijk yz");
	check("，，，，，，", 8, 0, "，，，，\n，，");
	/* marks take no column, and a blank may carry one */
	check("e\xcc\x81"
	      "e\xcc\x81"
	      "e\xcc\x81"
	      "e\xcc\x81"
	      "e\xcc\x81"
	      "e\xcc\x81"
	      "e\xcc\x81"
	      "e\xcc\x81",
	      8, 0,
	      "e\xcc\x81"
	      "e\xcc\x81"
	      "e\xcc\x81"
	      "e\xcc\x81"
	      "e\xcc\x81"
	      "e\xcc\x81"
	      "e\xcc\x81"
	      "e\xcc\x81");
	check("a \xcc\x81", 8, 0, "a \xcc\x81");
}

static void colours_what_is_marked(void **state)
{
	static const struct snippet_range marks[] = {{0, 1}, {2, 5}};
	struct wrap_style style = {1, 8, "<", ">"};
	struct buf out = {0};

	(void)state;
	wrap_text(&out, span_of("一二三四五六"), marks, 2, &style);
	assert_string_equal(buf_string(&out), "<一>二<三四>\n <五>六");
	buf_release(&out);
}

static void truncates(void **state)
{
	static const struct {
		const char *text;
		size_t columns;
		const char *expected;
	} table[] = {
		{"", 3, ""},
		{"abc", 3, "abc"},
		{"abcd", 3, "ab…"},
		{"商业", 4, "商业"},
		{"商业模", 5, "商业…"},
		{"商业模", 4, "商…"},
		{"商业模", 2, "…"},
		{"a\xcc\x81"
		 "bc",
		 2, "a\xcc\x81…"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct buf out = {0};

		wrap_truncate(&out, span_of(table[i].text), table[i].columns);
		assert_string_equal(buf_string(&out), table[i].expected);
		assert_true(wrap_columns(buf_span(&out)) <= table[i].columns);
		buf_release(&out);
	}
}

/* Without the line ends and the indents, and with the blanks that they stood for, it is the text again. */
static void loses_nothing(void **state)
{
	static const char *const parts[] = {"模", "式", "a", "bc", " ", "，", "（", "e\xcc\x81", "-", "1"};
	uint64_t seed = 4;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		struct buf text = {0};
		struct buf out = {0};
		struct wrap_style style = {0, 8 + random_below(&seed, 10), NULL, NULL};
		const char *line;
		size_t at = 0;

		for (uint32_t i = random_below(&seed, 40); i > 0; i--)
			buf_add_text(&text, parts[random_below(&seed, 10)]);
		wrap_text(&out, buf_span(&text), NULL, 0, &style);
		for (line = buf_string(&out); *line; line += *line == '\n') {
			size_t n = strcspn(line, "\n");

			assert_true(n > 0);
			assert_true(wrap_columns((struct span){line, n}) <= style.width);
			if (at + n <= text.n && memcmp(text.data + at, line, n) != 0)
				at++; /* a blank was there */
			assert_true(at + n <= text.n);
			assert_memory_equal(text.data + at, line, n);
			at += n;
			line += n;
		}
		assert_true(at == text.n || (at + 1 == text.n && text.data[at] == ' '));
		buf_release(&text);
		buf_release(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(breaks_lines),
		cmocka_unit_test(colours_what_is_marked),
		cmocka_unit_test(truncates),
		cmocka_unit_test(loses_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
