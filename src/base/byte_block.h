/* byte_block - sixteen bytes at a time: what every processor that we build for holds in one register.
 *
 * Shape:  a vector of the compiler's: ==, <, & and the like work on all bytes at once; a comparison gives 0 or -1 for each. Bytes
 *         are signed, so those that are not ASCII are below 0.
 * Cost:   an instruction or two for each function; byte_block_bits() without SSE2 some ten.
 */
#ifndef BASE_BYTE_BLOCK_H
#define BASE_BYTE_BLOCK_H

#include <stdint.h>
#include <string.h>

typedef signed char byte_block __attribute__((vector_size(16)));

enum { BYTE_BLOCK = sizeof(byte_block) };

/* The BYTE_BLOCK bytes at p, aligned or not. */
static inline byte_block byte_block_load(const char *p)
{
	byte_block out;

	memcpy(&out, p, sizeof out);
	return out;
}

/* The same byte everywhere. */
static inline byte_block byte_block_of(char byte)
{
	return (byte_block){0} + (signed char)byte;
}

/* The highest bit of each byte, that of the first lowest: of a comparison, where it holds; of text, where it is not ASCII. */
static inline uint32_t byte_block_bits(byte_block bytes)
{
#ifdef __SSE2__
	return (uint32_t)__builtin_ia32_pmovmskb128((char __attribute__((vector_size(16))))bytes);
#else
	uint64_t words[2];

	memcpy(words, &bytes, sizeof words);
	/* each of the upper bits of eight bytes goes to one of the upper eight bits of the product */
	for (size_t i = 0; i < 2; i++)
		words[i] = (words[i] & 0x8080808080808080u) * 0x0002040810204081u >> 56;
	return (uint32_t)(words[0] | words[1] << 8);
#endif
}

#endif
