#include "pattern.h"
#include "random.h"
#include "unit.h"

#include <string.h>

static void patterns_come_back(void **state)
{
	uint64_t seed = 1;

	(void)state;
	for (int round = 0; round < 1000; round++) {
		struct pattern pattern;
		uint64_t key = 0;

		for (unsigned i = 0; i < CHANNEL_FIELDS; i++)
			key |= (uint64_t)(random_below(&seed, 3) ? 0 : random_below(&seed, 256)) << 8 * i;
		pattern = pattern_of(key);
		assert_true(pattern_key(&pattern) == key);
		assert_int_equal(pattern_is_sound(&pattern), key != 0);
	}
}

static void bytes_are_as_documented(void **state)
{
	static const unsigned char expected[PATTERN_BYTES] = {3, 0, 1, 0, 0, 0, 255, 0x45};
	struct pattern pattern = pattern_of(3 | 1 << 16 | UINT64_C(255) << 48);

	(void)state;
	assert_int_equal(pattern.frequency[CHANNEL_BODY], 3);
	assert_int_equal(pattern.frequency[CHANNEL_HEADING], 1);
	assert_int_equal(pattern.frequency[CHANNEL_NAME], PATTERN_FREQUENCY_MAX);
	assert_memory_equal(&pattern, expected, sizeof expected);
}

static void malformed_patterns_are_refused(void **state)
{
	static const unsigned char table[][PATTERN_BYTES] = {
		{0, 0, 0, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 0, 0, 1},    {1, 0, 0, 0, 0, 0, 0, 0},
		{1, 0, 0, 0, 0, 0, 0, 2}, {1, 1, 0, 0, 0, 0, 0, 1},    {1, 0, 0, 0, 0, 0, 0, 0x81},
		{0, 0, 0, 0, 0, 0, 9, 0}, {0, 0, 0, 0, 0, 0, 0, 0x80},
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct pattern pattern;

		memcpy(&pattern, table[i], sizeof pattern);
		assert_false(pattern_is_sound(&pattern));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(patterns_come_back),
		cmocka_unit_test(bytes_are_as_documented),
		cmocka_unit_test(malformed_patterns_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
