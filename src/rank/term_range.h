/* term_range - the postings of all words that begin with a text, one after the other.
 *
 * Shape:  words in byte order, of each its postings in order: sections may come again with another word.
 * Owner:  cursor and range live in the arena of the query.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   a step in the lexicon a word, and all its postings.
 */
#ifndef RANK_TERM_RANGE_H
#define RANK_TERM_RANGE_H

#include "segment_reader.h"

struct term_range {
	struct segment_reader *segment;
	struct span begin;
	struct lexicon_scan scan;
	struct posting_list lists[WORD_LISTS]; /* of the word */
	int list_count;
	int list; /* the one the cursor is in */
	struct posting_cursor *cursor;
	struct err *err;
};

int term_range_open(struct term_range *range, struct segment_reader *segment, struct span begin, struct arena *arena,
		    struct err *err);

/* To the next posting: 1 and its section, 0 at the end, -1. */
int term_range_next(struct term_range *range, uint32_t *section);

/* The value of that posting. */
int term_range_value(struct term_range *range, uint32_t *value);

#endif
