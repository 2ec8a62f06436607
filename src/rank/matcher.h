/* matcher - finds and scores the sections that match, one after the other (document at a time), and keeps the best.
 *
 * Shape:  MATCH_FULL visits the sections that have every content word and wanted clause; MATCH_SOME and MATCH_ANY those that have any.
 *         A word inside a clause (a phrase, say) counts only as a part of that, unless clauses are all that is asked for and
 *         no section has them. This is how queries with clauses are answered, and the reference for all others: what sweep.h
 *         finds for queries without is what would be found here.
 * Owner:  cursors live in the arena of the query.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   a step in the list of each word, and a score, for each section that is visited; nothing is pruned.
 */
#ifndef RANK_MATCHER_H
#define RANK_MATCHER_H

#include "filter.h"
#include "number_set.h"
#include "top.h"
#include "word_cursor.h"

/* In queries of up to this many content words, sections with all of them come before others. In longer queries the score alone
 * decides; coverage is a part of it. Measured: always first costs 6 % on technical headings and gains little elsewhere; up to two words it
 * costs nothing. */
enum { FEW_WORDS = 2 };

enum match_rule {
	MATCH_FULL, /* sections with every content word (whole matches) */
	MATCH_SOME, /* with any, after MATCH_FULL has found the whole matches */
	MATCH_ANY,  /* as MATCH_SOME, but the score alone decides the order */
};

/* Do whole matches come before partial ones, whatever their scores? */
static inline bool match_whole_first(enum match_rule rule, const struct atoms *atoms)
{
	return rule != MATCH_ANY && atoms->content_count <= FEW_WORDS;
}

/* What is asked of every segment alike. A part is a segment, numbered across all indexes that are searched together. */
struct match_request {
	const struct query *query;
	const struct atoms *atoms;
	const struct parts *parts;
	const struct filter *filters; /* one for each part */
	const struct bm25 *bm25;
	enum match_rule rule;
	bool count;               /* must a sweep count the matches? The walk of this header always does */
	uint64_t *const *matches; /* a bit set for each part, to which this walk adds what matches */
	struct arena *arena;
};

struct match_counts {
	uint64_t matching; /* sections that match by the rule */
	uint64_t full;     /* whole matches */
};

/* Adds the matches of one part to the top and the counts. Only MATCH_FULL changes counts->full. */
int match_segment(const struct match_request *request, uint32_t part, struct top *top, struct match_counts *counts,
		  struct err *err);

#endif
