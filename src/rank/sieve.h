/* sieve - which sections may reach a score, by the lists that name them: asked for many sections at once.
 *
 * Shape:  the bound of some lists is the sum of what each adds at most, times what coverage leaves of it. The lists that must
 *         come together for a section to reach the score, as few as will do, are found once for all sections; then a step of
 *         sections (number_set.h) is sieved with an intersection for each of these groups. No section that can reach the score
 *         falls through; a few that cannot may stay.
 * Owner:  the arena of the query.
 * Cost:   setting a score some 1,000 instructions; a step 2 to 8 ns for each group and list in it. There are at most SIEVE_GROUPS
 *         groups, or as many as lists.
 * Source: MaxScore (Turtle and Flood, Query evaluation: strategies and optimizations, 1995) is the case of groups of one list,
 *         which is what remains where there would be too many.
 */
#ifndef RANK_SIEVE_H
#define RANK_SIEVE_H

#include "sweep.h"

enum { SIEVE_GROUPS = 256, SIEVE_DEPTH = 8 };

/* Lists of which a section has one at most: a word's two. The best first. The list of a word's alternatives excludes them as well,
 * but is an item of its own: as if it could come together with them, which only raises the bound. */
struct sieve_item {
	const struct sweep_list *lists[WORD_LISTS];
	unsigned count;
	double most;
	double idf;       /* of its word, if that is a content word */
	double rest_most; /* the sums of these over this and all later items */
	double rest_idf;
};

/* One list more than the step above that is of one depth less. */
struct sieve_step {
	const uint64_t *set;
	uint16_t depth;
	bool last;     /* the group is complete */
	uint16_t next; /* where to go on when no section is left here */
};

struct sieve {
	struct sieve_item *items; /* that which can add most first */
	size_t item_count;
	double content_idf;
	double score; /* to be reached */
	struct sieve_step *steps;
	size_t step_count;
	size_t step_room;
};

int sieve_init(struct sieve *sieve, const struct sweep *sweep, struct err *err);

/* Who cannot reach the score, which is above 0, falls through from now on. */
void sieve_set(struct sieve *sieve, double score);

/* Of the members of `from` in the step that begins with word `at`, those that may reach the score. */
void sieve_pass(const struct sieve *sieve, const uint64_t *from, size_t at, uint64_t out[NUMBER_SET_STEP]);

#endif
