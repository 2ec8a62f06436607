#include "part.h"

#include "buf.h"
#include "markdown.h"
#include "random.h"
#include "unit.h"

#include <string.h>

/* Parts are small here. */
enum { LEAST = 500, MOST = 2 * LEAST };

static struct arena arena;
static struct buf text;

static void repeat(const char *what, size_t bytes)
{
	for (size_t end = text.n + bytes; text.n < end;)
		buf_add_text(&text, what);
}

static int reset(void **state)
{
	(void)state;
	buf_reset(&text);
	arena_reset(&arena);
	return 0;
}

static struct document read_in_parts(size_t least)
{
	struct outline outline = {0};
	struct document document;
	struct err err = {0};

	buf_string(&text);
	assert_false(text.failed);
	outline_init(&outline, buf_span(&text), span_of("a"), &arena);
	assert_int_equal(markdown_parse_in_parts(&outline, least, &err), 0);
	assert_int_equal(outline_finish(&outline, &document, &err), 0);
	outline_release(&outline);
	return document;
}

static bool same_section(const struct section *a, const struct section *b)
{
	return a->level == b->level && a->line_start == b->line_start && a->line_end == b->line_end &&
	       a->parent == b->parent && span_equal(a->heading, b->heading);
}

/* The Han of all pieces, one behind the other: marks may be read otherwise where a paragraph is cut. */
static struct span han_of(const struct document *document)
{
	struct buf han = {0};
	struct span all;

	for (size_t i = 0; i < document->section_count; i++)
		for (const struct piece *piece = document->sections[i].pieces; piece; piece = piece->next)
			for (size_t at = 0; at < piece->text.n; at++)
				if (piece->text.p[at] & 0x80)
					buf_add_byte(&han, (unsigned char)piece->text.p[at]);
	all = arena_copy(&arena, buf_span(&han));
	buf_release(&han);
	return all;
}

/* The text in parts has the sections that it has as a whole, and the same text in them. md4c takes blocks of HTML that follow one another
 * for one, which hides more where the first leaves a comment open. */
static void check_sections(void)
{
	struct document whole = read_in_parts(text.n + 1);
	struct document parts = read_in_parts(LEAST);
	size_t i = 0;

	while (i < whole.section_count && i < parts.section_count &&
	       same_section(&whole.sections[i], &parts.sections[i]))
		i++;
	if (i < whole.section_count || i < parts.section_count)
		fail_msg("section %zu: %zu, and %zu in parts, of\n%.*s", i, whole.section_count, parts.section_count,
			 (int)text.n, text.data);
	if (!memchr(text.data, '<', text.n) && !span_equal(han_of(&whole), han_of(&parts)))
		fail_msg("other text in parts, of\n%.*s", (int)text.n, text.data);
}

/* Blocks that open what goes on for long, close it, or look as if they did. */
static const char *const blocks[] = {
	"# 标题\n",
	"# 甲\n## 乙\n",
	"#\n",
	"#无\n",
	" # 缩进\n",
	"   ## 缩进\n",
	"\n     # 代码\n",
	"文\n===\n",
	"文\n---\n",
	"文字\n",
	"文字 `a` **b**\n第二行\n",
	"\n",
	"\n\n",
	" \n",
	"\r\n",
	"# 甲\r\n",
	"***\n",
	"```\n",
	"````\n",
	"~~~\n",
	"```c\n",
	"  ```\n",
	"``` `a`\n",
	"~~~ `a`\n",
	"   ~~~~\n",
	"- 项\n",
	"- ```\n",
	"- #  项\n",
	"  续\n",
	"  ## 内\n",
	"  ```\n",
	"   # 内\n",
	"-\n",
	"- <!--\n",
	"1. 项\n",
	"-  - 深\n",
	"\n\t- 深\n",
	"\n\t# 内\n",
	"\n     ```\n",
	"\n\t```\n",
	"> 引\n",
	"> # 引\n",
	"> ```\n",
	">\n",
	">  - 引\n",
	"  > 引\n",
	"懒\n",
	"<!--\n",
	"-->\n",
	"<!-- 一行 -->\n",
	"  <!--\n",
	"<!-->\n",
	"<!--->\n",
	"文 <!--\n",
	"<div>\n",
	"</div>\n",
	"<span>\n",
	"<a\n",
	"<script>\n",
	"</script>\n",
	"<pre>\n",
	"</PRE>\n",
	"<STYLE\n",
	"</style>\n",
	"<prex>\n",
	"<textarea>\n",
	"</textarea>\n",
	"<?\n",
	"?>\n",
	"<?>\n",
	"<![CDATA[\n",
	"]]>\n",
	"<!D\n",
	"<!d\n",
	">\n",
	"|甲|乙|\n|--|--|\n|丙|丁|\n",
	"|丙|丁|\n",
	"![](a.png)\n",
	"[甲](b)\n",
	"&amp;\n",
	"$a$\n",
	"\\# 无\n",
};

