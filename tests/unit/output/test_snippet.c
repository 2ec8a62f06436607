#include "fold.h"
#include "random.h"
#include "snippet.h"
#include "unit.h"
#include "utf8.h"

#include <stdio.h>

enum { NEEDLES_MAX = 6 };

/* Words between '/'; each weighs 1, with '~' it is weak. */
static size_t parse_needles(struct needle *needles, const char *list)
{
	size_t count = 0;

	while (*list) {
		bool weak = *list == '~';
		size_t n = strcspn(list + weak, "/");

		needles[count++] = (struct needle){.text = {list + weak, n}, .weight = 1, .weak = weak};
		list += weak + n;
		list += *list == '/';
	}
	return count;
}

static void add_codes(struct buf *out, struct span text, size_t *at, size_t count)
{
	uint32_t code;
	bool valid;

	for (; count > 0; count--) {
		size_t n = utf8_next(text.p + *at, text.n - *at, &code, &valid);

		buf_add(out, text.p + *at, n);
		*at += n;
	}
}

/* The snippet with its highlights in <>, then its line and column. */
static void describe(struct buf *out, const struct snippet *snippet)
{
	struct span text = buf_span(&snippet->text);
	uint32_t code = 0;
	size_t at = 0;

	for (size_t i = 0; i < BUF_COUNT(&snippet->highlights, struct snippet_range); i++) {
		struct snippet_range range = BUF_AT(&snippet->highlights, struct snippet_range, i);

		add_codes(out, text, &at, range.start - code);
		buf_add_byte(out, '<');
		add_codes(out, text, &at, range.end - range.start);
		buf_add_byte(out, '>');
		code = range.end;
	}
	buf_add(out, text.p + at, text.n - at);
	buf_printf(out, " %u:%u", snippet->line, snippet->column);
}

static void check_hit(const struct hit *hit, const char *list, size_t limit, const char *expected)
{
	struct needle needles[NEEDLES_MAX];
	struct snippet snippet = {0};
	struct buf out = {0};
	size_t count = parse_needles(needles, list);

	snippet_cut(&snippet, hit, needles, count, limit);
	describe(&out, &snippet);
	assert_string_equal(buf_string(&out), expected);
	snippet_release(&snippet);
	buf_release(&out);
}

/* Text without a heading from line 1, or with one on its first line. */
static void check(const char *text, unsigned level, const char *list, size_t limit, const char *expected)
{
	struct hit hit = {.text = span_of(text), .text_line = 1, .line_start = 1, .level = level};

	check_hit(&hit, list, limit, expected);
}

static void shows_text_without_marks(void **state)
{
	(void)state;
	check("", 0, "a", 80, " 1:1");
	check("一二三", 0, "", 80, "一二三 1:1");
	check("一二三", 0, "二", 80, "一<二>三 1:4");
	check("  一\t\t二\n\n\n三　四  \n", 0, "三", 80, "一 二 <三> 四 4:1");
	check("- 一\n* 二\n+ 三\n1. 四\n2) 五\n> 六\n>> 七\n", 0, "三", 80, "一 二 <三> 四 五 六 七 3:3");
	check("- **粗**体 `code` ~~删~~ *斜* __x__ ***y***\n", 0, "粗体", 80, "粗体 code 删 斜 x y 1:1");
	check("**商业模式：**创业", 0, "商业模式/创业", 80, "<商业模式>：<创业> 1:3");
	check("看 [链接](http://a.b/c_(d)) 和 ![图](<a b.png> \"题\") 和 [[目标|别名]] [[页]] ![[嵌]]", 0, "别名", 80,
	      "看 链接 和 图 和 <别名> 页 嵌 1:73");
	check("一\n---\n* * *\n二", 0, "二", 80, "一 <二> 4:1");
	check("\\*不是\\* \\a 3 * 4", 0, "不是", 80, "*<不是>* \\a 3 * 4 1:3");
	check("a\r\n**b**\r\nc\r\n", 0, "b/c", 80, "a <b> <c> 2:3");
	check("今年\n2023. 去年", 0, "去年", 80, "今年 2023. <去年> 2:7");
}

