#include "top.h"

#include "random.h"
#include "unit.h"

#include <stdlib.h>

enum { MOST = 2000 };

static void orders_by_tier_score_place(void **state)
{
	/* each before all that follow */
	static const struct candidate order[] = {
		{.tier = TIER_FULL, .score = 2, .part = 1, .section = 9},
		{.tier = TIER_FULL, .score = 1, .part = 0, .section = 3},
		{.tier = TIER_FULL, .score = 1, .part = 0, .section = 4},
		{.tier = TIER_FULL, .score = 1, .part = 1, .section = 0},
		{.tier = TIER_FULL, .score = -1},
		{.tier = TIER_FULL_BARE, .score = 99},
		{.tier = TIER_PARTIAL, .score = 100},
		{.tier = TIER_PARTIAL_BARE, .score = 101},
	};
	size_t count = sizeof order / sizeof order[0];

	(void)state;
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < count; k++)
			assert_int_equal(candidate_before(&order[i], &order[k]), i < k);
}

/* Distinct places, and few scores, so that ties are common; in any order. */
static void random_candidates(struct candidate *candidates, size_t count, uint64_t *seed)
{
	for (size_t i = 0; i < count; i++)
		candidates[i] = (struct candidate){.score = random_below(seed, 8) * 0.25,
						   .matched = i,
						   .section = (uint32_t)i / 3,
						   .part = (uint32_t)i % 3,
						   .tier = (enum tier)random_below(seed, 4)};
	for (size_t i = count; i > 1; i--) {
		size_t k = random_below(seed, (uint32_t)i);
		struct candidate saved = candidates[i - 1];

		candidates[i - 1] = candidates[k];
		candidates[k] = saved;
	}
}

static int compare(const void *a, const void *b)
{
	return candidate_before(a, b) ? -1 : 1;
}

/* What the next candidate must be before is the worst of the best `limit` so far. */
static void check_worst(const struct top *top, const struct candidate *seen, size_t count)
{
	const struct candidate *worst = top_worst(top);
	size_t better = 0;

	if (top->limit == 0 || count < top->limit) {
		assert_null(worst);
		return;
	}
	assert_non_null(worst);
	for (size_t i = 0; i < count; i++)
		better += candidate_before(&seen[i], worst);
	assert_int_equal(better, top->limit - 1);
}

/* `wanted`: how many are put in order at the front; the others may lie as they like. */
static void check(struct candidate *candidates, size_t count, size_t limit, size_t wanted)
{
	struct top top = {.limit = limit};
	size_t kept = limit && limit < count ? limit : count;
	size_t sorted = wanted && wanted < kept ? wanted : kept;
	uint64_t sum = 0;

	for (size_t i = 0; i < count; i++) {
		check_worst(&top, candidates, i);
		top_add(&top, &candidates[i]);
	}
	assert_false(top.heap.failed);
	top_sort(&top, wanted);
	qsort(candidates, count, sizeof *candidates, compare);
	assert_int_equal(BUF_COUNT(&top.heap, struct candidate), kept);
	for (size_t i = 0; i < sorted; i++)
		assert_int_equal(BUF_AT(&top.heap, struct candidate, i).matched, candidates[i].matched);
	/* none is lost: `matched` is another number for each */
	for (size_t i = 0; i < kept; i++)
		sum += BUF_AT(&top.heap, struct candidate, i).matched - candidates[i].matched;
	assert_int_equal(sum, 0);
	top_release(&top);
}

static void keeps_what_sorting_would(void **state)
{
	static const size_t limits[] = {0, 1, 2, 3, 7, 100, 101, MOST};
	static const size_t counts[] = {0, 1, 2, 3, 99, 100, 101, 700};
	static const size_t wanted[] = {0, 1, 10, 32, 33, 150};
	struct candidate *candidates = test_malloc(MOST * sizeof *candidates);
	uint64_t seed = 1;

	(void)state;
	for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
		for (size_t k = 0; k < sizeof counts / sizeof counts[0]; k++) {
			for (size_t w = 0; w < sizeof wanted / sizeof wanted[0]; w++) {
				random_candidates(candidates, counts[k], &seed);
				check(candidates, counts[k], limits[i], wanted[w]);
			}
		}
	}
	test_free(candidates);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(orders_by_tier_score_place),
		cmocka_unit_test(keeps_what_sorting_would),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
