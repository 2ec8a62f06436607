#include "window.h"

#include "unicode.h"

#include <math.h>

/* Longer runs of letters are cut. */
enum { WORD_MAX = 20 };

uint64_t window_weight(const struct needle *needle)
{
	return needle->weight > 0 ? (uint64_t)(fmin(needle->weight, 1e6) * 1e6) + 1 : 1;
}

struct window window_core(const struct buf *found, const struct needle *needles, uint32_t *counts, size_t room,
			  uint64_t *best_weight)
{
	const struct occurrence *all = (const struct occurrence *)(const void *)found->data;
	struct window best = {0, 0};
	uint64_t weight = 0;
	uint32_t end = 0; /* of the longest; one before `first` reaches no farther than the window does */

	*best_weight = 0;
	for (size_t i = 0, first = 0; i < BUF_COUNT(found, struct occurrence); i++) {
		if (counts[all[i].needle]++ == 0)
			weight += window_weight(&needles[all[i].needle]);
		for (; first < i && all[i].end - all[first].start > room; first++)
			if (--counts[all[first].needle] == 0)
				weight -= window_weight(&needles[all[first].needle]);
		end = all[i].end > end ? all[i].end : end;
		if (weight > *best_weight) {
			*best_weight = weight;
			best = (struct window){all[first].start, end};
		}
	}
	if (best.end - best.start > room)
		best.end = best.start + room;
	return best;
}

static bool ends_sentence(uint32_t code)
{
	return unicode_is_one_of(code, U"。！？；…");
}

/* The same in ASCII, where a blank must follow. */
static bool ends_sentence_before_blank(uint32_t code)
{
	return unicode_is_one_of(code, U".!?;");
}

static bool closes(uint32_t code)
{
	return unicode_is_one_of(code, U"’”」』）】》)\"'");
}

static bool is_letter(struct view *view, size_t at)
{
	return unicode_in_word(unicode_class(view_code(view, at)));
}

/* What a cut may part: each of these is worse than the next. */
enum part {
	PART_CHARACTER,
	PART_MARK,
	PART_WORD, /* of letters */
};

/* Would a cut before `at` part anything up to `part`? */
static bool parts(struct view *view, size_t at, enum part part)
{
	if (at == 0 || at >= view->count)
		return false;
	if (view_has(view, at, PLACE_JOINED))
		return true;
	if (part >= PART_MARK && view_has(view, at - 1, PLACE_MARKED) && view_has(view, at, PLACE_MARKED))
		return true;
	return part >= PART_WORD && is_letter(view, at - 1) && is_letter(view, at);
}

static bool follows_sentence(struct view *view, size_t at)
{
	bool blank = view_has(view, at - 1, PLACE_BLANK);
	uint32_t code;

	at -= blank;
	while (at > 0 && closes(view_code(view, at - 1)))
		at--;
	code = at > 0 ? view_code(view, at - 1) : 0;
	return ends_sentence(code) || (blank && ends_sentence_before_blank(code));
}

/* Letters of Han, of ASCII, and digits: most of any text, none of them white space, and no sentence ends with one. */
static bool is_plain(uint32_t code)
{
	return (code >= 0x4E00 && code <= 0x9FFF) || (code | 0x20) - 'a' < 26 || code - '0' < 10;
}

static bool begins_sentence(struct view *view, size_t at)
{
	if (at == 0)
		return true;
	if (is_plain(view_code(view, at - 1)) && (view_same_place(view, at) || !view_has(view, at, PLACE_LINE)))
		return false;
	if (view_has(view, at, PLACE_BLANK) || parts(view, at, PART_MARK))
		return false;
	if (view_has(view, at, PLACE_LINE))
		return true;
	return !closes(view_code(view, at)) && !ends_sentence(view_code(view, at)) && follows_sentence(view, at);
}

/* Where to begin: the nearest beginning of a sentence or line at most `reach` before the core, else a few characters
 * before it. */
static size_t choose_start(struct view *view, size_t core, size_t reach, size_t few)
{
	size_t at = core;

	while (!begins_sentence(view, at)) {
		if (core - at == reach) {
			at = core - (few < reach ? few : reach);
			while (at < core && (view_has(view, at, PLACE_BLANK) || parts(view, at, PART_WORD)))
				at++;
			return at;
		}
		at--;
	}
	return at;
}

/* The last cut in [least, end] that parts nothing up to `part`, or 0. */
static size_t last_cut(struct view *view, size_t least, size_t end, enum part part)
{
	while (end >= least && parts(view, end, part))
		end--;
	return end >= least ? end : 0;
}

/* Where to end, at `end` or before: behind the core, and not more than WORD_MAX before `end` to spare a word. */
static size_t choose_end(struct view *view, size_t start, size_t core, size_t end)
{
	size_t least = core > start ? core : start + 1;
	size_t at = last_cut(view, end > least + WORD_MAX ? end - WORD_MAX : least, end, PART_WORD);

	if (!at)
		at = last_cut(view, least, end, PART_MARK);
	if (!at)
		at = last_cut(view, start + 1, end, PART_CHARACTER);
	if (!at)
		at = end;
	while (at > start && view_has(view, at - 1, PLACE_BLANK))
		at--;
	return at;
}

static size_t least_of(size_t a, size_t b)
{
	return a < b ? a : b;
}

struct window window_widen(struct view *view, struct window core, size_t limit, size_t dots)
{
	struct window out = {0, view->count};
	size_t slack = limit - 2 * dots - (core.end - core.start);
	size_t reach = least_of(least_of(limit / 3, slack), core.start);

	if (view->count <= limit)
		return out;
	out.start = choose_start(view, core.start, reach, limit / 6);
	out.end = out.start + limit - (out.start ? dots : 0);
	if (out.end < view->count) {
		out.end = choose_end(view, out.start, core.end, out.end - dots);
		return out;
	}
	out.end = view->count;
	for (size_t i = view->count - (limit - dots); i < out.start; i++) {
		if (begins_sentence(view, i)) {
			out.start = i;
			break;
		}
	}
	return out;
}
