/* rescore - the second look at the best: pairs of adjacent characters, so that contiguous text wins.
 *
 * Shape:  adds PAIR_WEIGHT times the BM25 of the query's pairs to the best RESCORED of the top. Nothing is taken away, so the
 *         order against the rest holds; afterwards the top must be sorted again.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   of each pair the blocks of its list in which a candidate is.
 */
#ifndef RANK_RESCORE_H
#define RANK_RESCORE_H

#include "score_step.h"
#include "top.h"

/* What was added to a candidate, for those who ask. */
struct rescored {
	uint32_t part;
	uint32_t section;
	struct score_step step;
};

/* `log`: where each addition is noted, an array of struct rescored; NULL: nobody asks. */
int rescore(struct top *top, const struct query *query, const struct parts *parts, const struct bm25 *bm25,
	    struct buf *log, struct arena *arena, struct err *err);

#endif
