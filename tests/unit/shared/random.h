/* random - numbers for property tests: the same on every run. */
#ifndef TEST_RANDOM_H
#define TEST_RANDOM_H

#include <stdint.h>

/* splitmix64 (Steele, Lea, Flood 2014); below `limit`. */
static inline uint32_t random_below(uint64_t *state, uint32_t limit)
{
	uint64_t z = *state += 0x9E3779B97F4A7C15u;

	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return (uint32_t)((z ^ z >> 31) % limit);
}

#endif
