/* edit - the known words that are one edit away from an unknown one.
 *
 * Shape:  an edit is a letter or digit too many, one that is missing, another one, or two neighbours in the wrong order. The
 *         answers are in more sections the earlier they stand; of equals the first by bytes.
 * Units:  words are ASCII letters and digits as folded, EDIT_LEAST to EDIT_MOST of them: shorter ones have a known word beside
 *         them by chance.
 * Owner:  texts go to the arena.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   73 look-ups a letter, 0.2 ms for a word of ten, whatever the size of the index.
 * Source: Damerau, A technique for computer detection and correction of spelling errors, 1964: 80 % of slips are one edit.
 */
#ifndef RANK_EDIT_H
#define RANK_EDIT_H

#include "term.h"

enum { EDIT_LEAST = 4, EDIT_MOST = 24, EDIT_ANSWERS = 3 };

/* Is it such a word? */
bool edit_possible(struct span word);

struct edit_answer {
	struct span text;
	uint64_t sections;
};

/* How many were found, or -1. */
int edit_find(const struct parts *parts, struct span word, struct arena *arena, struct edit_answer out[EDIT_ANSWERS],
	      struct err *err);

#endif
