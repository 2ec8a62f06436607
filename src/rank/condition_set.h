/* condition_set - the sections of a segment where a condition of the query holds, as a bit set.
 *
 * Shape:  leaves are looked up one by one, and the tree joins their sets. Words hold where their posting lists say so. A phrase holds
 *         where the source text has it; at an end that is a Latin letter or digit, only where a word ends there, too. A prefix
 *         holds where a word begins with it, and, unless it is a single Latin word, where the text has it after such a border.
 *         For a key of front matter: property_filter.h.
 * Owner:  sets are the arena's.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   for words and prefixes their posting lists; for a phrase, and for a prefix that is no Latin word, a literal search; for a
 *         path a pattern match for each document.
 */
#ifndef RANK_CONDITION_SET_H
#define RANK_CONDITION_SET_H

#include "atom.h"
#include "section_set.h"

/* The sections where a prefix was found. */
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
	struct prefix_set **prefixes; /* the prefixes looked up so far: filter_rate_prefixes() asks for them again */
	struct arena *arena;
	struct err *err;
};

/* The fields of words that --title and title: search. */
enum { TITLE_FIELDS = 1 << CHANNEL_HEADING | 1 << CHANNEL_NAME };

/* The sections where a condition holds. */
int condition_set_find(const struct search_place *place, const struct condition *condition, uint64_t **out);

/* The sections of files whose path matches the pattern: the path below the root, or the path as it is shown. */
int condition_set_paths(const struct search_place *place, const char *glob, uint64_t **out);

/* Does the path of this document match the pattern? 1, 0, -1. */
int condition_set_path_fits(const struct search_place *place, const char *glob, uint32_t document, struct buf *scratch);

/* Scores a prefix: adds to scores[section] the score, before idf, of the best of the section's words that begin with it, times
 * `factor`. */
int condition_set_rate(const struct search_place *place, const struct condition *prefix, const struct bm25 *bm25,
		       double factor, double *scores);

#endif
