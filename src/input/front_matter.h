/* front_matter - the lines of metadata at the very start of a file: YAML between "---", TOML between "+++".
 *
 * Shape:  read line by line, as people write it by hand: keys at the start of a line, values on the line, in brackets,
 *         or in the lines below (lists, folded text). Anchors, types and nesting mean nothing here.
 * Owner:  titles and values are spans of the text.
 * Source: YAML 1.2, TOML 1.0: the part that static site generators and note programs write.
 */
#ifndef INPUT_FRONT_MATTER_H
#define INPUT_FRONT_MATTER_H

#include "outline.h"

/* How many bytes it takes, its closing line included; 0 when the text begins with none, or with one that is not closed,
 * or with a thematic break: the first line that is neither blank nor a comment must be a key. */
size_t front_matter_length(struct span text);

/* Its keys and their values, one by one. */
struct front_matter {
	struct span rest;   /* lines to come */
	struct span key;    /* of the values */
	struct span values; /* of the line, those to come */
	bool list;          /* commas separate values */
};

/* `text` as front_matter_length() found it. */
void front_matter_begin(struct front_matter *matter, struct span text);

/* The next value, neither quoted nor empty, and its key; a list gives its items, folded text its lines. */
bool front_matter_next(struct front_matter *matter, struct span *key, struct span *value);

/* Gives the outline its title, and the values of the keys that describe the content (tags, summary and their like). */
void front_matter_read(struct span text, struct outline *outline);

#endif
