#include "kind.h"

#include "unit.h"

static void documents_are_known_by_their_extension(void **state)
{
	static const char *const markdown[] = {"a.md", "a.MD", "a.markdown", "a.mkd", "a.MDown", "a.b.md", "..md"};
	static const char *const text[] = {"笔记.txt", "a.md.TXT"};
	static const char *const none[] = {"", "md", "a", "a.", ".md", ".txt", "a.md.bak", "a.mdx", "a.html", "a.md "};

	(void)state;
	for (size_t i = 0; i < sizeof markdown / sizeof *markdown; i++)
		assert_int_equal(kind_of(markdown[i]), KIND_MARKDOWN);
	for (size_t i = 0; i < sizeof text / sizeof *text; i++)
		assert_int_equal(kind_of(text[i]), KIND_TEXT);
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		assert_int_equal(kind_of(none[i]), KIND_NONE);
}

static void the_extension_begins_with_the_last_dot_that_is_not_the_first_byte(void **state)
{
	(void)state;
	assert_string_equal(kind_extension("a.b.md"), ".md");
	assert_string_equal(kind_extension(".md"), "");
	assert_string_equal(kind_extension("md"), "");
	assert_string_equal(kind_extension("a."), ".");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(documents_are_known_by_their_extension),
		cmocka_unit_test(the_extension_begins_with_the_last_dot_that_is_not_the_first_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
