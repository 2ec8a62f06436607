/* entity - HTML character references as the characters they stand for.
 *
 * Shape:  numeric ones, and the named ones that people type into notes. Blanks of any width become U+0020, so that an
 *         indent of &emsp; is an indent.
 * Source: HTML 5, section 13.5, of which this is the small part that occurs in Markdown.
 */
#ifndef INPUT_ENTITY_H
#define INPUT_ENTITY_H

#include "buf.h"

/* Appends what `entity` (from '&' to ';') stands for; one that is not known is appended as written. */
void entity_add(struct buf *out, struct span entity);

/* How long the reference at the start of `text` (at its '&') is, ';' included; 0 when there is none. */
size_t entity_length(struct span text);

#endif
