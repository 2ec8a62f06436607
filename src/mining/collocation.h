/* collocation - adjacent words that stick together: what a user's dictionary might join.
 *
 * Shape:  the words of all text go through it twice. First they are counted, and each two that touch. Then every two to
 *         COLLOCATION_WORDS words in a row of which each two stick together are a candidate, counted with what stands
 *         before and after it. A candidate is
 *           cohesive  log2 of how many times more often it comes than its halves would meet by chance: pointwise mutual
 *                     information, the least over all ways to halve it;
 *           free      the entropy, in bits, of the words before or behind it, the lesser: 区块 is followed by 链 alone, 区块链
 *                     by anything;
 *         and its score is cohesive * free * log2(count), times SPLINTER if it has a word of one character, as ICU leaves
 *         them of words that it does not know. Function words are in no candidate.
 * Owner:  texts given out live in the miner.
 * Errors: ERR_MEMORY.
 * Cost:   memory is bounded: two tables of count_table.h and COLLOCATION_MAX candidates, 100 MB at most. 0.3 us a word.
 * Source: Church and Hanks, Word Association Norms, Mutual Information, and Lexicography, 1990; Huang and Powers, Chinese
 *         Word Segmentation Based on Contextual Entropy, 2003. The bounds were chosen by reading what comes of the manuals
 *         of TiDB and of OI Wiki.
 */
#ifndef MINING_COLLOCATION_H
#define MINING_COLLOCATION_H

#include "analyzer.h"
#include "arena.h"

enum {
	COLLOCATION_WORDS = 4,
	COLLOCATION_MAX = 1 << 18, /* candidates; later ones are not looked at: what comes often comes early */
};

struct collocation {
	struct span text;
	uint32_t count;
	double score;
};

struct collocation_miner;

struct collocation_miner *collocation_miner_new(struct err *err);
void collocation_miner_free(struct collocation_miner *miner);

/* The tokens of one text, in order. */
int collocation_add(struct collocation_miner *miner, const struct token *tokens, size_t count, struct err *err);

/* Between the first time and the second. */
void collocation_again(struct collocation_miner *miner);

/* After the second: the candidates that are good enough, best first, at most `limit`, in the arena. */
int collocation_rank(struct collocation_miner *miner, size_t limit, struct arena *arena, struct collocation **out,
		     size_t *count, struct err *err);

#endif
