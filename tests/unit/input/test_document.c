#include "document.h"

#include "buf.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

/* How Markdown is cut is told by tests/golden/markdown; here is what golden files cannot tell. */

static struct arena arena;
static struct span given; /* what was parsed: in memory of just that size and a NUL, so that a sanitizer sees its end */

static struct document parse(const char *name, struct span text)
{
	struct document document;
	struct err err = {0};
	char *copy = realloc((char *)given.p, text.n + 1);

	assert_non_null(copy);
	memcpy(copy, text.n ? text.p : "", text.n);
	copy[text.n] = '\0';
	given = (struct span){copy, text.n};
	arena_reset(&arena);
	assert_int_equal(document_parse(&document, name, given, &arena, &err), 0);
	assert_int_equal(err.kind, ERR_NONE);
	return document;
}

static int release(void **state)
{
	(void)state;
	arena_release(&arena);
	free((char *)given.p);
	return 0;
}

#define EXPECT_TEXT(span, expected)                                                                                    \
	do {                                                                                                           \
		if (!span_equal(span, span_of(expected)))                                                              \
			fail_msg("\"%.*s\", not \"%s\"", (int)(span).n, (span).p, expected);                           \
	} while (0)

static void blank_text_has_no_sections(void **state)
{
	static const char *const blanks[] = {"", "\n", " ", "\t\r\n \f\v\n", "　\n\u00A0"};

	(void)state;
	for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
		assert_int_equal(parse("a.md", span_of(blanks[i])).section_count, 0);
		assert_int_equal(parse("a.txt", span_of(blanks[i])).section_count, 0);
	}
}

static void any_other_text_has_one(void **state)
{
	static const struct {
		const char *text;
		unsigned flags;
		uint32_t line;
	} table[] = {
		{"正文", 0, 1},
		{"\n\n  正文", 0, 3},
		{"<!-- 只有注释 -->", SECTION_NO_TEXT, 1},
		{"\n***\n", SECTION_NO_TEXT, 2},
		{"#\n", SECTION_NO_TEXT, 1},
		{"答案：", SECTION_NO_TEXT, 1},
		{"![](a.png)", SECTION_NO_TEXT, 1},
		{"[链接](a.md)\n", SECTION_LINKS_ONLY, 1},
		{"[注]: 看不见的参考\n", SECTION_NO_TEXT, 1},
		{"---\nlayout: page\n---\n", SECTION_NO_TEXT, 1},
		{"---\ntags: 开店\n---\n", 0, 1},
		{"---\ntags: 开店\n---\n\n正文\n", 0, 5},
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct document document = parse("店铺.md", span_of(table[i].text));

		assert_int_equal(document.section_count, 1);
		EXPECT_TEXT(document.sections[0].heading, "店铺");
		assert_int_equal(document.sections[0].level, 0);
		assert_int_equal(document.sections[0].flags, table[i].flags);
		assert_int_equal(document.sections[0].line_first, 1);
		assert_int_equal(document.sections[0].line_start, table[i].line);
		assert_int_equal(document.sections[0].parent, SECTION_NO_PARENT);
	}
}

