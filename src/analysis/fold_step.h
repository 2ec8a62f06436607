/* fold_step - what of folding changes no length, for the loops of fold.h and of others that fold: ASCII in blocks, and the
 * characters of three bytes, which Han and kana are.
 *
 * Cost:   half an instruction a byte of ASCII, six of what folds to itself.
 */
#ifndef ANALYSIS_FOLD_STEP_H
#define ANALYSIS_FOLD_STEP_H

#include "cursor.h"
#include "unicode.h"

/* What every processor has as one register. */
typedef signed char fold_block __attribute__((vector_size(16)));

enum { FOLD_BLOCK = sizeof(fold_block) };

static inline fold_block fold_load(const char *p)
{
	fold_block out;

	memcpy(&out, p, sizeof(out));
	return out;
}

/* Bytes that are 0 or -1 as bits, the first one lowest. */
static inline uint32_t fold_bits(fold_block bytes)
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

/* ASCII in lower case; other bytes stay. */
static inline fold_block fold_lower(fold_block bytes)
{
	return bytes | ((bytes > 'A' - 1) & (bytes < 'Z' + 1) & 0x20);
}

/* The character of three bytes at p, where four can be read, if it is well formed and folds to itself; else 0. Those that begin
 * with E0 or ED, where some bytes are no character, are left to others. */
static inline uint32_t fold_self(const char *p)
{
	uint32_t bytes = load_u32((const unsigned char *)p);
	uint32_t code = (bytes & 0x0F) << 12 | (bytes >> 2 & 0xFC0) | (bytes >> 16 & 0x3F);

	if ((bytes & 0xC0C0F0) != 0x8080E0 || code < 0x1000 || code >> 12 == 0xD ||
	    unicode_entry(code) >= UNICODE_SELF_ENTRIES)
		return 0;
	return code;
}

#endif