enum { BLOCKS = sizeof blocks / sizeof *blocks };

/* Its lines, of a length that keeps each off an offset of 4 modulo 256: md4c 0.4.8 may take one there for the start of an empty item
 * (it reads the offset as the type of a block). */
static void add_block(const char *block)
{
	struct span rest = span_of(block);

	while (rest.n) {
		buf_add_span(&text, span_take_line(&rest));
		while (text.n % 8 != 7)
			buf_add_text(&text, " ");
		buf_add_text(&text, "\n");
	}
}

/* A few kinds of blocks, so that what is open is left open for long; and blank lines often, since a paragraph that is as long as a
 * part is cut. */
static void add_random_text(uint64_t *random)
{
	const char *kinds[6];
	size_t n = LEAST + random_below(random, 8 * LEAST);
	size_t since = 0;

	for (size_t i = 0; i < 6; i++)
		kinds[i] = blocks[random_below(random, BLOCKS)];
	add_block("文字\n\n");
	while (text.n < n) {
		const char *block = kinds[random_below(random, 6)];

		add_block(random_below(random, 10) ? block : blocks[random_below(random, BLOCKS)]);
		if (since++ < 3 && random_below(random, 2))
			continue;
		add_block("\n");
		since = 0;
	}
}

static void sections_do_not_depend_on_parts(void **state)
{
	uint64_t random = 20261125;

	for (int round = 0; round < 4000; round++) {
		reset(state);
		add_random_text(&random);
		check_sections();
	}
}

/* The parts of the text by themselves: the reader says nothing but that this is open at the end of the first. */
static struct part part_after(enum part_kind open, const char *start)
{
	struct parts parts = {.least = LEAST};
	struct part part;

	buf_string(&text);
	parts.rest = buf_span(&text);
	assert_false(text.failed);
	assert_true(parts_next(&parts, &part));
	assert_int_equal(part.kind, PART_PLAIN);
	parts_leave(&parts, part.text, open, start ? strstr(text.data, start) : NULL);
	assert_true(parts_next(&parts, &part));
	return part;
}

static void expect(struct span given, const char *expected)
{
	if (!span_equal(given, span_of(expected)))
		fail_msg("\"%.*s\", not \"%s\"", (int)given.n, given.p, expected);
}

static void what_is_not_long_is_one_part(void **state)
{
	struct parts parts = {.least = LEAST};
	struct part part;

	(void)state;
	assert_false(parts_next(&parts, &part));
	repeat("a\n\n# b\n\n", MOST - 8);
	parts.rest = buf_span(&text);
	assert_true(parts_next(&parts, &part));
	assert_int_equal(part.text.n, text.n);
	assert_false(parts_next(&parts, &part));
}

static void a_part_begins_where_a_reader_stopped(void **state)
{
	struct parts parts = {.least = LEAST};
	struct part part;

	(void)state;
	repeat("text\n", 3 * LEAST);
	parts.rest = buf_span(&text);
	assert_true(parts_next(&parts, &part));
	parts_return(&parts, text.data + LEAST + 5);
	assert_true(parts_next(&parts, &part));
	assert_ptr_equal(part.text.p, text.data + LEAST + 5);
	assert_false(part.in_line);
}

