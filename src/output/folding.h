/* folding - a text folded to be searched, and the way back to where its characters came from.
 *
 * Shape:  the fold of fold.h. Most characters keep their length: only where one does not, a shift is noted.
 * Units:  bytes.
 * Owner:  appended to the caller's buffers, which must be empty.
 * Errors: sticky in the buffers.
 * Cost:   some 14 instructions a byte of technical Chinese; runs of ASCII go eight bytes at a time.
 */
#ifndef OUTPUT_FOLDING_H
#define OUTPUT_FOLDING_H

#include "buf.h"

/* From `folded` on, up to the next shift. */
struct folding_shift {
	uint32_t folded; /* offset in the fold */
	uint32_t source; /* where it comes from in the text */
	bool one;        /* all of it from the one character there; else byte by byte */
};

/* `shifts`: an array of struct folding_shift, ascending by `folded`, the first at 0. */
void folding_make(struct span text, struct buf *folded, struct buf *shifts);

/* Where the character of the text begins that made the byte at `at` of its fold. */
size_t folding_source(struct span text, const struct buf *shifts, size_t at);

#endif
