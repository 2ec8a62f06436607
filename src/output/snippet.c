#include "snippet.h"

#include "markup.h"
#include "utf8.h"
#include "window.h"

/* The window that decides line and column when no text is asked for. */
enum { DEFAULT_LIMIT = 160 };

enum { MARKS_MAX = 32 };

/* Characters looked at behind the window: what it ends with is judged by the one that follows. */
enum { ROOM_MORE = 4 };

/* Room for the places of most texts, some 100: to grow from nothing to that would be ten steps. */
enum { PLACES_BYTES = 4096 };

enum { SCRATCH_COUNTS, SCRATCH_FOUND, SCRATCH_PLACES, SCRATCH_MOVED, SCRATCH_BUFFERS };

_Static_assert((int)SCRATCH_BUFFERS == (int)SNIPPET_SCRATCH, "a buffer for each use");

/* Makes both ends those of whole characters; one with more marks than MARKS_MAX is none that anybody wrote. */
static void extend(struct occurrence *o, struct view *view)
{
	for (int marks = 0; marks < MARKS_MAX && o->start > 0 && view_has(view, o->start, PLACE_JOINED); marks++)
		o->start--;
	for (int marks = 0; marks < MARKS_MAX && view_has(view, o->end, PLACE_JOINED); marks++)
		o->end++;
}

/* From bytes of the source to characters of the view; those that are not shown are left out. */
static void move_to_view(struct buf *moved, const struct buf *found, struct view *view)
{
	size_t first = 0;

	for (size_t i = 0; i < BUF_COUNT(found, struct occurrence); i++) {
		struct occurrence o = BUF_AT(found, struct occurrence, i);
		size_t last;

		o.start = (uint32_t)view_find(view, o.start, &first);
		last = first;
		o.end = (uint32_t)view_find(view, o.end, &last);
		if (o.start == o.end)
			continue;
		if (view->joined)
			extend(&o, view);
		buf_add(moved, &o, sizeof(o));
	}
}

static void set_position(struct snippet *out, const struct hit *hit, size_t offset)
{
	const char *line = hit->text.p;
	const char *end = hit->text.p + offset;
	const char *newline;

	out->line = hit->text_line;
	while ((newline = memchr(line, '\n', (size_t)(end - line)))) {
		line = newline + 1;
		out->line++;
	}
	out->column = (uint32_t)(end - line) + 1;
}

/* A character that stands alone. */
static void add_single(struct buf *out, const struct view *view, const struct place *place)
{
	uint32_t code;
	bool valid;

	if (place->flags & PLACE_BLANK) {
		buf_add_byte(out, ' ');
		return;
	}
	utf8_next(view->text.p + place->offset, view->text.n - place->offset, &code, &valid);
	if (valid)
		buf_add(out, view->text.p + place->offset, place->bytes);
	else
		utf8_add(out, UTF8_REPLACEMENT);
}

/* Notes that characters [from, to) of the snippet are marked. */
static void add_highlight(struct buf *highlights, size_t from, size_t to)
{
	struct snippet_range range = {(uint32_t)from, (uint32_t)to};
	size_t count = BUF_COUNT(highlights, struct snippet_range);

	if (count && BUF_AT(highlights, struct snippet_range, count - 1).end == range.start)
		BUF_AT(highlights, struct snippet_range, count - 1).end = range.end;
	else
		buf_add(highlights, &range, sizeof(range));
}

/* Characters [from, to) of the window, of the place. */
static void add_place(struct snippet *out, struct view *view, const struct place *place, size_t from, size_t to)
{
	size_t offset = place->offset;
	size_t end = place->offset + place->bytes;

	if (place->count == 1) {
		add_single(&out->text, view, place);
		return;
	}
	if (from > place->at)
		offset = view_offset(view, from);
	if (to < place->at + place->count)
		end = view_offset(view, to);
	buf_add(&out->text, view->text.p + offset, end - offset);
}

static void write_window(struct snippet *out, struct view *view, struct window window, size_t dots)
{
	bool cut = window.start && dots;
	size_t first = window.start - cut;
	const struct place *place = view->places;

	if (window.start < window.end)
		place += view_place(view, window.start);
	if (cut)
		buf_add_text(&out->text, "…");
	for (size_t from = window.start, to; from < window.end; from = to, place++) {
		to = place->at + place->count < window.end ? place->at + place->count : window.end;
		add_place(out, view, place, from, to);
		if (place->flags & PLACE_MARKED)
			add_highlight(&out->highlights, from - first, to - first);
	}
	if (window.end < view->count && dots)
		buf_add_text(&out->text, "…");
}

