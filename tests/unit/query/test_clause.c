#include "clause.h"

#include "buf.h"
#include "unit.h"

static void describe_field(struct buf *out, const struct clause *clause)
{
	static const char *const names[] = {"", "title:", "path:", ":"};

	if (clause->scope == SCOPE_KEY)
		buf_add_span(out, clause->key);
	buf_add_text(out, names[clause->scope]);
}

static void describe_text(struct buf *out, const struct clause *clause)
{
	static const char *const before[] = {"", "\"", "", "<", "(", ")"};
	static const char *const after[] = {"", "\"", "*", ">", "", ""};

	buf_add_text(out, before[clause->kind]);
	buf_add_span(out, clause->text);
	buf_add_text(out, after[clause->kind]);
}

/* Clauses in short, `|` between them: `text`, `"text"` when quoted, `text*` for a prefix, `<OR>`, parentheses; a `-` before what
 * must not match, and a field. */
static void describe(struct buf *out, const struct clause *clauses, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		buf_add_text(out, i ? "|" : "");
		buf_add_text(out, clauses[i].negated ? "-" : "");
		describe_field(out, &clauses[i]);
		describe_text(out, &clauses[i]);
	}
}

static int has_key(void *context, struct span key, struct err *err)
{
	(void)context;
	(void)err;
	return span_equal(key, span_of("tag")) || span_equal(key, span_of("标签"));
}

static const struct query_keys keys = {.has = has_key};

static const struct {
	const char *query;
	const char *clauses;
} table[] = {
	{"", ""},
	{"  \t\n\r　", ""},
	{"商业", "商业"},
	{"商业 模式", "商业|模式"},
	{"　商业　模式　", "商业|模式"},
	{"\v商业\f模式\n", "商业|模式"},
	{"商业,模式", "商业,模式"},
	/* quotes */
	{"\"商业 模式\"", "\"商业 模式\""},
	{"“商业 模式” 画布", "\"商业 模式\"|画布"},
	{"＂商业 模式＂", "\"商业 模式\""},
	{"\"商业\"画布", "\"商业\"|画布"},
	{"\"a\"\"b c\"", "\"a\"|\"b c\""},
	{"\" a \"", "\" a \""},
	{"\"商业　模式\"", "\"商业　模式\""},
	{"说\"商业 模式\"", "说\"商业|模式\""},
	{"\"“里面”\"", "\"“里面”\""},
	{"“\"里面\"”", "\"\"里面\"\""},
	/* quotes that are text */
	{"\"商业 模式", "\"商业|模式"},
	{"“商业 模式\"", "“商业|模式\""},
	{"”商业“", "”商业“"},
	{"\"商业 模式＂", "\"商业|模式＂"},
	{"5\" 屏", "5\"|屏"},
	{"\"\"", "\"\""},
	{"\" \"", "\"|\""},
	{"\"　\"", "\"|\""},
	{"\"", "\""},
	/* minus */
	{"商业 -草稿", "商业|-草稿"},
	{"商业 －草稿", "商业|-草稿"},
	{"-草稿", "-草稿"},
	{"-draft -λ -ひ", "-draft|-λ|-ひ"},
	{"-\"旧 草稿\"", "-\"旧 草稿\""},
	{"－“旧 草稿”", "-\"旧 草稿\""},
	{"-\"旧", "-\"旧"},
	/* a minus that is text */
	{"--where", "--where"},
	{"-－草稿", "-－草稿"},
	{"-3", "-3"},
	{"-３", "-３"},
	{"- 草稿", "-|草稿"},
	{"-", "-"},
	{"－", "－"},
	{"-。", "-。"},
	{"商业-草稿", "商业-草稿"},
	{"—草稿", "—草稿"},
	/* OR */
	{"甲 OR 乙", "甲|<OR>|乙"},
	{"甲 | 乙 ｜ 丙", "甲|<|>|乙|<｜>|丙"},
	{"甲|乙", "甲|乙"},
	{"甲 or 乙 ORDER", "甲|or|乙|ORDER"},
	{"\"OR\" -OR", "\"OR\"|-OR"},
	/* groups */
	{"(甲 乙) 丙", "(|甲|乙|)|丙"},
	{"（甲 乙） 丙", "(|甲|乙|)|丙"},
	{"( 甲 OR 乙 )", "(|甲|<OR>|乙|)"},
	{"((甲 乙) 丙)", "(|(|甲|乙|)|丙|)"},
	{"(\"甲 乙\" OR 丙)", "(|\"甲 乙\"|<OR>|丙|)"},
	{"(甲 \"乙\")", "(|甲|\"乙\"|)"},
	{"-(甲 乙)", "-(|甲|乙|)"},
	{"－（甲 乙）", "-(|甲|乙|)"},
	{"(-甲 乙)", "(|-甲|乙|)"},
	{"(f(x) OR g(y))", "(|f(x)|<OR>|g(y)|)"},
	{"(甲)", "(|甲|)"},
	{"()", "(|)"},
	/* parentheses that are text */
	{"f(x)", "f(x)"},
	{"函数(", "函数("},
	{"(甲 乙", "(甲|乙"},
	{"甲 乙)", "甲|乙)"},
	{"((甲 乙) 丙", "((甲|乙)|丙"},
	{"(-甲 乙", "(-甲|乙"},
	{"-(甲 乙", "-(甲|乙"},
	{"(甲 乙)丙", "(甲|乙)丙"},
	{"（可选）步骤", "（可选）步骤"},
	{"(a)b(c)", "(a)b(c)"},
	{"什么是商业模式（business model）？", "什么是商业模式（business|model）？"},
	{"(\"甲 (乙\" \"丙", "(\"甲|(乙\"|\"丙"},
	{":-) 甲", ":-)|甲"},
	{") (", ")|("},
	/* prefixes */
	{"数据*", "数据*"},
	{"数据＊ deploy*", "数据*|deploy*"},
	{"(数据* OR 甲*)", "(|数据*|<OR>|甲*|)"},
	{"-数据*", "-数据*"},
	/* stars that are text */
	{"*", "*"},
	{"**", "**"},
	{"**粗体**", "**粗体**"},
	{"*.md a*b", "*.md|a*b"},
	{"->*", "->*"},
	/* fields */
	{"title:部署", "title:部署"},
	{"title：部署 path：甲/乙", "title:部署|path:甲/乙"},
	{"title:\"部 署\"", "title:\"部 署\""},
	{"title:部*", "title:部*"},
	{"path:甲*", "path:甲*"},
	{"title:(甲 OR 乙)", "title:(|甲|<OR>|乙|)"},
	{"-path:草稿/* -tag:旧", "-path:草稿/*|-tag:旧"},
	{"tag:数据库 标签：数据", "tag:数据库|标签:数据"},
	{"(tag:甲 OR tag:乙)", "(|tag:甲|<OR>|tag:乙|)"},
	{"path:\"我的 笔记\"", "path:\"我的 笔记\""},
	/* colons that are text */
	{"注意：备份", "注意：备份"},
	{"title: 部署", "title:|部署"},
	{"title:", "title:"},
	{"title::甲 std::vector", "title::甲|std::vector"},
	{"Title:甲 a.title:甲", "Title:甲|a.title:甲"},
	{"http://example.org C:\\", "http://example.org|C:\\"},
	{"(title:)", "(|title:|)"},
	{"title:\"甲", "title:\"甲"},
	{"title:(甲 乙", "title:(甲|乙"},
	{"\"甲\"tag:乙", "\"甲\"|tag:乙"},
	/* no text at all */
	{"\xFF\xFE \xE5\x95", "\xFF\xFE|\xE5\x95"},
	{"-\xFF", "-\xFF"},
	{"\"\xE5\" \xE3\x80", "\"\xE5\"|\xE3\x80"},
};

