#include "query.h"

#include "unit.h"
#include "utf8.h"

struct compiled {
	struct arena arena;
	struct query *query;
};

static int make_analyzer(void **state)
{
	struct err err = {0};

	*state = analyzer_new(&err);
	return *state ? 0 : -1;
}

static int free_analyzer(void **state)
{
	analyzer_free(*state);
	return 0;
}

static struct compiled compile(void **state, struct span text)
{
	struct compiled compiled = {.query = test_malloc(sizeof *compiled.query)};
	struct err err = {0};

	assert_int_equal(query_compile(compiled.query, text, NULL, NULL, *state, &compiled.arena, &err), 0);
	return compiled;
}

static void release(struct compiled *compiled)
{
	arena_release(&compiled->arena);
	test_free(compiled->query);
}

/* In short: `word`, `=` before a content word, `*N` for more than one, `!` when it is lone, `'` when it stands only
 * in clauses, `?` only in alternatives, `(part part)` and `(part part.)` when the parts suffice. */
static void describe_word(struct buf *out, const struct query_word *word)
{
	buf_add_text(out, word->content ? "=" : "");
	buf_add_span(out, word->text);
	if (word->count > 1)
		buf_printf(out, "*%u", word->count);
	buf_add_text(out, word->lone ? "!" : "");
	buf_add_text(out, word->free ? "" : word->optional ? "?" : "'");
	for (unsigned i = 0; i < word->part_count; i++) {
		buf_add_text(out, i ? " " : "(");
		buf_add_span(out, word->parts[i]);
	}
	if (word->part_count)
		buf_add_text(out, word->parts_suffice ? ".)" : ")");
}

static void describe(struct buf *out, const struct query *query)
{
	for (size_t i = 0; i < query->word_count; i++) {
		buf_add_text(out, i ? " " : "");
		describe_word(out, &query->words[i]);
	}
	for (size_t i = 0; i < query->clause_count; i++) {
		buf_add_text(out, query->clauses[i].filter ? " [!" : " [");
		query_print_condition(query->clauses[i].condition, out);
		buf_add_text(out, "]");
	}
	for (size_t i = 0; i < query->run_count; i++) {
		buf_add_text(out, " <");
		buf_add_span(out, query->runs[i]);
		buf_add_text(out, ">");
	}
}

static void compiles_as_documented(void **state)
{
	static const struct {
		const char *query;
		const char *compiled;
	} table[] = {
		{"商业 模式", "=商业 =模式"},
		{"商业模式", "=商业 =模式 <商业模式>"},
		{"商业 商业", "=商业*2"},
		{"商業模式", "=商业 =模式 <商业模式>"},
		{"ＡＢＣ", "=abc"},
		/* function words weigh less, unless there is nothing else */
		{"什么 模式", "什么 =模式"},
		{"什么 的", "=什么 =的!"},
		/* phrases */
		{"\"商业 模式\"", "=商业' =模式' [\"商业 模式\"] <商业 模式>"},
		{"\"商业\" 商业", "=商业*2 [\"商业\"]"},
		{"“團隊”", "=团队' [\"团队\"]"},
		/* what must not match is no word */
		{"商业 -草稿", "=商业 [!-\"草稿\"]"},
		{"-草稿", ""}, /* without a word all of it is text */
		{"-\"旧 草稿\" 商业", "=商业 [!-\"旧 草稿\"]"},
		/* one character alone is looked for everywhere */
		{"税", "=税!"},
		{"税 税", "=税*2!"},
		{"税 商业", "=税! =商业"},
		/* compounds */
		{"Node.js", "=node.js(node js.)"},
		{"GPT-3", "=gpt-3(gpt)"},
		/* nothing that is a word */
		{"->", ""},
		{"。，！", ""},
		{"\u200B", ""},
	};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct compiled compiled = compile(state, span_of(table[i].query));
		struct buf out = {0};

		describe(&out, compiled.query);
		assert_string_equal(buf_string(&out), table[i].compiled);
		buf_release(&out);
		release(&compiled);
	}
}

/* What a query without words, or whose words stand nowhere together, is looked for as. */
static void keeps_the_text_as_a_substring(void **state)
{
	static const struct {
		const char *query;
		const char *literal;
		const char *folded;
	} table[] = {
		{"\t -> 團隊 ＡＢ\n", "-> 團隊 ＡＢ", "-> 团队 ab"},
		{"\"團 隊\"", "團 隊", "团 队"},
		{"“團”", "團", "团"},
		{"\"團\" 隊", "\"團\" 隊", "\"团\" 队"},
		{"\"團", "\"團", "\"团"},
		{"-團", "-團", "-团"},
		{"\u200B", "\u200B", ""},
	};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct compiled compiled = compile(state, span_of(table[i].query));

		assert_true(span_equal(compiled.query->literal, span_of(table[i].literal)));
		assert_true(span_equal(compiled.query->literal_folded, span_of(table[i].folded)));
		release(&compiled);
	}
}

static void blank_queries_are_refused(void **state)
{
	static const char *const blank[] = {"", " \n", "\u3000", "\f \u3000\t"};

	for (size_t i = 0; i < sizeof blank / sizeof blank[0]; i++) {
		struct compiled compiled = {.query = test_malloc(sizeof *compiled.query)};
		struct err err = {0};

		assert_int_equal(
			query_compile(compiled.query, span_of(blank[i]), NULL, NULL, *state, &compiled.arena, &err),
			-1);
		assert_int_equal(err.kind, ERR_USAGE);
		release(&compiled);
	}
}

