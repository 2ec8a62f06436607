/* hits - candidates become what a person sees: paths, headings, text, identity, freshness.
 *
 * Shape:  one hit a candidate.
 * Owner:  everything goes to the arena of the query, but paths, which are the searcher's.
 * Errors: ERR_DAMAGED, ERR_MEMORY. A source file that is gone or unreadable is no error: the hit is stale.
 * Cost:   a text is read from the store; each file of an answer is looked at once, in a
 *         batch once a second (origin.h).
 */
#ifndef RANK_HITS_H
#define RANK_HITS_H

#include "answer.h"
#include "search_job.h"

struct hit_maker {
	const struct search_job *job;
	struct buf scratch;
	bool failed; /* the scratch buffer did, before it was used again */
	int64_t now;
	int64_t since; /* what was known of a file before that is too old */
};

void hit_maker_init(struct hit_maker *maker, const struct search_job *job);
void hit_maker_release(struct hit_maker *maker);

/* Fills `out` from the candidate; rank and text are left to the caller. */
int hit_make(struct hit_maker *maker, const struct candidate *candidate, struct hit *out);

/* The section's text, and of one that has none the headings below it. */
int hit_add_text(struct hit_maker *maker, const struct candidate *candidate, struct hit *out);

/* Where the section of a hit is. */
struct hit_place {
	uint32_t part;
	uint32_t section;
	size_t hit;
};

/* The hits of these candidates in the order of the store, so that each of its records is read and each of its frames opened once;
 * NULL without memory. */
struct hit_place *hit_places(const struct candidate *candidates, size_t count, struct arena *arena);

#endif
