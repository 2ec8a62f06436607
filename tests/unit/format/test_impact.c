#include "impact.h"
#include "length.h"
#include "random.h"
#include "unit.h"

#include <stdlib.h>

enum { SEEN_MAX = 300 };

struct seen {
	struct pattern pattern;
	unsigned char lengths[CHANNEL_LENGTHS];
};

static void make_seen(struct seen *seen, unsigned kind, uint64_t *seed)
{
	uint64_t key = 0;

	do {
		for (unsigned i = 0; i < CHANNEL_FIELDS; i++) {
			uint32_t frequency =
				kind ? 1 + random_below(seed, 4) * random_below(seed, 4) : 1 + random_below(seed, 255);

			if (random_below(seed, i == CHANNEL_BODY ? 5 : 3) < (i == CHANNEL_BODY ? 4 : 1))
				key |= (uint64_t)frequency << 8 * i;
		}
	} while (key == 0);
	seen->pattern = pattern_of(key);
	for (unsigned i = 0; i < CHANNEL_LENGTHS; i++)
		seen->lengths[i] = (unsigned char)random_below(seed, random_below(seed, 3) ? 120 : 256);
	if (kind == 2) /* longer with frequency: everything is on the frontier */
		seen->lengths[CHANNEL_BODY] = seen->pattern.frequency[CHANNEL_BODY];
}

static size_t make_some(struct seen *seen, uint64_t *seed)
{
	size_t count = 1 + random_below(seed, random_below(seed, 2) ? 4 : SEEN_MAX - 1);
	unsigned kind = random_below(seed, 3);

	for (size_t i = 0; i < count; i++)
		make_seen(&seen[i], kind, seed);
	return count;
}

static void encode(struct buf *out, const struct seen *seen, size_t count)
{
	struct impact_writer writer = {0};

	for (size_t i = 0; i < count; i++)
		impact_add(&writer, &seen[i].pattern, seen[i].lengths);
	buf_reset(out);
	impact_encode(&writer, out);
	assert_false(out->failed);
	assert_true(out->n <= IMPACT_BYTES);
}

static bool bounds(const struct impact *impact, unsigned field, uint8_t frequency, uint8_t length)
{
	const struct impact_pair *pairs = field == CHANNEL_BODY ? impact->body : &impact->other[field];
	unsigned count = field == CHANNEL_BODY ? impact->body_pairs : 1;

	for (unsigned i = 0; i < count; i++) {
		if (pairs[i].frequency >= frequency && pairs[i].length <= length)
			return true;
	}
	return false;
}

/* Any BM25, by its parameters. */
struct weights {
	double weight[CHANNEL_FIELDS];
	double mean[CHANNEL_FIELDS];
	double k;
	double b;
};

static double uniform(uint64_t *seed)
{
	return random_below(seed, 1000001) / 1e6;
}

static struct weights make_weights(uint64_t *seed)
{
	struct weights weights = {.k = 3 * uniform(seed), .b = uniform(seed)};

	for (unsigned i = 0; i < CHANNEL_FIELDS; i++) {
		weights.weight[i] = 3 * uniform(seed);
		weights.mean[i] = 0.1 + 1000 * uniform(seed);
	}
	return weights;
}

static double score(const struct weights *weights, unsigned field, uint8_t frequency, uint8_t length)
{
	double norm = 1 - weights->b + weights->b * length_decode(length) / weights->mean[field];

	return weights->weight[field] * frequency / (frequency + weights->k * norm);
}

static double best(const struct weights *weights, const struct impact *impact)
{
	double sum = 0;

	for (unsigned field = 0; field < CHANNEL_FIELDS; field++) {
		const struct impact_pair *pairs = field == CHANNEL_BODY ? impact->body : &impact->other[field];
		double most = 0;

		if (!(impact->fields >> field & 1))
			continue;
		for (unsigned i = 0; i < (field == CHANNEL_BODY ? impact->body_pairs : 1u); i++) {
			double now = score(weights, field, pairs[i].frequency, pairs[i].length);

			most = now > most ? now : most;
		}
		sum += most;
	}
	return sum;
}

static void check_bounds(const struct impact *impact, const struct seen *seen, const struct weights *weights)
{
	double sum = 0;

	assert_int_equal(seen->pattern.fields & ~impact->fields, 0);
	for (unsigned field = 0; field < CHANNEL_FIELDS; field++) {
		uint8_t frequency = seen->pattern.frequency[field];

		if (frequency == 0)
			continue;
		assert_true(bounds(impact, field, frequency, seen->lengths[field]));
		sum += score(weights, field, frequency, seen->lengths[field]);
	}
	assert_true(sum <= best(weights, impact) + 1e-9);
}

