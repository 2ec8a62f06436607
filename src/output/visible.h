/* visible - the source of a section as characters, each with what it is for a reader.
 *
 * Shape:  places in source order, none left out: what to show is the caller's choice. A place is a run of characters that
 *         are alike, or a character that stands alone: a mark, what is joined, white space. Lines are judged
 *         for block marks, fences, tables, front matter and the heading; inside a line of prose, markup.h judges
 *         emphasis, code spans and links. This is no Markdown parser: where a mark is doubtful it is text, because a
 *         mark too many in a snippet is harmless and a character too few is not.
 * Units:  offsets in bytes of the section's source.
 * Owner:  appended to the caller's buffer.
 * Errors: sticky in the buffer.
 * Cost:   one pass, as far as it is asked for; what is looked ahead for is bounded.
 * Source: CommonMark 0.30 and GFM tables, read loosely.
 */
#ifndef OUTPUT_VISIBLE_H
#define OUTPUT_VISIBLE_H

#include "occurrence.h"

enum place_kind {
	PLACE_TEXT,
	PLACE_HEADING, /* the section's own heading */
	PLACE_FRONT,   /* front matter */
	PLACE_MARKUP,  /* marks, link targets, fence lines */
};

enum place_flag {
	PLACE_MARKED = 1, /* covered by an occurrence */
	PLACE_BLANK = 2,  /* white space, however much: one character to a reader */
	PLACE_LINE = 4,   /* its first character is the first of a source line that is not blank */
	PLACE_JOINED = 8, /* one character with the one before it: a mark, or after a joiner */
	PLACE_PIPE = 16,  /* between cells: a blank where it is not shown */
};

/* Where count is above 1, the characters are well formed, and blanks ' ' that stand singly between others. A character that
 * is joined stands alone, and so does what it is joined to. */
struct place {
	uint32_t offset;
	uint32_t bytes;
	uint32_t count; /* characters */
	uint32_t at;    /* how many characters are shown before it: see view.h */
	uint8_t kind;
	uint8_t flags;
};

/* Bytes of the source, half-open. */
struct visible_range {
	size_t from;
	size_t to;
};

/* The lines of the section's own heading. */
struct visible_range visible_heading(const struct hit *hit);

/* Where a scan may end before the text does. */
struct visible_end {
	size_t after; /* no sooner than at this byte, */
	size_t from;  /* and with so many characters of text */
	size_t room;  /* behind this one */
};

/* Appends the places (`at` is 0) of the hit's text to `places`, an array of struct place. `found` is ascending by start.
 * Returns the byte where the scan ended: the end of the text, or else the start of a line, such that nothing behind it
 * changes a place before it, and no occurrence reaches over it. */
size_t visible_scan(struct buf *places, const struct hit *hit, const struct occurrence *found, size_t found_count,
		    struct visible_end end);

#endif
