#include "byte_block.h"

#include "random.h"
#include "unit.h"

/* Of blocks with more and with fewer bytes that are not ASCII, what a loop over the bytes finds. */
static void equals_a_loop(void **state)
{
	uint64_t seed = 1;

	(void)state;
	for (unsigned round = 0; round < 2000; round++) {
		char bytes[BYTE_BLOCK + 1] = {0};
		const char *p = bytes + round % 2; /* not aligned, too */
		uint32_t expected = 0;

		for (unsigned i = 0; i <= BYTE_BLOCK; i++)
			bytes[i] = (char)(random_below(&seed, 0x80) | (random_below(&seed, 1 + round % 32) ? 0 : 0x80));
		for (unsigned i = 0; i < BYTE_BLOCK; i++)
			expected |= (uint32_t)((unsigned char)p[i] >> 7) << i;
		assert_int_equal(byte_block_bits(byte_block_load(p)), expected);
	}
}

static void compares_all_bytes(void **state)
{
	static const char text[] = "a\x80\xFF.a..........a";

	(void)state;
	assert_int_equal(byte_block_bits(byte_block_load(text) == byte_block_of('a')), 1 | 1 << 4 | 1 << 15);
	assert_int_equal(byte_block_bits(byte_block_load(text) == byte_block_of((char)0x80)), 1 << 1);
	assert_int_equal(byte_block_bits(byte_block_load(text)), 1 << 1 | 1 << 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equals_a_loop),
		cmocka_unit_test(compares_all_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
