/* explanation - what a search made of its query, and how the scores of its hits come about: for --explain.
 *
 * Shape:  the query's terms with their weights, the rule that was taken and why; steps for each hit that is shown
 *         (score_step.h). The steps by words are noted by the walk that scores such sections (match_walk.h), those of the
 *         second look by rescore.h while it took it.
 * Owner:  the arena of the query.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   for those who ask: the lists of every word are opened once more.
 */
#ifndef RANK_EXPLANATION_H
#define RANK_EXPLANATION_H

#include "hits.h"
#include "score_step.h"

struct explained_term {
	struct span text;
	uint64_t df;
	double idf;
	double weight; /* beside idf */
	bool content;  /* no function word */
	bool needed;   /* a whole match has it; false too of a compound whose parts suffice */
	unsigned word; /* equal numbers are parts of one word */
};

struct explanation {
	struct span understood; /* the query, as query_print() writes it */
	const struct explained_term *terms;
	size_t term_count;
	uint64_t whole;   /* sections with every word, or as text: */
	uint64_t as_text; /* so many of them; */
	uint64_t enough;  /* and with fewer than so many, partial matches are considered */
	bool whole_first; /* these come after them whatever their score */
};

/* Fills answer->explanation, and the steps of the hits, which are those of the job's first candidates. */
int explanation_make(const struct search_job *job, struct answer *answer, struct hit *hits, struct err *err);

#endif
