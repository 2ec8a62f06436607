/* list_cursor - one posting list of an atom: where it stands, what it scores there, what it can score at most.
 *
 * Shape:  a list of words (of some fields) or of grams.
 * Units:  scores with the atom's factor.
 * Owner:  the cursor of posting.h lives in the arena of the query.
 * Errors: -1 with ERR_DAMAGED.
 * Cost:   a step as in posting.h; a score reads a pattern and the lengths of the section, once a section.
 */
#ifndef RANK_LIST_CURSOR_H
#define RANK_LIST_CURSOR_H

#include "bm25.h"
#include "segment_reader.h"

#define LIST_END UINT32_MAX

/* Bounds are sums in another order than scores: a factor far above what rounding can make of that. */
#define BOUND_SLACK (1 + 1e-9)

struct list_cursor {
	struct segment_reader *segment;
	struct posting_cursor *postings;
	const struct bm25 *bm25;
	uint32_t section; /* where it stands; LIST_END when there are no more */
	uint32_t scored;  /* the section of `score`; LIST_END: none yet */
	enum layer layer;
	unsigned fields; /* of words: those that count */
	double factor;   /* of the atom */
	double score;
	double most; /* no section scores more */
};

/* Fills `most`. `postings`: opened, before its first posting. A list of words in all fields that is kept decoded, and was used
 * before, has from now on the scores of its postings, without the factor. */
int list_cursor_init(struct list_cursor *list, struct err *err);

/* The scores of decoded postings of a list of words in all fields, without the factor, and the best of them. `scores`: room for one
 * more, which is 0. */
int list_cursor_rate_all(const struct list_cursor *list, const uint32_t *numbers, const uint32_t *values,
			 uint32_t count, double *scores, double *best, struct err *err);

/* The same, and stands at the first section. */
int list_cursor_open(struct list_cursor *list, struct err *err);

/* What the inline functions leave to do. */
int list_cursor_settle(struct list_cursor *list, int got, struct err *err);
int list_cursor_compute(struct list_cursor *list, const unsigned char *lengths, struct err *err);

enum { ALL_FIELDS = (1 << CHANNEL_FIELDS) - 1 };

/* What a posting of the list scores: `value` as it stands there, `lengths` those of its section. */
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

/* To the first section that is not before `section`. */
static inline int list_cursor_seek(struct list_cursor *list, uint32_t section, struct err *err)
{
	int got;

	if (list->section >= section)
		return 0;
	got = posting_cursor_seek(list->postings, section, &list->section);
	return got > 0 && list->fields == ALL_FIELDS ? 0 : list_cursor_settle(list, got, err);
}

/* Fills list->score; `lengths` are those of the section where it stands. */
static inline int list_cursor_score(struct list_cursor *list, const unsigned char *lengths, struct err *err)
{
	return list->scored == list->section ? 0 : list_cursor_compute(list, lengths, err);
}

#endif
