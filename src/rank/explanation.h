/* explanation - for --explain: what a search made of its query, and how the scores of its hits come about.
 *
 * Shape:  the terms of the query with their weights, the rule that was taken and why; and steps for each hit that is shown
 *         (score_step.h). The walk that scores a section notes the steps of its words (match_walk.h); rescore.h notes those of the
 *         second look while it is taken.
 * Owner:  the arena of the query.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   only paid for --explain: the posting lists of every word are opened once more.
 */
#ifndef RANK_EXPLANATION_H
#define RANK_EXPLANATION_H

#include "hits.h"
#include "score_step.h"

struct explained_term {
	struct span text;
	uint64_t df;
	double idf;
	double weight; /* what its BM25 is multiplied by, idf aside */
	bool content;  /* is it a content word, not a function word? */
	bool needed;   /* must a whole match have it? Not a compound whose parts suffice */
	unsigned word; /* terms with equal numbers are parts of one word */
};

struct explanation {
	struct span understood; /* the query, as query_print() writes it */
	const struct explained_term *terms;
	size_t term_count;
	uint64_t whole;   /* whole matches: sections with every word, and those as text */
	uint64_t as_text; /* how many of these hold the query as text, but not every word */
	uint64_t enough;  /* with fewer whole matches than this, partial ones are considered */
	bool whole_first; /* do partial matches come after whole ones, whatever their scores? */
};

/* Fills answer->explanation, and the steps of the hits, which are those of the job's first candidates. */
int explanation_make(const struct search_job *job, struct answer *answer, struct hit *hits, struct err *err);

#endif