static void impacts_bound(void **state)
{
	struct seen *seen = test_calloc(SEEN_MAX, sizeof *seen);
	struct buf bytes = {0};
	uint64_t seed = 1;

	(void)state;
	for (int round = 0; round < 1000; round++) {
		size_t count = make_some(seen, &seed);
		struct weights weights = make_weights(&seed);
		struct impact impact;
		unsigned fields = 0;

		encode(&bytes, seen, count);
		assert_true(impact_decode(&impact, buf_span(&bytes)));
		for (size_t i = 0; i < count; i++) {
			check_bounds(&impact, &seen[i], &weights);
			fields |= seen[i].pattern.fields;
		}
		assert_int_equal(impact.fields, fields);
	}
	buf_release(&bytes);
	test_free(seen);
}

/* Of what was seen: the highest frequency and the least length of a field are in some pair, and no others. */
static void impacts_promise_no_more_than_was_seen(void **state)
{
	struct seen *seen = test_calloc(SEEN_MAX, sizeof *seen);
	struct buf bytes = {0};
	uint64_t seed = 2;

	(void)state;
	for (int round = 0; round < 1000; round++) {
		size_t count = make_some(seen, &seed);
		struct impact impact;

		encode(&bytes, seen, count);
		assert_true(impact_decode(&impact, buf_span(&bytes)));
		for (unsigned field = 0; field < CHANNEL_FIELDS; field++) {
			uint8_t most = 0;
			uint8_t least = 255;

			if (!(impact.fields >> field & 1))
				continue;
			for (size_t i = 0; i < count; i++) {
				uint8_t frequency = seen[i].pattern.frequency[field];

				if (frequency > most)
					most = frequency;
				if (frequency && seen[i].lengths[field] < least)
					least = seen[i].lengths[field];
			}
			if (field == CHANNEL_BODY) {
				assert_int_equal(impact.body[impact.body_pairs - 1].frequency, most);
				assert_int_equal(impact.body[0].length, least);
			} else {
				assert_int_equal(impact.other[field].frequency, most);
				assert_int_equal(impact.other[field].length, least);
			}
		}
	}
	buf_release(&bytes);
	test_free(seen);
}

/* A frontier that has room is kept as it is. */
static void pairs_are_a_frontier(void **state)
{
	static const unsigned char expected[] = {0x05, 3, 1, 10, 2, 30, 9, 31, 4, 5};
	static const uint8_t body[][2] = {{1, 20}, {9, 31}, {1, 10}, {2, 30}, {3, 31}, {2, 40}, {8, 200}};
	struct impact_writer writer = {0};
	struct buf bytes = {0};

	(void)state;
	for (size_t i = 0; i < sizeof body / sizeof body[0]; i++) {
		unsigned char lengths[CHANNEL_LENGTHS] = {body[i][0] == 9 ? 31 : body[i][1], 0, i == 2 ? 5 : 50};
		struct pattern pattern = pattern_of(body[i][0] | (i == 2 ? 1u : i == 3 ? 4u : 2u) << 16);

		impact_add(&writer, &pattern, lengths);
	}
	impact_encode(&writer, &bytes);
	assert_int_equal(bytes.n, sizeof expected);
	assert_memory_equal(bytes.data, expected, sizeof expected);
	buf_release(&bytes);
}

/* Of 1:10, 2:60, 100:61 and 200:255, lengths as codes, the two that lose least: 60 and 61 differ by a sixteenth, but a
 * frequency of 2 and 100 by much; 100 and 200 by little, in a section that is so long by very much. */
static void neighbours_that_lose_least_are_joined(void **state)
{
	static const unsigned char expected[] = {0x01, 3, 1, 10, 2, 60, 201, 100};
	static const uint8_t body[][2] = {{1, 10}, {2, 60}, {200, 100}, {201, 101}};
	struct impact_writer writer = {0};
	struct buf bytes = {0};

	(void)state;
	for (size_t i = 0; i < sizeof body / sizeof body[0]; i++) {
		unsigned char lengths[CHANNEL_LENGTHS] = {body[i][1]};
		struct pattern pattern = pattern_of(body[i][0]);

		impact_add(&writer, &pattern, lengths);
	}
	impact_encode(&writer, &bytes);
	assert_int_equal(bytes.n, sizeof expected);
	assert_memory_equal(bytes.data, expected, sizeof expected);
	buf_release(&bytes);
}

