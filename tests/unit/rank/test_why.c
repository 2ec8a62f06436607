#include "why.h"

#include "prices.h"
#include "unit.h"

static struct answer answer;

static struct why ask(const char *file, uint32_t line, struct search_request request, const char *query)
{
	struct why why;
	struct err err = {0};

	request.query = span_of(query);
	if (searcher_why(prices_searcher, &request, span_of(scratch_path(&prices, file)), line, &answer, &why, &err) <
	    0)
		fail_msg("%s", err.text);
	return why;
}

static const struct search_request ten = {.limit = 10};

static void verdicts(void **state)
{
	static const struct {
		const char *file;
		uint32_t line;
		const char *query;
		enum why_verdict verdict;
		struct search_request request;
	} table[] = {
		{"notes/开店.md", 0, "咖啡豆", WHY_HIT},
		{"notes/开店.md", 5, "咖啡豆", WHY_LACKS},
		{"notes/账目.txt", 0, "租金 -对账", WHY_EXCLUDED},
		{"notes/账目.txt", 0, "租金 -\"关门后\"", WHY_EXCLUDED},
		{"notes/账目.txt", 0, "租金", WHY_PATH, {.path_glob = "*.md"}},
		/* both: the path is told, which is asked for with every query alike */
		{"notes/账目.txt", 0, "租金 -对账", WHY_PATH, {.path_glob = "*.md"}},
		{"notes/价目.md", 4, "租金 价格", WHY_ENOUGH},
		{"notes/价目.md", 4, "租金 价格", WHY_LACKS, {.match = SEARCH_ALL}},
		{"notes/价目.md", 4, "租金 价格", WHY_HIT, {.match = SEARCH_ANY}},
		/* no section has both, but some text has what was typed */
		{"notes/价目.md", 4, "关门后对账。租", WHY_LITERAL, {.match = SEARCH_ALL}},
		{"notes/账目.txt", 0, "关门后对账。租", WHY_HIT, {.match = SEARCH_ALL}},
		{"notes/空白.md", 0, "租金", WHY_BLANK},
		{"notes/开店.md", 1000, "租金", WHY_NO_LINE},
		{"notes/none.md", 0, "租金", WHY_UNLISTED},
		{"notes", 0, "租金", WHY_UNLISTED},
		{"", 0, "租金", WHY_UNLISTED},
		{"notes/账目.txt", 0, "對賬", WHY_HIT, {.literal = true}},
		{"notes/账目.txt", 0, "對賬", WHY_LACKS, {.literal = true, .exact = true}},
		{"notes/账目.txt", 0, "账目", WHY_HIT, {.titles = true}},
		{"notes/账目.txt", 0, "对账", WHY_LACKS, {.titles = true}},
		{"notes/账目.txt", 0, "->", WHY_LACKS},
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct why why = ask(table[i].file, table[i].line, table[i].request, table[i].query);

		if (why.verdict != table[i].verdict)
			fail_msg("%s:%u %s: verdict %d", table[i].file, table[i].line, table[i].query,
				 (int)why.verdict);
		assert_int_equal(answer.hit_count, why.verdict == WHY_HIT);
		if (why.verdict == WHY_PATH)
			assert_true(span_equal(why.detail, span_of("*.md")));
	}
}

static void expect_item(const struct why *why, size_t i, const char *text, enum presence_kind kind,
			enum presence_found found, const char *inside, uint32_t line)
{
	assert_true(i < why->item_count);
	assert_true(span_equal(why->items[i].text, span_of(text)));
	assert_int_equal(why->items[i].kind, kind);
	assert_int_equal(why->items[i].found, found);
	assert_true(span_equal(why->items[i].inside, span_of(inside)));
	assert_int_equal(why->items[i].line, line);
}

static void each_word_is_looked_for_in_its_own_way(void **state)
{
	struct why why = ask("notes/开店.md", 16, ten, "咖啡豆 題目 租 金要 的");

	(void)state;
	assert_int_equal(why.item_count, 7);
	expect_item(&why, 0, "咖啡豆", PRESENCE_WORD, FOUND_WORD, "", 0);
	assert_int_equal(why.items[0].frequency[CHANNEL_BODY], 1);
	assert_true(why.items[0].needed);
	/* a label is in no list of words */
	expect_item(&why, 1, "题目", PRESENCE_WORD, FOUND_NOWHERE, "", 0);
	/* one character is found inside of words, by its own list */
	expect_item(&why, 2, "租", PRESENCE_WORD, FOUND_WORD, "", 0);
	expect_item(&why, 3, "金", PRESENCE_WORD, FOUND_INSIDE, "租金", 0);
	expect_item(&why, 4, "要", PRESENCE_WORD, FOUND_WORD, "", 0);
	expect_item(&why, 5, "的", PRESENCE_WORD, FOUND_NOWHERE, "", 18);
	assert_false(why.items[5].needed);
	expect_item(&why, 6, "咖啡豆 題目 租 金要 的", PRESENCE_LITERAL, FOUND_NOWHERE, "", 0);
	assert_false(why.items[6].needed);
}

