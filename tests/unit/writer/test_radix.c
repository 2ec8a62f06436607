#include "radix.h"

#include "random.h"
#include "unit.h"

#include <string.h>

enum { MOST = 3000 };

/* The naive model: insert each where it belongs, after its equals. */
static void insert_sorted(uint64_t *items, size_t count, unsigned from, unsigned end)
{
	uint64_t mask = (end < 64 ? (uint64_t)1 << end : 0) - 1;

	for (size_t i = 1; i < count; i++) {
		uint64_t moving = items[i];
		size_t to = i;

		for (; to && (items[to - 1] & mask) >> from > (moving & mask) >> from; to--)
			items[to] = items[to - 1];
		items[to] = moving;
	}
}

static void sorts(size_t count, unsigned from, unsigned end, unsigned width, uint64_t bits, uint64_t *seed)
{
	static uint64_t items[MOST];
	static uint64_t expected[MOST];
	static uint64_t spare[MOST];

	for (size_t i = 0; i < count; i++)
		items[i] = ((uint64_t)random_below(seed, UINT32_MAX) << 32 | random_below(seed, UINT32_MAX)) & bits;
	memcpy(expected, items, sizeof items);
	insert_sorted(expected, count, from, end);
	assert_memory_equal(radix_sort(items, spare, count, from, end, width), expected, count * sizeof items[0]);
}

static void is_stable_and_looks_at_its_bits_only(void **state)
{
	static const size_t counts[] = {0, 1, 2, 3, 100, MOST};
	static const unsigned ranges[][2] = {{0, 64}, {16, 64}, {28, 46}, {46, 64}, {32, 64}, {63, 64}, {5, 14}};
	uint64_t seed = 1;

	(void)state;
	for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
		for (size_t k = 0; k < sizeof ranges / sizeof ranges[0]; k++)
			for (unsigned width = 5; width <= RADIX_BITS; width++)
				sorts(counts[i], ranges[k][0], ranges[k][1], width, UINT64_MAX, &seed);
}

/* Digits that are the same in all items are passed over: whatever array the result then is in. */
static void passes_over_what_all_share(void **state)
{
	uint64_t seed = 2;

	(void)state;
	sorts(MOST, 0, 64, 8, 0, &seed);
	sorts(MOST, 0, 64, 8, 0xFF, &seed);
	sorts(MOST, 0, 64, 8, 0xFF00FF0000, &seed);
	sorts(MOST, 16, 64, 9, 0x7F007F007F0000, &seed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_stable_and_looks_at_its_bits_only),
		cmocka_unit_test(passes_over_what_all_share),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
