/* passage - guesses which part of a query stands in one piece in a section, from its pairs of characters alone.
 *
 * Shape:  a passage is a run of PASSAGE_PAIRS or more adjacent pairs of the query (four characters), typed without a break, all of
 *         which the section has. The index has no positions, so the pairs might be in different places; but measured over 815
 *         headings and 170 long sections, of 4,961 passages 79 % did stand there as a whole, and in 85 % at least four of
 *         their characters in a row.
 * Use:    long sections are ranked by their passages (bm25.h).
 * Cost:   some steps for each pair.
 */
#ifndef RANK_PASSAGE_H
#define RANK_PASSAGE_H

#include "query.h"

/* Sets inside[i] for each gram i of the query: is it in a passage? The section has the grams with found[i] > 0; NULL: it has all.
 * Returns whether any is. */
bool passage_find(const struct query *query, const double *found, bool *inside);

#endif
