#include "pattern_table.h"

#include "random.h"
#include "unit.h"

static void numbers_patterns_as_they_come(void **state)
{
	struct pattern_table table = {0};

	(void)state;
	for (int round = 0; round < 2; round++) {
		assert_int_equal(pattern_table_add(&table, 77, 1), 1);
		assert_int_equal(pattern_table_add(&table, PATTERN_FIRST, 5), 0);
		assert_int_equal(pattern_table_add(&table, 0x01000000000000, 1), 2);
		assert_int_equal(pattern_table_add(&table, 77, 2), 1);
		assert_int_equal(BUF_AT(&table.patterns, struct pattern_count, 1).count, 3);
		pattern_table_reset(&table);
	}
	pattern_table_release(&table);
}

/* Far more than any language has: the table grows, and keeps every number. */
static void grows(void **state)
{
	enum { MANY = 20000 };
	struct pattern_table table = {0};

	(void)state;
	for (int round = 0; round < 2; round++)
		for (uint32_t i = 1; i < MANY; i++)
			assert_int_equal(pattern_table_add(&table, (uint64_t)i << 16 | 1 << 8, i), i);
	assert_false(table.failed);
	assert_int_equal(BUF_COUNT(&table.patterns, struct pattern_count), MANY);
	pattern_table_release(&table);
}

static void ranks_by_count_and_then_key(void **state)
{
	static const struct pattern_count expected[] = {{9, 50}, {3, 7}, {8, 7}, {PATTERN_FIRST, 2}};
	struct pattern_table table = {0};
	struct buf sorted = {0};
	uint32_t rank[4];

	(void)state;
	pattern_table_add(&table, 8, 7);
	pattern_table_add(&table, 3, 7);
	pattern_table_add(&table, PATTERN_FIRST, 2);
	pattern_table_add(&table, 9, 50);
	pattern_table_rank(&table, rank, &sorted);
	assert_int_equal(BUF_COUNT(&sorted, struct pattern_count), 4);
	assert_memory_equal(sorted.data, expected, sizeof expected);
	assert_int_equal(rank[0], 3);
	assert_int_equal(rank[1], 2);
	assert_int_equal(rank[2], 1);
	assert_int_equal(rank[3], 0);
	buf_release(&sorted);
	pattern_table_release(&table);
}

static void ranks_only_what_occurs(void **state)
{
	struct pattern_table table = {0};
	struct buf sorted = {0};
	uint32_t rank[2];

	(void)state;
	pattern_table_rank(&table, rank, &sorted);
	assert_int_equal(sorted.n, 0);
	pattern_table_add(&table, 5, 1);
	pattern_table_rank(&table, rank, &sorted);
	assert_int_equal(BUF_COUNT(&sorted, struct pattern_count), 1);
	assert_int_equal(BUF_AT(&sorted, struct pattern_count, 0).key, 5);
	assert_int_equal(rank[1], 0);
	buf_release(&sorted);
	pattern_table_release(&table);
}

/* Whatever the order they came in. */
static void equal_counts_rank_alike(void **state)
{
	struct pattern_table tables[2] = {{{0}}};
	struct buf sorted[2] = {{0}};
	uint32_t rank[1001];
	uint64_t seed = 3;

	(void)state;
	for (uint32_t i = 1; i < 1000; i++)
		pattern_table_add(&tables[0], i << 8, 1 + i % 10);
	while (BUF_COUNT(&tables[1].patterns, struct pattern_count) < 1000) {
		uint32_t i = 1 + random_below(&seed, 999);

		pattern_table_add(&tables[1], i << 8, 0);
	}
	for (uint32_t i = 1; i < 1000; i++)
		pattern_table_add(&tables[1], i << 8, 1 + i % 10);
	for (int i = 0; i < 2; i++) {
		pattern_table_rank(&tables[i], rank, &sorted[i]);
		pattern_table_release(&tables[i]);
	}
	assert_true(span_equal(buf_span(&sorted[0]), buf_span(&sorted[1])));
	buf_release(&sorted[0]);
	buf_release(&sorted[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_patterns_as_they_come), cmocka_unit_test(grows),
		cmocka_unit_test(ranks_by_count_and_then_key),   cmocka_unit_test(ranks_only_what_occurs),
		cmocka_unit_test(equal_counts_rank_alike),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
