/* passage - what of a query stands in one piece in a section, as far as its pairs of characters tell.
 *
 * Shape:  a run of the query is PASSAGE_PAIRS or more pairs in a row, as typed without a break: four characters. A section that has
 *         all of its pairs has most often the run itself: of 4,961 that were found so in 170 long sections, for 815 headings, 79 of
 *         100 stood there, and of 85 four characters in one piece. So a passage is found without positions and without the text.
 * Use:    a long section is ranked by it: bm25.h.
 * Cost:   some steps a pair.
 */
#ifndef RANK_PASSAGE_H
#define RANK_PASSAGE_H

#include "query.h"

/* Sets inside[i] where gram i of the query stands in a passage of a section that has the grams with found[i] > 0 (NULL: all):
 * is there any? */
bool passage_find(const struct query *query, const double *found, bool *inside);

#endif
