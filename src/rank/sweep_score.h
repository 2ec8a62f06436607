/* sweep_score - the best of what a sweep found.
 *
 * Shape:  sets by their bounds, the highest first, as long as these reach into the top; of each set some dozens of sections
 *         together, list by list, as long as what a section has scored and what its other lists can score reach into it.
 *         Bounds are compared strictly: what is found is what would be found without.
 * Cost:   some 20 ns a section and list that is looked at.
 * Source: Turtle and Flood, Query evaluation: strategies and optimizations, 1995 (bounds of lists, strict comparison).
 */
#ifndef RANK_SWEEP_SCORE_H
#define RANK_SWEEP_SCORE_H

#include "sweep.h"

/* Adds the sections with every content word, and with `some` the others, to the top. */
int sweep_score(struct sweep *sweep, bool some, struct top *top);

#endif
