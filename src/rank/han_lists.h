/* han_lists - the sections that name all Han characters and pairs of a needle, and whether the needle stands there.
 *
 * Shape:  of each two adjacent characters the list of the pair, of a character without neighbours its own: their intersection. Of a
 *         needle of nothing but Han, frequencies often say more: every character between two others begins as many pairs with the
 *         one behind it, and ends as many with the one before, as the lists of pairs say. Where these are more together than
 *         there are such characters, one stands in both. So the needle stands at least as often as the sum of its pairs less
 *         the sum of the characters between them: where that is above 0, nobody needs to look at the text.
 * Owner:  the arena of the query.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   a look-up in the lexicon a gram; a step as in posting.h; a proof reads a value of each list.
 * Source: the inclusion-exclusion principle, of two sets.
 */
#ifndef RANK_HAN_LISTS_H
#define RANK_HAN_LISTS_H

#include "gram.h"
#include "term.h"

/* More lists than this exclude hardly anything more, and each costs its decoder. */
enum { HAN_LISTS_MAX = 16 };

struct han_lists {
	struct segment_reader *segment;
	struct posting_cursor *lists[HAN_LISTS_MAX];
	unsigned count;
	struct posting_cursor *between[HAN_LISTS_MAX]; /* of the characters between two others: pairs imply them */
	unsigned between_count;
	size_t bytes;    /* of the Han characters of the needle */
	bool incomplete; /* some have no lists here: there was no room */
};

/* Adds a Han gram of the needle: 1, or 0 when it is nowhere. */
int han_lists_add(struct han_lists *lists, struct span needle, const struct gram *gram, struct arena *arena,
		  struct err *err);

/* The next section, not before `section`, that all lists name (any, when there are none): 1, 0 at the end. */
int han_lists_next(struct han_lists *lists, uint32_t section, uint32_t *out, struct err *err);

/* Do the lists speak of the whole needle? */
static inline bool han_lists_are_all(const struct han_lists *lists, struct span needle)
{
	return lists->bytes == needle.n && !lists->incomplete;
}

/* Is a single list all there is to know? Then its sections are those of the needle. */
static inline bool han_lists_are_one(const struct han_lists *lists)
{
	return lists->count + lists->between_count == 1;
}

/* Does the section, which han_lists_next() gave last, have the needle, of which this is all? 1 for certain, 0 perhaps. */
int han_lists_prove(struct han_lists *lists, uint32_t section, struct err *err);

#endif
