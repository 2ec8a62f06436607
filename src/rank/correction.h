/* correction - what may have been meant by a query that finds nothing whole: "did you mean".
 *
 * Shape:  words that no section has, of Latin letters, by one edit (edit.h); in runs of Han characters those that are no known
 *         word and whose neighbours they have nowhere, by pronunciation (homophone.h). A changed character must become
 *         part of a known word, or the whole run must stand somewhere. What is suggested is the whole query, and finds
 *         sections with every word of it, or as it stands.
 *         Known words are never changed, nor what a '-' leaves out, nor what stands beside a ':'.
 * Owner:  texts go to the arena of the query.
 * Errors: ERR_DAMAGED, ERR_MEMORY, what the analyzer meets.
 * Cost:   nothing for a query with whole matches. Else up to CORRECTION_TRIALS searches, and what homophone.h and edit.h take.
 */
#ifndef RANK_CORRECTION_H
#define RANK_CORRECTION_H

#include "search_job.h"

enum { SUGGESTIONS = 3, CORRECTION_TRIALS = 8 };

/* Fills the suggestions of the answer; the job was run. */
int correction_find(const struct search_job *job, struct answer *answer);

#endif
