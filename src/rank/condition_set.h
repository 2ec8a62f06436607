/* condition_set - the sections of a segment where a condition of the query stands.
 *
 * Shape:  the leaves are looked up one by one, the tree joins their sets. A word stands where its posting lists say; a phrase
 *         where the source text has it, ending at a Latin letter or digit only where the word does; a prefix where a word
 *         begins so, and, when it is no single Latin word, where the text has it after such a border. A key of front matter
 *         stands where property_filter.h says.
 * Owner:  sets are the arena's.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   posting lists for words and prefixes, a literal search a phrase and a prefix that is no Latin word, a match a document
 *         for a path.
 */
#ifndef RANK_CONDITION_SET_H
#define RANK_CONDITION_SET_H

#include "atom.h"
#include "section_set.h"

/* Where a prefix was found. */
struct prefix_set {
	const struct condition *leaf;
	uint64_t *set;
	struct prefix_set *next;
};

/* Where to look. */
struct search_place {
	struct index *index;
	struct segment_reader *segment;
	size_t part;
	const struct parts *parts;
	const struct atoms *atoms;
	const char *directory;        /* the current one, as in search_request */
	bool titles;                  /* headings and file names only, whatever the condition says */
	struct prefix_set **prefixes; /* that were looked up: those that may be hits are asked for again, to be rated */
	struct arena *arena;
	struct err *err;
};

/* Fields that are titles, for words. */
enum { TITLE_FIELDS = 1 << CHANNEL_HEADING | 1 << CHANNEL_NAME };

int condition_set_find(const struct search_place *place, const struct condition *condition, uint64_t **out);

/* The sections in files whose path fits: the path below the root, or as it is shown. */
int condition_set_paths(const struct search_place *place, const char *glob, uint64_t **out);

/* Does the path of the document fit? `scratch` is room. */
int condition_set_path_fits(const struct search_place *place, const char *glob, uint32_t document, struct buf *scratch);

/* For each section of its words that begin so what the best of them scores, before idf: added, `factor` times, to `scores`,
 * one a section. */
int condition_set_rate(const struct search_place *place, const struct condition *prefix, const struct bm25 *bm25,
		       double factor, double *scores);

#endif
