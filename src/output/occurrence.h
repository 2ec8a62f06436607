/* occurrence - where needles stand in the source of a section.
 *
 * Shape:  one fold of the text, one search a needle over it (over the text itself for `exact` needles). Occurrences of
 *         one needle do not overlap each other; those of different needles may. An occurrence covers whole source
 *         characters, also where only a part of a character's fold matched (the 会 in U+337F's 株式会社).
 *         Weak needles stay only in a run of touching occurrences that holds one which is not weak, unless all are
 *         weak.
 * Units:  bytes of the source text.
 * Owner:  appended to the caller's buffer; `folded` and `shifts` are working space of the caller's, overwritten.
 * Errors: sticky in the buffers.
 * Cost:   linear in the text for each needle; what was found is merged needle by needle.
 */
#ifndef OUTPUT_OCCURRENCE_H
#define OUTPUT_OCCURRENCE_H

#include "answer.h"
#include "buf.h"

struct occurrence {
	uint32_t start; /* half-open */
	uint32_t end;
	uint32_t needle; /* its index */
};

/* Appends to `out`, an array of struct occurrence, ascending by start. */
void occurrence_find(struct buf *out, struct span text, const struct needle *needles, size_t needle_count,
		     struct buf *folded, struct buf *shifts);

#endif
