#include "length.h"

#include "unit.h"

enum { LARGEST = 524287 };

static void small_lengths_are_exact(void **state)
{
	(void)state;
	for (uint32_t n = 0; n <= 33; n++)
		assert_int_equal(length_decode(length_encode(n)), n < 32 ? n : 32);
}

static void longer_never_gets_a_smaller_code(void **state)
{
	unsigned before = 0;

	(void)state;
	for (uint32_t n = 0; n <= LARGEST + 10; n++) {
		unsigned code = length_encode(n);

		assert_true(code >= before && code <= before + 1);
		before = code;
	}
	assert_int_equal(before, 255);
	assert_int_equal(length_encode(UINT32_MAX), 255);
}

/* Cut off after five bits: never more, and less than a sixteenth less. */
static void codes_are_near(void **state)
{
	(void)state;
	for (uint32_t n = 1; n <= LARGEST; n++) {
		uint32_t decoded = length_decode(length_encode(n));

		assert_true(decoded <= n && n - decoded < n / 16 + 1);
	}
}

static void each_code_stands_for_itself(void **state)
{
	(void)state;
	for (unsigned code = 0; code < 256; code++)
		assert_int_equal(length_encode(length_decode((uint8_t)code)), code);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(small_lengths_are_exact),
		cmocka_unit_test(longer_never_gets_a_smaller_code),
		cmocka_unit_test(codes_are_near),
		cmocka_unit_test(each_code_stands_for_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
