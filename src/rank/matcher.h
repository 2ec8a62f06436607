/* matcher - the walk over one segment's sections that match, each of them scored, into the top.
 *
 * Shape:  document at a time. MATCH_FULL visits the sections that have every content word and clause, MATCH_SOME and MATCH_ANY
 *         those that have any content word or clause (words inside a clause count only as that, unless nothing else is
 *         asked for and the clause is nowhere). It is how queries with clauses are answered, and the model of how all are:
 *         what sweep.h finds for those without is what would be found here.
 * Owner:  cursors live in the arena of the query.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 */
#ifndef RANK_MATCHER_H
#define RANK_MATCHER_H

#include "filter.h"
#include "number_set.h"
#include "top.h"
#include "word_cursor.h"

/* Up to this many content words whole matches come first; in longer queries the score decides, of which coverage is a part.
 * Measured: always first costs 6 % on technical headings and gains little elsewhere; up to two words it costs nothing. */
enum { FEW_WORDS = 2 };

enum match_rule {
	MATCH_FULL,
	MATCH_SOME,
	MATCH_ANY, /* as MATCH_SOME, but the score alone decides the order */
};

/* Do whole matches come before others, whatever their scores? */
static inline bool match_whole_first(enum match_rule rule, const struct atoms *atoms)
{
	return rule != MATCH_ANY && atoms->content_count <= FEW_WORDS;
}

/* What is asked of every segment in the same words. */
struct match_request {
	const struct query *query;
	const struct atoms *atoms;
	const struct parts *parts;
	const struct filter *filters; /* one a part */
	const struct bm25 *bm25;
	enum match_rule rule;
	bool count;               /* how many match is asked for: walks count them anyway */
	uint64_t *const *matches; /* number_set.h, one a part: walks add what matches */
	struct arena *arena;
};

struct match_counts {
	uint64_t matching;
	uint64_t full;
};

/* Adds the matches of one part. With MATCH_SOME and MATCH_ANY counts->full stays. */
int match_segment(const struct match_request *request, uint32_t part, struct top *top, struct match_counts *counts,
		  struct err *err);

#endif
