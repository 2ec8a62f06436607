#include "bm25.h"

#include "length.h"
#include "random.h"
#include "unit.h"

#include <math.h>

enum { ALL = (1 << CHANNEL_FIELDS) - 1 };

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

/* What a word adds that stands tf times in one field. */
static double field_score(const struct bm25 *bm25, unsigned field, uint8_t tf, uint8_t length)
{
	struct pattern pattern = pattern_of((uint64_t)tf << 8 * field);
	unsigned char lengths[CHANNEL_LENGTHS] = {0};

	lengths[field] = length;
	return bm25_pattern(bm25, &pattern, ALL, lengths);
}

static void equals_what_a_hand_computes(void **state)
{
	struct bm25 bm25 = ten_sections();

	(void)state;
	/* as long as the mean: tf * 2.2 / (tf + 1.2) */
	assert_near(field_score(&bm25, CHANNEL_BODY, 1, 10), 1);
	assert_near(field_score(&bm25, CHANNEL_BODY, 2, 10), 1.375);
	/* twice the mean: 2.2 / (1 + 1.2 * (0.25 + 1.5)) */
	assert_near(field_score(&bm25, CHANNEL_BODY, 1, 20), 2.2 / 3.1);
	assert_near(field_score(&bm25, CHANNEL_BODY, 1, 0), 2.2 / 1.3);
	/* a heading counts twice, and a little for itself */
	assert_near(field_score(&bm25, CHANNEL_HEADING, 1, 4), 1.375 * (1 + HEADING_BONUS));
	assert_near(field_score(&bm25, CHANNEL_HEADING, 3, 8), 6 * 2.2 / (6 + 2.1) * (1 + HEADING_BONUS));
	/* a code of more than 31 stands for a length: 40 stands for 48 */
	assert_int_equal(length_decode(40), 48);
	assert_near(field_score(&bm25, CHANNEL_BODY, 1, 40), 2.2 / (1 + 1.2 * (0.25 + 0.75 * 4.8)));
}

