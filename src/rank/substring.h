/* substring - the query as text, however the words there are cut.
 *
 * Shape:  of a literal query, and of one whose words no section has all of, it finds all hits, in the order of path and line. Of
 *         a plain query with fewer whole matches than are asked for it finds the sections that hold it and are none: they count
 *         as whole matches, for where the text stands its words do. So do, where nothing has all words or the whole text, the
 *         sections that hold each piece between its blanks. They follow the others, but in long queries with few whole
 *         matches they are among them by score, as partial matches are (matcher.h).
 * Owner:  as search_job.h.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   that of literal.h; for a plain query only texts are looked at that are no whole matches and have all its grams; of a
 *         query with blanks only some, unless all hits are asked for, and for its pieces a thousand.
 */
#ifndef RANK_SUBSTRING_H
#define RANK_SUBSTRING_H

#include "literal.h"
#include "search_job.h"

/* The query as text: folded, or byte by byte. */
struct literal substring_literal(const struct search_job *job);

/* All hits: MODE_LITERAL. */
int substring_search(struct search_job *job);

/* Would sections that hold the query, and are no whole matches, be shown or counted beside so many that are (1, 0)? Those are in
 * job->matches, nothing else is. `raised`: they come before others, so they would, however many hits are asked for. If they might be
 * there and are not asked for, the total is not exact. */
int substring_wanted(struct search_job *job, uint64_t whole, bool raised);

/* Finds them, takes them out of what the filters allow, and adds them to job->substrings. What is in job->matches is none of
 * them. `raised`: in long queries they are among the others by score. */
int substring_find(struct search_job *job, bool raised);

/* Scores them by what words they have, into the top. */
int substring_rank(struct search_job *job);

#endif
