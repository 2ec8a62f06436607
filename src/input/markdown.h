/* markdown - Markdown into sections, by md4c.
 *
 * Shape:  front matter is read first and kept from md4c. Headings outside of lists and quotes begin sections; a block of
 *         text is a piece or some (block.h). Raw HTML is read as a browser shows it (html.h). Dialect: see document.h.
 * Errors: ERR_MEMORY. A text that md4c would chew on for minutes (effort.h, and WORK_MAX in the source) is read as plain
 *         text instead.
 * Cost:   linear; md4c itself parses Chinese technical text at 250 to 310 MB/s.
 */
#ifndef INPUT_MARKDOWN_H
#define INPUT_MARKDOWN_H

#include "outline.h"

int markdown_parse(struct outline *outline, struct err *err);

/* The same with other parts of a long text, see part.h. What is found does not depend on them. */
int markdown_parse_in_parts(struct outline *outline, size_t part_least, struct err *err);

#endif
