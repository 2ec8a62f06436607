#include "count_table.h"

#include "random.h"
#include "unit.h"

static void an_empty_table_has_nothing(void **state)
{
	struct count_table table = {0};

	(void)state;
	assert_int_equal(count_table_get(&table, 1), 0);
	count_table_release(&table);
}

/* Against an array, through several sizes of the table. */
static void counts_like_an_array(void **state)
{
	enum { KEYS = 20000 };
	static uint32_t model[KEYS + 1];
	struct count_table table = {0};
	uint64_t seed = 1;

	(void)state;
	for (unsigned i = 0; i < 100000; i++) {
		uint64_t key = 1 + random_below(&seed, 1 + random_below(&seed, KEYS));

		assert_int_equal(count_table_add(&table, key), ++model[key]);
	}
	for (uint64_t key = 1; key <= KEYS; key++)
		assert_int_equal(count_table_get(&table, key), model[key]);
	assert_int_equal(table.forgotten, 0);
	assert_false(table.failed);
	count_table_release(&table);
}

/* More keys than there are places: memory stays, and so does what comes often. */
static void forgets_what_comes_once(void **state)
{
	enum { OFTEN = 1000 };
	struct count_table table = {0};

	(void)state;
	for (uint64_t i = 0; i < (uint64_t)COUNT_TABLE_ROOM * 2; i++) {
		count_table_add(&table, (OFTEN + i) * 0x9E3779B97F4A7C15u);
		if (i % 100 == 0)
			count_table_add(&table, 1 + i / 100 % OFTEN);
	}
	assert_int_equal(table.room, COUNT_TABLE_ROOM);
	assert_true(table.used < COUNT_TABLE_ROOM && table.forgotten >= 1);
	for (uint64_t key = 1; key <= OFTEN; key++)
		assert_true(count_table_get(&table, key) > 20);
	assert_int_equal(count_table_get(&table, OFTEN * 0x9E3779B97F4A7C15u), 0);
	count_table_release(&table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_table_has_nothing),
		cmocka_unit_test(counts_like_an_array),
		cmocka_unit_test(forgets_what_comes_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
