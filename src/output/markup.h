/* markup - emphasis, code spans and links inside a line of Markdown.
 *
 * Shape:  a scanner that turns source bytes into places. Emphasis is hidden when its closing run is found, so the
 *         opening run, already written as text, is changed then; a stack of open runs lives from line to line of one
 *         paragraph.
 * Owner:  borrows everything.
 * Errors: sticky in the buffer of places.
 * Cost:   linear: at most MARKUP_OPEN_MAX runs are open, and lookahead ends after MARKUP_AHEAD bytes.
 */
#ifndef OUTPUT_MARKUP_H
#define OUTPUT_MARKUP_H

#include "visible.h"

enum {
	MARKUP_OPEN_MAX = 32,
	MARKUP_AHEAD = 2048, /* bytes of a code span or a link target: longer ones are shown as they are */
};

struct markup_open {
	size_t place; /* index of its first: it begins a place, and ends one */
	unsigned length;
	char mark;
};

struct markup {
	struct span text;
	const struct occurrence *found;
	size_t found_count;
	size_t found_next;
	size_t marked_end; /* the occurrences begun so far end here */
	size_t same_end;   /* to here characters are marked as the one asked about last, */
	bool marked;       /* which is so */
	struct buf *places;
	uint32_t
		before; /* the last code point written, 0 at the start of a line; UINT32_MAX: a simple one, see the text */
	bool at_line; /* nothing but blanks and marks so far in this line */
	struct markup_open open[MARKUP_OPEN_MAX];
	size_t open_count;
};

/* Past the blanks at `at`. */
static inline size_t markup_skip_blanks(struct span text, size_t at, size_t to)
{
	while (at < to && (text.p[at] == ' ' || text.p[at] == '\t'))
		at++;
	return at;
}

/* How many of `mark` stand at `at`. */
static inline size_t markup_run(struct span text, size_t at, size_t to, char mark)
{
	size_t n = 0;

	while (at + n < to && text.p[at + n] == mark)
		n++;
	return n;
}

/* Is `code` one character with the one before it? */
bool markup_joins(uint32_t before, uint32_t code);

/* Bytes [from, to) as they are. */
void markup_raw(struct markup *m, size_t from, size_t to, enum place_kind kind);

/* Bytes [from, to) of one line as inline Markdown; in a row of a table pipes are marks. */
void markup_line(struct markup *m, size_t from, size_t to, enum place_kind kind, bool row);

#endif
