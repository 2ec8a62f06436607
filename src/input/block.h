/* block - the visible text of one block (paragraph, list item, row of a table) on its way into pieces.
 *
 * Shape:  text is added chunk by chunk; soft breaks are '\n', hard ones '\v' (which no text needs for itself). Flushing
 *         cuts the text at labels (label.h), takes the bold text at its start apart, and joins the lines.
 * Owner:  block_release() frees; pieces go to the outline and its arena.
 * Errors: sticky in `failed` and in the outline.
 * Cost:   linear; one copy.
 */
#ifndef INPUT_BLOCK_H
#define INPUT_BLOCK_H

#include "outline.h"

struct block {
	struct buf text;
	size_t lead;       /* bytes at the start that are bold */
	size_t other_bold; /* where the first bold text begins that is not at the start; 0: nowhere */
	unsigned strong;   /* bold spans that are open */
	bool in_lead;      /* and the outermost of them began at the start */
	size_t blank;      /* bytes at the start known to be blanks */
	bool failed;       /* as the buffer's, but a reset does not forget it */
};

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

void block_reset(struct block *block);
void block_release(struct block *block);

/* A copy of `text` without blanks at its ends: two lines of Chinese are joined without anything between, other soft
 * breaks and all hard ones become `line_end`. */
struct span block_join(struct arena *arena, struct span text, char line_end);

#endif
