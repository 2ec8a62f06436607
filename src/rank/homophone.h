/* homophone - the Han characters that were meant, where those that were typed do not stand together anywhere.
 *
 * Shape:  a run of characters, of which the open ones may be others that are read alike (pinyin.h, tones aside). Of all such runs
 *         those are wanted that cost least: a pair of neighbours that no section has costs most, a changed character
 *         little; of equals the one whose pairs are in more sections.
 * Owner:  answers are values.
 * Errors: ERR_DAMAGED.
 * Cost:   0.3 ms an open character with 150 homophones: each that the index has is looked up beside HOMOPHONE_KEPT
 *         characters before it.
 * Source: the noisy channel (Kernighan, Church and Gale, 1990) with a beam search; the language model is the index's own
 *         pairs of characters.
 */
#ifndef RANK_HOMOPHONE_H
#define RANK_HOMOPHONE_H

#include "term.h"

enum {
	HOMOPHONE_RUN = 24,  /* a longer run is cut by the caller, or left alone */
	HOMOPHONE_OPEN = 6,  /* more open characters are no slip */
	HOMOPHONE_KEPT = 12, /* the best so far, from character to character */
	HOMOPHONE_ANSWERS = 3,
};

struct homophone_run {
	uint32_t codes[HOMOPHONE_RUN]; /* folded */
	bool open[HOMOPHONE_RUN];
	unsigned count;
};

/* May the characters be neighbours: does any section have the pair? 1, 0, -1. */
int homophone_pair(const struct parts *parts, uint32_t left, uint32_t right, struct err *err);

/* The runs that cost less than the one that was typed, best first, each with fewer pairs that are nowhere: how many, or -1. */
int homophone_find(const struct parts *parts, const struct homophone_run *run,
		   struct homophone_run out[HOMOPHONE_ANSWERS], struct err *err);

#endif