/* Once in a heading and twice in a body, both as long as the mean, is four times in a body, and the heading for itself. */
static void fields_saturate_together(void **state)
{
	struct bm25 bm25 = ten_sections();
	struct pattern pattern = pattern_of((uint64_t)1 << 8 * CHANNEL_HEADING | (uint64_t)2 << 8 * CHANNEL_BODY);
	unsigned char lengths[CHANNEL_LENGTHS] = {[CHANNEL_BODY] = 10, [CHANNEL_HEADING] = 4};
	double both = bm25_pattern(&bm25, &pattern, ALL, lengths);

	(void)state;
	assert_near(both, 4 * 2.2 / 5.2 + HEADING_BONUS * 1.375);
	assert_near(bm25_pattern(&bm25, &pattern, 1 << CHANNEL_BODY, lengths), 1.375);
	assert_true(both < field_score(&bm25, CHANNEL_HEADING, 1, 4) + field_score(&bm25, CHANNEL_BODY, 2, 10));
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
	for (unsigned field = 0; field < CHANNEL_FIELDS; field++) {
		double most = bm25_ceiling(1u << field);

		for (unsigned code = 0; code < 256; code++) {
			double before = 0;

			for (unsigned tf = 1; tf <= PATTERN_FREQUENCY_MAX; tf += 2) {
				double score = field_score(&bm25, field, (uint8_t)tf, (uint8_t)code);

				assert_true(score > before && score < most);
				if (code)
					assert_true(score <
						    field_score(&bm25, field, (uint8_t)tf, (uint8_t)(code - 1)));
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
	for (unsigned code = 0; code < 256; code++) {
		assert_true(bm25_gram(&bm25, 1, (uint8_t)code) > 0);
		for (unsigned field = 0; field < CHANNEL_FIELDS; field++)
			assert_true(field_score(&bm25, field, 1, (uint8_t)code) > 0);
	}
}

/* Totals of any kind: few and many sections, fields that are everywhere, nowhere, short and long. */
static struct bm25 random_bm25(uint64_t *seed)
{
	struct bm25_totals totals = {.sections = 1 + random_below(seed, 100000)};
	struct bm25 bm25;

	for (unsigned i = 0; i < CHANNEL_LENGTHS; i++) {
		totals.length_count[i] = random_below(seed, (uint32_t)totals.sections + 1);
		totals.length_sum[i] =
			totals.length_count[i] * (1 + random_below(seed, random_below(seed, 2) ? 4 : 5000));
	}
	bm25_init(&bm25, &totals);
	return bm25;
}

struct occurrence {
	struct pattern pattern;
	unsigned char lengths[CHANNEL_LENGTHS];
};

static struct occurrence random_occurrence(uint64_t *seed)
{
	struct occurrence out = {.pattern = {.fields = 0}};
	uint32_t most = random_below(seed, 4) ? 4 : PATTERN_FREQUENCY_MAX;
	uint64_t key = 0;

	for (unsigned i = 0; i < CHANNEL_FIELDS; i++)
		if (random_below(seed, 3) == 0)
			key |= (uint64_t)(1 + random_below(seed, most)) << 8 * i;
	out.pattern = pattern_of(key ? key : 1);
	for (unsigned i = 0; i < CHANNEL_LENGTHS; i++)
		out.lengths[i] = (unsigned char)random_below(seed, random_below(seed, 2) ? 256 : 40);
	return out;
}

/* Of any postings, by any formula, in any fields: none is above the bound of the impacts, nor this above the ceiling. And it
 * is no idle promise: where there is one posting, it is reached. */
static void no_posting_is_above_the_bound(void **state)
{
	static const unsigned some[] = {ALL, 1 << CHANNEL_HEADING | 1 << CHANNEL_NAME, 1 << CHANNEL_BODY};
	struct impact_writer *writer = test_calloc(1, sizeof *writer);
	struct occurrence seen[60];
	uint64_t seed = 1;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		struct bm25 bm25 = random_bm25(&seed);
		uint32_t count = 1 + random_below(&seed, round % 3 ? 60 : 1);
		struct buf bytes = {0};
		struct impact impact;

		impact_reset(writer);
		for (uint32_t i = 0; i < count; i++) {
			seen[i] = random_occurrence(&seed);
			impact_add(writer, &seen[i].pattern, seen[i].lengths);
		}
		impact_encode(writer, &bytes);
		assert_true(impact_decode(&impact, buf_span(&bytes)));
		for (unsigned k = 0; k < sizeof some / sizeof some[0]; k++) {
			double bound = bm25_bound(&bm25, &impact, some[k]);

			for (uint32_t i = 0; i < count; i++) {
				double score = bm25_pattern(&bm25, &seen[i].pattern, some[k], seen[i].lengths);

				assert_true(score <= bound * (1 + 1e-12));
				if (count == 1)
					assert_near(bound, score);
			}
			assert_true(bound <= bm25_ceiling(some[k]));
		}
		buf_release(&bytes);
	}
	test_free(writer);
}

/* The channel of characters counts without an end. */
static void nothing_is_above_the_ceiling(void **state)
{
	uint64_t seed = 2;

	(void)state;
	for (int round = 0; round < 300; round++) {
		struct bm25 bm25 = random_bm25(&seed);
		double ceiling = bm25_ceiling(1u << CHANNEL_HAN);

		for (unsigned code = 0; code < 256; code += 5)
			for (uint64_t tf = 1; tf <= UINT32_MAX; tf = tf * 7 + 1)
				assert_true(bm25_gram(&bm25, (uint32_t)tf, (uint8_t)code) <= ceiling);
		assert_true(bm25_gram(&bm25, UINT32_MAX, 0) > ceiling * .999);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equals_what_a_hand_computes),
		cmocka_unit_test(fields_saturate_together),
		cmocka_unit_test(rare_words_weigh_more),
		cmocka_unit_test(more_sections_than_there_are_count_as_all),
		cmocka_unit_test(more_is_better_and_longer_is_worse),
		cmocka_unit_test(nothing_is_divided_by_nothing),
		cmocka_unit_test(no_posting_is_above_the_bound),
		cmocka_unit_test(nothing_is_above_the_ceiling),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