/* A mark on the last of many characters, invisible ones behind them, an image behind text, blanks between marks. */
static void parts_characters_from_runs(void **state)
{
	(void)state;
	check("cafe\u0301 b", 0, "e\u0301", 80, "caf<e\u0301> b 1:4");
	check("数据\u200b\u200b和", 0, "数据", 80, "<数据\u200b\u200b>和 1:1");
	check("数据\ufeff和", 0, "数据", 80, "<数据\ufeff>和 1:1");
	check("数据！一!![图](a_b)二", 0, "二", 80, "数据！一!图<二> 1:25");
	check("一 二  三 `四 ` 五", 0, "五", 80, "一 二 三 四 <五> 1:21");
	check("\xe4\xb8数据\xe4\xb8\xadx\xe4", 0, "据", 80, "\ufffd数<据>中x\ufffd 1:6");
}

static void doubtful_marks_are_text(void **state)
{
	static const char *const texts[] = {
		"snake_case_name 2**10 a*b*c 3*4*5",
		"**开着没关",
		"a ** b ** c",
		"[脚注] [^1] ]( x",
		"[a](b",
		"[a](b c)",
		"[[没关 [[ ]] [[]]",
		"`没关",
		"``一` 个",
		"-1 +2 #标签 >",
		"|不是表|",
		"~波浪~ ____",
		"(a) [ ](",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct buf expected = {0};

		buf_printf(&expected, "%s 1:1", texts[i]);
		check(texts[i], 0, "", 80, buf_string(&expected));
		buf_release(&expected);
	}
}

static void shows_code_as_it_is(void **state)
{
	(void)state;
	check("一\n```c\nint *a = **b; // [x](y)\n```\n二", 0, "int", 80, "一 <int> *a = **b; // [x](y) 二 3:1");
	check("~~~\n- `a`\n```\n~~~ \n- b", 0, "b", 80, "- `a` ``` <b> 5:3");
	check("- 项\n  ````\n  **x**\n  ```\n  ````\n  **y**", 0, "y", 80, "项 **x** ``` <y> 6:5");
	check("> ```\n> **x**\n> ```\n> **y**", 0, "y", 80, "**x** <y> 4:5");
	check("> ```\n> **x**\n**y**", 0, "y", 80, "**x** <y> 3:3");
	check("段\n\n    **x**\n\n    - y\n\n**z**", 0, "z", 80, "段 **x** - y <z> 7:3");
	check("- 项\n\n    **x**\n\n\t  **code**\n", 0, "x", 80, "项 <x> **code** 3:7");
	check("用 `**x** [a](b)` 和 ``a`b``", 0, "x", 80, "用 **<x>** [a](b) 和 a`b 1:8");
}

static void shows_tables_as_cells(void **state)
{
	(void)state;
	check("|型号|显存|\n|---|:--:|\n|**甲**|80 GB|\n| - | - |\n", 0, "显存", 80, "型号 <显存> 甲 80 GB - - 1:9");
	check("a | b\n--|--\n1 | 2\n\nx | y", 0, "2", 80, "a b 1 <2> x | y 3:5");
	check("|a\\|b|`c`|\n|-|-|\n", 0, "b", 80, "a|<b> c 1:5");
}

static void skips_the_heading(void **state)
{
	(void)state;
	check("## 商业模式\n\n商业很好\n", 2, "商业", 80, "<商业>很好 3:1");
	check("商业模式\n续\n===\n商业很好\n", 1, "商业", 80, "<商业>很好 4:1");
	/* the only place */
	check("## 商业 **模式** #\n\n正文\n", 2, "模式", 80, "商业 <模式> # 正文 1:13");
	check("商业模式\n---\n正文\n", 2, "模式", 80, "商业<模式> 正文 1:7");
	/* nothing to find */
	check("## 商业模式\n\n正文\n", 2, "别的", 80, "正文 3:1");
	/* no text of its own */
	check("## 商业模式\n\n", 2, "模式", 80, " 1:10");
	check("## 商业模式\n\n", 2, "别的", 80, " 1:1");
}

static void counts_lines_from_where_the_text_begins(void **state)
{
	struct hit hit = {.text = span_of("\n\n## 题\n一\n二模\n"), .text_line = 10, .line_start = 12, .level = 2};

	(void)state;
	check_hit(&hit, "模", 80, "一 二<模> 14:4");
	check_hit(&hit, "题", 80, "<题> 一 二模 12:4");
	check_hit(&hit, "模", 0, " 14:4");
}

