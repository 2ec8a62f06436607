#include "list_cursor.h"

#include <stdatomic.h>

static int damaged(struct list_cursor *list, struct err *err)
{
	return segment_damaged_postings(list->segment, list->layer, err);
}

/* After a step that gave `got`: the end, or on to a posting with one of the fields that count. */
int list_cursor_settle(struct list_cursor *list, int got, struct err *err)
{
	while (got > 0 && list->fields != ALL_FIELDS) {
		const struct pattern *here = segment_cursor_pattern(list->segment, list->postings, err);

		if (!here)
			return -1;
		if (here->fields & list->fields)
			return 0;
		got = posting_cursor_next(list->postings, &list->section);
	}
	if (got < 0)
		return damaged(list, err);
	if (got == 0)
		list->section = LIST_END;
	return 0;
}

/* What the list adds at most, before the factor. A short list has no impacts: it is soon read whole. */
static int bound(struct list_cursor *list, double *out, struct err *err)
{
	struct impact impact;

	if (list->layer != LAYER_WORDS)
		*out = bm25_ceiling(1u << CHANNEL_HAN);
	else if (list->postings->impact.n == 0)
		*out = bm25_ceiling(list->fields);
	else if (impact_decode(&impact, list->postings->impact))
		*out = bm25_bound(list->bm25, &impact, list->fields);
	else
		return damaged(list, err);
	return 0;
}

int list_cursor_rate_all(const struct list_cursor *list, const uint32_t *numbers, const uint32_t *values,
			 uint32_t count, double *scores, double *best, struct err *err)
{
	*best = 0;
	for (uint32_t i = 0; i < count; i++) {
		const unsigned char *lengths = segment_lengths(list->segment, numbers[i], err);
		const struct pattern *pattern = segment_pattern(list->segment, values[i], err);

		if (!lengths || !pattern)
			return -1;
		scores[i] = bm25_pattern(list->bm25, pattern, ALL_FIELDS, lengths);
		*best = scores[i] > *best ? scores[i] : *best;
	}
	scores[count] = 0; /* found by who looks for a section behind the last */
	return 0;
}

/* Whether the list has scores. A short one has them at once, as it would without being kept; of others one that comes a third time is
 * worth it: that costs ten times what decoding does. */
static int use_scores(struct list_cursor *list, struct err *err)
{
	struct posting_decoded *whole = list->postings->whole;
	double best;

	if (!whole || !whole->scores || list->fields != ALL_FIELDS)
		return 0;
	if (whole->best == 0 && (whole->uses > 1 || list->postings->count <= POSTING_BLOCK) &&
	    !atomic_exchange(&whole->rated, true)) {
		if (list_cursor_rate_all(list, whole->numbers, whole->values, list->postings->count, whole->scores,
					 &best, err) < 0) {
			whole->rated = false;
			return -1;
		}
		whole->best = best;
	}
	return whole->best > 0;
}

int list_cursor_init(struct list_cursor *list, struct err *err)
{
	int scored = use_scores(list, err);

	if (scored < 0 || (!scored && bound(list, &list->most, err) < 0))
		return -1;
	if (scored)
		list->most = list->postings->whole->best;
	list->most *= list->factor * BOUND_SLACK;
	return 0;
}

int list_cursor_open(struct list_cursor *list, struct err *err)
{
	int got;

	if (list_cursor_init(list, err) < 0)
		return -1;
	got = posting_cursor_next(list->postings, &list->section);
	if ((got <= 0 || list->fields != ALL_FIELDS) && list_cursor_settle(list, got, err) < 0)
		return -1;
	list->scored = LIST_END;
	return 0;
}

int list_cursor_compute(struct list_cursor *list, const unsigned char *lengths, struct err *err)
{
	uint32_t value;

	if (posting_cursor_value(list->postings, &value) < 0)
		return damaged(list, err);
	list->scored = list->section;
	return list_cursor_rate(list, value, lengths, &list->score, err);
}
