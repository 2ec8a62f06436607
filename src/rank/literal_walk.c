#include "literal_walk.h"

#include "unit_groups.h"

/* Han lists are those of all literals together; of each its groups are a set of their own. */
int literal_walk_open(struct literal_walk *walk, struct segment_reader *segment, const struct literal *literal,
		      struct arena *arena, struct err *err)
{
	int found = 1;

	*walk = (struct literal_walk){
		.segment = segment, .literal = literal, .han = {.segment = segment}, .placed = UINT32_MAX, .err = err};
	for (const struct literal *l = literal; l && found > 0; l = l->with) {
		struct gram_scan scan = gram_scan_of(l->folded);
		struct gram gram;
		uint64_t *groups;

		while (found > 0 && gram_next(&scan, &gram))
			if (gram_is_han(gram.kind))
				found = han_lists_add(&walk->han, l->folded, &gram, arena, err);
		if (found > 0)
			found = unit_groups_find(segment, l->folded, walk->han.count > 0, arena, &groups, err);
		if (found > 0 && groups)
			walk->reached[walk->reached_count++] = groups;
	}
	return found;
}

int literal_walk_place(struct literal_walk *w, uint32_t section)
{
	struct store *store = &w->segment->store;
	uint64_t start;
	uint64_t end;

	if (section == w->placed)
		return w->has_text;
	if (segment_text_range(w->segment, section, &start, &end, w->err) < 0)
		return -1;
	if (start < end && (store_find_frame(store, start, &w->frames[0], w->err) < 0 ||
			    store_find_frame(store, end - 1, &w->frames[1], w->err) < 0))
		return -1;
	w->placed = section;
	w->has_text = start < end;
	return w->has_text;
}

/* Is one of the groups of the section that was placed in the set? */
static bool reaches(const struct literal_walk *w, const uint64_t *groups)
{
	for (uint32_t group = w->frames[0] / STORE_GROUP; group <= w->frames[1] / STORE_GROUP; group++)
		if (number_set_has(groups, group))
			return true;
	return false;
}

/* In each set? */
static bool reaches_all(const struct literal_walk *w)
{
	for (unsigned i = 0; i < w->reached_count; i++)
		if (!reaches(w, w->reached[i]))
			return false;
	return true;
}

/* Does the section's text end at `offset` or before? */
static int ends_before(struct literal_walk *w, uint32_t section, uint64_t offset)
{
	uint64_t start;
	uint64_t end;

	return segment_text_range(w->segment, section, &start, &end, w->err) < 0 ? -1 : end <= offset;
}

/* The section that holds the byte, which is behind `section`: in steps that double, then halve. Most are few. */
static int seek_text(struct literal_walk *w, uint32_t section, uint64_t offset, uint32_t *out)
{
	uint32_t count = w->segment->meta.section_count;
	uint32_t step = 1;
	int before = 1;

	while (before > 0 && step < count - section && (before = ends_before(w, section + step, offset)) > 0) {
		section += step;
		step *= 2;
	}
	*out = before > 0 ? count : section + step;
	while (before >= 0 && *out - section > 1) {
		uint32_t middle = section + (*out - section) / 2;

		before = ends_before(w, middle, offset);
		*(before > 0 ? &section : out) = middle;
	}
	return before < 0 ? -1 : *out < count;
}

/* The next section, not before `section`, that reaches into a group of the first set: 1, 0 at the end. Where few groups are in
 * it, few sections are asked. */
static int next_reaching(struct literal_walk *w, uint32_t section, uint32_t *out)
{
	uint32_t groups = segment_groups(w->segment);
	uint32_t group;
	uint64_t start;
	int got = 0;

	while (section < w->segment->meta.section_count && (got = literal_walk_place(w, section)) == 0)
		section++;
	*out = section;
	if (got <= 0 || reaches(w, w->reached[0]))
		return got;
	group = number_set_next(w->reached[0], w->frames[1] / STORE_GROUP + 1, groups);
	if (group >= groups)
		return 0;
	if (store_frame_start(&w->segment->store, group * STORE_GROUP, &start, w->err) < 0)
		return -1;
	return seek_text(w, section, start, out);
}

/* The next section, not before `section`, that all Han lists name and that reaches into a group of the first set: 1, 0 at the end. */
static int next_candidate(struct literal_walk *w, uint32_t section, uint32_t *out)
{
	int got;

	*out = section;
	do {
		got = han_lists_next(&w->han, *out, &section, w->err);
		*out = section;
		if (got > 0 && w->reached_count)
			got = next_reaching(w, section, out);
	} while (got > 0 && *out != section);
	return got;
}

/* Is the candidate one of those to look at, and in all sets? */
static int fits(struct literal_walk *w, uint32_t section)
{
	const uint64_t *among = w->literal->among;
	int got = 1;

	if (among && !number_set_has(among, section))
		return 0;
	if (w->reached_count)
		got = literal_walk_place(w, section);
	return got > 0 ? reaches_all(w) : got;
}

/* The first one not before w->next that is to be looked at. */
static int next_among(struct literal_walk *w, uint32_t *section)
{
	uint32_t end = w->segment->meta.section_count;

	if (w->literal->among && w->next < end)
		w->next = number_set_next(w->literal->among, w->next, end);
	return next_candidate(w, w->next, section);
}

int literal_walk_next(struct literal_walk *w, uint32_t *section)
{
	int got;
	int fit = 0;

	while (fit == 0 && (got = next_among(w, section)) > 0) {
		w->next = *section + 1;
		fit = fits(w, *section);
	}
	return fit ? fit : got;
}
