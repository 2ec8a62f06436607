#include "bm25.h"

#include "length.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void assert_near(double value, double expected)
{
	if (fabs(value - expected) > 1e-9)
		fail_msg("%.12f instead of %.12f", value, expected);
}

/* Ten sections; bodies of 10 words in the mean, headings (in five of them) of 4, code nowhere. */
static struct bm25 ten_sections(void)
{
	struct bm25_totals totals = {.sections = 10};
	struct bm25 bm25;

	totals.length_sum[CHANNEL_BODY] = 100;
	totals.length_count[CHANNEL_BODY] = 10;
	totals.length_sum[CHANNEL_HEADING] = 20;
	totals.length_count[CHANNEL_HEADING] = 5;
	bm25_init(&bm25, &totals);
	return bm25;
}

static void equals_what_a_hand_computes(void **state)
{
	struct bm25 bm25 = ten_sections();

	(void)state;
	/* as long as the mean: tf * 2.2 / (tf + 1.2) */
	assert_near(bm25_channel(&bm25, CHANNEL_BODY, 1, 10), 1);
	assert_near(bm25_channel(&bm25, CHANNEL_BODY, 2, 10), 1.375);
	assert_near(bm25_channel(&bm25, CHANNEL_BODY, 0, 10), 0);
	/* twice the mean: 2.2 / (1 + 1.2 * (0.25 + 1.5)) */
	assert_near(bm25_channel(&bm25, CHANNEL_BODY, 1, 20), 2.2 / 3.1);
	assert_near(bm25_channel(&bm25, CHANNEL_BODY, 1, 0), 2.2 / 1.3);
	/* a heading counts twice */
	assert_near(bm25_channel(&bm25, CHANNEL_HEADING, 1, 4), 2);
	assert_near(bm25_channel(&bm25, CHANNEL_HEADING, 3, 8), 2 * 3 * 2.2 / (3 + 2.1));
	/* a code of more than 31 stands for a length: 40 stands for 48 */
	assert_int_equal(length_decode(40), 48);
	assert_near(bm25_channel(&bm25, CHANNEL_BODY, 1, 40), 2.2 / (1 + 1.2 * (0.25 + 0.75 * 4.8)));
}

static void rare_words_weigh_more(void **state)
{
	struct bm25 bm25 = ten_sections();

	(void)state;
	assert_near(bm25_idf(&bm25, 0), log(22));
	assert_near(bm25_idf(&bm25, 1), log(1 + 9.5 / 1.5));
	assert_near(bm25_idf(&bm25, 10), log(1 + 0.5 / 10.5));
	for (uint64_t df = 0; df < 10; df++)
		assert_true(bm25_idf(&bm25, df) > bm25_idf(&bm25, df + 1));
	assert_true(bm25_idf(&bm25, 10) > 0);
}

/* A damaged df must not turn the logarithm's argument negative. */
static void more_sections_than_there_are_count_as_all(void **state)
{
	struct bm25 bm25 = ten_sections();

	(void)state;
	assert_near(bm25_idf(&bm25, 11), bm25_idf(&bm25, 10));
	assert_near(bm25_idf(&bm25, UINT64_MAX), bm25_idf(&bm25, 10));
}

static void more_is_better_and_longer_is_worse(void **state)
{
	struct bm25 bm25 = ten_sections();

	(void)state;
	for (unsigned channel = 0; channel < CHANNEL_LENGTHS; channel++) {
		double most = bm25.weight[channel] * (BM25_K1 + 1);

		assert_true(bm25.weight[channel] > 0);
		for (unsigned code = 0; code < 256; code++) {
			double before = 0;

			for (uint32_t tf = 1; tf < 100000; tf *= 3) {
				double score = bm25_channel(&bm25, channel, tf, (uint8_t)code);

				assert_true(score > before && score < most);
				if (code)
					assert_true(score < bm25_channel(&bm25, channel, tf, (uint8_t)(code - 1)));
				before = score;
			}
		}
	}
}

static void nothing_is_divided_by_nothing(void **state)
{
	struct bm25_totals none = {0};
	struct bm25 bm25;

	(void)state;
	bm25_init(&bm25, &none);
	assert_true(isfinite(bm25_idf(&bm25, 0)) && bm25_idf(&bm25, 0) > 0);
	for (unsigned channel = 0; channel < CHANNEL_LENGTHS; channel++)
		for (unsigned code = 0; code < 256; code++)
			assert_true(bm25_channel(&bm25, channel, 1, (uint8_t)code) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equals_what_a_hand_computes),
		cmocka_unit_test(rare_words_weigh_more),
		cmocka_unit_test(more_sections_than_there_are_count_as_all),
		cmocka_unit_test(more_is_better_and_longer_is_worse),
		cmocka_unit_test(nothing_is_divided_by_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
