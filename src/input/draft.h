/* draft - a text as md4c is to see it: the text itself, as long as nothing in it needs to be changed.
 *
 * Shape:  draft_blank() makes blanks of single bytes; the first one copies the text. Offsets are those of the text.
 * Owner:  the text is borrowed, its copy is the arena's.
 * Errors: sticky in the arena, and `text.p` is NULL then.
 * Cost:   nothing, or one copy: of ordinary notes those with footnotes are copied, some in a hundred.
 */
#ifndef INPUT_DRAFT_H
#define INPUT_DRAFT_H

#include "arena.h"

struct draft {
	struct span text; /* as it stands; a NUL follows when one followed the original */
	struct arena *arena;
	bool copied;
};

void draft_blank(struct draft *draft, size_t at);

/* A lone '\r' is a blank, since lines end with '\n' and nothing else, for us and for everybody who counts them. */
void draft_blank_returns(struct draft *draft);

/* The text as a copy, to be changed, with a NUL behind it; NULL without memory. */
char *draft_own(struct draft *draft);

#endif
