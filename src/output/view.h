/* view - what may be shown of a section: its places less those that are hidden, and the way from bytes to characters.
 *
 * Units:  positions are characters of the view, white space however much being one; offsets are bytes of the source.
 * Owner:  borrows everything; view_make() rewrites the places it is given. A view remembers where it was asked last.
 * Cost:   making one is linear in the places; a character beside the one asked for last is a few instructions away.
 */
#ifndef OUTPUT_VIEW_H
#define OUTPUT_VIEW_H

#include "visible.h"

struct view {
	struct span text; /* the source */
	const struct place *places;
	size_t place_count;
	size_t count; /* characters */
	bool joined;  /* are any? */
	/* Asked last: the place, the character and its byte. */
	size_t place;
	size_t at;
	size_t offset;
};

/* What visible_scan() gave. 0: more must be seen than the text, and these places are not all there are. */
bool view_make(struct view *view, struct span text, struct place *places, size_t count, bool whole);

/* Has the character any of the flags? None has, past the end. */
bool view_has(struct view *view, size_t at, unsigned flags);

/* The code point of a character, at < count; of white space, the first. */
uint32_t view_code(struct view *view, size_t at);

/* Its byte, at < count. */
size_t view_offset(struct view *view, size_t at);

/* Is the character in the place of the one asked for last? Then it begins no line. */
bool view_same_place(const struct view *view, size_t at);

/* The index of the place that holds the character, at < count. */
size_t view_place(struct view *view, size_t at);

/* The first character at or after the byte. `*place` is the index of a place not behind it, 0 at first; of the last such place
 * then: what is looked for in order costs a step a place. */
size_t view_find(const struct view *view, size_t offset, size_t *place);

#endif
