/* han_lists - the sections that have all Han characters and pairs of a needle; and a proof that the needle itself is there.
 *
 * Shape:  an intersection of posting lists (LAYER_GRAMS): one for each pair of adjacent characters, and one for a character without
 *         a Han neighbour in the needle.
 *         The proof, for a needle of Han characters only, by inclusion and exclusion. In a needle ABC, every place of AB ends
 *         at a B and every place of BC begins at one. If the section has AB a times, BC c times and B b times, then at least
 *         a + c - b of its B are in both, and so in ABC. In general: the frequencies of all pairs, less those of all
 *         characters between two others. Where that is above 0 the needle is there, and nobody needs to read the text.
 * Owner:  the arena of the query.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   a look-up in the lexicon for each gram; a step as in posting.h; a proof reads one value of each list.
 */
#ifndef RANK_HAN_LISTS_H
#define RANK_HAN_LISTS_H

#include "gram.h"
#include "term.h"

/* Lists used at most: more exclude hardly anything, and each needs a cursor of 1.2 KB. */
enum { HAN_LISTS_MAX = 16 };

struct han_lists {
	struct segment_reader *segment;
	struct posting_cursor *lists[HAN_LISTS_MAX];
	unsigned count;
	struct posting_cursor *between[HAN_LISTS_MAX]; /* of the characters between two others: only for the proof */
	unsigned between_count;
	size_t bytes;    /* of all Han characters of the needle, in UTF-8 */
	bool incomplete; /* there were more than HAN_LISTS_MAX */
};

/* Adds a Han gram of the needle: 1, 0 when no section has it, -1. */
int han_lists_add(struct han_lists *lists, struct span needle, const struct gram *gram, struct arena *arena,
		  struct err *err);

/* The first section from `section` on that is in all lists (any section, when there are none): 1, 0 at the end, -1. */
int han_lists_next(struct han_lists *lists, uint32_t section, uint32_t *out, struct err *err);

/* Do the lists cover the whole needle, so that there can be a proof? */
static inline bool han_lists_are_all(const struct han_lists *lists, struct span needle)
{
	return lists->bytes == needle.n && !lists->incomplete;
}

/* Is there only one list? Then its sections are exactly those with the needle. */
static inline bool han_lists_are_one(const struct han_lists *lists)
{
	return lists->count + lists->between_count == 1;
}

/* Does the section that han_lists_next() gave last have the needle, which the lists cover? 1: proven, 0: perhaps, -1. */
int han_lists_prove(struct han_lists *lists, uint32_t section, struct err *err);

#endif