static void a_document_has_a_name_and_perhaps_a_title(void **state)
{
	static const struct {
		const char *text;
		const char *title;
	} table[] = {
		{"正文", ""},
		{"---\ntitle: 开店\n---\n正文", "开店"},
		{"---\r\ntitle: '开店: 一'\r\n---\r\n正文", "开店: 一"},
		{"---\ntitle: \"开店\" # 注释\n...\n正文", "开店"},
		{"---\n# 注释\n\ntitle: 开店 # 注释\n---\n正文", "开店"},
		{"---\ntitle: C# 入门\n---\n正文", "C# 入门"},
		{"---\ntitle: >\n  折行的\n  题目\n---\n正文", "折行的"},
		{"---\nTitle: 大写不算\n---\n正文", ""},
		{"---\ntitle:\n---\n正文", ""},
		{"---\ntitle: 甲\ntitle: 乙\n---\n正文", "甲"},
		{"+++\ntitle = '开店'\n+++\n正文", "开店"},
		{"+++\n[a]\ntitle = \"开店\"\n+++\n正文", "开店"},
		{"+++\ntitle = \"开店\"\n---\n正文", ""},
		{"---\ntitle: 没有结束\n正文", ""},
		{" ---\ntitle: 缩进\n---\n正文", ""},
		{"----\ntitle: 四条\n----\n正文", ""},
		{"---\n不是键\ntitle: 开店\n---\n正文", ""},
		{"\n---\ntitle: 不在开头\n---\n正文", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct document document = parse("我的.店铺.md", span_of(table[i].text));

		EXPECT_TEXT(document.name, "我的.店铺");
		EXPECT_TEXT(document.title, table[i].title);
		if (document.sections[0].level == 0)
			EXPECT_TEXT(document.sections[0].heading, *table[i].title ? table[i].title : "我的.店铺");
	}
}

static void expect_pieces(const struct section *section, const char *const *texts, size_t count)
{
	const struct piece *piece = section->pieces;

	for (size_t i = 0; i < count; i++, piece = piece->next) {
		assert_non_null(piece);
		EXPECT_TEXT(piece->text, texts[i]);
	}
	assert_null(piece);
}

static void values_that_describe_are_words_of_the_first_section(void **state)
{
	static const char text[] = "---\n"
				   "date: 2026-01-01\n"
				   "tags: [开店, '选, 址', \"现金流\", ]\n"
				   "keywords: 咖啡, 小店\n"
				   "aliases:\n"
				   "- 手册\n"
				   "  - \"指南\"\n"
				   "author: 张三\n"
				   "list:\n"
				   "  - 不算\n"
				   "summary: 从零, 到一 # 注释\n"
				   "---\n"
				   "# 甲\n"
				   "# 乙\n";
	static const char *const pieces[] = {"开店", "选, 址", "现金流",     "咖啡", "小店",
					     "手册", "指南",   "从零, 到一", "甲"};
	struct document document = parse("a.md", span_of(text));

	(void)state;
	assert_int_equal(document.section_count, 2);
	expect_pieces(&document.sections[0], pieces, sizeof pieces / sizeof *pieces);
	assert_int_equal(document.sections[0].flags, SECTION_NO_TEXT); /* words, but nothing to read */
	assert_int_equal(document.sections[1].flags, SECTION_NO_TEXT);
}

static void text_files_are_plain(void **state)
{
	static const char text[] =
		"　　第一段，\r\n　　接着写\r\n<b>不是标签</b> &amp;\r\n\r\n\r\n问：多少钱？\n答：十元。\n"
		"还能便宜\n\n- 不是列表";
	static const char *const pieces[] = {"第一段，接着写\n<b>不是标签</b> &amp;", "多少钱？", "十元。还能便宜",
					     "- 不是列表"};
	struct document document = parse("账目.TXT", span_of(text));

	(void)state;
	assert_int_equal(document.section_count, 1);
	expect_pieces(&document.sections[0], pieces, sizeof pieces / sizeof *pieces);
	EXPECT_TEXT(document.sections[0].question, "多少钱？");
	assert_int_equal(document.sections[0].pieces->next->field, FIELD_QUESTION);
	assert_int_equal(document.sections[0].line_end, 10);
	assert_int_equal(document.sections[0].flags, 0);
}

static void text_files_with_a_heading_are_markdown(void **state)
{
	static const struct {
		const char *text;
		bool markdown;
	} table[] = {
		{"正文\n\n# 标题\n\n**粗体**", true},
		{"###### 标题\n\n**粗体**", true},
		{"#\t标题\n\n**粗体**", true},
		{"#标题\n\n**粗体**", false},
		{"#\n\n**粗体**", false},
		{"# \n**粗体**", false},
		{"####### 标题\n\n**粗体**", false},
		{" # 标题\n\n**粗体**", false},
		{"标题\n===\n\n**粗体**", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct document document = parse("a.txt", span_of(table[i].text));
		const struct piece *last = document.sections[document.section_count - 1].pieces;

		while (last->next)
			last = last->next;
		assert_int_equal(last->field == FIELD_LEAD, table[i].markdown);
	}
}

static void a_name_nobody_knows_is_text(void **state)
{
	struct document document = parse("README", span_of("# 题\n\n文"));

	(void)state;
	EXPECT_TEXT(document.name, "README");
	EXPECT_TEXT(document.sections[0].heading, "题");
}

static void results_do_not_point_to_the_name_that_was_handed_in(void **state)
{
	char name[] = "店.md";
	struct document document = parse(name, span_of("正文"));

	(void)state;
	memset(name, 'x', sizeof name - 1);
	EXPECT_TEXT(document.name, "店");
	EXPECT_TEXT(document.sections[0].heading, "店");
}

static void lines_end_with_a_line_feed_and_nothing_else(void **state)
{
	static const char text[] = "甲\r# 不是标题\r\n# 题一\r\r\n正文\f\v\u2028\xC2\x85\n## 题二\r";
	struct document document = parse("a.md", (struct span){text, sizeof text - 1});

	(void)state;
	assert_int_equal(document.section_count, 3);
	EXPECT_TEXT(document.sections[1].heading, "题一");
	EXPECT_TEXT(document.sections[2].heading, "题二");
	assert_int_equal(document.sections[1].line_start, 2);
	assert_int_equal(document.sections[1].line_end, 3);
	assert_int_equal(document.sections[2].line_start, 4);
	assert_int_equal(document.sections[2].line_end, 4);
}

static void nul_is_a_blank(void **state)
{
	static const char text[] = "# 题\0目\n\n\0正\0文\0\n";
	struct document document = parse("a.md", (struct span){text, sizeof text - 1});

	(void)state;
	EXPECT_TEXT(document.sections[0].heading, "题 目");
	assert_int_equal(parse("a.md", (struct span){"# \0\n", 4}).sections[0].level, 0);
}

static bool is_given(struct span text)
{
	return (uintptr_t)text.p >= (uintptr_t)given.p && (uintptr_t)text.p < (uintptr_t)(given.p + given.n);
}

/* Memory for a large file: what the text has as one stretch is no copy. */
static void what_stands_in_the_text_as_one_is_there(void **state)
{
	static const struct {
		const char *text;
		const char *piece;
		bool given;
	} table[] = {
		{"一句话。", "一句话。", true},
		{"  一句话。  \n", "一句话。", true},
		{"- 一项\n", "一项", true},
		{"# 标题 #\n", "标题", true},
		{"# 标题 {#t}\n", "标题", true},
		{"```\n码\n\n码\n```\n", "码\n\n码", true},
		{"a&b", "a&b", true},
		{"`码`", "码", true},
		{"问：什么？", "什么？", true},
		{"**引：** 文", "引：", false},
		{"一行\n两行\n", "一行两行", false},
		{"one\ntwo", "one\ntwo", false},
		{"一*句*话", "一句话", false},
		{"\\[一\\]", "[一]", false},
		{"&amp;b", "&b", false},
		{"- ```\n  码\n  码\n  ```\n", "码\n码", false},
		{"一<br>二", "一\n二", false},
		{"**引：**文", "引：", false},
		{"一\r二", "一 二", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct document document = parse("a.md", span_of(table[i].text));
		struct span piece = document.sections[0].pieces->text;

		EXPECT_TEXT(piece, table[i].piece);
		assert_int_equal(is_given(piece), table[i].given);
	}
}

/* Random documents of ATX headings, text and code, against a model that does it line by line. */

static uint32_t random_state;

static uint32_t random_below(uint32_t n)
{
	random_state = random_state * 1664525 + 1013904223;
	return (random_state >> 16) % n;
}

struct model_section {
	size_t start;
	uint32_t line;
	unsigned level;
	char path[64]; /* headings from the top, with '/' */
};

enum { MODEL_LINES = 40 };

static const char *const lines[] = {
	"# 甲", "## 甲", "## 乙", "### 甲", "### 乙", "###### 丙", "",  "",
	"正文", "- 项",  "> 引",  "```",    "#甲",    "    # 码",  "#", "## [](x)",
};

static void model_path(struct model_section *sections, size_t i, const char *heading)
{
	size_t parent = i;

	while (parent-- > 0 && sections[parent].level >= sections[i].level)
		;
	if (parent < i)
		strcpy(sections[i].path, sections[parent].path);
	strcat(sections[i].path, "/");
	strcat(sections[i].path, heading);
}

static size_t build(struct buf *text, struct model_section *sections)
{
	uint32_t count = random_below(MODEL_LINES);
	bool fenced = false;
	bool blank = true;
	size_t n = 0;

	buf_reset(text);
	for (uint32_t i = 0; i < count; i++) {
		const char *line = lines[random_below(sizeof lines / sizeof *lines)];
		size_t marks = strspn(line, "#");
		bool heading = !fenced && marks && line[marks] == ' ' && line[marks + 1] != '[';

		if (strcmp(line, "```") == 0)
			fenced = !fenced;
		else if (heading) {
			/* What came before is a section of its own when a reader sees any of it. */
			n = n == 0 && !blank ? 1 : n;
			sections[n] = (struct model_section){text->n, i + 1, (unsigned)marks, ""};
			model_path(sections, n++, line + marks + 1);
		} else if (line[0] && strcmp(line, "#") != 0 && !strstr(line, "[]"))
			blank = false;
		else if (fenced && line[0])
			blank = false;
		buf_add_text(text, line);
		if (i + 1 < count || random_below(2))
			buf_add_byte(text, '\n');
	}
	return n;
}

static void compare_path(const struct document *document, const struct section *section, const char *path)
{
	size_t n = strlen(path);

	for (;;) {
		struct span heading = section->heading;

		assert_true(n > heading.n);
		n -= heading.n + 1;
		assert_int_equal(path[n], '/');
		assert_memory_equal(path + n + 1, heading.p, heading.n);
		if (section->parent == SECTION_NO_PARENT)
			break;
		section = &document->sections[section->parent];
	}
	assert_int_equal(n, 0);
}

static void compare(const struct document *document, const struct model_section *sections, size_t count)
{
	assert_int_equal(document->section_count, count);
	for (size_t i = 0; i < count; i++) {
		const struct section *section = &document->sections[i];
		uint32_t occurrence = 0;

		assert_int_equal(section->level, sections[i].level);
		if (i > 0)
			assert_int_equal(document->sections[i - 1].line_end, section->line_first - 1);
		if (section->level == 0)
			continue;
		for (size_t k = 0; k < i; k++)
			occurrence += strcmp(sections[k].path, sections[i].path) == 0;
		assert_int_equal(section->start, i ? sections[i].start : 0);
		assert_int_equal(section->line_first, i ? sections[i].line : 1);
		assert_int_equal(section->line_start, sections[i].line);
		assert_int_equal(section->occurrence, occurrence);
		compare_path(document, section, sections[i].path);
	}
}

static void sections_are_those_of_a_model(void **state)
{
	struct model_section sections[MODEL_LINES + 1];
	struct buf text = {0};

	(void)state;
	for (uint32_t round = 0; round < 20000; round++) {
		struct document document;
		size_t count;
		bool blank;

		random_state = round;
		memset(sections, 0, sizeof sections);
		count = build(&text, sections);
		blank = span_trim(buf_span(&text), " \n").n == 0;
		document = parse("a.md", buf_span(&text));
		compare(&document, sections, count == 0 && !blank ? 1 : count);
	}
	buf_release(&text);
}

/* A text of several parts (part.h), and its sections: as many as headings, which are in no code, and each where it is. */
static void a_long_text_has_the_sections_that_it_would_have_as_one(void **state)
{
	struct buf text = {0};
	struct document document;
	uint32_t count = 0;

	(void)state;
	while (text.n < 5 << 20) {
		buf_printf(&text, "## 第 %u 节\n\n* [x](y)\n\n      # 缩进\n\n```sh\n# 注释\n", ++count);
		for (uint32_t i = 0; i < count % 64; i++)
			buf_add_text(&text, "\n# 不是标题\n");
		buf_add_text(&text, "```\n\n> 引用\n\n正文\n***\n正文\n");
	}
	document = parse("a.md", buf_span(&text));
	assert_int_equal(document.section_count, count);
	for (uint32_t i = 0; i < count; i++) {
		const struct section *section = &document.sections[i];
		char heading[32];

		snprintf(heading, sizeof heading, "第 %u 节", i + 1);
		EXPECT_TEXT(section->heading, heading);
		assert_memory_equal(given.p + section->start, "## ", 3);
		assert_int_equal(section->line_end - section->line_start, 14 + 2 * ((i + 1) % 64));
		EXPECT_TEXT(section->pieces->next->text, "x");
	}
	buf_release(&text);
}

/* Of a line that nobody wrote, each MB begins anew, and no section. */
static void a_long_line_begins_one_section(void **state)
{
	struct buf text = {0};
	struct document document;

	(void)state;
	buf_add_text(&text, "# 标题");
	while (text.n < 5 << 20)
		buf_add_text(&text, " # 标题");
	buf_add_text(&text, "\n===\n\n文\n");
	document = parse("a.md", buf_span(&text));
	assert_int_equal(document.section_count, 1);
	assert_int_equal(document.sections[0].level, 1);
	assert_int_equal(document.sections[0].line_end, 4);
	buf_release(&text);
}

/* Very many short pieces are joined, whatever fields they take turns in: the words that were in them stay apart. Long ones
 * stay as they are, and so do headings. */
static void pieces_without_end_are_joined(void **state)
{
	enum { MANY = 300000 };
	struct buf text = {0};
	struct buf joined = {0};
	struct document document;
	const struct piece *piece;
	size_t count = 0;

	(void)state;
	buf_add_text(&text, "# 一\n\n");
	for (unsigned i = 0; i < MANY; i++)
		buf_printf(&text, "**甲** %u\n\n", i);
	buf_add_text(&text, "# 二\n\n乙\n\n丙\n\n");
	for (unsigned i = 0; i < 100; i++)
		buf_add_text(&text, "一行长的");
	buf_add_text(&text, "\n\n丁\n");
	document = parse("a.md", buf_span(&text));
	assert_int_equal(document.section_count, 2);
	for (piece = document.sections[0].pieces; piece; piece = piece->next) {
		buf_add_span(&joined, piece->text);
		buf_add_byte(&joined, '\n');
		count++;
	}
	assert_in_range(count, 100000, 100000 + text.n / 64 + 1000);
	buf_reset(&text);
	buf_add_text(&text, "一\n");
	for (unsigned i = 0; i < MANY; i++)
		buf_printf(&text, "甲\n%u\n", i);
	assert_true(span_equal(buf_span(&joined), buf_span(&text)));
	piece = document.sections[1].pieces;
	EXPECT_TEXT(piece->text, "二");
	EXPECT_TEXT(piece->next->text, "乙\n丙");
	assert_int_equal(piece->next->next->text.n, 1200);
	EXPECT_TEXT(piece->next->next->next->text, "丁");
	assert_null(piece->next->next->next->next);
	buf_release(&text);
	buf_release(&joined);
}

static void sections_without_end_are_plain_text(void **state)
{
	struct buf text = {0};
	struct document document;

	(void)state;
	for (int i = 0; i < 110000; i++)
		buf_add_text(&text, "# a\n");
	assert_int_equal(parse("a.md", buf_span(&text)).section_count, 1);
	buf_reset(&text);
	for (int i = 0; i < 110000; i++)
		buf_add_text(&text, "# a\n1234\n");
	document = parse("a.md", buf_span(&text));
	assert_int_equal(document.section_count, 110000);
	buf_release(&text);
}

/* md4c takes the offset of a line for something else where it is 4 modulo 256 (gap.h): whatever stands before, the last heading is
 * one, and that in the item is none. */
static void where_a_line_is_does_not_matter(void **state)
{
	static const char *const tails[] = {
		"1. 步\n\n    ```vb\n    x\n    ```\n\n    ```c\n    y\n    ```\n\n## 尾\n",
		"- # 项\n\n  ```\n  x\n  ```\n\n  # 内\n\n# 尾\n",
		"1. # 项\r\n\r\n    ```\r\n    x\r\n    ```\r\n\r\n# 尾\r\n",
		"1. 项\n\n\n    ```\n    x\n    ```\n\n# 尾\n",
		"1. 项\n    ===\n\n    ```\n    x\n    ```\n\n# 尾\n",
		"1. 项\n\n    ***\n\n    ```\n    x\n    ```\n\n# 尾\n",
		"- - # 项\n \n\t\n    ~~~ c\n    x\n    ~~~\n\n# 尾\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
		for (size_t before = 0; before < 256; before++) {
			struct buf text = {0};
			struct document document;

			for (size_t k = 0; k < before; k++)
				buf_add_byte(&text, '\n');
			buf_add_text(&text, tails[i]);
			document = parse("a.md", buf_span(&text));
			if (document.section_count != 2)
				fail_msg("%zu sections behind %zu bytes: %s", document.section_count, before, tails[i]);
			EXPECT_TEXT(document.sections[1].heading, "尾");
			buf_release(&text);
		}
	}
}

/* What only looks as if a block ended there stays a paragraph of its own. */
static void a_blank_line_behind_text_stays(void **state)
{
	static const char *const texts[] = {"#标签", "== 甲 ==", "***甲***", "`甲`", "-", "1) 甲", "> 甲"};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct buf text = {0};
		const struct piece *piece;

		buf_add_text(&text, texts[i]);
		buf_add_text(&text, "\n\n   乙\n");
		piece = parse("a.md", buf_span(&text)).sections[0].pieces;
		while (piece->next)
			piece = piece->next;
		EXPECT_TEXT(piece->text, "乙");
		buf_release(&text);
	}
}

static void an_item_that_begins_with_two_blank_lines_has_no_text(void **state)
{
	(void)state;
	assert_int_equal(parse("a.md", span_of("-\n  # 内\n")).section_count, 1);
	assert_int_equal(parse("a.md", span_of("文\n-\n\n  # 外\n")).section_count, 2);
	assert_int_equal(parse("a.md", span_of("文\n1.\n\n\n   # 外\n")).section_count, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blank_text_has_no_sections),
		cmocka_unit_test(any_other_text_has_one),
		cmocka_unit_test(a_document_has_a_name_and_perhaps_a_title),
		cmocka_unit_test(values_that_describe_are_words_of_the_first_section),
		cmocka_unit_test(text_files_are_plain),
		cmocka_unit_test(text_files_with_a_heading_are_markdown),
		cmocka_unit_test(a_name_nobody_knows_is_text),
		cmocka_unit_test(results_do_not_point_to_the_name_that_was_handed_in),
		cmocka_unit_test(lines_end_with_a_line_feed_and_nothing_else),
		cmocka_unit_test(nul_is_a_blank),
		cmocka_unit_test(what_stands_in_the_text_as_one_is_there),
		cmocka_unit_test(sections_are_those_of_a_model),
		cmocka_unit_test(a_long_text_has_the_sections_that_it_would_have_as_one),
		cmocka_unit_test(a_long_line_begins_one_section),
		cmocka_unit_test(pieces_without_end_are_joined),
		cmocka_unit_test(sections_without_end_are_plain_text),
		cmocka_unit_test(where_a_line_is_does_not_matter),
		cmocka_unit_test(a_blank_line_behind_text_stays),
		cmocka_unit_test(an_item_that_begins_with_two_blank_lines_has_no_text),
	};

	return cmocka_run_group_tests(tests, NULL, release);
}
