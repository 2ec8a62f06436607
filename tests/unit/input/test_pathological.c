#include "document.h"

#include "buf.h"
#include "unit.h"

#include <time.h>

/* Texts that are hard to parse. What is linear in md4c is parsed; what is not is read as plain text, in bounded time.
 *
 * The bound is generous (a sanitizer, a loaded machine): without effort.c and WORK_MAX each of the latter takes minutes.
 */
enum { SECONDS_MAX = 60 };

static struct arena arena;
static struct buf text;

static void repeat(const char *what, size_t times)
{
	for (size_t i = 0; i < times; i++)
		buf_add_text(&text, what);
}

static struct document parse(void)
{
	struct document document;
	struct err err = {0};
	struct timespec begin;
	struct timespec end;

	buf_string(&text);
	assert_false(text.failed);
	arena_reset(&arena);
	clock_gettime(CLOCK_MONOTONIC, &begin);
	assert_int_equal(document_parse(&document, "a.md", buf_span(&text), &arena, &err), 0);
	clock_gettime(CLOCK_MONOTONIC, &end);
	assert_true(end.tv_sec - begin.tv_sec < SECONDS_MAX);
	buf_reset(&text);
	return document;
}

static int release(void **state)
{
	(void)state;
	arena_release(&arena);
	buf_release(&text);
	return 0;
}

static void linear_texts_are_parsed(void **state)
{
	static const char *const fragments[] = {
		">",     "> ",   "- ",    "1. ",      "#\n",        "[",     "[a",     "]",          "![",      "`",
		"`a",    "\\``", "*a **", "a_ ",      "_a ",        "a***",  "**中：", "**中：**文", "~~a ",    "$",
		"$a",    "[[",   "[[a|",  "[[a]]",    "<",          "<a ",   "<!--",   "<?",         "<a b='",  "&",
		"&amp;", "&#",   "|",     "a|b\n",    "- a\n",      "> a\n", "```\n",  "<div>\n",    "<pre>\n", "\n",
		"　",    "  \n", "\t",    "[t](/u) ", "[a]: b\n\n", "\0x",   "**a**",  "问：",       "问：\n",  "<br>",
	};

	(void)state;
	for (size_t i = 0; i < sizeof fragments / sizeof *fragments; i++) {
		repeat("# 标题\n\n", 1);
		repeat(fragments[i], 100000);
		assert_int_equal(parse().sections[0].level, 1);
	}
}

static void a_million_marks_are_no_headings(void **state)
{
	(void)state;
	repeat("#\n", 1000000);
	assert_int_equal(parse().section_count, 1);
}

static void a_hundred_thousand_headings_are_as_many_sections(void **state)
{
	struct document document;

	(void)state;
	repeat("# 甲\n## 乙\n", 50000);
	document = parse();
	assert_int_equal(document.section_count, 100000);
	assert_int_equal(document.sections[99999].occurrence, 49999);
	assert_int_equal(document.sections[99999].line_end, 100000);
	assert_int_equal(document.sections[99999].parent, 99998);
}

/* The heading is lost: the whole is one section, by the name of the file. */
static void expect_plain(void)
{
	struct document document = parse();

	assert_int_equal(document.section_count, 1);
	assert_int_equal(document.sections[0].level, 0);
	assert_int_equal(document.sections[0].flags, 0);
}

static void brackets_on_many_lines_are_text(void **state)
{
	static const char *const fragments[] = {"](\n[", "[t](\n", "[t](/u)\n", "[x]\n", "[a](b \"\n", "[\n]"};

	(void)state;
	for (size_t i = 0; i < sizeof fragments / sizeof *fragments; i++) {
		repeat("# 标题\n\n", 1);
		repeat(fragments[i], 200000);
		assert_int_equal(parse().sections[0].level, 1);
	}
}

static void nested_brackets_are_text_where_they_would_be_looked_up(void **state)
{
	(void)state;
	for (int lines = 0; lines < 2; lines++) {
		repeat("# 标题\n\n", 1);
		repeat("[", 250000);
		repeat("\n", (size_t)lines);
		repeat("]", 250000);
		repeat("\n\n[a]: /b", 1);
		assert_int_equal(parse().sections[0].level, 1);
	}
}

static void ordinary_links_stay_links_however_many(void **state)
{
	struct document document;
	struct span row;

	(void)state;
	repeat("# 目录\n\n", 1);
	repeat("- [[页面]]、[名字](/path/to/a/page.md)\n", 50000);
	document = parse();
	assert_int_equal(document.sections[0].flags, SECTION_LINKS_ONLY);
	repeat("# 目录\n\n|页|页|\n|---|---|\n", 1);
	repeat("|[名字](/path/to/a/page.md)|[名字](/path/to/a/page.md)|\n", 5000);
	document = parse();
	assert_int_equal(document.section_count, 1);
	row = document.sections[0].pieces->next->next->text;
	assert_null(memchr(row.p, '/', row.n));
}

static void lines_in_deep_lists_are_read_as_plain_text(void **state)
{
	(void)state;
	repeat("# 标题\n\n", 1);
	repeat("- ", 50000);
	repeat("a\n", 1);
	repeat("\n", 200000);
	expect_plain();
}

static void long_targets_named_often_are_read_as_plain_text(void **state)
{
	(void)state;
	repeat("# 标题\n\n[x]: ", 1);
	repeat("y", 500000);
	repeat("\n\n", 1);
	repeat("[x]\n\n", 20000);
	expect_plain();
}

static void wide_tables_with_short_rows_are_read_as_plain_text(void **state)
{
	(void)state;
	repeat("# 标题\n\n", 1);
	repeat("|a", 60000);
	repeat("\n", 1);
	repeat("|---", 60000);
	repeat("\n", 1);
	repeat("|b\n", 50000);
	expect_plain();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(linear_texts_are_parsed),
		cmocka_unit_test(a_million_marks_are_no_headings),
		cmocka_unit_test(a_hundred_thousand_headings_are_as_many_sections),
		cmocka_unit_test(brackets_on_many_lines_are_text),
		cmocka_unit_test(nested_brackets_are_text_where_they_would_be_looked_up),
		cmocka_unit_test(ordinary_links_stay_links_however_many),
		cmocka_unit_test(lines_in_deep_lists_are_read_as_plain_text),
		cmocka_unit_test(long_targets_named_often_are_read_as_plain_text),
		cmocka_unit_test(wide_tables_with_short_rows_are_read_as_plain_text),
	};

	return cmocka_run_group_tests(tests, NULL, release);
}