static void phrases_that_fold_to_nothing_ask_nothing(void **state)
{
	struct compiled compiled = compile(state, span_of("商业 \"\u200B\" -\"\u200B\""));

	assert_int_equal(compiled.query->clause_count, 0);
	assert_int_equal(compiled.query->word_count, 1);
	release(&compiled);
}

static void a_literal_has_no_words(void **state)
{
	struct compiled compiled = {.query = test_malloc(sizeof *compiled.query)};
	struct err err = {0};

	(void)state;
	assert_int_equal(query_compile_literal(compiled.query, span_of(" \"團\" -A "), &compiled.arena, &err), 0);
	assert_true(span_equal(compiled.query->literal, span_of(" \"團\" -A ")));
	assert_true(span_equal(compiled.query->literal_folded, span_of(" \"团\" -a ")));
	assert_int_equal(compiled.query->word_count + compiled.query->clause_count + compiled.query->gram_count, 0);
	release(&compiled);
}

/* Those of function words in brackets. */
static void assert_grams(void **state, const char *query, const char *expected)
{
	struct compiled compiled = compile(state, span_of(query));
	struct buf out = {0};

	for (size_t i = 0; i < compiled.query->gram_count; i++) {
		const struct query_gram *gram = &compiled.query->grams[i];

		assert_int_equal(gram->pair, gram->text.n > 3);
		buf_add_text(&out, i ? " " : "");
		buf_add_text(&out, gram->function ? "(" : "");
		buf_add_span(&out, gram->text);
		buf_add_text(&out, gram->function ? ")" : "");
		if (gram->count > 1)
			buf_printf(&out, "*%u", gram->count);
	}
	assert_string_equal(buf_string(&out), expected);
	buf_release(&out);
	release(&compiled);
}

static void grams_do_not_cross_clauses(void **state)
{
	assert_grams(state, "商业模式", "商 业 商业 模 业模 式 模式");
	assert_grams(state, "商业 模式", "商 业 商业 模 式 模式");
	assert_grams(state, "商业 \"商业税\" -模式", "商*2 业*2 商业*2 税 业税");
	assert_grams(state, "團隊", "团 队 团队");
	assert_grams(state, "税 a 商,业", "税 商 业");
}

/* A pair from one word into the next is of neither; a character of a content word as well is of that. */
static void grams_of_function_words_are_known(void **state)
{
	assert_grams(state, "什么是模式", "(什) (么) (什么) (是) 么是 模 是模 式 模式");
	assert_grams(state, "如何查询如来", "如*2 (何) (如何) 查 何查 询 查询 询如 来 如来");
	assert_grams(state, "什么", "什 么 什么");
}

/* `count` Han characters in a row from U+4E00 on, with `gap` after each. */
static void add_characters(struct buf *out, uint32_t first, size_t count, const char *gap)
{
	for (size_t i = 0; i < count; i++) {
		utf8_add(out, first + (uint32_t)i);
		buf_add_text(out, gap);
	}
}

static void long_queries_keep_their_first_words(void **state)
{
	struct buf text = {0};
	struct compiled compiled;

	for (unsigned i = 0; i < QUERY_WORDS + 40; i++)
		buf_printf(&text, "word%u ", i);
	buf_add_text(&text, "word0 税 税额 \"税\" word64"); /* one that counts again, and lone ones that do not fit */
	compiled = compile(state, buf_span(&text));
	assert_int_equal(compiled.query->word_count, QUERY_WORDS);
	assert_true(span_equal(compiled.query->words[QUERY_WORDS - 1].text, span_of("word63")));
	assert_int_equal(compiled.query->words[0].count, 2);
	assert_int_equal(compiled.query->clause_count, 1);
	release(&compiled);
	buf_release(&text);
}

static void long_queries_keep_their_first_grams(void **state)
{
	struct buf text = {0};
	struct compiled compiled;

	add_characters(&text, 0x5DE5, QUERY_GRAMS / 2 + 20, "");
	compiled = compile(state, buf_span(&text));
	assert_int_equal(compiled.query->gram_count, QUERY_GRAMS);
	assert_true(span_equal(compiled.query->grams[0].text, span_of("工")));
	release(&compiled);
	buf_release(&text);
}

static void compounds_keep_their_first_parts(void **state)
{
	struct compiled compiled = compile(state, span_of("aa.bb.cc.dd.ee.ff.gg.hh"));

	assert_int_equal(compiled.query->word_count, 1);
	assert_int_equal(compiled.query->words[0].part_count, QUERY_PARTS);
	assert_true(compiled.query->words[0].parts_suffice);
	release(&compiled);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(compiles_as_documented),
		cmocka_unit_test(keeps_the_text_as_a_substring),
		cmocka_unit_test(blank_queries_are_refused),
		cmocka_unit_test(phrases_that_fold_to_nothing_ask_nothing),
		cmocka_unit_test(a_literal_has_no_words),
		cmocka_unit_test(grams_do_not_cross_clauses),
		cmocka_unit_test(grams_of_function_words_are_known),
		cmocka_unit_test(long_queries_keep_their_first_words),
		cmocka_unit_test(long_queries_keep_their_first_grams),
		cmocka_unit_test(compounds_keep_their_first_parts),
	};

	return cmocka_run_group_tests(tests, make_analyzer, free_analyzer);
}
