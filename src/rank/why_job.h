/* why_job - the search behind searcher_why(), once it has run.
 *
 * Shape:  the job has kept every hit, in order; the answer is made of it here, with the one hit that was asked about or none.
 * Owner:  the arena of the query.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 */
#ifndef RANK_WHY_JOB_H
#define RANK_WHY_JOB_H

#include "why.h"

struct why_question {
	struct span path; /* absolute */
	uint32_t line;    /* 0: the best section */
	uint64_t limit;   /* hits that are shown; 0: all */
};

int why_job_explain(struct search_job *job, const struct why_question *question, struct answer *answer, struct why *why,
		    struct err *err);

#endif
