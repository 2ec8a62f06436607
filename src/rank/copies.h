/* copies - merges sections with the same text into one hit, which knows the other places.
 *
 * Shape:  in the order of the candidates, the first of each text stays and the others are taken out. The one that stays gets a list of
 *         all other sections with its text that match the query, whether they were candidates or not. (With the same text, a
 *         section below another heading, or in a file of another name, may be no match.)
 *         Only within a segment: two indexes that are searched together may still give the same text twice.
 * Owner:  lists are the arena's.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   nothing where no section has copies (copy_table.h); else a look-up for each candidate that is shown, and two for each copy.
 */
#ifndef RANK_COPIES_H
#define RANK_COPIES_H

#include "search_job.h"

/* Reduces the job's candidates to the best `limit` (0: all) with different texts, among those that are in order; job->copies are their
 * lists. 1: these are fewer than `limit`, though there are more candidates, so that a wider search would find more; 0 else; -1. */
int copies_merge(struct search_job *job, size_t limit);

/* Counts the different texts of the job's matches so far; stops at `most`. */
int copies_count(struct search_job *job, uint64_t most, uint64_t *out);

#endif