static void cuts_as_documented(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct arena arena = {0};
		struct buf out = {0};
		struct err err = {0};
		struct clause *clauses;
		size_t count;

		assert_int_equal(clause_split(span_of(table[i].query), &keys, &arena, &clauses, &count, &err), 0);
		describe(&out, clauses, count);
		assert_string_equal(buf_string(&out), table[i].clauses);
		buf_release(&out);
		arena_release(&arena);
	}
}

/* A sign that is not one at the start is told apart from one: nothing else looks like it in the table. */
static void signs_are_told_from_text(void **state)
{
	struct arena arena = {0};
	struct err err = {0};
	struct clause *clauses;
	size_t count;

	(void)state;
	assert_int_equal(clause_split(span_of("-3 -三"), NULL, &arena, &clauses, &count, &err), 0);
	assert_int_equal(count, 2);
	assert_false(clauses[0].negated);
	assert_true(clauses[1].negated);
	assert_true(span_equal(clauses[1].text, span_of("三")));
	arena_release(&arena);
}

static void add_times(struct buf *out, const char *text, size_t times)
{
	for (size_t i = 0; i < times; i++)
		buf_add_text(out, text);
}

/* In each 5 KB of 1 MB the closing sign is too far for the first of five quotes, and near enough for the second; what is known of one
 * kind of quote says nothing of another. */
static void quotes_close_what_is_near(void **state)
{
	enum { GROUPS = 200 };
	struct arena arena = {0};
	struct buf query = {0};
	struct err err = {0};
	struct clause *clauses;
	size_t count;

	(void)state;
	for (int group = 0; group < GROUPS; group++) {
		for (int quote = 0; quote < 5; quote++) {
			add_times(&query, quote ? "“" : "“x \"b c\" ", 1);
			add_times(&query, "甲", 340);
			add_times(&query, " ", 1);
		}
		add_times(&query, "” ", 1);
	}
	assert_int_equal(clause_split(buf_span(&query), NULL, &arena, &clauses, &count, &err), 0);
	assert_int_equal(count, 4 * GROUPS);
	for (size_t i = 0; i < count; i += 4) {
		assert_true(span_equal(clauses[i].text, span_of("“x")));
		assert_int_equal(clauses[i + 1].kind, CLAUSE_QUOTED);
		assert_true(span_equal(clauses[i + 1].text, span_of("b c")));
		assert_int_equal(clauses[i + 2].kind, CLAUSE_TEXT);
		assert_int_equal(clauses[i + 3].kind, CLAUSE_QUOTED);
	}
	buf_release(&query);
	arena_release(&arena);
}

/* 1 MB of them: each would look 4 KB ahead. */
static void quotes_that_never_close_are_text(void **state)
{
	enum { QUOTES = 200000 };
	struct arena arena = {0};
	struct buf query = {0};
	struct err err = {0};
	struct clause *clauses;
	size_t count;

	(void)state;
	add_times(&query, "“甲 ", QUOTES);
	assert_int_equal(clause_split(buf_span(&query), NULL, &arena, &clauses, &count, &err), 0);
	assert_int_equal(count, QUOTES);
	for (size_t i = 0; i < count; i++)
		assert_true(clauses[i].kind == CLAUSE_TEXT && span_equal(clauses[i].text, span_of("“甲")));
	buf_release(&query);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cuts_as_documented),
		cmocka_unit_test(signs_are_told_from_text),
		cmocka_unit_test(quotes_close_what_is_near),
		cmocka_unit_test(quotes_that_never_close_are_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
