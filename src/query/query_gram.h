/* query_gram - the Han characters of a query and the pairs of adjacent ones, as they are typed.
 *
 * Shape:  each text of the query adds its own, in order; when all words are known, each is told whether it is of function words
 *         only. What does not fit in QUERY_GRAMS is left out.
 * Cost:   each is compared with all before it, and with each word: 128 and 64 at most.
 */
#ifndef QUERY_QUERY_GRAM_H
#define QUERY_QUERY_GRAM_H

#include "query.h"

/* Those of a folded text, which the query keeps pointing to. */
void query_gram_add(struct query *query, struct span folded);

/* Which stand in function words, and in no other word. */
void query_gram_rate(struct query *query);

#endif
