#include "snippet.h"

#include "utf8.h"
#include "window.h"

/* The window that decides line and column when no text is asked for. */
enum { DEFAULT_LIMIT = 160 };

enum { MARKS_MAX = 32 };

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

static void settle_marks(struct place *places, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (places[i].flags & PLACE_MARKED)
			mark_whole(places, i);
	for (size_t i = 0, next; i < count; i = next) {
		for (next = i; next < count && (places[next].flags & PLACE_MARKED); next++)
			;
		show_wanted_markup(places, i, next);
		next += next == i;
	}
}

/* The kinds to show, as bits: more than the text only when no needle is in the text. */
static unsigned choose_kinds(const struct place *places, size_t count)
{
	unsigned all = 0;
	unsigned marked = 0;

	for (size_t i = 0; i < count; i++) {
		if (places[i].flags & PLACE_BLANK)
			continue;
		all |= 1u << places[i].kind;
		if (places[i].flags & PLACE_MARKED)
			marked |= 1u << places[i].kind;
	}
	if (!marked || (marked & 1u << PLACE_TEXT))
		return 1u << PLACE_TEXT;
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
static void move_to_view(struct buf *found, const struct view *view)
{
	size_t kept = 0;

	for (size_t i = 0; i < BUF_COUNT(found, struct occurrence); i++) {
		struct occurrence o = BUF_AT(found, struct occurrence, i);

		o.start = (uint32_t)place_at(view, o.start);
		o.end = (uint32_t)place_at(view, o.end);
		if (o.start == o.end)
			continue;
		extend(&o, view);
		BUF_AT(found, struct occurrence, kept++) = o;
	}
	found->n = kept * sizeof(struct occurrence);
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

static void write_place(struct buf *out, const struct view *view, size_t at)
{
	size_t offset = view->places[at].offset;
	uint32_t code;
	bool valid;
	size_t n;

	if (view_has(view, at, PLACE_BLANK)) {
		buf_add_byte(out, ' ');
		return;
	}
	n = utf8_next(view->text.p + offset, view->text.n - offset, &code, &valid);
	if (valid)
		buf_add(out, view->text.p + offset, n);
	else
		utf8_add(out, UTF8_REPLACEMENT);
}

static void write_window(struct snippet *out, const struct view *view, struct window window, size_t dots)
{
	uint32_t shift = window.start && dots ? 1 : 0;

	if (shift)
		buf_add_text(&out->text, "…");
	for (size_t i = window.start, next; i < window.end; i = next) {
		struct snippet_range range = {(uint32_t)(i - window.start) + shift, 0};

		for (next = i; next < window.end && view_has(view, next, PLACE_MARKED); next++)
			write_place(&out->text, view, next);
		if (next > i) {
			range.end = range.start + (uint32_t)(next - i);
			buf_add(&out->highlights, &range, sizeof(range));
		} else {
			write_place(&out->text, view, next++);
		}
	}
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

/* Finds occurrences and places, and leaves what may be shown; line and column of a hit that shows nothing. */
static bool prepare(struct snippet *out, struct view *view, const struct hit *hit, const struct needle *needles,
		    size_t needle_count)
{
	struct buf *found = &out->scratch[2];
	struct buf *places = &out->scratch[3];
	size_t count, marked;

	for (size_t i = 0; i < sizeof(out->scratch) / sizeof(out->scratch[0]); i++)
		buf_reset(&out->scratch[i]);
	occurrence_find(found, hit->text, needles, needle_count, &out->scratch[0], &out->scratch[1]);
	visible_scan(places, hit, BUF_COUNT(found, struct occurrence) ? &BUF_AT(found, struct occurrence, 0) : NULL,
		     BUF_COUNT(found, struct occurrence));
	if (out->scratch[0].failed || out->scratch[1].failed || found->failed || places->failed)
		return false;
	count = BUF_COUNT(places, struct place);
	marked = first_marked(places_of(places), 0, count);
	if (marked < count)
		set_position(out, hit, places_of(places)[marked].offset);
	settle_marks(places_of(places), count);
	*view = (struct view){.text = hit->text, .places = places_of(places)};
	view->count = keep_shown(places_of(places), count, choose_kinds(places_of(places), count));
	move_to_view(found, view);
	return true;
}

/* One zero for each needle, in memory that the fold no longer needs. */
static uint32_t *new_counts(struct snippet *out, size_t needle_count)
{
	struct buf *counts = &out->scratch[1];
	char *zeros;

	buf_reset(counts);
	zeros = buf_reserve(counts, needle_count * sizeof(uint32_t));
	if (zeros)
		memset(zeros, 0, needle_count * sizeof(uint32_t));
	return (uint32_t *)(void *)zeros;
}

void snippet_cut(struct snippet *out, const struct hit *hit, const struct needle *needles, size_t needle_count,
		 size_t limit)
{
	size_t size = limit ? limit : DEFAULT_LIMIT;
	size_t dots = size > 2 ? 1 : 0; /* in one or two characters they would hide what they stand beside */
	struct view view;
	struct window window;
	uint32_t *counts;
	size_t marked;

	buf_reset(&out->text);
	buf_reset(&out->highlights);
	out->line = hit->line_start;
	out->column = 1;
	if (!prepare(out, &view, hit, needles, needle_count) || !(counts = new_counts(out, needle_count))) {
		out->text.failed = true;
		return;
	}
	window = window_choose(&view, &out->scratch[2], needles, counts, size, dots);
	marked = first_marked(view.places, window.start, window.end);
	if (window.start < window.end)
		set_position(out, hit, view.places[marked < window.end ? marked : window.start].offset);
	if (window.start < window.end && marked == window.end)
		out->column = 1;
	if (limit)
		write_window(out, &view, window, dots);
}

void snippet_release(struct snippet *snippet)
{
	buf_release(&snippet->text);
	buf_release(&snippet->highlights);
	for (size_t i = 0; i < sizeof(snippet->scratch) / sizeof(snippet->scratch[0]); i++)
		buf_release(&snippet->scratch[i]);
}
