/* rescore - the second look at the best sections: by single characters and pairs of characters, beside words.
 *
 * Shape:  re-ranks the best RESCORED candidates of the first pass, which was by words only. To each it adds the score of the query's
 *         Han unigrams and bigrams (bm25.h), and in long sections that of passages (passage.h). The top must be sorted again
 *         afterwards. Scores only rise, so no candidate falls behind those that were not looked at.
 *         Grams with the highest weight are added first, and a candidate that cannot be among the first `shown` any more,
 *         whatever the grams left would add, is dropped. The first `shown` are what they would be without that.
 * Owner:  works in the arena of the query, which is as before when it ends.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   for each gram a look-up in the lexicon, and decoding the blocks of its list that have a candidate. The frequent grams, which
 *         have the longest lists and the lowest weights, come last, when most candidates are dropped.
 */
#ifndef RANK_RESCORE_H
#define RANK_RESCORE_H

#include "score_step.h"
#include "top.h"

/* What was added to a candidate, for --explain. */
struct rescored {
	uint32_t part;
	uint32_t section;
	struct score_step step;
};

/* `shown`: how many candidates are needed in their exact order; 0: all. `log`: gets a struct rescored for each addition; or NULL. */
int rescore(struct top *top, size_t shown, const struct query *query, const struct parts *parts,
	    const struct bm25 *bm25, struct buf *log, struct arena *arena, struct err *err);

#endif
