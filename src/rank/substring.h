/* substring - the query as text: sections that hold it, however the words there were cut.
 *
 * Shape:  two uses.
 *         A literal query (-F), or one that no section has all words of: substring_search() finds all sections that hold it, in
 *         the order of path and line.
 *         A plain query with fewer whole matches than are asked for: substring_find() finds further sections that hold it. They
 *         count as whole matches, since where the text stands its words do. When no section has all words or the whole text,
 *         it looks for sections that hold each piece between the blanks of the query. These sections are ranked after the whole
 *         matches; or, in long queries with few whole matches, among the others by score, as partial matches are (matcher.h).
 * Owner:  as search_job.h.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   that of literal.h. A plain query reads only texts that have all its n-grams and are no whole match; and unless all hits
 *         are asked for, some dozen of them for a query with blanks and a thousand for its pieces.
 */
#ifndef RANK_SUBSTRING_H
#define RANK_SUBSTRING_H

#include "literal.h"
#include "search_job.h"

/* The literal of the query: folded, or with --no-fold byte by byte. */
struct literal substring_literal(const struct search_job *job);

/* Finds all sections that hold the query, and makes them the hits: MODE_LITERAL. */
int substring_search(struct search_job *job);

/* Is substring_find() worth it beside `whole` whole matches, which alone are in job->matches? 1 when further sections would be shown or
 * counted; 0 when not, and if there might be some, the total is marked inexact; -1. `raised`: they would come before partial matches,
 * so they are wanted however many hits are asked for. */
int substring_wanted(struct search_job *job, uint64_t whole, bool raised);

/* Finds those sections, among all that are not in job->matches, adds them to job->substrings, and takes them out of what the filters
 * allow. `raised`: in long queries they are ranked among the others by score. */
int substring_find(struct search_job *job, bool raised);

/* Scores job->substrings by the words they have, and offers them to the top. */
int substring_rank(struct search_job *job);

#endif
