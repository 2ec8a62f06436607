/* window - which part of what may be shown is shown.
 *
 * Shape:  the occurrences that fit and whose distinct needles weigh most (the earliest of equals) are the core. The
 *         window begins at the nearest beginning of a sentence or line, if that is within a third of the limit before
 *         the core, else a few characters before it; the rest of the limit goes to what follows, and where the text
 *         ends before that, to whole sentences before.
 * Units:  characters of a view, and so are limits.
 * Owner:  borrows everything.
 * Cost:   linear in the occurrences and in the limit.
 */
#ifndef OUTPUT_WINDOW_H
#define OUTPUT_WINDOW_H

#include "view.h"

/* Half-open. */
struct window {
	size_t start;
	size_t end;
};

/* Weights as integers, so that equal sums are equal whatever the order; a needle without weight counts a little. */
uint64_t window_weight(const struct needle *needle);

/* The occurrences, within `room` characters, whose distinct needles weigh most; the earliest of equals. `found`: an array of
 * struct occurrence in characters of the view, ascending by start. `counts`: how often each needle is in the window, zero at
 * the start. */
struct window window_core(const struct buf *found, const struct needle *needles, uint32_t *counts, size_t room,
			  uint64_t *weight);

/* The window of `limit` characters around the core, less `dots` at each end that is cut. What lies more than `limit` characters
 * behind the core is not looked at. */
struct window window_widen(struct view *view, struct window core, size_t limit, size_t dots);

#endif
