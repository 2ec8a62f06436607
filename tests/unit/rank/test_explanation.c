#include "explanation.h"

#include "prices.h"
#include "unit.h"

static struct answer ask(struct search_request request, const char *query, bool explain)
{
	struct answer answer;
	struct err err = {0};

	request.query = span_of(query);
	request.explain = explain;
	if (searcher_search(prices_searcher, &request, &answer, &err) < 0)
		fail_msg("%s: %s", query, err.text);
	return answer;
}

static const struct {
	const char *query;
	struct search_request request;
} table[] = {
	{"租金"},
	{"租金 价格"},
	{"租金的价格要按季度付吗"},
	{"租金 咖啡豆 node.js 飞船"},
	{"租"},
	{"Node.js GPT-3 v2.0.1 C++"},
	{"\"按季度\" 租金"},
	{"租金 -房东"},
	{"(咖啡豆 OR 价格) 租金"},
	{"no* 收银"},
	{"租金 价格", {.match = SEARCH_ANY}},
	{"租金 价格", {.match = SEARCH_ALL}},
	{"租金 价格", {.exhaustive = true}},
	{"选址 咖啡豆", {.titles = true}},
	{"租金 价格", {.limit = 3}},
	{"租金，又", {.literal = true}},
	{"又是租"},
};

/* To the last bit: the steps are those of the score, not of another formula for it. */
static void steps_lead_to_the_score(void **state)
{
	size_t explained = 0;

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct answer answer = ask(table[i].request, table[i].query, true);

		assert_non_null(answer.explanation);
		assert_true(answer.hit_count > 0);
		for (size_t k = 0; k < answer.hit_count; k++) {
			const struct hit *hit = &answer.hits[k];

			assert_true(hit->step_count > 0);
			if (hit->steps[hit->step_count - 1].after != hit->score)
				fail_msg("%s: hit %zu scores %.17g, its steps %.17g", table[i].query, k + 1, hit->score,
					 hit->steps[hit->step_count - 1].after);
		}
		explained += answer.hit_count;
	}
	assert_true(explained > 400);
}

/* Asking changes nothing. */
static void the_answer_is_the_same(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct buf scores = {0};
		struct answer answer = ask(table[i].request, table[i].query, false);

		assert_null(answer.explanation);
		for (size_t k = 0; k < answer.hit_count; k++) {
			assert_null(answer.hits[k].steps);
			buf_add(&scores, &answer.hits[k].score, sizeof(double));
		}
		answer = ask(table[i].request, table[i].query, true);
		assert_int_equal(answer.hit_count, BUF_COUNT(&scores, double));
		for (size_t k = 0; k < answer.hit_count; k++)
			assert_true(answer.hits[k].score == BUF_AT(&scores, double, k));
		buf_release(&scores);
	}
}

/* Each kind of step, told with what it is made of. */
static void a_step_says_what_it_is_made_of(void **state)
{
	struct answer answer = ask((struct search_request){.path_glob = "*.txt"}, "租金 飞船", true);
	const struct hit *hit = &answer.hits[0];
	const struct score_step *word = &hit->steps[0];
	bool coverage = false;
	bool pair = false;

	(void)state;
	assert_int_equal(word->kind, STEP_WORD);
	assert_true(span_equal(word->text, span_of("租金")));
	assert_int_equal(word->frequency[CHANNEL_BODY], 1);
	assert_true(word->length[CHANNEL_BODY] > 1);
	assert_true(word->idf > 0 && word->factor > 0 && word->after > 0);
	for (size_t i = 1; i < hit->step_count; i++) {
		const struct score_step *step = &hit->steps[i];

		if (step->kind == STEP_COVERAGE) {
			coverage = true;
			assert_true(step->factor < 1);
			assert_true(step->after == step[-1].after * step->factor);
		}
		if (step->kind == STEP_PAIR) {
			pair = true;
			assert_true(step->frequency[CHANNEL_HAN] > 0);
			assert_true(step->after > step[-1].after);
		}
	}
	assert_true(coverage && pair);
}

static void the_query_is_told_as_it_was_understood(void **state)
{
	struct answer answer = ask((struct search_request){.limit = 1}, "租金的 Node.js", true);
	const struct explanation *with = answer.explanation;

	(void)state;
	assert_int_equal(with->term_count, 5);
	assert_true(span_equal(with->terms[0].text, span_of("租金")));
	assert_true(with->terms[0].content && with->terms[0].needed);
	assert_true(span_equal(with->terms[1].text, span_of("的")));
	assert_false(with->terms[1].content);
	assert_true(with->terms[1].weight < with->terms[0].weight);
	assert_true(span_equal(with->terms[4].text, span_of("node.js")));
	assert_false(with->terms[4].needed);
	assert_int_equal(with->terms[2].word, with->terms[4].word);
	assert_int_equal(with->whole, 0);
	assert_true(with->enough > with->whole);
	assert_true(answer.search_ns > 0 && answer.answer_ns >= answer.search_ns);
}

static void what_has_nothing_to_read_is_told(void **state)
{
	struct answer answer = ask((struct search_request){0}, "选址", true);

	(void)state;
	for (size_t i = 0; i < answer.hit_count; i++)
		assert_int_equal(answer.hits[i].bare, span_equal(answer.hits[i].heading, span_of("目录")));
	assert_true(answer.hits[answer.hit_count - 1].bare);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(steps_lead_to_the_score),
		cmocka_unit_test(the_answer_is_the_same),
		cmocka_unit_test(a_step_says_what_it_is_made_of),
		cmocka_unit_test(the_query_is_told_as_it_was_understood),
		cmocka_unit_test(what_has_nothing_to_read_is_told),
	};

	return cmocka_run_group_tests(tests, prices_make, prices_release);
}
