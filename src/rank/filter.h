/* filter - which sections of a segment may be hits at all, and in which each clause of the query holds.
 *
 * Shape:  bit sets of sections (section_set.h).
 * Owner:  the arena of the query.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   nothing for a query without clauses and --path; else that of condition_set.h.
 */
#ifndef RANK_FILTER_H
#define RANK_FILTER_H

#include "condition_set.h"
#include "query.h"

struct filter {
	uint64_t *allowed;  /* the sections where all filtering clauses hold and the path fits; NULL: all sections */
	uint64_t **clauses; /* for each clause of the query: the sections where it holds */
	uint64_t *all;      /* where all wanted clauses hold; NULL when the query has none */
	uint64_t *any;      /* where any wanted clause holds; NULL when the query has none */
	double *prefixes;   /* by section: what the prefixes of the query add to its score; NULL when it has none */
};

static inline bool filter_allows(const struct filter *filter, uint32_t section)
{
	return !filter->allowed || number_set_has(filter->allowed, section);
}

/* Does the clause hold in the section? */
static inline bool filter_stands(const struct filter *filter, size_t clause, uint32_t section)
{
	return number_set_has(filter->clauses[clause], section);
}

/* Fills all but `prefixes`. `glob`: the pattern of --path, or NULL. */
int filter_make(struct filter *filter, const struct query *query, const char *glob, const struct search_place *place);

/* Fills `prefixes`, in the filter of each part. A prefix is scored like a word whose document frequency is the number of sections it
 * is found in. */
int filter_rate_prefixes(struct filter *filters, const struct query *query, const struct search_place *places,
			 const struct bm25 *bm25);

#endif
