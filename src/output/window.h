/* window - which part of what may be shown is shown.
 *
 * Shape:  the occurrences that fit and whose distinct needles weigh most (the earliest of equals) are the core. The
 *         window begins at the nearest beginning of a sentence or line, if that is within a third of the limit before
 *         the core, else a few characters before it; the rest of the limit goes to what follows, and where the text
 *         ends before that, to whole sentences before.
 * Units:  places of a view; limits in places, which are code points.
 * Owner:  borrows everything.
 * Cost:   linear in the occurrences and in the limit.
 */
#ifndef OUTPUT_WINDOW_H
#define OUTPUT_WINDOW_H

#include "visible.h"

/* What may be shown of a section. */
struct view {
	struct span text; /* the source: places are offsets in it */
	const struct place *places;
	size_t count;
};

/* Half-open. */
struct window {
	size_t start;
	size_t end;
};

/* Has the place any of the flags? None has, past the end. */
static inline bool view_has(const struct view *view, size_t at, unsigned flags)
{
	return at < view->count && (view->places[at].flags & flags);
}

/* `found`: an array of struct occurrence in places of the view, ascending by start. `counts`: a zero for each needle.
 * `dots`: characters of the limit that are left free at each end that is cut. */
struct window window_choose(const struct view *view, const struct buf *found, const struct needle *needles,
			    uint32_t *counts, size_t limit, size_t dots);

#endif
