/* length - the number of words of a field in one byte.
 *
 * Shape:  0 to 31 exactly; above, four bits after the leading one, so within 6 %. All from 507,904 on is 255, which stands
 *         for that.
 * Units:  words (grams in the gram channel).
 * Source: the idea of one-byte norms from Lucene's SmallFloat; these constants are ours. Part of the score, so part of
 *         the format.
 */
#ifndef FORMAT_LENGTH_H
#define FORMAT_LENGTH_H

#include <stdint.h>

static inline uint8_t length_encode(uint32_t n)
{
	uint32_t exponent;

	if (n < 32)
		return (uint8_t)n;
	exponent = 31u - (uint32_t)__builtin_clz(n);
	if (exponent > 18)
		return 255;
	return (uint8_t)(32 + (exponent - 5) * 16 + (n >> (exponent - 4) & 15));
}

static inline uint32_t length_decode(uint8_t code)
{
	if (code < 32)
		return code;
	return (16u + ((code - 32u) & 15)) << ((code - 32u) / 16 + 1);
}

#endif
