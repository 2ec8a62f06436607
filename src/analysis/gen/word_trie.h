/* word_trie - ICU's Chinese and Japanese dictionary as a trie of plain nodes.
 *
 * Shape:  a node for each beginning of a word, children in a list. Words with characters that are not `plain` are left
 *         out, as no text comes to them.
 * Errors: dies where cjdict has another form than a UCharsTrie, ends within a word, or holds longer words or larger costs
 *         than our tables.
 * Source: unicode/ucharstrie.h (comments on the form), dictionarydata.h of ICU (the head).
 */
#ifndef ANALYSIS_GEN_WORD_TRIE_H
#define ANALYSIS_GEN_WORD_TRIE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NONE = 0 };

struct trie_node {
	uint32_t child; /* the first */
	uint32_t next;  /* of the same parent */
	uint32_t count; /* of children */
	int32_t cost;   /* or -1 */
	uint16_t unit;
	uint16_t id;
	double weight; /* of all words below */
};

struct trie {
	const uint16_t *p; /* of ICU */
	size_t n;
	struct trie_node *nodes; /* number 0 is none, 1 the root */
	uint32_t count;
	const bool *plain; /* words with other characters are left out: no text comes to them */
	size_t words;
};

void read_dictionary(struct trie *t, const bool *plain);

/* Beginnings of words that were left out lead nowhere: false when even the root does. */
bool prune(struct trie *t, uint32_t node);

/* Sums the weights of all words below `node`, and adds to of_unit[] what each character takes part in. Costs are logarithms
 * of frequencies: 255 stands for the rarest word. This scale is a guess, good enough to bring together what is used
 * together. */
double weigh(struct trie *t, uint32_t node, double *of_unit);

#endif
