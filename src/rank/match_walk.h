/* match_walk - the state of a walk over one segment: where every word stands, and what a section is worth.
 *
 * Shape:  a cursor an atom, in the order of the query: scores are summed in that order. `required` are those of the words
 *         that a whole match has, the rarest first; `sufficient` those of words that make a match by themselves.
 * Owner:  the arena of the query.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 */
#ifndef RANK_MATCH_WALK_H
#define RANK_MATCH_WALK_H

#include "matcher.h"

struct match_walk {
	const struct match_request *request;
	uint32_t part;
	struct segment_reader *segment;
	const struct atoms *atoms;
	const struct filter *filter;
	const unsigned char *bare;   /* bit set of the sections with nothing to read */
	uint64_t sufficient_words;   /* a bit for each word that makes a match by itself */
	bool whole_first;            /* whole matches before others whatever the score */
	struct word_cursor *cursors; /* one an atom */
	struct word_cursor **required;
	size_t required_count;
	struct word_cursor **sufficient;
	size_t sufficient_count;
	struct top *top;
	struct match_counts *counts;
	struct buf *steps; /* where scores tell how they come about (score_step.h); NULL: nobody asks */
	struct err *err;
};

int match_walk_open(struct match_walk *walk, const struct match_request *request, uint32_t part, struct top *top,
		    struct match_counts *counts, struct err *err);

/* Moves every cursor to the section, which no cursor is behind: which words are there. A compound in parts is when all of
 * them are. */
int match_find_words(struct match_walk *walk, uint32_t section, uint64_t *matched);

/* Fills candidate->score by what it has matched, where the cursors stand. */
int match_score(struct match_walk *walk, struct candidate *candidate);

/* Moves every cursor to the section, and puts it into the top if it matches and belongs there. In
 * MATCH_SOME a whole match is passed over: MATCH_FULL has found it before. */
int match_consider(struct match_walk *walk, uint32_t section);

/* The same for a section that holds the query as text: where that stands its words do. It is not counted, but is one of the
 * matches. */
int match_add_substring(struct match_walk *walk, uint32_t section);

#endif
