/* occurrence - where needles stand in the source of a section.
 *
 * Shape:  one fold of the text, which notes where needles of more than ASCII may begin; one search over it for each of the
 *         others, over the text itself for `exact` needles. Occurrences of one needle do not overlap each other; those of
 *         different needles may. An occurrence covers whole source characters, also where only a part of a character's fold
 *         matched (the 会 in U+337F's 株式会社).
 *         Weak needles stay only in a run of touching occurrences that holds one which is not weak, unless all are
 *         weak.
 * Units:  bytes of the source text.
 * Owner:  appended to the caller's buffer; the working space is the caller's too, starts zeroed and may be used again.
 * Errors: sticky in the buffer.
 * Cost:   linear in the text, and in what is noted for each needle.
 */
#ifndef OUTPUT_OCCURRENCE_H
#define OUTPUT_OCCURRENCE_H

#include "answer.h"
#include "buf.h"
#include "folding.h"

struct occurrence {
	uint32_t start; /* half-open */
	uint32_t end;
	uint32_t needle; /* its index */
};

struct occurrence_space {
	struct folding folding;
	struct buf watched;
	struct buf spare;
};

/* Appends to `out`, an empty array of struct occurrence, ascending by start. */
void occurrence_find(struct buf *out, struct span text, const struct needle *needles, size_t needle_count,
		     struct occurrence_space *space);

void occurrence_release(struct occurrence_space *space);

#endif
