/* top - the best candidates so far: a bounded heap in the order of the ranking.
 *
 * Shape:  a binary heap whose root is the worst candidate that is kept. The order: lower tier, then higher score, then lower part,
 *         then lower section. Sections are numbered by path and line, so that is how ties are broken.
 * Owner:  the struct owns the array; top_release() frees it.
 * Errors: sticky in the buffer (buf.h).
 * Cost:   one comparison for a candidate that does not enter.
 */
#ifndef RANK_TOP_H
#define RANK_TOP_H

#include "buf.h"

/* What comes before what whatever the score: whole matches before partial ones, and within these sections with text before bare ones,
 * which are headings without text and tables of contents. */
enum tier {
	TIER_FULL,
	TIER_FULL_BARE,
	TIER_SUBSTRING, /* holds the query as text, but not all its words */
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
	uint32_t part; /* the segment, numbered across all indexes */
	enum tier tier;
	bool full;      /* has every content word and wanted clause, or holds the query as text */
	bool substring; /* holds the query as text */
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

/* The worst candidate that is kept, which the next one must be before to enter; NULL while there is room for any. */
static inline const struct candidate *top_worst(const struct top *top)
{
	if (top->limit == 0 || BUF_COUNT(&top->heap, struct candidate) < top->limit)
		return NULL;
	return &BUF_AT(&top->heap, struct candidate, 0);
}

/* Offers a candidate: it enters if there is room, or if it is before the worst one, which then leaves. */
void top_add(struct top *top, const struct candidate *candidate);

/* Ends the heap: its array then begins with the best `count` candidates (0: all), best first, and the others follow in any order. */
void top_sort(struct top *top, size_t count);

void top_release(struct top *top);

#endif
