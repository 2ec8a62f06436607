#include "ordinal.h"

#include "unit.h"

/* The words and [parts] of the text, with blanks between. */
static void assert_cut(const char *text, const char *wanted)
{
	struct err err = {0};
	struct analyzer *analyzer = analyzer_new(&err);
	struct buf tokens = {0};
	struct buf seen = {0};
	uint32_t position = 0;

	assert_non_null(analyzer);
	assert_int_equal(analyzer_cut(analyzer, span_of(text), &tokens, &err), 0);
	for (size_t i = 0; i < BUF_COUNT(&tokens, struct token); i++) {
		const struct token *token = &BUF_AT(&tokens, struct token, i);
		bool part = token->kind == TOKEN_PART;

		position += !part;
		assert_int_equal(token->position, position - 1);
		buf_printf(&seen, part ? "%s[%.*s]" : "%s%.*s", i ? " " : "", (int)token->text.n, token->text.p);
	}
	assert_string_equal(seen.n ? buf_string(&seen) : "", wanted);
	buf_release(&seen);
	buf_release(&tokens);
	analyzer_free(analyzer);
}

static void is_one_term_however_written(void **state)
{
	(void)state;
	assert_cut("第四条", "第4条 [第四] [条]");
	assert_cut("第4条", "第4条 [第] [4] [条]");
	assert_cut("第 4 條", "第4条 [第] [4] [条]");
	assert_cut("第０４條", "第4条 [第] [04] [条]");
	assert_cut("第十二章第３節", "第12章 [第] [十二] [章] 第3节 [第] [3] [节]");
	assert_cut("依照第一百零三条规定", "依照 第103条 [第] [一百] [零] [三条] 规定");
	assert_cut("第二十世纪", "第20世纪 [第] [二十] [世纪]");
	assert_cut("第一次", "第1次 [第一次]");
}

static void needs_the_borders_of_words(void **state)
{
	(void)state;
	assert_cut("第四条件", "第四 条件");
	assert_cut("第一项目", "第一 项目");
	assert_cut("第4条件", "第 4 条件");
}

static void leaves_the_rest(void **state)
{
	(void)state;
	assert_cut("", "");
	assert_cut("第", "第");
	assert_cut("第4", "第 4");
	assert_cut("第4.1节", "第 4.1 节");
	assert_cut("第三方", "第三 方");
	assert_cut("第  4 条", "第 4 条");
	assert_cut("第 四 条", "第 四 条");
	assert_cut("第100000条", "第 100000 条");
	assert_cut("第4\n条", "第 4 条");
}

/* What comes after one moves up, and a text without any is left as it is. */
static void many(void **state)
{
	struct buf text = {0};
	struct buf wanted = {0};

	(void)state;
	for (int i = 0; i < 300; i++) {
		buf_add_text(&text, "第四条，猫；");
		buf_printf(&wanted, "%s第4条 [第四] [条] 猫", i ? " " : "");
	}
	assert_cut(buf_string(&text), buf_string(&wanted));
	buf_release(&wanted);
	buf_release(&text);
}

static void a_second_call_appends(void **state)
{
	struct err err = {0};
	struct analyzer *analyzer = analyzer_new(&err);
	struct buf tokens = {0};

	(void)state;
	assert_int_equal(analyzer_cut(analyzer, span_of("第四条"), &tokens, &err), 0);
	assert_int_equal(analyzer_cut(analyzer, span_of("见第五条"), &tokens, &err), 0);
	assert_int_equal(BUF_COUNT(&tokens, struct token), 7);
	assert_true(span_equal(BUF_AT(&tokens, struct token, 4).text, span_of("第5条")));
	assert_int_equal(BUF_AT(&tokens, struct token, 4).start, 3);
	assert_int_equal(BUF_AT(&tokens, struct token, 4).end, 12);
	assert_int_equal(BUF_AT(&tokens, struct token, 6).position, 1);
	buf_release(&tokens);
	analyzer_free(analyzer);
}

static void spells_terms(void **state)
{
	static const char *const none[] = {"", "第", "第四条", "第4", "第4条件", "4条", "第4方"};
	struct buf out = {0};

	(void)state;
	assert_true(ordinal_spell(span_of("第103条"), &out));
	assert_true(ordinal_spell(span_of("第10世纪"), &out));
	assert_string_equal(buf_string(&out), "第一百零三条第十世纪");
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		assert_false(ordinal_spell(span_of(none[i]), &out));
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_one_term_however_written),
		cmocka_unit_test(needs_the_borders_of_words),
		cmocka_unit_test(leaves_the_rest),
		cmocka_unit_test(many),
		cmocka_unit_test(a_second_call_appends),
		cmocka_unit_test(spells_terms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
