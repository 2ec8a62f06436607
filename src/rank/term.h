/* term - a text looked up in one layer of all segments that are searched.
 *
 * Shape:  the lexicon entry of each part, and the number of postings in all of them: the document frequency.
 * Owner:  the arena of the query; lists borrow from the segments.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   a look-up in the lexicon of each part. Pages of a posting list are verified when a cursor is opened.
 */
#ifndef RANK_TERM_H
#define RANK_TERM_H

#include "index.h"
#include "synonym_cache.h"

/* The parts of a search: all segments that are searched together, in one numbering across indexes. */
struct parts {
	struct segment_reader **segments;
	struct index **indexes; /* the index that each segment belongs to */
	size_t count;
	struct synonym_cache *synonyms;
};

struct term {
	enum layer layer;
	uint64_t count;                /* postings in all parts */
	struct lexicon_entry *entries; /* one for each part; count is 0 where it does not have the term */
};

/* Looks up a folded text; the layer's key is made of it here. */
int term_find(struct term *term, const struct parts *parts, enum layer layer, struct span text, struct arena *arena,
	      struct err *err);

/* The document frequency alone. */
int term_count(const struct parts *parts, enum layer layer, struct span text, uint64_t *count, struct err *err);

/* Opens a cursor, in the arena, over the one list of an entry of LAYER_GRAMS or LAYER_UNITS. */
int term_open_one(struct segment_reader *segment, enum layer layer, const struct lexicon_entry *entry,
		  struct arena *arena, struct posting_cursor **out, struct err *err);

/* Opens cursors, in the arena, over the term's lists in one part. Returns how many there are, 0 when the part does not have the term,
 * or -1. */
int term_cursors(const struct term *term, const struct parts *parts, size_t part, struct arena *arena,
		 struct posting_cursor *out[WORD_LISTS], struct err *err);

#endif
