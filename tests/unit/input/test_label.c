#include "label.h"

#include "unit.h"

static const struct {
	const char *line;
	const char *rest; /* NULL: no label */
	bool question;
} table[] = {
	{"题目：多少钱", "多少钱", true},
	{"題目：多少錢", "多少錢", true},
	{"问题:多少钱", "多少钱", true},
	{"問題：", "", true},
	{"问：多少钱", "多少钱", true},
	{"問: 多少錢", " 多少錢", true},
	{"Q：多少钱", "多少钱", true},
	{"q: how much", " how much", true},
	{"Q:多少钱", "多少钱", true},
	{"Q:", "", true},
	{"Ｑ：多少钱", "多少钱", true},
	{"ｑ:x", "x", true},
	{"答案：十元", "十元", false},
	{"答：十元", "十元", false},
	{"A: ten", " ten", false},
	{"a：十元", "十元", false},
	{"Ａ：十元", "十元", false},
	{"  \t　答：十元", "十元", false},
	{"**题目：**多少钱", "多少钱", true},
	{"**题目**：多少钱", "多少钱", true},
	{"**Q:** how much", " how much", true},
	{"**答案：十元**", "十元**", false},
	{"题目：：", "：", true},
	{"", NULL, false},
	{"题", NULL, false},
	{"题目", NULL, false},
	{"题目 ：多少钱", NULL, false},
	{"这个问题：多少钱", NULL, false},
	{"问题一：多少钱", NULL, false},
	{"答复：十元", NULL, false},
	{"A:\\config", NULL, false},
	{"q:1", NULL, false},
	{"A", NULL, false},
	{"A ：", NULL, false},
	{"AQ: x", NULL, false},
	{"FAQ: x", NULL, false},
	{"\n问：下一行", NULL, false},
	{"*问：*", NULL, false},
};

static void labels_are_what_is_followed_by_a_colon(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct span line = span_of(table[i].line);
		struct label label = label_match(line);
		size_t expected = table[i].rest ? line.n - strlen(table[i].rest) : 0;

		if (label.length != expected || label.question != table[i].question)
			fail_msg("%s: length %zu, not %zu", table[i].line, label.length, expected);
	}
}

static void nothing_after_the_end_is_looked_at(void **state)
{
	static const char line[] = "**问题**：**";

	(void)state;
	for (size_t n = 0; n < sizeof line; n++) {
		char *exact = test_malloc(n ? n : 1);

		memcpy(exact, line, n);
		assert_int_equal(label_match((struct span){exact, n}).length > 0, n >= strlen("**问题**："));
		test_free(exact);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels_are_what_is_followed_by_a_colon),
		cmocka_unit_test(nothing_after_the_end_is_looked_at),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
