#include "matcher.h"

#include "match_walk.h"

/* The first section from `section` on that has every required word and clause: 1, 0 at the end. Where the clauses stand, their
 * words do. */
static int next_full(struct match_walk *w, uint32_t section, uint32_t *out)
{
	uint32_t count = w->segment->meta.section_count;
	size_t agreed = 0;

	if (w->filter->all)
		section = number_set_next(w->filter->all, section, count);
	for (size_t i = 0; agreed < w->required_count && section < count; i = (i + 1) % w->required_count) {
		struct word_cursor *cursor = w->required[i];

		if (word_cursor_seek(cursor, section, w->err) < 0)
			return -1;
		if (cursor->section == LIST_END)
			return 0;
		agreed = cursor->section == section ? agreed + 1 : 1;
		/* Later than asked for: clauses and the other words must come along. */
		if (cursor->section > section) {
			section = cursor->section;
			if (w->filter->all && !number_set_has(w->filter->all, section)) {
				section = number_set_next(w->filter->all, section, count);
				agreed = 0;
			}
		}
	}
	*out = section;
	return section < count;
}

/* The same for any word that counts by itself, or clause. */
static int next_some(struct match_walk *w, uint32_t section, uint32_t *out)
{
	uint32_t count = w->segment->meta.section_count;
	uint32_t first = w->filter->any ? number_set_next(w->filter->any, section, count) : count;

	for (size_t i = 0; i < w->sufficient_count; i++) {
		struct word_cursor *cursor = w->sufficient[i];

		if (word_cursor_seek(cursor, section, w->err) < 0)
			return -1;
		if (cursor->section < first)
			first = cursor->section;
	}
	*out = first;
	return first < count;
}

/* Considers the sections that `next` gives, each from the one after the last. */
static int visit(struct match_walk *w, int (*next)(struct match_walk *w, uint32_t from, uint32_t *out))
{
	uint32_t section = 0;
	int got;

	while ((got = next(w, section, &section)) > 0) {
		if (match_consider(w, section) < 0)
			return -1;
		section++;
	}
	return got;
}

int match_segment(const struct match_request *request, uint32_t part, struct top *top, struct match_counts *counts,
		  struct err *err)
{
	struct match_walk w;

	if (match_walk_open(&w, request, part, top, counts, err) < 0)
		return -1;
	return visit(&w, request->rule == MATCH_FULL ? next_full : next_some);
}