/* Lengths of 255 are no different from others, though nothing seen stands for them too. */
static void the_longest_field_counts(void **state)
{
	static const unsigned char expected[] = {0x03, 1, 7, 255, 3, 255};
	unsigned char lengths[CHANNEL_LENGTHS] = {255, 255};
	struct pattern pattern = pattern_of(7 | 3 << 8);
	struct impact_writer writer = {0};
	struct buf bytes = {0};

	(void)state;
	impact_add(&writer, &pattern, lengths);
	impact_encode(&writer, &bytes);
	assert_int_equal(bytes.n, sizeof expected);
	assert_memory_equal(bytes.data, expected, sizeof expected);
	buf_release(&bytes);
}

/* However postings are grouped, and whatever a writer was used for before. */
static void grouping_makes_no_difference(void **state)
{
	struct seen *seen = test_calloc(SEEN_MAX, sizeof *seen);
	struct impact_writer part = {0};
	struct impact_writer whole = {0};
	struct buf bytes = {0};
	struct buf grouped = {0};
	uint64_t seed = 3;

	(void)state;
	for (int round = 0; round < 500; round++) {
		size_t count = make_some(seen, &seed);

		encode(&bytes, seen, count);
		impact_reset(&whole);
		for (size_t i = 0; i < count;) {
			size_t n = random_below(&seed, 6);

			impact_reset(&part);
			for (; n && i < count; n--, i++)
				impact_add(&part, &seen[count - 1 - i].pattern, seen[count - 1 - i].lengths);
			impact_merge(&whole, &part);
		}
		buf_reset(&grouped);
		impact_encode(&whole, &grouped);
		assert_true(span_equal(buf_span(&bytes), buf_span(&grouped)));
	}
	buf_release(&grouped);
	buf_release(&bytes);
	test_free(seen);
}

static bool decode_exact(struct impact *impact, const void *bytes, size_t n)
{
	char *copy = malloc(n ? n : 1);
	bool good;

	assert_non_null(copy);
	if (n)
		memcpy(copy, bytes, n);
	good = impact_decode(impact, (struct span){copy, n});
	free(copy);
	return good;
}

static void malformed_impacts_are_refused(void **state)
{
	static const struct {
		const char *what;
		size_t n;
		const char *bytes;
	} table[] = {
		{"nothing", 0, ""},
		{"no field", 1, "\x00"},
		{"no such field", 4, "\x80\x01\x01\x01"},
		{"no pairs", 1, "\x02"},
		{"half a pair", 2, "\x02\x01"},
		{"frequency 0", 3, "\x02\x00\x01"},
		{"left over", 4, "\x02\x01\x01\x01"},
		{"body without a number of pairs", 1, "\x01"},
		{"body without pairs", 2, "\x01\x00"},
		{"four pairs", 10, "\x01\x04\x01\x01\x02\x02\x03\x03\x04\x04"},
		{"a pair missing", 4, "\x01\x02\x01\x01"},
		{"frequencies that do not rise", 6, "\x01\x02\x01\x01\x01\x02"},
		{"lengths that do not rise", 6, "\x01\x02\x01\x01\x02\x01"},
		{"frequency 0 in the body", 4, "\x01\x01\x00\x01"},
	};
	struct impact impact;

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		if (decode_exact(&impact, table[i].bytes, table[i].n))
			fail_msg("%s", table[i].what);
	}
	assert_true(decode_exact(&impact, "\x01\x02\x01\x01\x02\x02", 6));
}

static void truncations_and_flips_stay_in_bounds(void **state)
{
	struct seen *seen = test_calloc(SEEN_MAX, sizeof *seen);
	struct buf bytes = {0};
	uint64_t seed = 4;

	(void)state;
	for (int round = 0; round < 100; round++) {
		struct impact impact;

		encode(&bytes, seen, make_some(seen, &seed));
		for (size_t n = 0; n < bytes.n; n++)
			assert_false(decode_exact(&impact, bytes.data, n));
		for (size_t bit = 0; bit < 8 * bytes.n; bit++) {
			bytes.data[bit / 8] = (char)(bytes.data[bit / 8] ^ 1 << bit % 8);
			if (decode_exact(&impact, bytes.data, bytes.n))
				assert_true(impact.body_pairs <= IMPACT_BODY_PAIRS);
			bytes.data[bit / 8] = (char)(bytes.data[bit / 8] ^ 1 << bit % 8);
		}
	}
	buf_release(&bytes);
	test_free(seen);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(impacts_bound),
		cmocka_unit_test(impacts_promise_no_more_than_was_seen),
		cmocka_unit_test(pairs_are_a_frontier),
		cmocka_unit_test(neighbours_that_lose_least_are_joined),
		cmocka_unit_test(the_longest_field_counts),
		cmocka_unit_test(grouping_makes_no_difference),
		cmocka_unit_test(malformed_impacts_are_refused),
		cmocka_unit_test(truncations_and_flips_stay_in_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
