/* sweep - which sections of a segment match a query: every posting list as a bit set, all sections at once (term at a time).
 *
 * Shape:  used for queries without wanted clauses; matcher.h answers the others, section by section. The sections with every content
 *         word are an intersection of bit sets (number_set.h), those with any a union. So matches are known and counted
 *         before any of them is scored (sweep_score.h).
 * Owner:  the arena of the query. Lists that are kept decoded belong to list_cache.h.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   of a list that is not kept decoded, 2 ns and 8 bytes a posting; a bit set for each list, and one or two for each word.
 */
#ifndef RANK_SWEEP_H
#define RANK_SWEEP_H

#include "matcher.h"

/* A posting list of an atom. */
struct sweep_list {
	const struct list_cursor *list; /* says what it is a list of; not walked */
	struct posting_array postings;
	const uint64_t *set;   /* its sections, those with a field that counts */
	const uint32_t *ranks; /* of the set: a section's index in `postings`; or NULL, then it is searched for */
	const double *scores;  /* of each posting, still without the atom's factor; NULL: not known yet */
	size_t atom;           /* index in atoms.items */
	double most;           /* upper bound: what the list adds to a section at most */
	double score;          /* for sweep_score(): what it adds to the section being scored */
};

struct sweep {
	uint64_t full;     /* how many sections have every content word */
	uint64_t matching; /* how many have any; 0 unless request->count */
	/* for sweep_score() */
	const struct match_request *request;
	uint32_t part;
	struct segment_reader *segment;
	struct err *err;
	struct sweep_list *lists; /* in the order of the atoms: scores are summed in it */
	size_t list_count;
	size_t words;            /* size of each bit set, in 64-bit words */
	const uint64_t **stands; /* by word of the query: the sections that have it */
	uint64_t *whole;         /* the sections with every content word that the filter allows */
	uint64_t *some;          /* those with any; NULL before sweep_find_some() */
};

/* Opens and decodes the lists of all atoms in one segment, and finds `whole`; with request->count also `some`. */
int sweep_open(struct sweep *sweep, const struct match_request *request, uint32_t part, struct err *err);

/* Finds `some`, unless that was done. */
int sweep_find_some(struct sweep *sweep);

/* Adds `whole`, or with `some` that, to a bit set. To be called before sweep_score(), which clears them. */
int sweep_add_matches(struct sweep *sweep, bool some, uint64_t *set);

/* Takes a section out of `some`, after the filter has ceased to allow it. Was it there? */
bool sweep_drop(struct sweep *sweep, uint32_t section);

#endif
