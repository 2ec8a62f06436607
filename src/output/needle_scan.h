/* needle_scan - where folded needles stand in a text that is not folded.
 *
 * Shape:  as if the text were folded (unicode.h), searched, and what is found led back to the characters it came from; but only
 *         characters that a needle may begin with are looked at closely: unfold.h names them. An occurrence covers whole
 *         characters of the text, also where only a part of a character's fold matched (the 会 in U+337F's 株式会社).
 * Units:  bytes of the text.
 * Owner:  appended to the caller's buffer; the working space is the caller's too.
 * Errors: sticky in the buffers.
 * Cost:   some 5 instructions a Han character, one for two bytes of ASCII; 50 for each that a needle may begin with.
 */
#ifndef OUTPUT_NEEDLE_SCAN_H
#define OUTPUT_NEEDLE_SCAN_H

#include "occurrence.h"

/* Appends the occurrences of the needles that are not `exact`, ascending; those of one needle do not overlap. */
void needle_scan(struct buf *out, struct span text, const struct needle *needles, size_t count, struct buf *space);

#endif
