/* wrap - a line of text folded to the width of a terminal.
 *
 * Shape:  breaks at blanks and around wide characters; not before closing punctuation, not after opening; a piece that
 *         is wider than the line is broken between characters. Text must have no controls (see escape.h).
 * Units:  columns as escape_columns() counts them.
 * Errors: sticky in the buffer.
 * Cost:   linear.
 */
#ifndef OUTPUT_WRAP_H
#define OUTPUT_WRAP_H

#include "buf.h"
#include "snippet.h"

struct wrap_style {
	size_t indent;  /* blanks before each line but the first, which the caller has begun */
	size_t width;   /* columns after the indent */
	const char *on; /* switches on the colour of what is marked, or NULL */
	const char *off;
};

/* `marks`: ascending ranges of code points that are coloured. */
void wrap_text(struct buf *out, struct span text, const struct snippet_range *marks, size_t mark_count,
	       const struct wrap_style *style);

/* Columns of the text on one line. */
size_t wrap_columns(struct span text);

/* As much of the text as fits `columns`, which ends with "…" when that is not all. */
void wrap_truncate(struct buf *out, struct span text, size_t columns);

#endif
