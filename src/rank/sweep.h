/* sweep - who is where in one segment: every list of a query as a set of sections. For queries without clauses that are wanted.
 *
 * Shape:  sets are bits (number_set.h): whole matches are an intersection, partial ones a union, and both are counted before
 *         anything is scored (sweep_score.h).
 * Owner:  the arena of the query, but for lists that are kept decoded (list_cache.h).
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   of a list that is not kept 2 ns a posting and 8 bytes; a bit a section for each list, and some more.
 */
#ifndef RANK_SWEEP_H
#define RANK_SWEEP_H

#include "matcher.h"

struct sweep_list {
	const struct list_cursor *list; /* never moved: what it is a list of */
	struct posting_array postings;
	const uint64_t *set;   /* its sections */
	const uint32_t *ranks; /* of the set, when it is of all postings; or NULL */
	const double *scores;  /* of the postings, but for the factor; or NULL */
	size_t atom;
	double most;  /* no section scores more in it */
	double score; /* for sweep_score(): of the section at hand */
};

struct sweep {
	uint64_t full;     /* sections with every content word, */
	uint64_t matching; /* and with any; 0 when nobody asks */
	/* for sweep_score() */
	const struct match_request *request;
	uint32_t part;
	struct segment_reader *segment;
	struct err *err;
	struct sweep_list *lists; /* in the order of the atoms: scores are summed in it */
	size_t list_count;
	size_t words;            /* of each set: */
	const uint64_t **stands; /* by word of the query: sections that have it */
	uint64_t *whole;         /* sections that have every content word and may be hits */
	uint64_t *some;          /* any, when it was asked for */
};

int sweep_open(struct sweep *sweep, const struct match_request *request, uint32_t part, struct err *err);

/* Makes `some`; nothing to do when that was done. */
int sweep_find_some(struct sweep *sweep);

/* Adds the sections with every content word, or any, to a set (number_set.h): before scoring, which uses them up. */
int sweep_add_matches(struct sweep *sweep, bool some, uint64_t *set);

/* The section, which the filter lets through no more, is not of `some` any more: was it? */
bool sweep_drop(struct sweep *sweep, uint32_t section);

#endif
