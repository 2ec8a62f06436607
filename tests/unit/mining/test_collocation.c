#include "collocation.h"

#include "random.h"
#include "unit.h"

/* What comes of a text: candidates in order, with blanks between. */
static void mine(struct span text, size_t limit, struct buf *out)
{
	struct err err = {0};
	struct analyzer *analyzer = analyzer_new(&err);
	struct collocation_miner *miner = collocation_miner_new(&err);
	struct buf tokens = {0};
	struct arena arena = {0};
	struct collocation *found;
	size_t count;

	assert_true(analyzer && miner);
	assert_int_equal(analyzer_cut(analyzer, text, &tokens, &err), 0);
	for (unsigned time = 0; time < 2; time++) {
		if (time)
			collocation_again(miner);
		assert_int_equal(collocation_add(miner, &BUF_AT(&tokens, struct token, 0),
						 BUF_COUNT(&tokens, struct token), &err),
				 0);
	}
	assert_int_equal(collocation_rank(miner, limit, &arena, &found, &count, &err), 0);
	for (size_t i = 0; i < count; i++) {
		assert_true(i == 0 || found[i].score <= found[i - 1].score);
		buf_add_text(out, i ? " " : "");
		buf_add_span(out, found[i].text);
		buf_printf(out, ":%u", found[i].count);
	}
	collocation_miner_free(miner);
	analyzer_free(analyzer);
	buf_release(&tokens);
	arena_release(&arena);
}

/* Sentences of these words in any order, with `term` in every `each`th place. */
static void write_sentences(struct buf *text, const char *term, unsigned each)
{
	static const char *const words[] = {"咖啡", "茶叶", "面包", "牛奶", "客人", "老板", "街道", "雨天",
					    "报表", "价格", "周末", "音乐", "灯光", "电话", "颜色", "故事"};
	uint64_t seed = 1;

	for (unsigned i = 0; i < 2000; i++) {
		buf_add_text(text, i % each == 0 ? term : words[random_below(&seed, sizeof words / sizeof *words)]);
		if (i % 7 == 6)
			buf_add_text(text, "。");
	}
}

static void assert_mined(const char *term, unsigned each, const char *expected)
{
	struct buf text = {0};
	struct buf out = {0};

	write_sentences(&text, term, each);
	mine(buf_span(&text), 10, &out);
	assert_string_equal(buf_string(&out), expected);
	buf_release(&text);
	buf_release(&out);
}

static void finds_what_sticks_together(void **state)
{
	(void)state;
	assert_mined("时间戳", 20, "时间戳:100");
	/* also of three pieces, and no piece of it: 区块 is followed by nothing else */
	assert_mined("区块链", 20, "区块链:100");
	/* of words of two characters */
	assert_mined("动态规划", 20, "动态规划:100");
}

static void leaves_out_what_does_not(void **state)
{
	(void)state;
	/* a word already */
	assert_mined("计划", 20, "");
	/* too seldom */
	assert_mined("时间戳", 500, "");
	/* function words are in none */
	assert_mined("的时候", 20, "");
	/* not over what stands between */
	assert_mined("时间，戳", 20, "");
	assert_mined("时间 戳", 20, "");
}

/* Letters are words of their own; what is mined is Han. */
static void leaves_letters_alone(void **state)
{
	(void)state;
	assert_mined("TiDB集群", 20, "");
}

static void gives_no_more_than_asked(void **state)
{
	struct buf text = {0};
	struct buf out = {0};

	(void)state;
	write_sentences(&text, "时间戳", 20);
	write_sentences(&text, "区块链", 30);
	mine(buf_span(&text), 1, &out);
	assert_string_equal(buf_string(&out), "时间戳:100");
	buf_reset(&out);
	mine(buf_span(&text), 0, &out);
	assert_int_equal(out.n, 0);
	mine(span_of(""), 10, &out);
	assert_int_equal(out.n, 0);
	buf_release(&text);
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_what_sticks_together),
		cmocka_unit_test(leaves_out_what_does_not),
		cmocka_unit_test(leaves_letters_alone),
		cmocka_unit_test(gives_no_more_than_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
