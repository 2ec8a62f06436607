/* spread - a number spread over a hash table by one multiplication.
 *
 * Shape:  the high bits of the product depend on all bits of the number, the low ones only on those below them: slots are taken
 *         from the top. Not proof against somebody who looks for collisions.
 * Source: multiplicative hashing with 2^64 divided by the golden ratio (Knuth, The Art of Computer Programming 3, 6.4).
 */
#ifndef BASE_SPREAD_H
#define BASE_SPREAD_H

#include <stdint.h>

static inline uint64_t spread(uint64_t number)
{
	return number * UINT64_C(0x9E3779B97F4A7C15);
}

#endif
