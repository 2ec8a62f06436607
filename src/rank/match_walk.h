/* match_walk - the state of the document-at-a-time walk over one segment: a cursor for each atom, and how a section is scored.
 *
 * Shape:  cursors are in the order of the atoms, since scores are summed in that order. `required` are the cursors of words that
 *         every whole match has, the rarest first; `sufficient` those of words of which any one makes a partial match.
 * Owner:  the arena of the query.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 */
#ifndef RANK_MATCH_WALK_H
#define RANK_MATCH_WALK_H

#include "matcher.h"

struct match_walk {
	const struct match_request *request;
	uint32_t part;
	struct segment_reader *segment;
	const struct atoms *atoms;
	const struct filter *filter;
	const unsigned char *bare;   /* section_table_bare(): the sections with nothing to read */
	uint64_t sufficient_words;   /* a bit for each word that makes a partial match by itself */
	bool whole_first;            /* match_whole_first() */
	struct word_cursor *cursors; /* one for each atom */
	struct word_cursor **required;
	size_t required_count;
	struct word_cursor **sufficient;
	size_t sufficient_count;
	struct top *top;
	struct match_counts *counts;
	struct buf *steps; /* for --explain: gets a struct score_step for each step of a score; or NULL */
	struct err *err;
};

/* Opens the cursors; they stand at their first sections. */
int match_walk_open(struct match_walk *walk, const struct match_request *request, uint32_t part, struct top *top,
		    struct match_counts *counts, struct err *err);

/* Moves every cursor to the section, which must not lie before any of them, and sets *matched to a bit for each word of the query that
 * is there. A word of several atoms is there when all of these are. */
int match_find_words(struct match_walk *walk, uint32_t section, uint64_t *matched);

/* Fills candidate->score, by the words in candidate->matched. The cursors must stand at its section. */
int match_score(struct match_walk *walk, struct candidate *candidate);

/* Moves every cursor to the section, and if it matches counts it, scores it and offers it to the top. With MATCH_SOME a whole match is
 * only counted: MATCH_FULL has offered it before. */
int match_consider(struct match_walk *walk, uint32_t section);

/* Scores a section that holds the query as text, as if all its words were there, and offers it to the top. It is added to the matches
 * but not counted. */
int match_add_substring(struct match_walk *walk, uint32_t section);

#endif
