/* list_cursor - one posting list of an atom, with its scores: what it adds to the section where it stands, and at most to any.
 *
 * Shape:  a list of LAYER_WORDS, of which only some fields may count, or of LAYER_GRAMS.
 * Units:  scores include the atom's factor unless something else is said.
 * Owner:  the posting_cursor lives in the arena of the query.
 * Errors: -1 with ERR_DAMAGED.
 * Cost:   a step as in posting.h. A score reads a pattern and the lengths of the section; it is computed once for each section.
 */
#ifndef RANK_LIST_CURSOR_H
#define RANK_LIST_CURSOR_H

#include "bm25.h"
#include "segment_reader.h"

#define LIST_END UINT32_MAX

/* Factor for upper bounds. They sum the same numbers as scores, but in another order, which rounds differently: far less than this. */
#define BOUND_SLACK (1 + 1e-9)

struct list_cursor {
	struct segment_reader *segment;
	struct posting_cursor *postings;
	const struct bm25 *bm25;
	uint32_t section; /* where it stands; LIST_END at the end */
	uint32_t scored;  /* the section that `score` is of; LIST_END: none yet */
	enum layer layer;
	unsigned fields; /* of LAYER_WORDS: bit set of the fields that count */
	double factor;   /* of the atom */
	double score;
	double most; /* upper bound: no section scores more */
};

/* Fills `most`; the caller has set what the list is of, and opened `postings`. Where the list is kept decoded (list_cache.h), has all
 * fields, and was used before, the scores of all its postings are computed once and kept with it, without the factor. */
int list_cursor_init(struct list_cursor *list, struct err *err);

/* Computes the scores of all decoded postings of a list of words in all fields, without the factor, and the best of them. `scores` has
 * room for one more than `count`, which is set to 0. */
int list_cursor_rate_all(const struct list_cursor *list, const uint32_t *numbers, const uint32_t *values,
			 uint32_t count, double *scores, double *best, struct err *err);

/* list_cursor_init(), and moves to the first section. */
int list_cursor_open(struct list_cursor *list, struct err *err);

/* The slow paths of the inline functions below. */
int list_cursor_settle(struct list_cursor *list, int got, struct err *err);
int list_cursor_compute(struct list_cursor *list, const unsigned char *lengths, struct err *err);

enum { ALL_FIELDS = (1 << CHANNEL_FIELDS) - 1 };

/* The score of a posting of the list. `value`: the posting's; `lengths`: those of its section (segment_lengths()). */
static inline int list_cursor_rate(const struct list_cursor *list, uint32_t value, const unsigned char *lengths,
				   double *score, struct err *err)
{
	const struct pattern *pattern;

	if (list->layer != LAYER_WORDS) {
		*score = list->factor * bm25_gram(list->bm25, value + 1, lengths[CHANNEL_HAN]);
		return 0;
	}
	pattern = segment_pattern(list->segment, value, err);
	if (!pattern)
		return -1;
	*score = list->factor * bm25_pattern(list->bm25, pattern, list->fields, lengths);
	return 0;
}

/* Moves to the first section that is not before `section`. */
static inline int list_cursor_seek(struct list_cursor *list, uint32_t section, struct err *err)
{
	int got;

	if (list->section >= section)
		return 0;
	got = posting_cursor_seek(list->postings, section, &list->section);
	return got > 0 && list->fields == ALL_FIELDS ? 0 : list_cursor_settle(list, got, err);
}

/* Fills list->score for the section where it stands; `lengths` are those of that section. */
static inline int list_cursor_score(struct list_cursor *list, const unsigned char *lengths, struct err *err)
{
	return list->scored == list->section ? 0 : list_cursor_compute(list, lengths, err);
}

#endif