static void lists_what_is_below_a_bare_heading(void **state)
{
	struct span below[] = {span_of("定价"), span_of("e\u0301e\u0301"), span_of("选址")};
	struct hit hit = {.text = span_of("---\nt: 一\n---\n# 商业\n\n"),
			  .text_line = 1,
			  .line_start = 4,
			  .level = 1,
			  .subsections = below,
			  .subsection_count = 3};

	(void)state;
	check_hit(&hit, "商业", 80, "定价 · e\u0301e\u0301 · 选址 4:3");
	check_hit(&hit, "商业", 14, "定价 · e\u0301e\u0301 · 选址 4:3");
	check_hit(&hit, "商业", 10, "定价 · e\u0301e\u0301… 4:3");
	check_hit(&hit, "商业", 9, "定价 · e\u0301… 4:3");
	check_hit(&hit, "商业", 1, "定 4:3");
	check_hit(&hit, "商业", 0, " 4:3");
	check_hit(&hit, "一", 80, "t: <一> 2:4");
	hit.text = span_of("# 商业\n\n有正文");
	hit.line_start = 1;
	check_hit(&hit, "商业", 80, "<商业> 有正文 1:3");
}

/* What a file begins with is no text of the section, which begins in that line. */
static void check_behind(const char *text, uint32_t line, const char *list, const char *expected)
{
	struct hit hit = {.text = span_of(text), .text_line = 1, .line_start = line};

	check_hit(&hit, list, 80, expected);
}

static void hides_front_matter_unless_needed(void **state)
{
	static const char yaml[] = "---\ntitle: 标题\ntags: [a]\n---\n正文\n";
	static const char dots[] = "---\ntitle: 标题\n...\n正文\n\n---\n末\n";

	(void)state;
	check_behind(yaml, 5, "正文", "<正文> 5:1");
	check_behind(yaml, 5, "标题/正", "<正>文 5:1");
	check_behind(yaml, 5, "标题", "title: <标题> tags: [a] 2:8");
	check_behind("+++\na = 1\n+++\n文", 4, "文", "<文> 4:1");
	check_behind(dots, 4, "正文", "<正文> 末 4:1");
	check_behind(dots, 4, "标题", "title: <标题> 2:8");
	check("---\ntitle: 标题\n---\n\n", 0, "标题", 80, "title: <标题> 2:8");
	check("---\ntitle: 标题\n...", 0, "标题", 80, "title: <标题> 2:8");
	/* so is what no reader sees */
	check_behind("[1]: http://a.b\n\n正文\n", 3, "正文", "<正文> 3:1");
	check_behind("[1]: http://a.b\n\n正文\n", 3, "a.b", "[1]: http://<a.b> 1:13");
	/* rules are no front matter */
	check("---\n没有结束\n", 0, "结束", 80, "没有<结束> 2:7");
	check("---\n\n一\n\n---\n\n二\n", 0, "二", 80, "一 <二> 7:1");
	check("+ 一\n\n+++\n二\n", 0, "二", 80, "一 +++ <二> 4:1");
}

static void hides_targets_unless_needed(void **state)
{
	(void)state;
	check("见 [文档](https://example.org)。", 0, "example", 80, "见 [文档](https://<example>.org)。 1:22");
	check("见 [example](https://example.org)。", 0, "example", 80, "见 <example>。 1:6");
	/* marks that were asked for */
	check("**答案：** 好", 0, "**答案", 80, "<**答案>： 好 1:1");
	check("1. 甲\n", 0, "1. 甲", 80, "<1. 甲> 1:1");
}

static void marks_as_written(void **state)
{
	(void)state;
	check("重視ＧＰＴ－３的團隊", 0, "gpt-3/团队", 80, "重視<ＧＰＴ－３>的<團隊> 1:7");
	check("**商业**模式探索", 0, "商业/模式", 80, "<商业模式>探索 1:3");
	check("商业模式", 0, "商业模/业模式", 80, "<商业模式> 1:1");
	check("模式的好处和的", 0, "模式/~的", 80, "<模式的>好处和的 1:1");
	check("cafe\xcc\x81 x", 0, "cafe", 80, "<cafe\xcc\x81> x 1:1");
	check("坏\xff\xfe字", 0, "字", 80, "坏\xef\xbf\xbd\xef\xbf\xbd<字> 1:6");
}

