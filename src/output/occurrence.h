/* occurrence - where needles stand in the source of a section.
 *
 * Shape:  one scan of the text for all needles (needle_scan.h), and a search for each that is `exact`. Occurrences of one needle
 *         do not overlap each other; those of different needles may.
 *         Weak needles stay only in a run of touching occurrences that holds one which is not weak, unless all are
 *         weak.
 * Units:  bytes of the source text.
 * Owner:  appended to the caller's buffer; the working space is the caller's too, starts zeroed and may be used again.
 * Errors: sticky in the buffer.
 * Cost:   that of the scan, and of a search for each exact needle.
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

struct occurrence_space {
	struct buf scan;
	struct buf spare;
};

/* By start, then by end, then by needle: below, at or above 0. */
int occurrence_compare(const struct occurrence *x, const struct occurrence *y);

/* Appends to `out`, an empty array of struct occurrence, ascending by start. */
void occurrence_find(struct buf *out, struct span text, const struct needle *needles, size_t needle_count,
		     struct occurrence_space *space);

void occurrence_release(struct occurrence_space *space);

#endif
