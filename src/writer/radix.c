#include "radix.h"

#include <stdbool.h>
#include <string.h>

/* One pass over the digit at `shift`; false when all items have the same one: then nothing was moved. */
static bool sort_digit(const uint64_t *items, uint64_t *to, size_t count, unsigned shift, unsigned width)
{
	/* not cleared by the compiler: most calls need a few of them */
	uint32_t first[1 << RADIX_BITS] __attribute__((uninitialized));
	size_t digits = (size_t)1 << width;
	size_t mask = digits - 1;
	uint32_t sum = 0;

	memset(first, 0, digits * sizeof first[0]);
#pragma GCC unroll 4
	for (size_t i = 0; i < count; i++)
		first[items[i] >> shift & mask]++;
	if (first[items[0] >> shift & mask] == count)
		return false;
	for (size_t i = 0; i < digits; i++) {
		uint32_t n = first[i];

		first[i] = sum;
		sum += n;
	}
#pragma GCC unroll 4
	for (size_t i = 0; i < count; i++)
		to[first[items[i] >> shift & mask]++] = items[i];
	return true;
}

uint64_t *radix_sort(uint64_t *items, uint64_t *spare, size_t count, unsigned from, unsigned end, unsigned width)
{
	for (unsigned shift = from; shift < end && count > 1; shift += width) {
		uint64_t *swap = items;

		if (!sort_digit(items, spare, count, shift, end - shift < width ? end - shift : width))
			continue;
		items = spare;
		spare = swap;
	}
	return items;
}