static void cuts_windows(void **state)
{
	static const char text[] = "甲乙丙丁戊。子丑寅卯辰巳午未申酉戌亥模式金木水火土";

	(void)state;
	check("一二三四五六七八九十", 0, "", 10, "一二三四五六七八九十 1:1");
	check("一二三四五六七八九十", 0, "", 9, "一二三四五六七八… 1:1");
	/* a few characters before, the rest after */
	check(text, 0, "模式", 12, "…戌亥<模式>金木水火土 1:55");
	check(text, 0, "模式", 10, "…亥<模式>金木水火土 1:55");
	check(text, 0, "模式", 6, "…亥<模式>金… 1:55");
	check(text, 0, "模式", 4, "…<模式>… 1:55");
	check(text, 0, "模式", 3, "…<模>… 1:55");
	check(text, 0, "模式", 2, "<模式> 1:55");
	check(text, 0, "模式", 1, "<模> 1:55");
	/* from the beginning of the sentence or of the line when near */
	check(text, 0, "寅", 15, "…子丑<寅>卯辰巳午未申酉戌亥模… 1:25");
	check("甲乙丙丁戊己庚辛\n子丑寅卯辰巳午未申酉戌亥", 0, "寅", 10, "…子丑<寅>卯辰巳午未… 2:7");
	check("It is. One two three four five six seven", 0, "two", 22, "…One <two> three four… 1:12");
	/* what ends early is filled with what is before */
	check("甲乙丙丁戊。子丑寅卯。辰巳午未申酉戌", 0, "戌", 14, "…子丑寅卯。辰巳午未申酉<戌> 1:52");
	/* between words of letters */
	check("international standards organisation", 0, "standards", 20, "…<standards>… 1:15");
}

static void prefers_distinct_and_heavy_needles(void **state)
{
	struct needle needles[] = {{.text = {"a", 1}, .weight = 1}, {.text = {"b", 1}, .weight = 1.5}};
	struct hit hit = {.text = span_of("a a a 一二三四五六七八九十 b a 一二三四五六七八九十 a b 一二三四五六七八 b"),
			  .text_line = 1,
			  .line_start = 1};
	struct snippet snippet = {0};
	struct buf out = {0};

	(void)state;
	snippet_cut(&snippet, &hit, needles, 2, 9);
	describe(&out, &snippet);
	assert_string_equal(buf_string(&out), "…<b> <a> 一二三… 1:38");
	buf_reset(&out);
	hit.text = span_of("a 一二三四五六七八九十 b 一二三四五六七八九十 b");
	snippet_cut(&snippet, &hit, needles, 2, 9);
	describe(&out, &snippet);
	assert_string_equal(buf_string(&out), "…<b> 一二三四五… 1:34");
	snippet_release(&snippet);
	buf_release(&out);
}

static void keeps_characters_whole(void **state)
{
	/* twenty times e and two marks: 3 code points a character */
	struct buf text = {0};
	struct snippet snippet = {0};
	struct hit hit = {.text_line = 1, .line_start = 1};

	(void)state;
	for (int i = 0; i < 20; i++)
		buf_add_text(&text, "e\xcc\x81\xcc\xa3");
	hit.text = buf_span(&text);
	for (size_t limit = 6; limit < 60; limit++) {
		snippet_cut(&snippet, &hit, NULL, 0, limit);
		assert_int_equal((utf8_count(buf_span(&snippet.text)) - 1) % 3, 0);
		assert_true(utf8_count(buf_span(&snippet.text)) + 3 > limit);
	}
	snippet_release(&snippet);
	buf_release(&text);
}

