#include "query.h"
#include "unit.h"

struct tools {
	struct analyzer *analyzer;
	struct buf table;
	struct synonyms synonyms;
	struct synonym_tables tables;
};

static int make(void **state)
{
	static const char groups[] = "软件 軟體\n数据库 資料庫\n鼠标 滑鼠\n鼠标垫 滑鼠墊\n"
				     "U盘 隨身碟 优盘\n信息 資訊\n";
	struct tools *tools = test_calloc(1, sizeof *tools);
	struct err err = {0};

	tools->analyzer = analyzer_new(&err);
	assert_non_null(tools->analyzer);
	assert_int_equal(synonyms_encode(&tools->table, span_of(groups), NULL, NULL, &err), 0);
	assert_true(synonyms_open(&tools->synonyms, buf_span(&tools->table)));
	tools->tables = (struct synonym_tables){&tools->synonyms, 1};
	*state = tools;
	return 0;
}

static int release(void **state)
{
	struct tools *tools = *state;

	analyzer_free(tools->analyzer);
	buf_release(&tools->table);
	test_free(tools);
	return 0;
}

/* For each alternative: the words it stands for, '=', its own words; and a semicolon. */
static void describe(const struct query *query, struct buf *out)
{
	for (size_t i = 0; i < query->synonym_count; i++) {
		const struct query_synonym *synonym = &query->synonyms[i];

		for (size_t k = 0; k < query->word_count; k++)
			if (synonym->typed >> k & 1)
				buf_printf(out, "%.*s ", (int)query->words[k].text.n, query->words[k].text.p);
		buf_add_byte(out, '=');
		for (unsigned k = 0; k < synonym->word_count; k++)
			buf_printf(out, " %.*s", (int)synonym->words[k].n, synonym->words[k].p);
		buf_add_byte(out, ';');
	}
}

static void assert_synonyms(struct tools *tools, const char *text, const char *expected)
{
	struct query *query = test_calloc(1, sizeof *query);
	struct arena arena = {0};
	struct buf out = {0};
	struct err err = {0};

	assert_int_equal(query_compile(query, span_of(text), NULL, &tools->tables, tools->analyzer, &arena, &err), 0);
	describe(query, &out);
	assert_string_equal(buf_string(&out), expected);
	buf_release(&out);
	arena_release(&arena);
	test_free(query);
}

static void finds_members(void **state)
{
	assert_synonyms(*state, "软件", "软件 = 软体;");
	assert_synonyms(*state, "軟體", "软体 = 软件;");
	assert_synonyms(*state, "如何安装软件？", "软件 = 软体;");
	/* of several words, all of them together */
	assert_synonyms(*state, "数据库 信息", "数据 库 = 资料 库;信息 = 资讯;");
	/* the longest; and nothing of it again */
	assert_synonyms(*state, "鼠标垫", "鼠 标 垫 = 滑鼠 垫;");
	/* every other of the group */
	assert_synonyms(*state, "U盘", "u 盘 = 优 盘;u 盘 = 随身 碟;");
	/* once, however often it is typed */
	assert_synonyms(*state, "软件 软件", "软件 = 软体;");
}

static void leaves_the_rest_alone(void **state)
{
	assert_synonyms(*state, "商业模式", "");
	/* not where a word begins or ends inside it */
	assert_synonyms(*state, "软件性", "软件 = 软体;");
	assert_synonyms(*state, "数据，库", "");
	/* quotes and signs mean what they say */
	assert_synonyms(*state, "\"软件\"", "");
	assert_synonyms(*state, "商业 -软件", "");
}

static void without_tables_there_are_none(void **state)
{
	struct tools none = *(struct tools *)*state;

	none.tables.count = 0;
	assert_synonyms(&none, "软件", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_members),
		cmocka_unit_test(leaves_the_rest_alone),
		cmocka_unit_test(without_tables_there_are_none),
	};

	return cmocka_run_group_tests(tests, make, release);
}
