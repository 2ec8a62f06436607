/* join - user words put together again out of the words that the text was cut into.
 *
 * Shape:  from left to right, where a word begins: the longest user word that ends where a word ends, if it is of two or
 *         more, becomes one TOKEN_WORD; what it is made of stands behind it as TOKEN_PARTs, and so does every other user
 *         word that begins in it: one that is a part of it, and one that reaches beyond its end. So whatever word of the
 *         dictionary stands in a text at the borders of its words is a term there. Nothing is cut: 扩大|模型 holds no 大模型.
 * Owner:  as analyzer.h; texts of joined tokens are of the same folded text.
 * Errors: sticky in the buffers.
 * Cost:   two passes over the tokens where there is anything to join, else one that looks into the filter of user_words.h.
 */
#ifndef ANALYSIS_JOIN_H
#define ANALYSIS_JOIN_H

#include "analyzer.h"

/* Of the tokens from number `first` on; `spare` is working space. */
void join_tokens(const struct user_words *words, struct buf *tokens, size_t first, struct buf *spare);

#endif
