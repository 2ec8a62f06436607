/* sweep_score - scores what a sweep found, and keeps the best.
 *
 * Shape:  top-k with upper bounds. First some sections of the lists that can add most are scored, so that there is a score to beat.
 *         Then all sections go by in the order of their numbers; only those that the sieve (sieve.h) lets through, because
 *         their lists together could beat the lowest score kept so far, are scored. Only strictly lower bounds are passed
 *         over, so the result is exactly that of scoring every section, ties included.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   some 50 ns for a section that is scored.
 */
#ifndef RANK_SWEEP_SCORE_H
#define RANK_SWEEP_SCORE_H

#include "sweep.h"

/* Offers the sections with every content word to the top, and with `some` those with any word, too. Uses up the sets of the sweep. */
int sweep_score(struct sweep *sweep, bool some, struct top *top);

#endif
