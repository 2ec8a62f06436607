/* utf8 - code points out of bytes and back.
 *
 * Shape:  a decoder that never reads past its end and never fails: each maximal subpart of an ill-formed sequence is
 *         one U+FFFD, as Unicode (3.9, best practice) and W3C encoding decoders have it.
 * Cost:   one branch for ASCII, a few for most of what has three bytes (Han among it), a call for the rest;
 *         utf8_is_text() looks at a vector at a time.
 * Source: The Unicode Standard, table 3-7 (well-formed byte sequences).
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "buf.h"

#define UTF8_REPLACEMENT 0xFFFDu

/* For any lead byte that is not ASCII, or a malformed sequence: see utf8_next(). */
size_t utf8_next_long(const char *p, size_t n, uint32_t *code, bool *valid);

/* The code point at p (n > 0 bytes are there): how many bytes it takes; *valid tells U+FFFD in the text from damage. */
static inline size_t utf8_next(const char *p, size_t n, uint32_t *code, bool *valid)
{
	unsigned char first = (unsigned char)*p;

	if (first < 0x80) {
		*code = first;
		*valid = true;
		return 1;
	}
	/* Lead bytes whose tails have no limits of their own: not E0 (overlong), not ED (surrogates). */
	if ((first & 0xF0) == 0xE0 && first != 0xE0 && first != 0xED && n >= 3 && (p[1] & 0xC0) == 0x80 &&
	    (p[2] & 0xC0) == 0x80) {
		*code = (first & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
		*valid = true;
		return 3;
	}
	return utf8_next_long(p, n, code, valid);
}

/* The bytes of a code point (a surrogate or a number past U+10FFFF becomes U+FFFD): how many, 1 to 4. */
size_t utf8_put(char to[4], uint32_t code);

void utf8_add(struct buf *buf, uint32_t code);

/* Is all of it well-formed, and no byte NUL? At some 0.2 ns a byte, where utf8_next() takes 1 ns. */
bool utf8_is_text(struct span text);

/* How many code points; ill-formed parts count as utf8_next() sees them. */
size_t utf8_count(struct span text);

/* The largest k <= at such that a character begins at text.p + k (or k is 0 or text.n). */
size_t utf8_floor(struct span text, size_t at);

#endif
