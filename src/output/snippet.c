#include "snippet.h"

#include "utf8.h"
#include "window.h"

#include <stddef.h>

/* The window that decides line and column when no text is asked for. */
enum { DEFAULT_LIMIT = 160 };

enum { MARKS_MAX = 32 };

/* Characters looked at behind the window: what it ends with is judged by the one that follows. */
enum { ROOM_MORE = 4 };

enum { SCRATCH_FOLDED, SCRATCH_SHIFTS, SCRATCH_COUNTS, SCRATCH_FOUND, SCRATCH_PLACES, SCRATCH_MOVED, SCRATCH_BUFFERS };

_Static_assert((int)SCRATCH_BUFFERS == (int)SNIPPET_SCRATCH, "a buffer for each use");

static struct place *places_of(const struct buf *places)
{
	return (struct place *)(void *)places->data;
}

/* A character with marks is one: a mark on a part of it is on all of it. */
static void mark_whole(struct place *places, size_t at)
{
	while (at > 0 && (places[at].flags & PLACE_JOINED) && !(places[at - 1].flags & PLACE_MARKED))
		places[--at].flags |= PLACE_MARKED;
}

/* Marks of Markdown inside an occurrence that covers text too were searched for: they become text. */
static void show_wanted_markup(struct place *places, size_t from, size_t to)
{
	enum place_kind kind = PLACE_MARKUP;

	for (size_t i = from; i < to && kind == PLACE_MARKUP; i++)
		if (!(places[i].flags & PLACE_BLANK))
			kind = places[i].kind;
	for (size_t i = from; i < to && kind != PLACE_MARKUP; i++)
		if (places[i].kind == PLACE_MARKUP)
			places[i].kind = (uint8_t)kind;
}

/* Has any place the flag? A place is looked at as one number, so that several are at a time. */
static bool any_has(const struct place *places, size_t count, uint8_t flag)
{
	const struct place wanted = {.flags = flag};
	uint64_t all = 0, mask, bits;

	_Static_assert(sizeof(struct place) == sizeof(uint64_t), "a place is eight bytes");
	for (size_t i = 0; i < count; i++) {
		memcpy(&bits, &places[i], sizeof(bits));
		all |= bits;
	}
	memset(&bits, 0, sizeof(bits));
	memcpy((char *)&bits + offsetof(struct place, flags), &wanted.flags, sizeof(wanted.flags));
	mask = bits;
	return all & mask;
}

/* Settles what is marked, and returns the kinds that are, as bits. */
static unsigned settle_marks(struct place *places, size_t count)
{
	unsigned kinds = 0;

	if (any_has(places, count, PLACE_JOINED))
		for (size_t i = 0; i < count; i++)
			if (places[i].flags & PLACE_MARKED)
				mark_whole(places, i);
	for (size_t i = 0, next; i < count; i = next) {
		if (!(places[i].flags & PLACE_MARKED)) {
			next = i + 1;
			continue;
		}
		for (next = i; next < count && (places[next].flags & PLACE_MARKED); next++)
			;
		show_wanted_markup(places, i, next);
		for (size_t k = i; k < next; k++)
			kinds |= places[k].flags & PLACE_BLANK ? 0 : 1u << places[k].kind;
	}
	return kinds;
}

/* The kinds to show, as bits: more than the text only when no needle is in the text. `marked`: those that are marked. */
static unsigned choose_kinds(const struct place *places, size_t count, unsigned marked)
{
	unsigned all = 0;

	if (!marked || (marked & 1u << PLACE_TEXT))
		return 1u << PLACE_TEXT;
	for (size_t i = 0; i < count; i++)
		all |= places[i].flags & PLACE_BLANK ? 0 : 1u << places[i].kind;
	if (!(marked & 1u << PLACE_HEADING))
		return all;
	return all & 1u << PLACE_TEXT ? 1u << PLACE_TEXT | 1u << PLACE_HEADING : 0;
}

