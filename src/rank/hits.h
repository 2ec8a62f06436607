/* hits - turns candidates (section numbers with scores) into hits: path, headings, text, id, and whether the file has changed.
 *
 * Shape:  one hit for each candidate.
 * Owner:  the arena of the query; paths are the searcher's.
 * Errors: ERR_DAMAGED, ERR_MEMORY. A source file that is gone or unreadable is no error: the hit is stale.
 * Cost:   reading each text from the store, and a look at each file (origin.h): once an answer, in a batch once a second.
 */
#ifndef RANK_HITS_H
#define RANK_HITS_H

#include "answer.h"
#include "search_job.h"

struct hit_maker {
	const struct search_job *job;
	struct buf scratch;
	bool failed; /* `scratch` has failed at some time */
	int64_t now;
	int64_t since; /* what was found out about a file before that is too old */
};

void hit_maker_init(struct hit_maker *maker, const struct search_job *job);
void hit_maker_release(struct hit_maker *maker);

/* Fills `out` from the candidate; rank and text are left to the caller. */
int hit_make(struct hit_maker *maker, const struct candidate *candidate, struct hit *out);

/* Adds the section's text; to a section without text, the headings right below it. */
int hit_add_text(struct hit_maker *maker, const struct candidate *candidate, struct hit *out);

/* A hit, and where its section is. */
struct hit_place {
	uint32_t part;
	uint32_t section;
	size_t hit;
};

/* The hits of these candidates in the order of the store: filled in this order, no record is decoded and no frame decompressed twice.
 * NULL without memory. */
struct hit_place *hit_places(const struct candidate *candidates, size_t count, struct arena *arena);

#endif
