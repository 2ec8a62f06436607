#include "path.h"

#include "unit.h"

#include <stdlib.h>
#include <unistd.h>

static void joins(void **state)
{
	static const struct {
		const char *from;
		const char *relative;
		const char *path;
	} table[] = {
		{"/a/b", "c", "/a/b/c"},
		{"/a/b", "", "/a/b"},
		{"/a/b", ".", "/a/b"},
		{"/a/b", "./c/./d/.", "/a/b/c/d"},
		{"/a/b", "..", "/a"},
		{"/a/b", "../c", "/a/c"},
		{"/a/b", "../..", "/"},
		{"/a/b", "../../../../x", "/x"},
		{"/a/b", "c/../d", "/a/b/d"},
		{"/a/b", "c//d/", "/a/b/c/d"},
		{"/a/b", "..c/.d/...", "/a/b/..c/.d/..."},
		{"/a/b", "/x/y", "/x/y"},
		{"/a/b", "/", "/"},
		{"/a/b", "//x/../y/", "/y"},
		{"/", "x", "/x"},
		{"/", "", "/"},
		{"/", "..", "/"},
		{"/笔记", "../店/一.md", "/店/一.md"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct buf out = {0};

		path_join(&out, span_of(table[i].from), span_of(table[i].relative));
		assert_string_equal(buf_string(&out), table[i].path);
		buf_release(&out);
	}
}

/* '..' stops at where the path began, not at what the buffer held before. */
static void appends(void **state)
{
	struct buf out = {0};

	(void)state;
	buf_add_text(&out, "in /x: ");
	path_join(&out, span_of("/a"), span_of("../../b"));
	buf_add_text(&out, " and ");
	path_relative(&out, span_of("/a"), span_of("/a"));
	assert_string_equal(buf_string(&out), "in /x: /b and .");
	buf_release(&out);
}

static void finds_the_way(void **state)
{
	static const struct {
		const char *from;
		const char *to;
		const char *way;
	} table[] = {
		{"/a/b", "/a/b", "."},         {"/a/b", "/a/b/c", "c"},    {"/a/b", "/a/b/c/d", "c/d"},
		{"/a/b", "/a", ".."},          {"/a/b/c", "/a", "../.."},  {"/a/b", "/a/c", "../c"},
		{"/a/b", "/x/y", "../../x/y"}, {"/a/b", "/a/bc", "../bc"}, {"/a/bc", "/a/b", "../b"},
		{"/ab", "/ac", "../ac"},       {"/a", "/ab/c", "../ab/c"}, {"/", "/", "."},
		{"/", "/a/b", "a/b"},          {"/a/b", "/", "../.."},     {"/知识/库", "/知道/库", "../../知道/库"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct buf out = {0};
		struct buf back = {0};

		path_relative(&out, span_of(table[i].from), span_of(table[i].to));
		assert_string_equal(buf_string(&out), table[i].way);
		path_join(&back, span_of(table[i].from), buf_span(&out));
		assert_string_equal(buf_string(&back), table[i].to);
		buf_release(&out);
		buf_release(&back);
	}
}

static void knows_what_is_below(void **state)
{
	static const struct {
		const char *path;
		const char *above;
		const char *rest; /* NULL: not below */
	} table[] = {
		{"/a/b", "/a", "b"}, {"/a/b/c", "/a", "b/c"}, {"/a", "/a", ""},       {"/ab", "/a", NULL},
		{"/a", "/ab", NULL}, {"/b/a", "/a", NULL},    {"/a/b", "/", "a/b"},   {"/", "/", ""},
		{"/a", "/b", NULL},  {"/库/一", "/库", "一"}, {"/库存", "/库", NULL}, {"/", "/a", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct span rest = {NULL, 0};
		bool below = path_below(span_of(table[i].path), span_of(table[i].above), &rest);

		assert_int_equal(below, table[i].rest != NULL);
		if (below)
			assert_true(span_equal(rest, span_of(table[i].rest)));
	}
}

static void takes_the_last(void **state)
{
	(void)state;
	assert_true(span_equal(path_last(span_of("/a/b.md")), span_of("b.md")));
	assert_true(span_equal(path_last(span_of("b.md")), span_of("b.md")));
	assert_true(span_equal(path_last(span_of("/")), span_of("")));
	assert_true(span_equal(path_last(span_of("a/")), span_of("")));
	assert_true(span_equal(path_last(span_of("")), span_of("")));
}

static void names_what_exists(void **state)
{
	char directory[] = "/tmp/kbsearch-path-XXXXXX";
	struct buf typed = {0};
	struct buf real = {0};
	struct buf expected = {0};
	struct err err = {0};

	(void)state;
	assert_non_null(mkdtemp(directory));
	assert_int_equal(path_real(directory, &expected, &err), 0);
	buf_printf(&typed, "%s/.././/%s", directory, path_last(span_of(directory)).p);
	assert_int_equal(path_real(buf_string(&typed), &real, &err), 0);
	assert_string_equal(buf_string(&real), buf_string(&expected));
	assert_int_equal(rmdir(directory), 0);
	assert_int_equal(path_real(directory, &real, &err), -1);
	assert_int_equal(err.kind, ERR_IO);
	assert_non_null(strstr(err.text, directory));
	buf_release(&typed);
	buf_release(&real);
	buf_release(&expected);
}

/* Of a link, and of what there is not; a slash at the end says nothing, and dots are directories. */
static void names_what_may_be(void **state)
{
	static const char *const table[][2] = {
		{"/link", "/link"}, {"/none", "/none"},   {"/link/./none//", "/none"},
		{"/link/.", ""},    {"/link/x/..", NULL},
	};
	char directory[] = "/tmp/kbsearch-path-XXXXXX";
	struct buf typed = {0};
	struct buf real = {0};
	struct err err = {0};

	(void)state;
	assert_non_null(mkdtemp(directory));
	buf_printf(&typed, "%s/link", directory);
	assert_int_equal(symlink(".", buf_string(&typed)), 0);
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		const char *expected = table[i][1];

		buf_reset(&typed);
		buf_printf(&typed, "%s%s", directory, table[i][0]);
		buf_reset(&real);
		assert_int_equal(path_real_name(buf_span(&typed), &real, &err), expected ? 0 : -1);
		assert_int_equal(err.kind, expected ? ERR_NONE : ERR_IO);
		if (expected)
			assert_string_equal(buf_string(&real) + strlen(directory), expected);
	}
	buf_reset(&typed);
	buf_printf(&typed, "%s/link", directory);
	assert_int_equal(unlink(buf_string(&typed)), 0);
	assert_int_equal(rmdir(directory), 0);
	buf_release(&typed);
	buf_release(&real);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(joins),
		cmocka_unit_test(appends),
		cmocka_unit_test(finds_the_way),
		cmocka_unit_test(knows_what_is_below),
		cmocka_unit_test(takes_the_last),
		cmocka_unit_test(names_what_exists),
		cmocka_unit_test(names_what_may_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