/* The first marked character of the window, or its end. */
static size_t first_marked(struct view *view, struct window window)
{
	const struct place *place = view->places;
	size_t at = window.start;

	if (at < window.end)
		place += view_place(view, at);
	for (; at < window.end; at = place->at + place->count, place++)
		if (place->flags & PLACE_MARKED)
			return at;
	return window.end;
}

/* One zero for each needle. */
static uint32_t *new_counts(struct snippet *out, size_t needle_count)
{
	struct buf *counts = &out->scratch[SCRATCH_COUNTS];
	char *zeros;

	buf_reset(counts);
	zeros = buf_reserve(counts, (needle_count + 1) * sizeof(uint32_t));
	if (zeros)
		memset(zeros, 0, needle_count * sizeof(uint32_t));
	return (uint32_t *)(void *)zeros;
}

static size_t count_codes(struct span text, size_t from, size_t to)
{
	size_t count = 0;

	for (; from < to; from++)
		count += ((unsigned char)text.p[from] & 0xC0) != 0x80;
	return count;
}

/* What is to be shown, and of what. */
struct cut {
	struct snippet *out;
	const struct hit *hit;
	const struct needle *needles;
	size_t needle_count;
	size_t size;     /* of the window */
	size_t dots;     /* characters of it left free at a cut end */
	uint64_t weight; /* of all needles that are found */
	struct view view;
	struct window core;
};

/* An occurrence in the heading is not shown when any is in the text. */
static bool in_heading(const struct occurrence *o, struct visible_range heading)
{
	return o->start >= heading.from && o->end <= heading.to;
}

/* Counts the needles found outside the heading; false when one of them reaches out of it. */
static bool count_found(struct cut *cut, uint32_t *counts, struct visible_range heading)
{
	const struct buf *found = &cut->out->scratch[SCRATCH_FOUND];

	for (size_t i = 0; i < BUF_COUNT(found, struct occurrence); i++) {
		const struct occurrence *o = &BUF_AT(found, struct occurrence, i);

		if (in_heading(o, heading))
			continue;
		if (o->start < heading.to && o->end > heading.from)
			return false;
		if (counts[o->needle]++ == 0)
			cut->weight += window_weight(&cut->needles[o->needle]);
	}
	return true;
}

/* The first piece of source that holds all needles, and in `room` characters: no core behind it can be better. All of the text
 * when there is none. */
static struct visible_range find_piece(const struct cut *cut, uint32_t *counts, size_t distinct,
				       struct visible_range heading)
{
	const struct buf *found = &cut->out->scratch[SCRATCH_FOUND];
	const struct occurrence *all = (const struct occurrence *)(const void *)found->data;
	size_t room = cut->size - 2 * cut->dots;
	size_t end = 0;
	size_t first = 0;

	for (size_t i = 0; i < BUF_COUNT(found, struct occurrence); i++) {
		end = all[i].end > end ? all[i].end : end;
		if (in_heading(&all[i], heading))
			continue;
		distinct -= counts[all[i].needle]++ == 0;
		while (in_heading(&all[first], heading) || counts[all[first].needle] > 1) {
			counts[all[first].needle] -= !in_heading(&all[first], heading);
			first++;
		}
		if (distinct == 0 && all[i].end - all[first].start <= 4 * room &&
		    count_codes(cut->hit->text, all[first].start, all[i].end) <= room)
			return (struct visible_range){all[first].start, end};
	}
	return (struct visible_range){0, BUF_COUNT(found, struct occurrence) ? cut->hit->text.n : 0};
}

/* How far the text must be looked at, most likely. */
static bool choose_end(struct cut *cut, struct visible_end *end)
{
	struct visible_range heading = visible_heading(cut->hit);
	uint32_t *counts = new_counts(cut->out, cut->needle_count);
	struct visible_range piece;
	size_t distinct = 0;

	if (!counts)
		return false;
	*end = (struct visible_end){.after = cut->hit->text.n};
	if (!count_found(cut, counts, heading))
		return true;
	for (size_t i = 0; i < cut->needle_count; i++) {
		distinct += counts[i] > 0;
		counts[i] = 0;
	}
	piece = find_piece(cut, counts, distinct, heading);
	*end = (struct visible_end){.after = piece.to, .from = piece.from, .room = cut->size + ROOM_MORE};
	return true;
}

/* Places as far as `end`, and of them what may be shown; line and column of a hit that shows nothing. 1: as if all of the
 * text had been looked at; 0: more of it is needed; -1: no memory. */
