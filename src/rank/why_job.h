/* why_job - the search behind searcher_why(), once it has run.
 *
 * Shape:  looks for the section among the hits that the job has put in order: those that are shown, or all. The answer is made
 *         of it here, with the one hit that was asked about or none.
 * Owner:  the arena of the query.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 */
#ifndef RANK_WHY_JOB_H
#define RANK_WHY_JOB_H

#include "why.h"

struct why_question {
	struct span path; /* absolute */
	uint32_t line;    /* 0: the best section */
};

int why_job_explain(struct search_job *job, const struct why_question *question, struct answer *answer, struct why *why,
		    struct err *err);

#endif
