/* rescore - the second look at the best: pairs of adjacent characters, so that contiguous text wins.
 *
 * Shape:  adds PAIR_WEIGHT times the BM25 of the query's pairs to the best RESCORED of the top. Nothing is taken away, so the
 *         order against the rest holds; afterwards the top must be sorted again.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   of each pair the blocks of its list in which a candidate is.
 */
#ifndef RANK_RESCORE_H
#define RANK_RESCORE_H

#include "atom.h"
#include "top.h"

int rescore(struct top *top, const struct query *query, const struct parts *parts, const struct bm25 *bm25,
	    struct arena *arena, struct err *err);

#endif
