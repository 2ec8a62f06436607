/* double_array - the words of a trie in the form of dictionary.h.
 *
 * Shape:  number_characters() gives the numbers, place_all() the array.
 * Errors: dies when something does not fit.
 * Cost:   1.4 s: first fit, the nodes with most children first, over a list of the free slots.
 * Source: J. Aoe, An Efficient Digital Search Algorithm by Using a Double-Array Structure, IEEE TSE 15 (1989).
 */
#ifndef ANALYSIS_GEN_DOUBLE_ARRAY_H
#define ANALYSIS_GEN_DOUBLE_ARRAY_H

#include "word_trie.h"

struct numbers {
	uint16_t of[0x10000];
	unsigned count;
};

struct slots {
	uint16_t *labels;
	uint32_t *nodes;
	uint32_t *next; /* free slot behind this one; in number 0 the first */
	uint32_t *previous;
	bool *is_base;
	bool *taken;
	uint32_t from; /* where nodes with several children are tried first */
	uint32_t last_base;
	uint32_t *first;
};

/* The most frequent first. */
void number_characters(struct numbers *numbers, struct trie *t);

void place_all(struct slots *s, const struct trie *t, const struct numbers *numbers);

#endif
