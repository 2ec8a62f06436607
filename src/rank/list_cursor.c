#include "list_cursor.h"

static int damaged(struct list_cursor *list, struct err *err)
{
	return segment_damaged_postings(list->segment, list->layer, err);
}

/* The pattern of the posting where the list stands; NULL when damaged. */
static const struct pattern *pattern(struct list_cursor *list, struct err *err)
{
	uint32_t value;

	if (posting_cursor_value(list->postings, &value) < 0) {
		damaged(list, err);
		return NULL;
	}
	return segment_pattern(list->segment, value, err);
}

/* After a step that gave `got`: the end, or on to a posting with one of the fields that count. */
int list_cursor_settle(struct list_cursor *list, int got, struct err *err)
{
	while (got > 0 && list->fields != ALL_FIELDS) {
		const struct pattern *here = pattern(list, err);

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

/* A short list has no impacts: it is soon read whole. */
int list_cursor_init(struct list_cursor *list, struct err *err)
{
	struct impact impact;

	if (list->layer != LAYER_WORDS)
		list->most = bm25_ceiling(list->bm25, 1u << CHANNEL_HAN);
	else if (list->postings->impact.n == 0)
		list->most = bm25_ceiling(list->bm25, list->fields);
	else if (impact_decode(&impact, list->postings->impact))
		list->most = bm25_bound(list->bm25, &impact, list->fields);
	else
		return damaged(list, err);
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
