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

/* The words of a list that begin with token `start`, a TOKEN_WORD, and end where a word ends: the shortest first. */
struct join_match {
	size_t start;
	size_t last;     /* the last of its words, */
	size_t end;      /* and the next word's token, or their count */
	uint32_t number; /* the list's */
};

static inline struct join_match join_match_at(size_t start)
{
	return (struct join_match){.start = start, .last = start, .end = start};
}

bool join_next(const struct user_words *words, const struct token *tokens, size_t count, struct join_match *match);

/* Of the tokens from number `first` on; `spare` is working space. */
void join_tokens(const struct user_words *words, struct buf *tokens, size_t first, struct buf *spare);

#endif
