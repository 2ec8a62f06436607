/* describe - the answer: what the search found and what it understood, in the words of answer.h.
 *
 * Shape:  terms, needles for the snippets, dropped words, and the hits that were asked for.
 * Owner:  everything goes to the arena of the query.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 */
#ifndef RANK_DESCRIBE_H
#define RANK_DESCRIBE_H

#include "answer.h"
#include "search_job.h"

/* `answer` holds the indexes already. */
int describe(const struct search_job *job, struct answer *answer);

#endif
