/* block - the visible text of one block (paragraph, list item, row of a table) on its way into pieces.
 *
 * Shape:  text is added chunk by chunk; soft breaks are '\n', hard ones '\v' (which no text needs for itself). Flushing
 *         cuts the text at labels (label.h), takes the bold text at its start apart, and joins the lines. As long as the
 *         chunks are one stretch of the source, with nothing between them, no byte is copied.
 * Owner:  block_release() frees; pieces go to the outline and its arena, or point into `home`.
 * Errors: sticky in `failed` and in the outline.
 * Cost:   linear; no copy, or two.
 */
#ifndef INPUT_BLOCK_H
#define INPUT_BLOCK_H

#include "outline.h"

struct block {
	struct span home;   /* the source: what lies in it stays, and pieces may point to it */
	struct span source; /* the text so far, where the source has it as one */
	struct buf buffer;  /* the text so far, when `source` is empty */
	size_t lead;        /* bytes at the start that are bold */
	size_t other_bold;  /* where the first bold text begins that is not at the start; 0: nowhere */
	unsigned strong;    /* bold spans that are open */
	bool in_lead;       /* and the outermost of them began at the start */
	size_t blank;       /* bytes at the start known to be blanks */
	bool failed;        /* as the buffer's, but a reset does not forget it */
};

void block_add(struct block *block, struct span text);

/* The text so far; and as a buffer of its own, for what is added otherwise. */
struct span block_text(const struct block *block);
struct buf *block_buffer(struct block *block);

/* A hard break, unless the text is empty or just had one. */
void block_break(struct block *block);

void block_enter_strong(struct block *block);
void block_leave_strong(struct block *block);

/* The text as pieces of a paragraph or list item: questions, the lead, body; then the block is empty. */
void block_flush(struct block *block, struct outline *outline);

/* The same as one piece: the cells of a row, one a line. */
void block_flush_row(struct block *block, struct outline *outline);

/* The same as one piece of code, as it is. */
void block_flush_code(struct block *block, struct outline *outline);

/* The text as one line without blanks at its ends: two lines of Chinese are joined without anything between, other breaks
 * become blanks. */
struct span block_line(const struct block *block, struct arena *arena);

void block_reset(struct block *block);
void block_release(struct block *block);

#endif
