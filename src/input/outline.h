/* outline - the sections of one document while they are being found.
 *
 * Shape:  a parser begins sections and adds pieces to the current one; before the first heading that is the text before
 *         it. outline_finish() gives the document: every line in one section, parents, occurrences, flags.
 * Owner:  pieces and headings are the caller's, in the arena or in the text; outline_release() frees the rest.
 * Errors: sticky; outline_finish() tells.
 * Cost:   linear in the text, and sections are sorted once for their occurrences.
 */
#ifndef INPUT_OUTLINE_H
#define INPUT_OUTLINE_H

#include "buf.h"
#include "document.h"

struct outline {
	struct arena *arena;
	struct span text;
	struct span name;  /* of the file */
	struct span title; /* of the front matter, set by whoever finds one */
	size_t body;       /* where the front matter ends */
	struct buf sections;
	struct section current; /* start is where its own lines begin, until it is closed */
	struct piece *last;
	size_t piece_count; /* of all sections */
	struct piece *open; /* the last one that was joined of several, and */
	char *room;         /* where the next of them goes */
	size_t room_bytes;
	bool has_text; /* a piece that is not the heading */
	bool has_body; /* one of them was not in the front matter */
	bool has_link;
	bool has_word;     /* outside of links */
	uint32_t above[7]; /* by level: the section that is open, or SECTION_NO_PARENT */
	size_t counted;    /* lines have been counted up to here */
	uint32_t line;     /* the line of `counted` */
};

/* `text` is the whole file. Also starts over. */
void outline_init(struct outline *outline, struct span text, struct span name, struct arena *arena);
void outline_release(struct outline *outline);

/* Text that is blank is no piece. */
void outline_add_piece(struct outline *outline, enum field field, struct span text);

/* A question; the first of a section is the section's. */
void outline_add_question(struct outline *outline, struct span text);

/* The value of a key of the front matter, for the first section. */
void outline_add_value(struct outline *outline, struct span text);

/* Text that is in no link, nor in a heading, passed by. */
void outline_see_text(struct outline *outline, struct span text);

/* A link passed by. */
void outline_see_link(struct outline *outline);

/* A heading, of the line that begins at `start`. */
void outline_begin(struct outline *outline, unsigned level, struct span heading, size_t start);

int outline_finish(struct outline *outline, struct document *out, struct err *err);

#endif