static int look(struct cut *cut, struct visible_end end)
{
	struct snippet *out = cut->out;
	const struct buf *found = &out->scratch[SCRATCH_FOUND];
	struct buf *moved = &out->scratch[SCRATCH_MOVED];
	struct buf *buffer = &out->scratch[SCRATCH_PLACES];
	uint32_t *counts = new_counts(out, cut->needle_count);
	struct place *places;
	uint64_t weight;
	bool whole;
	size_t count, marked = 0;

	buf_reset(buffer);
	buf_reset(moved);
	whole = visible_scan(buffer, cut->hit, (const struct occurrence *)(const void *)found->data,
			     BUF_COUNT(found, struct occurrence), end) == cut->hit->text.n;
	if (buffer->failed || !counts)
		return -1;
	places = (struct place *)(void *)buffer->data;
	count = BUF_COUNT(buffer, struct place);
	while (marked < count && !(places[marked].flags & PLACE_MARKED))
		marked++;
	if (marked < count)
		set_position(out, cut->hit, places[marked].offset);
	if (!view_make(&cut->view, cut->hit->text, places, count, whole))
		return 0;
	move_to_view(moved, found, &cut->view);
	if (moved->failed)
		return -1;
	cut->core = window_core(moved, cut->needles, counts, cut->size - 2 * cut->dots, &weight);
	return whole || (weight == cut->weight && cut->view.count - cut->core.start >= cut->size + ROOM_MORE);
}

static bool prepare(struct cut *cut)
{
	struct buf *scratch = cut->out->scratch;
	struct visible_end end;
	int status;

	for (size_t i = 0; i < SCRATCH_BUFFERS; i++)
		buf_reset(&scratch[i]);
	buf_reserve(&scratch[SCRATCH_PLACES], PLACES_BYTES);
	occurrence_find(&scratch[SCRATCH_FOUND], cut->hit->text, cut->needles, cut->needle_count, &cut->out->space);
	if (scratch[SCRATCH_FOUND].failed || !choose_end(cut, &end))
		return false;
	status = look(cut, end);
	if (status == 0)
		status = look(cut, (struct visible_end){.after = cut->hit->text.n});
	return status > 0;
}

/* The first `count` characters of a text, less one that would be cut: their bytes. */
static size_t cut_whole(struct span text, size_t count)
{
	size_t at = 0;
	size_t whole = 0;
	uint32_t before = 0;
	uint32_t code;
	bool valid;

	for (; at < text.n; count--) {
		size_t n = utf8_next(text.p + at, text.n - at, &code, &valid);

		if (!markup_joins(before, code))
			whole = at;
		if (count == 0)
			return whole;
		at += n;
		before = code;
	}
	return at;
}

/* What a section is about that has no text of its own: the headings below it. */
static void write_subsections(struct buf *out, const struct hit *hit, size_t limit, size_t dots)
{
	for (size_t i = 0; i < hit->subsection_count; i++) {
		if (i > 0)
			buf_add_text(out, " · ");
		buf_add_span(out, hit->subsections[i]);
	}
	if (utf8_count(buf_span(out)) <= limit)
		return;
	out->n = cut_whole(buf_span(out), limit - dots);
	if (dots)
		buf_add_text(out, "…");
}

void snippet_cut(struct snippet *out, const struct hit *hit, const struct needle *needles, size_t needle_count,
		 size_t limit)
{
	struct cut cut = {.out = out, .hit = hit, .needles = needles, .needle_count = needle_count};
	struct window window;
	size_t marked;

	cut.size = limit ? limit : DEFAULT_LIMIT;
	cut.dots = cut.size > 2 ? 1 : 0; /* in one or two characters they would hide what they stand beside */
	buf_reset(&out->text);
	buf_reset(&out->highlights);
	out->line = hit->line_start;
	out->column = 1;
	if (!prepare(&cut)) {
		out->text.failed = true;
		return;
	}
	window = window_widen(&cut.view, cut.core, cut.size, cut.dots);
	marked = first_marked(&cut.view, window);
	if (window.start < window.end)
		set_position(out, hit, view_offset(&cut.view, marked < window.end ? marked : window.start));
	if (window.start < window.end && marked == window.end)
		out->column = 1;
	if (limit && cut.view.count > 0)
		write_window(out, &cut.view, window, cut.dots);
	else if (limit)
		write_subsections(&out->text, hit, limit, cut.dots);
}

void snippet_release(struct snippet *snippet)
{
	buf_release(&snippet->text);
	buf_release(&snippet->highlights);
	occurrence_release(&snippet->space);
	for (size_t i = 0; i < SCRATCH_BUFFERS; i++)
		buf_release(&snippet->scratch[i]);
}
