/* fold_step - what of folding changes no length, for the loops of fold.h and of others that fold: ASCII in blocks, and the
 * characters of three bytes, which Han and kana are.
 *
 * Cost:   half an instruction a byte of ASCII, six of what folds to itself.
 */
#ifndef ANALYSIS_FOLD_STEP_H
#define ANALYSIS_FOLD_STEP_H

#include "byte_block.h"
#include "cursor.h"
#include "unicode.h"

/* ASCII in lower case; other bytes stay. */
static inline byte_block fold_lower(byte_block bytes)
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
