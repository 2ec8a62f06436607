#include "view.h"

#include "utf8.h"

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

/* Settles what is marked, and returns the kinds that are, as bits. */
static unsigned settle_marks(struct place *places, size_t count, bool joined)
{
	unsigned kinds = 0;

	for (size_t i = 0; joined && i < count; i++)
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
	if (marked == 1u << PLACE_FRONT)
		return marked;
	for (size_t i = 0; i < count; i++)
		all |= places[i].flags & PLACE_BLANK ? 0 : 1u << places[i].kind;
	if (!(marked & 1u << PLACE_HEADING))
		return all;
	return all & 1u << PLACE_TEXT ? 1u << PLACE_TEXT | 1u << PLACE_HEADING : 0;
}

/* White space that is shown, behind `kept` places: is it a new one? */
static bool keep_blank(struct place *places, size_t kept, uint8_t flags)
{
	if (kept == 0)
		return false;
	if (!(places[kept - 1].flags & PLACE_BLANK))
		return true;
	places[kept - 1].flags |= flags & PLACE_MARKED;
	return false;
}

/* Leaves the places of the kinds that are shown, white space as one blank, none at the ends; returns how many. */
static size_t keep_shown(struct place *places, size_t count, unsigned kinds)
{
	size_t kept = 0;
	uint8_t line = 0;
	uint32_t at = 0;

	for (size_t i = 0; i < count; i++) {
		struct place place = places[i];

		if (!(kinds & 1u << place.kind)) {
			line |= place.flags & PLACE_LINE; /* a hidden ** began it: what follows does now */
			if (!(place.flags & PLACE_PIPE))
				continue;
			place.flags = PLACE_BLANK;
		}
		if (place.flags & PLACE_BLANK) {
			if (!keep_blank(places, kept, place.flags))
				continue;
		} else {
			place.flags |= line;
			line = 0;
		}
		place.at = at;
		at += place.count;
		places[kept++] = place;
	}
	return kept && (places[kept - 1].flags & PLACE_BLANK) ? kept - 1 : kept;
}

static bool any_joined(const struct place *places, size_t count)
{
	uint8_t flags = 0;

	for (size_t i = 0; i < count; i++)
		flags |= places[i].flags;
	return flags & PLACE_JOINED;
}

bool view_make(struct view *view, struct span text, struct place *places, size_t count, bool whole)
{
	bool joined = any_joined(places, count);
	unsigned kinds = choose_kinds(places, count, settle_marks(places, count, joined));

	if (!whole && kinds != 1u << PLACE_TEXT)
		return false;
	*view = (struct view){.text = text, .places = places, .joined = joined};
	view->place_count = keep_shown(places, count, kinds);
	if (view->place_count == 0)
		return true;
	view->count = places[view->place_count - 1].at + places[view->place_count - 1].count;
	view->offset = places[0].offset;
	return true;
}

/* The last place whose first character is at `at` or before. */
static size_t search_place(const struct view *view, size_t at)
{
	size_t low = 0;
	size_t high = view->place_count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (view->places[middle].at <= at)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static bool holds(const struct place *place, size_t at)
{
	return at >= place->at && at - place->at < place->count;
}

/* Goes to the place with the character, by its nearer end. */
static void seek_place(struct view *view, size_t at)
{
	const struct place *place;

	if (view->place > 0 && holds(&view->places[view->place - 1], at))
		view->place--;
	else if (view->place + 1 < view->place_count && holds(&view->places[view->place + 1], at))
		view->place++;
	else
		view->place = search_place(view, at);
	place = &view->places[view->place];
	view->at = place->at;
	view->offset = place->offset;
	if (at - place->at > place->count / 2) {
		view->at += place->count;
		view->offset += place->bytes;
	}
}

static bool is_tail(const struct view *view, size_t offset)
{
	return ((unsigned char)view->text.p[offset] & 0xC0) == 0x80;
}

static const struct place *seek(struct view *view, size_t at)
{
	if (!holds(&view->places[view->place], at))
		seek_place(view, at);
	for (; view->at < at; view->at++)
		do
			view->offset++;
		while (is_tail(view, view->offset));
	for (; view->at > at; view->at--)
		do
			view->offset--;
		while (is_tail(view, view->offset));
	return &view->places[view->place];
}

bool view_has(struct view *view, size_t at, unsigned flags)
{
	const struct place *place;
	unsigned all;

	if (at >= view->count)
		return false;
	place = seek(view, at);
	all = place->flags;
	if (at != place->at)
		all &= ~(unsigned)PLACE_LINE;
	if (view->text.p[view->offset] == ' ')
		all |= PLACE_BLANK;
	return all & flags;
}

bool view_same_place(const struct view *view, size_t at)
{
	return holds(&view->places[view->place], at);
}

uint32_t view_code(struct view *view, size_t at)
{
	uint32_t code;
	bool valid;

	seek(view, at);
	utf8_next(view->text.p + view->offset, view->text.n - view->offset, &code, &valid);
	return code;
}

size_t view_offset(struct view *view, size_t at)
{
	seek(view, at);
	return view->offset;
}

size_t view_place(struct view *view, size_t at)
{
	seek(view, at);
	return view->place;
}

/* Characters in the first `bytes` of a place. */
static size_t count_codes(const struct view *view, const struct place *place, size_t bytes)
{
	size_t count = 0;

	if (bytes >= place->bytes)
		return place->count;
	if (place->count == 1)
		return bytes > 0;
	for (size_t i = 0; i < bytes; i++)
		count += !is_tail(view, place->offset + i);
	return count;
}

size_t view_find(const struct view *view, size_t offset, size_t *place)
{
	const struct place *places = view->places;

	if (view->place_count == 0 || offset <= places[0].offset)
		return 0;
	while (*place + 1 < view->place_count && places[*place + 1].offset <= offset)
		++*place;
	return places[*place].at + count_codes(view, &places[*place], offset - places[*place].offset);
}