static void it_may_begin_with_a_heading_or_behind_a_blank_line(void **state)
{
	static const struct {
		const char *before, *line;
		bool may;
	} table[] = {
		{"", "文", true},
		{"文\n", "# 题", true},
		{"文\n", "###### 题", true},
		{"文\n", "####### 题", false},
		{"文\n", "#题", false},
		{"文\n", " # 题", false},
		{"文\n", "文", false},
		{"文\n\n", "文", true},
		{"文\n \t\r\n", "文", true},
		{"文\n　\n", "文", false},
		{"文\n\n", "- 项", true},
		{"文\n\n", "  文", false},
		{"文\n\n", "\t文", false},
		{"文\n\n", "\n文", false},
		{"文\n\n", "```", false},
		{"文\n\n", "~~~ c", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		buf_reset(&text);
		buf_add_text(&text, table[i].before);
		buf_add_text(&text, table[i].line);
		if (part_may_begin(buf_span(&text), strlen(table[i].before)) != table[i].may)
			fail_msg("%s", buf_string(&text));
	}
}

/* Where no reader stops: what the first part ends before. */
static void else_it_begins_with_the_last_line_that_is_likely_text(void **state)
{
	static const char *const tables[][2] = {
		{"- text\n  more\n", "- text\n"},
		{"- a\n\ntext\n- b\n", "text\n- b\n"},
		{"- a\n- b\n2026 text\n- b\n", "2026 text\n- b\n"},
		{"1. a\n  text\n", "1. a\n"},
		{"  a\n\n", "  a\n"},
		{"```\n- a\n", "- a\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		struct part part;

		buf_reset(&text);
		repeat(tables[i][0], 2 * MOST);
		part = part_after(PART_PLAIN, NULL);
		assert_int_equal(part.kind, PART_PLAIN);
		if (!span_starts(part.text, span_of(tables[i][1])))
			fail_msg("%.20s, not %s", part.text.p, tables[i][1]);
	}
}

static void code_goes_on_to_its_fence(void **state)
{
	struct part part;

	(void)state;
	buf_add_text(&text, "  ~~~~ info\n\n\n");
	repeat("# a comment\n", MOST);
	buf_add_text(&text, "~~~\n```\n~~~~ a\n    ~~~~\n\t~~~~\n   ~~~~~ \r\nbehind\n");
	repeat("text\n", MOST);
	part = part_after(PART_CODE, "# a");
	assert_int_equal(part.kind, PART_CODE);
	assert_true(span_starts(part.text, span_of("# a comment\n")));
	expect((struct span){part.text.p + part.text.n - 11, 11}, "   ~~~~~ \r\n");
}

static void html_goes_on_to_its_end(void **state)
{
	static const char *const table[][2] = {
		{"<!--", "-->"},        {"<script>", "</script>"}, {"<STYLE", "</pre>"}, {"<pre\n", "</PRE>"},
		{"<?", "?>"},           {"<!DOCTYPE", ">"},        {"<![CDATA[", "]]>"}, {"<div>", ""},
		{"<!-- -->\n<?", "?>"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct part part;

		buf_reset(&text);
		buf_add_text(&text, "text\n\n  ");
		buf_add_text(&text, table[i][0]);
		buf_add_text(&text, "\n");
		repeat("# a\n", MOST);
		buf_add_text(&text, " l ");
		buf_add_text(&text, *table[i][1] ? table[i][1] : "\n");
		buf_add_text(&text, "\n# behind\n");
		part = part_after(PART_HTML, table[i][0]);
		assert_int_equal(part.kind, PART_HTML);
		assert_non_null(memchr(part.text.p, 'l', part.text.n));
		assert_null(memchr(part.text.p, 'b', part.text.n));
	}
}

static void an_item_goes_on_while_lines_are_indented(void **state)
{
	static const struct {
		const char *item, *line;
		bool inside;
	} table[] = {
		{"- a", "  b", true},     {"- a", " b", false},      {"1. a", "  b", false}, {"12) a", "    b", true},
		{"-   a", "   b", false}, {"-      a", "  b", true}, {"- a", "\tb", true},   {"-\ta", "   b", false},
		{"- a", "\n  b", true},   {"- a", "\nb", false},     {" - a", "  b", false}, {"> a", "      b", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct part part;

		buf_reset(&text);
		buf_add_text(&text, table[i].item);
		buf_add_text(&text, "\n");
		repeat("      more\n", MOST);
		buf_add_text(&text, table[i].line);
		buf_add_text(&text, "\n");
		part = part_after(PART_ITEM, table[i].item);
		assert_int_equal(part.kind, PART_ITEM);
		if ((memchr(part.text.p, 'b', part.text.n) != NULL) != table[i].inside)
			fail_msg("%s, %s: %.*s", table[i].item, table[i].line, (int)part.text.n, part.text.p);
	}
}

/* A line that nobody wrote: it is cut between characters, and its rest begins no block. */
static void a_long_line_is_cut_somewhere(void **state)
{
	static const char *const table[][2] = {
		{"中", "中"}, {"> # 1. ", ". > # 1. > "}, {"- 100 ", "0 - 100 - "}, {"> # - ", NULL}};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct parts parts = {.least = LEAST};
		struct part part;

		buf_reset(&text);
		repeat(table[i][0], MOST + 100);
		parts.rest = buf_span(&text);
		assert_true(parts_next(&parts, &part));
		assert_in_range(part.text.n, MOST - 2, MOST);
		assert_int_equal(parts_next(&parts, &part), table[i][1] != NULL);
		assert_true(!table[i][1] || part.in_line);
		if (table[i][1] && !span_starts(part.text, span_of(table[i][1])))
			fail_msg("%.*s", (int)part.text.n, part.text.p);
	}
}

/* What was cut wrongly: texts as long as they really are. */
static void what_is_open_for_a_megabyte_has_no_sections(void **state)
{
	static const char *const table[][2] = {{"   ```\n", "```\n"},
					       {"<!--\n", "-->\n"},
					       {"- 项\n\n  ```\n", "  ```\n"},
					       {"<script>\n", "</script>\n"}};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct document document;

		reset(state);
		buf_add_text(&text, "# 头\n\n");
		buf_add_text(&text, table[i][0]);
		repeat(i == 2 ? "  # 无\n" : "文\n\n# 无\n", 3 * PART_LEAST);
		buf_add_text(&text, table[i][1]);
		buf_add_text(&text, "# 尾\n");
		document = read_in_parts(PART_LEAST);
		assert_int_equal(document.section_count, 2);
		expect(document.sections[1].heading, "尾");
		assert_int_equal((document.sections[0].flags & SECTION_NO_TEXT) != 0, i == 1 || i == 3);
	}
}

static int release(void **state)
{
	(void)state;
	arena_release(&arena);
	buf_release(&text);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(what_is_not_long_is_one_part, reset),
		cmocka_unit_test_setup(a_part_begins_where_a_reader_stopped, reset),
		cmocka_unit_test_setup(it_may_begin_with_a_heading_or_behind_a_blank_line, reset),
		cmocka_unit_test_setup(else_it_begins_with_the_last_line_that_is_likely_text, reset),
		cmocka_unit_test_setup(code_goes_on_to_its_fence, reset),
		cmocka_unit_test_setup(html_goes_on_to_its_end, reset),
		cmocka_unit_test_setup(an_item_goes_on_while_lines_are_indented, reset),
		cmocka_unit_test_setup(a_long_line_is_cut_somewhere, reset),
		cmocka_unit_test_setup(sections_do_not_depend_on_parts, reset),
		cmocka_unit_test_setup(what_is_open_for_a_megabyte_has_no_sections, reset),
	};

	return cmocka_run_group_tests(tests, NULL, release);
}