static void what_another_section_has_is_told(void **state)
{
	struct why why = ask("notes/开店.md", 5, ten, "停车 咖啡豆");

	(void)state;
	expect_item(&why, 0, "停车", PRESENCE_WORD, FOUND_WORD, "", 0);
	expect_item(&why, 1, "咖啡豆", PRESENCE_WORD, FOUND_NOWHERE, "", 14);
}

static void phrases_and_exclusions_are_items(void **state)
{
	struct why why = ask("notes/技术/收银.md", 0, ten, "\"用 Node\" \"Node.j\" 收银 -\"GPT-4\"");

	(void)state;
	assert_int_equal(why.item_count, 4);
	expect_item(&why, 0, "收银", PRESENCE_WORD, FOUND_WORD, "", 0);
	expect_item(&why, 1, "用 node", PRESENCE_PHRASE, FOUND_WORD, "", 0);
	expect_item(&why, 2, "node.j", PRESENCE_PHRASE, FOUND_TEXT, "", 0);
	expect_item(&why, 3, "gpt-4", PRESENCE_EXCLUDED, FOUND_NOWHERE, "", 0);
}

static void a_title_search_says_that_the_word_is_elsewhere(void **state)
{
	struct search_request titles = {.titles = true, .limit = 10};
	struct why why = ask("notes/开店.md", 14, titles, "咖啡豆");

	(void)state;
	assert_int_equal(why.verdict, WHY_LACKS);
	assert_true(why.items[0].elsewhere);
	assert_int_equal(why.items[0].line, 18);
}

static void a_section_of_any_line_is_found(void **state)
{
	static const struct {
		uint32_t line;
		uint32_t section;
	} table[] = {{1, 1}, {4, 1}, {5, 5}, {13, 5}, {14, 14}, {24, 22}, {25, 22}};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct why why = ask("notes/开店.md", table[i].line, ten, "x");

		assert_non_null(why.section);
		assert_int_equal(why.section->line_start, table[i].section);
	}
	assert_int_equal(ask("notes/开店.md", 26, ten, "x").verdict, WHY_NO_LINE);
}

/* Rank and score are those of the search without a limit; what is shown follows from the limit. */
static void the_rank_is_that_of_the_search(void **state)
{
	struct search_request request = {.query = span_of("租金 价格 成本"), .match = SEARCH_ANY};
	struct err err = {0};
	struct answer all;
	struct buf places = {0};

	(void)state;
	assert_int_equal(searcher_search(prices_searcher, &request, &all, &err), 0);
	assert_true(all.hit_count > 50);
	for (size_t i = 0; i < all.hit_count; i++) /* the answer ends with the next search */
		buf_add(&places, &all.hits[i], sizeof all.hits[i]);
	request.limit = 10;
	for (size_t i = 0; i < BUF_COUNT(&places, struct hit); i++) {
		struct hit hit = BUF_AT(&places, struct hit, i);
		struct why why;

		assert_int_equal(searcher_why(prices_searcher, &request, span_of(hit.abs_path), hit.line_start, &answer,
					      &why, &err),
				 0);
		assert_int_equal(why.verdict, WHY_HIT);
		assert_int_equal(why.section->rank, hit.rank);
		assert_true(why.section->score == hit.score);
		assert_int_equal(why.shown, i < 10);
		assert_int_equal(why.last_rank, 10);
		assert_true(why.last_score == BUF_AT(&places, struct hit, 9).score);
		assert_int_equal(answer.total, BUF_COUNT(&places, struct hit));
		assert_int_equal(answer.hits[0].rank, hit.rank);
	}
	buf_release(&places);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(verdicts),
		cmocka_unit_test(each_word_is_looked_for_in_its_own_way),
		cmocka_unit_test(what_another_section_has_is_told),
		cmocka_unit_test(phrases_and_exclusions_are_items),
		cmocka_unit_test(a_title_search_says_that_the_word_is_elsewhere),
		cmocka_unit_test(a_section_of_any_line_is_found),
		cmocka_unit_test(the_rank_is_that_of_the_search),
	};

	return cmocka_run_group_tests(tests, prices_make, prices_release);
}
