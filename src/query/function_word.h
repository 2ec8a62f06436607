/* function_word - words that say how, not what: 的 了 是 什么 如何 the of.
 *
 * Shape:  a sorted table of folded words.
 * Use:    a query's function words need not be in a section that "has every word", and weigh less in the score; they
 *         are never dropped, and never treated apart in documents.
 * Source: our own list, from the closed classes of Chinese grammar (particles, pronouns, question words, prepositions,
 *         auxiliaries) and the commonest English ones.
 */
#ifndef QUERY_FUNCTION_WORD_H
#define QUERY_FUNCTION_WORD_H

#include "span.h"

bool is_function_word(struct span folded);

#endif
