/* sweep - who is where in one segment: every list of a query decoded once, and the sections sorted into sets by the lists that
 * name them. For queries without clauses that are wanted.
 *
 * Shape:  of a set it is known which words it has, and what its sections can score at most: the sum of its lists' bounds,
 *         times what the words cover. Its sections are found where they are needed, in the shortest of its lists, by links
 *         from posting to posting. So whole matches are counted before anything is scored, and most sections are never
 *         looked at (sweep_score.h).
 * Owner:  the arena of the query.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   2 ns a posting; two bytes of memory a section of the segment, and 8 to 12 a posting.
 */
#ifndef RANK_SWEEP_H
#define RANK_SWEEP_H

#include "matcher.h"

struct sweep_list {
	const struct list_cursor *list; /* never moved: what it is a list of */
	struct posting_array postings;
	const uint32_t *numbers; /* of its sections, */
	uint32_t count;          /* so many */
	size_t atom;
	double most;     /* no section scores more in it */
	uint32_t *links; /* once it is gathered: for each posting the one before that is of the same set, plus 1 */
	double *scores;  /* for sweep_score() */
};

/* A set is another one and a list more. */
struct sweep_set {
	uint16_t list;
	uint16_t rest;     /* 0: none */
	uint16_t shortest; /* of its lists */
	uint32_t count;    /* sections that have it, once that list is gathered, */
	uint32_t last;     /* and where the last of them stands in it, plus 1 */
	uint64_t matched;  /* a bit for each word */
	double most;       /* the sum of its lists' bounds */
	double share;      /* what coverage leaves of a sum */
	double bound;      /* no section of it scores more */
	bool full;         /* it has every content word, */
	bool some;         /* or any */
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
	struct sweep_set *sets; /* [0] has no lists */
	size_t set_count;
	size_t set_room;
	uint16_t *numbers; /* of each section: its set */
};

/* 1: there are more sets than numbers for them, which takes dozens of words and as many sections. */
int sweep_open(struct sweep *sweep, const struct match_request *request, uint32_t part, struct err *err);

/* Finds the sections of the set's shortest list; nothing to do when that was done. */
int sweep_gather(struct sweep *sweep, const struct sweep_set *set);

#endif
