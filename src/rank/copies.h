/* copies - sections with the same text become one hit, which knows the other places.
 *
 * Shape:  of the candidates, in their order, the first of each text stays, and the others are taken out; what stays has the list of
 *         all sections with its text that match too, also of those that are no candidates. With the same text below another
 *         heading, or in a file of another name, a section may be no match.
 *         Only within one segment: two indexes that are searched together may have the same text twice.
 * Owner:  lists are the arena's.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   nothing where no section has copies (copy_table.h); else a look-up a candidate that is shown, and two for each copy.
 */
#ifndef RANK_COPIES_H
#define RANK_COPIES_H

#include "search_job.h"

/* Keeps the best `limit` (0: all) of the job's candidates that have different texts, as far as these are in order, and no others;
 * job->copies are their lists. 1: there are fewer, and more candidates. */
int copies_merge(struct search_job *job, size_t limit);

/* How many different texts the job's matches have so far; counts up to `most`. */
int copies_count(struct search_job *job, uint64_t most, uint64_t *out);

#endif
