/* sieve - which sections could reach a score, judged by which lists they are in: for many sections at once.
 *
 * Shape:  the bound of a section is the sum of what its lists can add at most, times what coverage leaves of it. Setting a score finds
 *         the smallest groups of lists that could reach it together. A section passes when it is in all lists of some group:
 *         with bit sets (number_set.h) that is an intersection for each group, done for a whole step of sections. Every section
 *         that can reach the score passes; a few that cannot may pass, too.
 * Owner:  the arena of the query.
 * Errors: ERR_MEMORY.
 * Cost:   setting a score takes some 1,000 instructions; a step of sections 2 to 8 ns for each list of each group. There are at most
 *         SIEVE_GROUPS groups, or as many as lists.
 * Source: a generalisation of MaxScore (Turtle and Flood, Query evaluation: strategies and optimizations, 1995), which is the case of
 *         groups of one list. Where there would be too many groups, that is what remains.
 */
#ifndef RANK_SIEVE_H
#define RANK_SIEVE_H

#include "sweep.h"

enum {
	SIEVE_GROUPS = 256, /* more cost more than they keep out */
	SIEVE_DEPTH = 8,    /* lists in a group at most; fewer when there would be too many groups */
};

/* Lists of which a section is in one at most, such as the two of a word (word_list.h); that with the higher bound first. A word's
 * synonyms are an item of their own, though they exclude its lists as well: that only raises the bound. */
struct sieve_item {
	const struct sweep_list *lists[WORD_LISTS];
	unsigned count;
	double most;      /* the bound of the first list */
	double idf;       /* of its word; 0 for a function word */
	double rest_most; /* sum of `most` over this item and all after it */
	double rest_idf;  /* sum of `idf` over the same */
};

/* A node of the tree of groups, written in preorder: a group is a path from the root. Its sections are those of the node above it
 * (depth less 1) that are also in `set`. */
struct sieve_step {
	const uint64_t *set;
	uint16_t depth;
	bool last;     /* a leaf: the group is complete */
	uint16_t next; /* the node after its subtree: where to go on when no section is left */
};

struct sieve {
	struct sieve_item *items; /* the highest bound first */
	size_t item_count;
	double content_idf;
	double score; /* the one to be reached */
	struct sieve_step *steps;
	size_t step_count;
	size_t step_room;
};

/* Makes the items of the lists of a sweep. A score must be set before sieve_pass(). */
int sieve_init(struct sieve *sieve, const struct sweep *sweep, struct err *err);

/* Sets the score, which is above 0, that sections must be able to reach from now on. */
void sieve_set(struct sieve *sieve, double score);

/* Sets `out` to the members of `from` that could reach the score, in the step that begins with word `at` of the bit set. */
void sieve_pass(const struct sieve *sieve, const uint64_t *from, size_t at, uint64_t out[NUMBER_SET_STEP]);

#endif
