#include "head_table.h"

#include "random.h"
#include "unit.h"

static size_t add(struct head_table *table, struct buf *heads, const char *head)
{
	size_t start = heads->n;

	buf_add_text(heads, head);
	return head_table_add(table, heads, start);
}

static void equal_heads_are_kept_once(void **state)
{
	struct head_table table = {0};
	struct buf heads = {0};

	(void)state;
	assert_int_equal(add(&table, &heads, "overview"), 0);
	assert_int_equal(add(&table, &heads, "examples"), 8);
	assert_int_equal(add(&table, &heads, "overview"), 0);
	assert_int_equal(add(&table, &heads, "examples"), 8);
	assert_int_equal(add(&table, &heads, "over"), 16); /* too short to be looked for */
	assert_int_equal(add(&table, &heads, "over"), 20);
	assert_int_equal(add(&table, &heads, "overviews"), 24);
	assert_string_equal(buf_string(&heads), "overviewexamplesoveroveroverviews");
	head_table_reset(&table);
	buf_reset(&heads);
	assert_int_equal(add(&table, &heads, "examples"), 0);
	assert_int_equal(add(&table, &heads, "overview"), 8);
	assert_false(table.failed);
	head_table_release(&table);
	buf_release(&heads);
}

/* Past the first size of the table: each is where it was put first. */
static void many_heads_are_found(void **state)
{
	enum { COUNT = 5000 };
	static size_t places[COUNT];
	struct head_table table = {0};
	struct buf heads = {0};
	uint64_t seed = 1;

	(void)state;
	for (int i = 0; i < 50000; i++) {
		uint32_t number = i < COUNT ? (uint32_t)i : random_below(&seed, COUNT);
		size_t start = heads.n;
		size_t place;

		buf_printf(&heads, "head %u", number);
		place = head_table_add(&table, &heads, start);
		if (i < COUNT)
			places[number] = place;
		assert_int_equal(place, places[number]);
		assert_int_equal(heads.n > start, i < COUNT);
	}
	head_table_release(&table);
	buf_release(&heads);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_heads_are_kept_once),
		cmocka_unit_test(many_heads_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
