/* hits - candidates become what a person sees: paths, headings, text, identity, freshness.
 *
 * Shape:  one hit a candidate.
 * Owner:  everything goes to the arena of the query.
 * Errors: ERR_DAMAGED, ERR_MEMORY. A source file that is gone or unreadable is no error: the hit is stale.
 * Cost:   a hit reads its section's text from the store and looks at its file once (fstatat); only when the time differs but
 *         not the size is the file read and its hash compared.
 */
#ifndef RANK_HITS_H
#define RANK_HITS_H

#include "answer.h"
#include "search_job.h"

struct hit_maker {
	const struct search_job *job;
	struct buf scratch;
	bool failed; /* the scratch buffer did, before it was used again */
};

/* Fills `out` from the candidate; rank is left to the caller. */
int hit_make(struct hit_maker *maker, const struct candidate *candidate, struct hit *out);

#endif
