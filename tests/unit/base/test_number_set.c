#include "number_set.h"

#include "random.h"
#include "unit.h"

#include <string.h>

enum { LIMIT = 5000, WORDS = 96 };

/* A random set, and the same as a byte a number. */
static void fill(uint64_t *set, unsigned char *model, uint64_t *seed)
{
	uint32_t apart = 1 + random_below(seed, 100);

	memset(set, 0, WORDS * sizeof *set);
	memset(model, 0, LIMIT);
	for (uint32_t n = random_below(seed, apart); n < LIMIT; n += 1 + random_below(seed, apart)) {
		number_set_add(set, n);
		model[n] = 1;
	}
}

static void a_set_is_whole_steps(void **state)
{
	static const struct {
		uint32_t limit;
		size_t words;
	} table[] = {{0, 32}, {1, 32}, {2047, 32}, {2048, 64}, {LIMIT, WORDS}, {UINT32_MAX, (size_t)1 << 26}};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		assert_int_equal(number_set_words(table[i].limit), table[i].words);
		assert_true(table[i].words * 64 > table[i].limit);
	}
}

static void equals_the_naive_model(void **state)
{
	static uint64_t a[WORDS], b[WORDS], both[WORDS], any[WORDS], rest[WORDS];
	static unsigned char in_a[LIMIT], in_b[LIMIT];
	uint32_t ranks[WORDS];
	uint64_t seed = 3;

	(void)state;
	for (int round = 0; round < 100; round++) {
		uint32_t before = 0;

		fill(a, in_a, &seed);
		fill(b, in_b, &seed);
		memcpy(both, a, sizeof a);
		memcpy(any, a, sizeof a);
		memcpy(rest, a, sizeof a);
		number_set_and(both, b, WORDS);
		number_set_or(any, b, WORDS);
		number_set_without(rest, b, WORDS);
		number_set_rank(a, WORDS, ranks);
		for (uint32_t n = 0; n < LIMIT; n++) {
			assert_int_equal(number_set_has(a, n), in_a[n]);
			assert_int_equal(number_set_has(both, n), in_a[n] && in_b[n]);
			assert_int_equal(number_set_has(any, n), in_a[n] || in_b[n]);
			assert_int_equal(number_set_has(rest, n), in_a[n] && !in_b[n]);
			assert_int_equal(number_set_before(a, ranks, n), before);
			before += in_a[n];
		}
		assert_int_equal(number_set_count(a, WORDS), before);
	}
}

/* Whatever the limit, nothing behind it becomes a member. */
static void others_are_those_below_the_limit(void **state)
{
	static const uint32_t limits[] = {0, 1, 63, 64, 65, 2047, 2048, LIMIT};
	static uint64_t set[WORDS];
	static unsigned char in[LIMIT];
	uint64_t seed = 4;

	(void)state;
	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
		uint32_t next = 0;

		fill(set, in, &seed);
		for (uint32_t n = limits[i]; n < LIMIT; n++)
			number_set_drop(set, n);
		number_set_invert(set, limits[i]);
		for (uint32_t n = 0; n < LIMIT; n++) {
			bool member = n < limits[i] && !in[n];

			assert_int_equal(number_set_has(set, n), member);
			if (!member)
				continue;
			assert_int_equal(number_set_next(set, next, limits[i]), n);
			next = n + 1;
		}
		assert_int_equal(number_set_next(set, next, limits[i]), limits[i]);
		assert_int_equal(number_set_next(set, LIMIT, limits[i]), limits[i]);
	}
}

static void sets_meet_in_a_step_of_both(void **state)
{
	uint64_t a[NUMBER_SET_STEP] = {0};
	uint64_t b[NUMBER_SET_STEP] = {0};

	(void)state;
	for (uint32_t n = 0; n < 64 * NUMBER_SET_STEP; n += 61) {
		uint32_t next = n + 1;

		memset(a, 0, sizeof a);
		memset(b, 0, sizeof b);
		number_set_add(a, n);
		number_set_add(b, next);
		assert_false(number_set_meet(a, b));
		number_set_add(b, n);
		assert_true(number_set_meet(a, b));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_set_is_whole_steps),
		cmocka_unit_test(equals_the_naive_model),
		cmocka_unit_test(others_are_those_below_the_limit),
		cmocka_unit_test(sets_meet_in_a_step_of_both),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
