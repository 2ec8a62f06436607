/* prices - an index with more sections than are looked at a second time, for as long as a group of tests runs.
 *
 * Shape:  the notes of scratch_fill(), and notes/价目.md: PRICES sections of three lines each, all with 租金, every other one with
 *         价格, two of three with 房东 and 季度.
 * Owner:  prices_make() and prices_release() are set-up and tear-down of a group.
 */
#ifndef TEST_PRICES_H
#define TEST_PRICES_H

#include "scratch.h"
#include "searcher.h"

enum { PRICES = 60 };

extern struct scratch prices;
extern struct searcher *prices_searcher;

int prices_make(void **state);
int prices_release(void **state);

#endif
