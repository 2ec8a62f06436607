#include "span.h"

#include "unit.h"

static void orders_by_bytes(void **state)
{
	static const char *const rising[] = {"", "a", "ab", "b", "商", "商业", "\xF0\x9F\x98\x80"};

	(void)state;
	for (size_t i = 0; i < sizeof rising / sizeof *rising; i++) {
		for (size_t k = 0; k < sizeof rising / sizeof *rising; k++) {
			struct span a = span_of(rising[i]);
			struct span b = span_of(rising[k]);
			int order = span_compare(a, b);

			assert_int_equal((order > 0) - (order < 0), (i > k) - (i < k));
			assert_int_equal(span_equal(a, b), i == k);
			assert_int_equal(span_starts(a, b), strncmp(rising[i], rising[k], strlen(rising[k])) == 0);
		}
	}
}

static void trims_both_ends(void **state)
{
	static const char *const table[][2] = {
		{"", ""}, {" ", ""}, {" \t a b \n", "a b"}, {"a", "a"}, {"\xE3\x80\x80 ", "\xE3\x80\x80"}};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		assert_true(span_equal(span_trim(span_of(table[i][0]), " \t\n"), span_of(table[i][1])));
	/* NUL is of no set: strchr(3) would find it in each */
	assert_int_equal(span_trim((struct span){"\0a\0", 3}, " ").n, 3);
}

static void takes_lines(void **state)
{
	struct span text = {"a\n\n\0b\r\nc", 8};
	struct span empty = {NULL, 0};

	(void)state;
	assert_true(span_equal(span_take_line(&text), span_of("a")));
	assert_true(span_equal(span_take_line(&text), span_of("")));
	assert_true(span_equal(span_take_line(&text), (struct span){"\0b\r", 3}));
	assert_true(span_equal(span_take_line(&text), span_of("c")));
	assert_int_equal(text.n, 0);
	assert_int_equal(span_take_line(&text).n, 0);
	assert_int_equal(span_take_line(&empty).n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(orders_by_bytes),
		cmocka_unit_test(trims_both_ends),
		cmocka_unit_test(takes_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
