/* length - the length of a field, rounded to one byte.
 *
 * Shape:  a small floating-point number. 0 to 31 are exact; above, the leading bit and four bits after it are kept, so it is less
 *         than 6 % too low. 255 stands for 507,904 and all above.
 * Units:  words; in CHANNEL_HAN, Han characters.
 * Source: one-byte norms as in Lucene's SmallFloat, with constants of our own. They decide scores, so they are part of the
 *         format.
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
