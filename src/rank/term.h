/* term - one text looked up in one layer of every segment that is searched.
 *
 * Shape:  for each part the number of its postings and the bytes of its list.
 * Owner:  the arena of the query; lists borrow from the segments.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   a look-up in the lexicon a part; the pages of a list are checked when a cursor is opened.
 */
#ifndef RANK_TERM_H
#define RANK_TERM_H

#include "index.h"

/* All segments that are searched together. */
struct parts {
	struct segment_reader **segments;
	struct index **indexes; /* whose segment it is */
	size_t count;
};

struct term {
	enum layer layer;
	uint64_t count;                /* postings in all parts */
	struct lexicon_entry *entries; /* one a part; those of lists that are nowhere have a count of 0 */
};

/* `text` as folded: the key of the layer is made here. */
int term_find(struct term *term, const struct parts *parts, enum layer layer, struct span text, struct arena *arena,
	      struct err *err);

/* Only in how many sections it is. */
int term_count(const struct parts *parts, enum layer layer, struct span text, uint64_t *count, struct err *err);

/* A cursor over the list of an entry, of grams or units, in the arena. */
int term_open_one(struct segment_reader *segment, enum layer layer, const struct lexicon_entry *entry,
		  struct arena *arena, struct posting_cursor **out, struct err *err);

/* Cursors over the term's postings in one part, in the arena: how many there are (0: it has none), or -1. */
int term_cursors(const struct term *term, const struct parts *parts, size_t part, struct arena *arena,
		 struct posting_cursor *out[WORD_LISTS], struct err *err);

#endif
