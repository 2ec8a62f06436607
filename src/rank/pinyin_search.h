/* pinyin_search - the sections whose heading, question or file name a query typed in pinyin finds.
 *
 * Shape:  every section is looked at. The query is looked for as a whole (pinyin_pattern.h); where it is not, its pieces between
 *         blanks are, up to PINYIN_PIECES, and all must be somewhere. A file name counts for the first section of the
 *         file. With `titles` questions do not count.
 *         The order: the whole heading, the start of one, a word in it, the inside of a word, pieces, question or file name;
 *         of equals the one with fewer characters first.
 * Owner:  all goes to the arena of the query.
 * Errors: ERR_USAGE for a query of more than PINYIN_PATTERN_MAX characters or of none; ERR_DAMAGED, ERR_MEMORY.
 * Cost:   0.2 us a section; 1 us more each that is found inside of its heading, which is cut into words then.
 */
#ifndef RANK_PINYIN_SEARCH_H
#define RANK_PINYIN_SEARCH_H

#include "pinyin_pattern.h"
#include "search_job.h"

enum { PINYIN_PIECES = 8 };

struct pinyin_query {
	struct pinyin_pattern whole;
	struct pinyin_pattern *pieces;
	size_t piece_count; /* 0 when there is but one */
};

struct pinyin_query *pinyin_query_compile(struct span text, struct arena *arena, struct err *err);

/* Adds what is found to the job's top and counts. */
int pinyin_search(struct search_job *job);

/* What the query finds in the text: the byte ranges, ascending and apart; how many. */
size_t pinyin_mark(const struct pinyin_query *query, struct span text, struct snippet_range out[PINYIN_PIECES]);

#endif