/* Leaves the places of the kinds that are shown, white space as one blank, none at the ends; returns how many. */
static size_t keep_shown(struct place *places, size_t count, unsigned kinds)
{
	size_t kept = 0;
	uint8_t line = 0;

	for (size_t i = 0; i < count; i++) {
		struct place place = places[i];

		if (!(kinds & 1u << place.kind)) {
			line |= place.flags & PLACE_LINE; /* a hidden ** began it: what follows does now */
			if (!(place.flags & PLACE_PIPE))
				continue;
			place.flags = PLACE_BLANK;
		}
		if (place.flags & PLACE_BLANK) {
			if (kept && (places[kept - 1].flags & PLACE_BLANK))
				places[kept - 1].flags |= place.flags & PLACE_MARKED;
			if (!kept || (places[kept - 1].flags & PLACE_BLANK))
				continue;
		} else {
			place.flags |= line;
			line = 0;
		}
		places[kept++] = place;
	}
	return kept && (places[kept - 1].flags & PLACE_BLANK) ? kept - 1 : kept;
}

/* The first place at or after the byte. */
static size_t place_at(const struct view *view, uint32_t offset)
{
	size_t low = 0;
	size_t high = view->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (view->places[middle].offset < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Makes both ends those of whole characters; one with more marks than MARKS_MAX is none that anybody wrote. */
static void extend(struct occurrence *o, const struct view *view)
{
	for (int marks = 0; marks < MARKS_MAX && o->start > 0 && view_has(view, o->start, PLACE_JOINED); marks++)
		o->start--;
	for (int marks = 0; marks < MARKS_MAX && view_has(view, o->end, PLACE_JOINED); marks++)
		o->end++;
}

/* From bytes of the source to places of the view; those that are not shown are left out. */
static void move_to_view(struct buf *moved, const struct buf *found, const struct view *view)
{
	for (size_t i = 0; i < BUF_COUNT(found, struct occurrence); i++) {
		struct occurrence o = BUF_AT(found, struct occurrence, i);

		o.start = (uint32_t)place_at(view, o.start);
		o.end = (uint32_t)place_at(view, o.end);
		if (o.start == o.end)
			continue;
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

enum { PLACE_BYTES = 4 }; /* at most, in UTF-8 */

/* One place; there is room for it. Returns its end. */
static char *write_place(char *to, const struct view *view, size_t at)
{
	const char *p = view->text.p + view->places[at].offset;
	uint32_t code;
	bool valid;

	if (view->places[at].flags & PLACE_BLANK) {
		*to = ' ';
		return to + 1;
	}
	utf8_next(p, (size_t)(view->text.p + view->text.n - p), &code, &valid);
	return to + utf8_put(to, valid ? code : UTF8_REPLACEMENT);
}

/* Notes a marked run [from, to) of places; the first of them is character `first` of the snippet. */
static void add_highlight(struct snippet *out, size_t from, size_t to, size_t first)
{
	struct snippet_range range = {(uint32_t)(from - first), (uint32_t)(to - first)};

	if (to > from)
		buf_add(&out->highlights, &range, sizeof(range));
}

static void write_window(struct snippet *out, const struct view *view, struct window window, size_t dots)
{
	bool cut = window.start && dots;
	size_t first = window.start - cut;
	size_t begun = window.end; /* of the marked run */
	char *to;

	if (cut)
		buf_add_text(&out->text, "…");
	to = buf_reserve(&out->text, (window.end - window.start) * PLACE_BYTES);
	for (size_t i = window.start; to && i < window.end; i++) {
		bool marked = view->places[i].flags & PLACE_MARKED;

		if (marked && begun == window.end)
			begun = i;
		if (!marked && begun < window.end) {
			add_highlight(out, begun, i, first);
			begun = window.end;
		}
		to = write_place(to, view, i);
	}
	if (to)
		out->text.n = (size_t)(to - out->text.data);
	add_highlight(out, begun, window.end, first);
	if (window.end < view->count && dots)
		buf_add_text(&out->text, "…");
}

/* The first marked place, or `to`. */
static size_t first_marked(const struct place *places, size_t from, size_t to)
{
	while (from < to && !(places[from].flags & PLACE_MARKED))
		from++;
	return from;
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

/* Where the first piece of source that holds all needles, and in `room` characters, ends: no core behind it can be better.
 * The end of the text when there is none. */
static size_t find_end(const struct cut *cut, uint32_t *counts, size_t distinct, struct visible_range heading)
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
			return end;
	}
	return BUF_COUNT(found, struct occurrence) ? cut->hit->text.n : 0;
}

/* How far the text must be looked at, most likely. */
static bool choose_end(struct cut *cut, struct visible_end *end)
{
	struct visible_range heading = visible_heading(cut->hit);
	uint32_t *counts = new_counts(cut->out, cut->needle_count);
	size_t distinct = 0;

	if (!counts)
		return false;
	*end = (struct visible_end){cut->hit->text.n, 0};
	if (!count_found(cut, counts, heading))
		return true;
	for (size_t i = 0; i < cut->needle_count; i++) {
		distinct += counts[i] > 0;
		counts[i] = 0;
	}
	end->room = cut->size + ROOM_MORE;
	end->after = find_end(cut, counts, distinct, heading);
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
	unsigned kinds;
	uint64_t weight;
	bool whole;
	size_t count, marked;

	buf_reset(buffer);
	buf_reset(moved);
	whole = visible_scan(buffer, cut->hit, (const struct occurrence *)(const void *)found->data,
			     BUF_COUNT(found, struct occurrence), end) == cut->hit->text.n;
	if (buffer->failed || !counts)
		return -1;
	places = places_of(buffer);
	count = BUF_COUNT(buffer, struct place);
	marked = first_marked(places, 0, count);
	if (marked < count)
		set_position(out, cut->hit, places[marked].offset);
	kinds = choose_kinds(places, count, settle_marks(places, count));
	if (!whole && kinds != 1u << PLACE_TEXT)
		return 0;
	cut->view = (struct view){.text = cut->hit->text, .places = places};
	cut->view.count = keep_shown(places, count, kinds);
	move_to_view(moved, found, &cut->view);
	if (moved->failed)
		return -1;
	cut->core = window_core(moved, cut->needles, counts, cut->size - 2 * cut->dots, &weight);
	return whole || (weight == cut->weight && cut->view.count - cut->core.end >= cut->size + ROOM_MORE);
}

static bool prepare(struct cut *cut)
{
	struct buf *scratch = cut->out->scratch;
	struct visible_end end;
	int status;

	for (size_t i = 0; i < SCRATCH_BUFFERS; i++)
		buf_reset(&scratch[i]);
	occurrence_find(&scratch[SCRATCH_FOUND], cut->hit->text, cut->needles, cut->needle_count,
			&scratch[SCRATCH_FOLDED], &scratch[SCRATCH_SHIFTS]);
	if (scratch[SCRATCH_FOLDED].failed || scratch[SCRATCH_SHIFTS].failed || scratch[SCRATCH_FOUND].failed ||
	    !choose_end(cut, &end))
		return false;
	status = look(cut, end);
	if (status == 0)
		status = look(cut, (struct visible_end){cut->hit->text.n, 0});
	return status > 0;
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
	marked = first_marked(cut.view.places, window.start, window.end);
	if (window.start < window.end)
		set_position(out, hit, cut.view.places[marked < window.end ? marked : window.start].offset);
	if (window.start < window.end && marked == window.end)
		out->column = 1;
	if (limit)
		write_window(out, &cut.view, window, cut.dots);
}

void snippet_release(struct snippet *snippet)
{
	buf_release(&snippet->text);
	buf_release(&snippet->highlights);
	for (size_t i = 0; i < SCRATCH_BUFFERS; i++)
		buf_release(&snippet->scratch[i]);
}
