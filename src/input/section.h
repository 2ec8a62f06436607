/* section - the unit of search: a heading and the text up to the next heading.
 *
 * Shape:  a document is its sections in order of the source. Each section holds display strings (heading, question),
 *         its place, and its pieces: runs of visible text, each in exactly one field.
 * Units:  lines from 1; offsets and sizes in bytes of the decoded text (UTF-8 without a mark).
 * Owner:  everything lives in the arena that was handed to the parser, or in the text that was parsed.
 * Source: shared vocabulary of the whole program: the fields of the ranking formula are these.
 */
#ifndef INPUT_SECTION_H
#define INPUT_SECTION_H

#include "span.h"
#include <stdint.h>

enum field {
	FIELD_BODY,
	FIELD_CODE,     /* code blocks; code spans stay in the field of their block */
	FIELD_HEADING,  /* the section's own heading */
	FIELD_QUESTION, /* what follows a label such as 题目： or Q: at the start of a paragraph */
	FIELD_LEAD,     /* bold text that begins a paragraph or a list item: **商业模式：** */
	FIELD_ANCESTOR, /* headings above the section's own */
	FIELD_NAME,     /* the file name without its extension, and the title of the front matter */
	FIELD_COUNT
};

/* A run of visible text: adjacent pieces are separated from each other (no word reaches across). */
struct piece {
	enum field field;
	struct span text;
	struct piece *next;
};

enum section_flag {
	SECTION_NO_TEXT = 1,    /* a heading (or nothing) and no text of its own */
	SECTION_LINKS_ONLY = 2, /* text, but all of it inside links: a table of contents */
};

#define SECTION_NO_PARENT UINT32_MAX

struct section {
	struct span heading; /* visible text of the heading; for text before the first heading the title or file name */
	struct span question; /* first question of the section, or empty */
	unsigned level;       /* 1 to 6; 0 for text without a heading */
	unsigned flags;       /* of enum section_flag */
	uint32_t parent;      /* index in the document of the nearest heading above, or SECTION_NO_PARENT */
	uint32_t occurrence;  /* how many earlier sections of the document have the same heading path */
	size_t start; /* first byte of its lines; the first section starts at 0, each next where the last ended */
	uint32_t line_first; /* line of `start` */
	uint32_t line_start; /* line of the heading, or of the first line of text */
	uint32_t line_end;   /* last line: the one before the next section, or the last of the text */
	struct piece *
		pieces; /* in source order; FIELD_ANCESTOR and FIELD_NAME are not in it: they follow from parent and document */
};

#endif
