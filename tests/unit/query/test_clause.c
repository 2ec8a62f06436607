#include "clause.h"

#include "buf.h"
#include "random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Clauses in short: `text`, `"text"` when quoted, a `-` before what must not match, `|` between them. */
static void describe(struct buf *out, const struct clause *clauses, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		buf_add_text(out, i ? "|" : "");
		buf_add_text(out, clauses[i].negated ? "-" : "");
		buf_add_text(out, clauses[i].quoted ? "\"" : "");
		buf_add_span(out, clauses[i].text);
		buf_add_text(out, clauses[i].quoted ? "\"" : "");
	}
}

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

		assert_int_equal(clause_split(span_of(table[i].query), &arena, &clauses, &count, &err), 0);
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
	assert_int_equal(clause_split(span_of("-3 -三"), &arena, &clauses, &count, &err), 0);
	assert_int_equal(count, 2);
	assert_false(clauses[0].negated);
	assert_true(clauses[1].negated);
	assert_true(span_equal(clauses[1].text, span_of("三")));
	arena_release(&arena);
}

/* No input is an error; clauses stand in the query in order, none is empty, and only signs and blanks are left out. */
static void any_bytes_can_be_cut(void **state)
{
	static const char *const pieces[] = {"\"", "“", "”",    "＂",   "-",    "－", " ", "　",
					     "商", "a", "\xE3", "\x80", "\xFF", "\0", "3", "OR"};
	uint64_t seed = 1;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		struct arena arena = {0};
		struct buf query = {0};
		struct err err = {0};
		struct clause *clauses;
		const char *at;
		size_t count;

		for (uint32_t i = random_below(&seed, 12); i > 0; i--) {
			const char *piece = pieces[random_below(&seed, 16)];

			buf_add(&query, piece, strlen(piece) ? strlen(piece) : 1);
		}
		assert_int_equal(clause_split(buf_span(&query), &arena, &clauses, &count, &err), 0);
		at = query.data;
		for (size_t i = 0; i < count; i++) {
			assert_true(clauses[i].text.n > 0);
			assert_true(clauses[i].text.p >= at);
			at = clauses[i].text.p + clauses[i].text.n;
		}
		assert_true(at <= query.data + query.n);
		buf_release(&query);
		arena_release(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cuts_as_documented),
		cmocka_unit_test(signs_are_told_from_text),
		cmocka_unit_test(any_bytes_can_be_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
