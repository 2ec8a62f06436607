/* wiki_link - `[[目标|别名]]`, a link with the text 别名, and `[[目标]]`, one with the text 目标.
 *
 * Owner:  spans of the text.
 * Cost:   linear.
 */
#ifndef INPUT_WIKI_LINK_H
#define INPUT_WIKI_LINK_H

#include "span.h"

/* The first "[[...]]" of the text, as what stands between; false when there is none. */
bool wiki_link_find(struct span text, struct span *inside);

/* What is read of it. */
struct span wiki_link_label(struct span inside);

#endif