static const char *const parts[] = {
	"模",
	"式",
	"商业",
	"團",
	"Ａ",
	"a",
	"B",
	"cat",
	"1",
	"2.",
	" ",
	" ",
	"　",
	"\t",
	"\n",
	"\n",
	"\r\n",
	"\n\n",
	"\n- ",
	"\n1. ",
	"\n> ",
	"\n```\n",
	"\n---\n",
	"\n| a | b |\n|---|---|\n",
	"|",
	"*",
	"**",
	"_",
	"__",
	"~~",
	"`",
	"``",
	"[",
	"]",
	"](",
	")",
	"](模)",
	"[[",
	"]]",
	"!",
	"\\",
	"\n## ",
	"\n    ",
	"。",
	"！",
	"…",
	". ",
	"”",
	"\xcc\x81",
	"\xe2\x80\x8d",
	"\xe2\x80\x8b",
	"\xf0\x9f\x98\x80",
	"\xe3\x8d\xbf",
	"\xff",
	"\xe5\x95",
	"\x1b",
	"<",
};

static void add_parts(struct buf *out, uint64_t *seed, uint32_t count)
{
	while (count--)
		buf_add_text(out, parts[random_below(seed, sizeof(parts) / sizeof(parts[0]))]);
}

/* Folded, and white space as one blank. */
static void normalize(struct buf *out, struct span text)
{
	struct buf folded = {0};

	fold_text(text, &folded, NULL);
	for (size_t i = 0; i < folded.n; i++) {
		bool blank = folded.data[i] == ' ' || (folded.data[i] >= '\t' && folded.data[i] <= '\r');

		if (!blank)
			buf_add_byte(out, (unsigned char)folded.data[i]);
		else if (out->n && out->data[out->n - 1] != ' ')
			buf_add_byte(out, ' ');
	}
	buf_release(&folded);
}

static bool contains(const struct buf *text, struct span part)
{
	for (size_t at = 0; at + part.n <= text->n; at++)
		if (memcmp(text->data + at, part.p, part.n) == 0)
			return true;
	return false;
}

/* Needles are made of the text's own kind, without white space; an empty one is allowed. */
static void make_needles(struct needle *needles, struct buf *words, uint64_t *seed)
{
	for (size_t i = 0; i < NEEDLES_MAX; i++) {
		const char *part = parts[random_below(seed, 10)];

		buf_reset(&words[i]);
		fold_text(span_of(part), &words[i], NULL);
		if (random_below(seed, 3) == 0)
			fold_text(span_of(parts[random_below(seed, 10)]), &words[i], NULL);
		needles[i] = (struct needle){.text = buf_span(&words[i]),
					     .weight = random_below(seed, 5),
					     .whole_word = random_below(seed, 4) == 0,
					     .weak = random_below(seed, 4) == 0};
	}
}

static void assert_highlight(struct span marked, const struct needle *needles)
{
	struct buf text = {0};
	bool found = false;

	normalize(&text, marked);
	for (size_t i = 0; i < NEEDLES_MAX; i++)
		found = found || contains(&text, needles[i].text);
	assert_true(found);
	buf_release(&text);
}

static size_t byte_of(struct span text, size_t codes)
{
	struct buf unused = {0};
	size_t at = 0;

	add_codes(&unused, text, &at, codes);
	buf_release(&unused);
	return at;
}

/* What the header promises of any text: `limit` is wide enough for each needle. */
static void assert_promises(const struct snippet *snippet, const struct needle *needles, size_t limit)
{
	struct span text = buf_span(&snippet->text);
	size_t codes = utf8_count(text);
	uint32_t last = 0;
	uint32_t code;
	bool valid;

	assert_true(codes <= limit);
	for (size_t at = 0; at < text.n;) {
		at += utf8_next(text.p + at, text.n - at, &code, &valid);
		assert_true(valid && code != '\n' && code != '\r' && code != '\t');
	}
	for (size_t i = 0; i < BUF_COUNT(&snippet->highlights, struct snippet_range); i++) {
		struct snippet_range range = BUF_AT(&snippet->highlights, struct snippet_range, i);
		size_t start = byte_of(text, range.start);

		assert_true(range.start < range.end && range.end <= codes);
		assert_true(i == 0 || range.start > last);
		last = range.end;
		assert_highlight((struct span){text.p + start, byte_of(text, range.end) - start}, needles);
	}
}

