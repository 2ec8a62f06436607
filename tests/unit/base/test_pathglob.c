#include "pathglob.h"

#include "unit.h"

#include <locale.h>
#include <string.h>

static const struct {
	const char *pattern;
	const char *path;
	bool matches;
} table[] = {
	/* Without a slash: any component. */
	{"*.md", "a.md", true},
	{"*.md", "x/y/a.md", true},
	{"*.md", "a.mdx", false},
	{"a.md", "x/a.md", true},
	{"x", "x/a.md", true},
	{"x", "w/x/a.md", true},
	{"x", "xx/a.md", false},
	{"草*", "笔记/草稿/a.md", true},
	{"", "a.md", false},
	/* With a slash: the whole path, and no star crosses a slash. */
	{"x/*.md", "x/a.md", true},
	{"x/*.md", "x/y/a.md", false},
	{"x/*.md", "w/x/a.md", false},
	{"*/a.md", "x/a.md", true},
	{"*/a.md", "a.md", false},
	{"./x/*.md", "x/a.md", true},
	{"./*.md", "x/a.md", true},
	/* With one at the end: directories, as a shell completes them. */
	{"x/", "x/a.md", true},
	{"x/", "w/x/y/a.md", true},
	{"x//", "x/a.md", true},
	{"./x/", "x/a.md", true},
	{"草*/", "笔记/草稿/a.md", true},
	{"x/", "w/x", false},
	{"x/", "xx/a.md", false},
	{"w/x/", "w/x/y/a.md", true},
	{"w/x/", "v/w/x/a.md", false},
	{"w/*/", "w/x/a.md", true},
	{"w/*/", "w/a.md", false},
	{"**/x/", "v/w/x/a.md", true},
	{"/", "x/a.md", false},
	{"", "", true},
	/* A double star crosses. */
	{"**/a.md", "x/y/a.md", true},
	{"**/a.md", "a.md", true},
	{"x/**", "x/y/a.md", true},
	{"x/**", "y/x/a.md", false},
	{"x/**/a.md", "x/y/z/a.md", true},
	{"**", "x/y/a.md", true},
	/* Sets, escapes, hidden names, and what only looks like a pattern. */
	{"[ab].md", "b.md", true},
	{"[!ab].md", "b.md", false},
	{"\\*.md", "*.md", true},
	{"\\*.md", "a.md", false},
	{"*", ".hidden", true},
	{"[", "[", true},
	{"[", "a", false},
	/* Characters, not bytes. */
	{"?.md", "中.md", true},
	{"??.md", "中.md", false},
	{"[中文].md", "文.md", true},
	{"草稿/*", "草稿/想法.md", true},
	{"*想*", "草稿/想法.md", true},
};

static void check_table(void)
{
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (pathglob_match(table[i].pattern, table[i].path) != table[i].matches)
			fail_msg("%s on %s", table[i].pattern, table[i].path);
}

static void patterns_match_as_people_type_them(void **state)
{
	(void)state;
	check_table();
}

static void the_locale_does_not_matter_and_stays(void **state)
{
	(void)state;
	setlocale(LC_ALL, "C");
	check_table();
	assert_string_equal(setlocale(LC_CTYPE, NULL), "C");
	assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
	check_table();
	assert_string_equal(setlocale(LC_CTYPE, NULL), "C.UTF-8");
}

static void a_path_may_be_long(void **state)
{
	static char path[5000];

	(void)state;
	memset(path, 'x', sizeof path - 1);
	assert_false(pathglob_match("**/x", path));
	assert_true(pathglob_match("**/x*", path));
	assert_true(pathglob_match("**x", path));
	path[4500] = '/';
	assert_true(pathglob_match("x*x/", path));
}

static void the_last_pattern_that_matches_decides(void **state)
{
	const char *const only_md[] = {"*.md"};
	const char *const no_drafts[] = {"!草稿/**"};
	const char *const both[] = {"*.md", "!草稿/**"};
	const char *const back[] = {"*.md", "!草稿/**", "草稿/好.md"};

	(void)state;
	assert_true(pathglob_list_match(NULL, 0, "anything"));
	assert_true(pathglob_list_match(only_md, 1, "x/a.md"));
	assert_false(pathglob_list_match(only_md, 1, "x/a.txt"));
	assert_true(pathglob_list_match(no_drafts, 1, "x/a.txt"));
	assert_false(pathglob_list_match(no_drafts, 1, "草稿/a.txt"));
	assert_true(pathglob_list_match(both, 2, "x/a.md"));
	assert_false(pathglob_list_match(both, 2, "草稿/a.md"));
	assert_false(pathglob_list_match(both, 2, "x/a.txt"));
	assert_true(pathglob_list_match(back, 3, "草稿/好.md"));
	assert_false(pathglob_list_match(back, 3, "草稿/坏.md"));
	assert_string_equal(pathglob_list_find(back, 3, "草稿/好.md"), "草稿/好.md");
	assert_string_equal(pathglob_list_find(back, 3, "草稿/坏.md"), "!草稿/**");
	assert_null(pathglob_list_find(back, 3, "x/a.txt"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(patterns_match_as_people_type_them),
		cmocka_unit_test(the_locale_does_not_matter_and_stays),
		cmocka_unit_test(a_path_may_be_long),
		cmocka_unit_test(the_last_pattern_that_matches_decides),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
