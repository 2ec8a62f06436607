#include "checksum.h"
#include "checksum_wide.h"
#include "random.h"
#include "unit.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

enum { MOST = 9000 };

static void sums_are_those_of_xxhash_in_any_step(void **state)
{
	static char bytes[MOST];
	uint64_t seed = 3;

	(void)state;
	for (size_t i = 0; i < MOST; i++)
		bytes[i] = (char)random_below(&seed, 256);
	for (size_t n = 0; n <= MOST; n += n < 600 ? 1 : 101) {
		struct span span = {bytes + MOST - n, n};
		uint64_t expected = XXH3_64bits(span.p, span.n);

		assert_true(checksum_64(span) == expected);
		assert_int_equal(checksum_32(span), (uint32_t)expected);
		if (checksum_wide_usable())
			assert_true(checksum_wide_64(span) == expected);
	}
}

/* From the specification's reference: an index made elsewhere must have the same sums. */
static void sums_are_known(void **state)
{
	(void)state;
	assert_true(checksum_64((struct span){"", 0}) == UINT64_C(0x2D06800538D394C2));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums_are_those_of_xxhash_in_any_step),
		cmocka_unit_test(sums_are_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
