/* filter - which sections of a segment may be hits at all, and where the clauses of the query stand in it.
 *
 * Shape:  sets of sections (section_set.h); NULL stands for all.
 * Owner:  the arena of the query.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   nothing for a query without clauses and options; else that of condition_set.h.
 */
#ifndef RANK_FILTER_H
#define RANK_FILTER_H

#include "condition_set.h"
#include "query.h"

struct filter {
	uint64_t *allowed;  /* where all clauses stand that are filters, and the path fits */
	uint64_t **clauses; /* for each clause of the query: where it stands */
	uint64_t *all;      /* where all of those stand that are wanted; NULL when there are none */
	uint64_t *any;      /* where any of them does; NULL when there are none */
	double *prefixes;   /* what the prefixes of the query add to a section's score; NULL when it has none */
};

static inline bool filter_allows(const struct filter *filter, uint32_t section)
{
	return !filter->allowed || number_set_has(filter->allowed, section);
}

/* Does the clause stand in the section? */
static inline bool filter_stands(const struct filter *filter, size_t clause, uint32_t section)
{
	return number_set_has(filter->clauses[clause], section);
}

/* `glob`: as --path, or NULL. All but `prefixes`. */
int filter_make(struct filter *filter, const struct query *query, const char *glob, const struct search_place *place);

/* Fills `prefixes` of the filters, one a part at that place: a prefix is a word of as many sections as it stands in. */
int filter_rate_prefixes(struct filter *filters, const struct query *query, const struct search_place *places,
			 const struct bm25 *bm25);

#endif
