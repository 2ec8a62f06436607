/* top - the best candidates so far, in the order of the ranking.
 *
 * Shape:  a heap whose root is the worst kept. Better is: lower tier, higher score, lower part, lower section; since a section's
 *         number follows path and line, ties end there.
 * Owner:  the array is the struct's; top_release() frees it.
 * Errors: sticky in the buffer.
 * Cost:   one comparison for a candidate that does not enter.
 */
#ifndef RANK_TOP_H
#define RANK_TOP_H

#include "buf.h"

/* What comes before what whatever the score: whole matches before parts, sections with text before bare headings and tables of
 * contents. */
enum tier {
	TIER_FULL,
	TIER_FULL_BARE,
	TIER_SUBSTRING, /* the query as text, but not as words */
	TIER_SUBSTRING_BARE,
	TIER_PARTIAL,
	TIER_PARTIAL_BARE,
};

static inline bool tier_is_bare(enum tier tier)
{
	return tier % 2;
}

struct candidate {
	double score;
	uint64_t matched; /* a bit for each word of the query */
	uint32_t section;
	uint32_t part; /* segment, counted over all indexes */
	enum tier tier;
	bool full;      /* every content word and clause, or: */
	bool substring; /* the query as text */
};

/* Is a before b? */
static inline bool candidate_before(const struct candidate *a, const struct candidate *b)
{
	if (a->tier != b->tier)
		return a->tier < b->tier;
	if (a->score != b->score)
		return a->score > b->score;
	return a->part != b->part ? a->part < b->part : a->section < b->section;
}

struct top {
	struct buf heap; /* array of struct candidate */
	size_t limit;    /* 0: keep all */
};

/* The candidate that the next one must be before to be kept; NULL while any is. */
static inline const struct candidate *top_worst(const struct top *top)
{
	if (top->limit == 0 || BUF_COUNT(&top->heap, struct candidate) < top->limit)
		return NULL;
	return &BUF_AT(&top->heap, struct candidate, 0);
}

void top_add(struct top *top, const struct candidate *candidate);

/* Puts the best `count` (0: all) of the kept ones in order, best first, before the others; the heap is an array then. */
void top_sort(struct top *top, size_t count);

void top_release(struct top *top);

#endif
