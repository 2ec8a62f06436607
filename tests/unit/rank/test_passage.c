#include "passage.h"

#include "bm25.h"
#include "unit.h"

#include <math.h>

struct place {
	struct analyzer *analyzer;
	struct arena arena;
	struct query query;
};

static int open_place(void **state)
{
	struct place *place = test_calloc(1, sizeof *place);
	struct err err = {0};

	place->analyzer = analyzer_new(&err);
	*state = place;
	return place->analyzer ? 0 : -1;
}

static int close_place(void **state)
{
	struct place *place = *state;

	analyzer_free(place->analyzer);
	arena_release(&place->arena);
	test_free(place);
	return 0;
}

static bool is_in(const char *list, struct span text)
{
	for (const char *at = list; *at; at += strcspn(at, " "), at += strspn(at, " "))
		if (span_equal((struct span){at, strcspn(at, " ")}, text))
			return true;
	return false;
}

/* The grams of the query's passages, in a section that lacks those of `absent`. */
static void assert_passages(void **state, const char *text, const char *absent, const char *expected)
{
	struct place *place = *state;
	struct query *query = &place->query;
	bool inside[QUERY_GRAMS];
	double found[QUERY_GRAMS];
	struct buf out = {0};
	struct err err = {0};
	bool any;

	assert_int_equal(query_compile(query, span_of(text), NULL, NULL, place->analyzer, &place->arena, &err), 0);
	for (size_t i = 0; i < query->gram_count; i++)
		found[i] = !is_in(absent, query->grams[i].text);
	any = passage_find(query, *absent ? found : NULL, inside);
	assert_true(any == (*expected != 0));
	for (size_t i = 0; i < query->gram_count; i++) {
		if (!inside[i])
			continue;
		buf_add_text(&out, out.n ? " " : "");
		buf_add_span(&out, query->grams[i].text);
	}
	assert_string_equal(buf_string(&out), expected);
	buf_release(&out);
}

static void four_characters_in_a_row_are_a_passage(void **state)
{
	assert_passages(state, "商业", "", "");
	assert_passages(state, "商业模", "", "");
	assert_passages(state, "商业模式", "", "商 业 商业 模 业模 式 模式");
}

static void what_is_typed_apart_is_none(void **state)
{
	assert_passages(state, "商业 模式", "", "");
	assert_passages(state, "商业，模式", "", "");
	assert_passages(state, "商业a模式", "", "");
	assert_passages(state, "商业模式 选址", "", "商 业 商业 模 业模 式 模式");
	/* The second of two runs begins with the character that the first ends with. */
	assert_passages(state, "商业模 模式化", "", "");
}

static void a_pair_that_is_missing_ends_it(void **state)
{
	assert_passages(state, "商业模式", "业模", "");
	assert_passages(state, "商业模式", "模式", "");
	assert_passages(state, "连锁商业模式", "商业", "");
	assert_passages(state, "连锁商业模式", "锁商", "商 业 商业 模 业模 式 模式");
	assert_passages(state, "连锁商业模式", "模式", "连 锁 连锁 商 锁商 业 商业 模 业模");
	assert_passages(state, "连锁商业模式的选址", "业模",
			"连 锁 连锁 商 锁商 业 商业 模 式 模式 的 式的 选 的选 址 选址");
}

static void pairs_may_come_again(void **state)
{
	assert_passages(state, "人人人", "", "");
	assert_passages(state, "人人人人", "", "人 人人");
	assert_passages(state, "商业商业", "业商", "");
	assert_passages(state, "商业模式商业", "模式", "");
	assert_passages(state, "𠮷野家店", "", "𠮷 野 𠮷野 家 野家 店 家店");
}

/* Whatever is typed, what is marked is of the query. */
static void of_a_pasted_text_the_beginning_counts(void **state)
{
	struct buf text = {0};
	struct place *place = *state;
	bool inside[QUERY_GRAMS];
	struct err err = {0};

	for (int i = 0; i < 400; i++)
		buf_printf(&text, "%c%c%c", 0xE4, 0xB8 + i / 64, 0x80 + i % 64);
	assert_int_equal(
		query_compile(&place->query, buf_span(&text), NULL, NULL, place->analyzer, &place->arena, &err), 0);
	assert_int_equal(place->query.gram_count, QUERY_GRAMS);
	assert_true(place->query.pair_count <= QUERY_GRAMS);
	assert_true(passage_find(&place->query, NULL, inside));
	for (size_t i = 0; i < QUERY_GRAMS; i++)
		assert_true(inside[i]);
	buf_release(&text);
}

/* With what it adds a gram counts as PASSAGE_FREQUENCY, or as it did. */
static void a_passage_adds_what_is_missing(void **state)
{
	(void)state;
	for (double x = 0; x < 3; x += 0.01) {
		double expected = bm25_saturate(x < PASSAGE_FREQUENCY ? PASSAGE_FREQUENCY : x);

		assert_true(fabs(bm25_saturate(x) + bm25_passage(x) - expected) < 1e-12);
		assert_true(bm25_passage(x) >= 0 && bm25_passage(x) <= bm25_passage(0));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(four_characters_in_a_row_are_a_passage),
		cmocka_unit_test(what_is_typed_apart_is_none),
		cmocka_unit_test(a_pair_that_is_missing_ends_it),
		cmocka_unit_test(pairs_may_come_again),
		cmocka_unit_test(of_a_pasted_text_the_beginning_counts),
		cmocka_unit_test(a_passage_adds_what_is_missing),
	};

	return cmocka_run_group_tests(tests, open_place, close_place);
}
