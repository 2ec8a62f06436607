/* plain - text without markup: one section, a piece for each paragraph.
 *
 * Shape:  paragraphs are separated by blank lines; labels (label.h) count at the start of their lines.
 * Errors: ERR_MEMORY.
 * Cost:   linear.
 */
#ifndef INPUT_PLAIN_H
#define INPUT_PLAIN_H

#include "outline.h"

/* Adds the text behind the front matter. */
int plain_parse(struct outline *outline, struct err *err);

#endif
