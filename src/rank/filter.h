/* filter - which sections of a segment may be hits at all, whatever their words: path, phrases, exclusions.
 *
 * Shape:  bit sets over the segment's sections; NULL stands for all.
 * Owner:  the arena of the query.
 * Cost:   nothing for a query without phrases and options; else a literal search a phrase, a match a document.
 */
#ifndef RANK_FILTER_H
#define RANK_FILTER_H

#include "index.h"
#include "query.h"

struct filter {
	unsigned char *allowed;  /* path fits and no negated phrase */
	unsigned char **phrases; /* for each phrase of the query: where it stands; NULL for negated ones */
	size_t phrase_count;
	unsigned char *all; /* where all phrases stand; NULL when the query has none */
	unsigned char *any; /* where any does; NULL when the query has none */
};

static inline bool filter_bit(const unsigned char *set, uint32_t section)
{
	return set[section / 8] >> section % 8 & 1;
}

static inline bool filter_allows(const struct filter *filter, uint32_t section)
{
	return !filter->allowed || filter_bit(filter->allowed, section);
}

/* The first member of the set from `section` on; `count` when there is none. */
uint32_t filter_next(const unsigned char *set, uint32_t section, uint32_t count);

struct filter_options {
	const char *glob;      /* NULL: every path */
	const char *directory; /* the current one, as in search_request */
	bool titles;           /* phrases are looked for in headings and file names only */
};

/* Does the glob let the document through? It means the path below the root, or the path as it is shown. `scratch` is room. */
int filter_path_matches(const struct filter_options *options, struct index *index, uint32_t document,
			struct buf *scratch, struct err *err);

int filter_make(struct filter *filter, const struct query *query, const struct filter_options *options,
		struct index *index, struct segment_reader *segment, struct arena *arena, struct err *err);

#endif
