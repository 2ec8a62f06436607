/* sweep_score - the best of what a sweep found.
 *
 * Shape:  some sections of the lists that can add most are scored first, so that there is a score to reach; then all that the
 *         sieve (sieve.h) leaves, in the order of their numbers, with the score that is to be reached by then. Bounds are compared
 *         strictly: what is found is what would be found without.
 * Cost:   some 50 ns a section that is scored.
 */
#ifndef RANK_SWEEP_SCORE_H
#define RANK_SWEEP_SCORE_H

#include "sweep.h"

/* Adds the sections with every content word, and with `some` the others, to the top. */
int sweep_score(struct sweep *sweep, bool some, struct top *top);

#endif