static void keeps_its_promises(void **state)
{
	uint64_t seed = 5;
	struct snippet snippet = {0};
	struct buf text = {0};
	struct buf words[NEEDLES_MAX] = {{0}};
	size_t shown = 0;

	(void)state;
	for (int round = 0; round < 6000; round++) {
		struct needle needles[NEEDLES_MAX];
		size_t limit = 16 + random_below(&seed, 60);
		struct hit hit = {.text_line = 1, .line_start = 1, .level = random_below(&seed, 2)};

		buf_reset(&text);
		if (random_below(&seed, 2))
			buf_add_text(&text, random_below(&seed, 2) ? "---\nt: 模式\n---\n" : "## 模式 cat\n");
		add_parts(&text, &seed, random_below(&seed, 120));
		hit.text = buf_span(&text);
		make_needles(needles, words, &seed);
		snippet_cut(&snippet, &hit, needles, NEEDLES_MAX, limit);
		assert_promises(&snippet, needles, limit);
		shown += BUF_COUNT(&snippet.highlights, struct snippet_range);
	}
	assert_true(shown > 6000); /* the test tested something */
	snippet_release(&snippet);
	buf_release(&text);
	for (size_t i = 0; i < NEEDLES_MAX; i++)
		buf_release(&words[i]);
}

/* No limit is too small, and what is cut is as long as it may be, less a word or a mark. */
static void any_limit_holds(void **state)
{
	struct buf text = {0};
	struct snippet snippet = {0};
	uint64_t seed = 6;
	struct needle needles[] = {{.text = {"模", 3}, .weight = 1}, {.text = {"cat", 3}, .weight = 2}};

	(void)state;
	for (int round = 0; round < 300; round++) {
		struct hit hit = {.text_line = 1, .line_start = 1};

		buf_reset(&text);
		add_parts(&text, &seed, 30);
		hit.text = buf_span(&text);
		for (size_t limit = 0; limit < 20; limit++) {
			snippet_cut(&snippet, &hit, needles, 2, limit);
			assert_true(utf8_count(buf_span(&snippet.text)) <= limit);
		}
	}
	snippet_release(&snippet);
	buf_release(&text);
}

/* A quarter of a MiB of what makes scanners look ahead or back again and again: what takes the square of the size does
 * not end before the test's time is over. */
static void hostile_text_takes_no_longer(void **state)
{
	static const char *const units[] = {"`a``a```a````a", "[",  "[[a",  "[](a",       "[](<a",     "[a](",
					    "**a*b_c__",      "> ", "|a\n", "|-\n",       "a\xcc\x81", "\xcc\x81",
					    "\x80",           "aa", "\n",   "```\n~~~\n", "」",        "\\"};
	struct needle needles[] = {{.text = {"a", 1}, .weight = 1}, {.text = {"aaaa", 4}, .weight = 1}};
	struct snippet snippet = {0};
	struct buf text = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		struct hit hit = {.text_line = 1, .line_start = 1};

		buf_reset(&text);
		while (text.n < 1 << 18)
			buf_add_text(&text, units[i]);
		hit.text = buf_span(&text);
		snippet_cut(&snippet, &hit, needles, 2, 160);
		assert_false(snippet.text.failed);
		assert_true(utf8_count(buf_span(&snippet.text)) <= 160);
	}
	snippet_release(&snippet);
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shows_text_without_marks),
		cmocka_unit_test(parts_characters_from_runs),
		cmocka_unit_test(doubtful_marks_are_text),
		cmocka_unit_test(shows_code_as_it_is),
		cmocka_unit_test(shows_tables_as_cells),
		cmocka_unit_test(skips_the_heading),
		cmocka_unit_test(counts_lines_from_where_the_text_begins),
		cmocka_unit_test(hides_front_matter_unless_needed),
		cmocka_unit_test(hides_targets_unless_needed),
		cmocka_unit_test(marks_as_written),
		cmocka_unit_test(cuts_windows),
		cmocka_unit_test(prefers_distinct_and_heavy_needles),
		cmocka_unit_test(lists_what_is_below_a_bare_heading),
		cmocka_unit_test(keeps_characters_whole),
		cmocka_unit_test(keeps_its_promises),
		cmocka_unit_test(any_limit_holds),
		cmocka_unit_test(hostile_text_takes_no_longer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
