/* term_range - the postings of all words with a common prefix, one word after the other.
 *
 * Shape:  words in byte order, and the postings of each in order. A section comes as often as it has such words.
 * Owner:  the cursor lives in the arena of the query.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   for each word a step in the lexicon, and decoding all its postings.
 */
#ifndef RANK_TERM_RANGE_H
#define RANK_TERM_RANGE_H

#include "segment_reader.h"

struct term_range {
	struct segment_reader *segment;
	struct span begin; /* the prefix, folded */
	struct lexicon_scan scan;
	struct posting_list lists[WORD_LISTS]; /* of the current word */
	int list_count;
	int list; /* the one that the cursor walks */
	struct posting_cursor *cursor;
	struct err *err;
};

int term_range_open(struct term_range *range, struct segment_reader *segment, struct span begin, struct arena *arena,
		    struct err *err);

/* Moves to the next posting: 1 and its section, 0 at the end, -1. */
int term_range_next(struct term_range *range, uint32_t *section);

/* The value of that posting: 0, -1. */
int term_range_value(struct term_range *range, uint32_t *value);

#endif
