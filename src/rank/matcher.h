/* matcher - the search loop: one segment's sections that match, scored, into the top.
 *
 * Shape:  document at a time: all words' cursors stand at the same section while it is scored, in the order of the query.
 *         MATCH_FULL visits the sections that have every content word and phrase; MATCH_SOME those that have any content word or phrase (words
 *         inside quotes count only as their phrase, unless nothing else is asked for and the phrase is nowhere).
 * Owner:  cursors live in the arena of the query.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   the postings of the content words (full: of the rarest, the others are skipped through).
 */
#ifndef RANK_MATCHER_H
#define RANK_MATCHER_H

#include "atom.h"
#include "filter.h"
#include "top.h"

/* Up to this many content words whole matches come first; in longer queries the score decides, of which coverage is a part. Measured:
 * always first costs 4 % on technical headings and gains nothing elsewhere; up to two words it costs nothing. */
enum { FEW_WORDS = 2 };

enum match_rule {
	MATCH_FULL,
	MATCH_SOME,
	MATCH_ANY, /* as MATCH_SOME, but the score alone decides the order */
};

struct match_counts {
	uint64_t matching;
	uint64_t full;
};

int match_segment(struct segment_reader *segment, uint32_t part, const struct query *query, const struct atoms *atoms,
		  const struct filter *filter, const struct bm25 *bm25, enum match_rule rule, struct arena *arena,
		  struct top *top, struct match_counts *counts, struct err *err);

#endif
