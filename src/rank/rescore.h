/* rescore - the second look at the best: the characters of the query and their pairs.
 *
 * Shape:  adds the grams of bm25.h, and of long sections what their passages count besides, to the best RESCORED of the top;
 *         afterwards the top must be sorted again. Nothing is taken away, so the order against the rest holds. Rare grams come
 *         first, and who cannot be shown any more, whatever the grams that are left and a passage bring, is looked at no more:
 *         the first `shown` (0: all) are as if everybody had been.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   a look-up in the lexicon a gram, and of its list the blocks in which somebody is who is still looked at. Frequent
 *         grams have the longest lists and say the least: most candidates are out before these are opened.
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
int rescore(struct top *top, size_t shown, const struct query *query, const struct parts *parts,
	    const struct bm25 *bm25, struct buf *log, struct arena *arena, struct err *err);

#endif
