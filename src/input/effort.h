/* effort - what md4c would need for a text, before it is asked.
 *
 * Source: measured on md4c 0.4.8, which is linear but for these: in one paragraph, every ']' may look at every line
 *         ("](\n[" 250,000 times, 1 MB: 60 s); with every line, all the containers that are open are looked at ("- "
 *         50,000 times, then 100,000 blank lines, 0.2 MB: 3 s); some 0.5 ns a look. What it does for link references
 *         and cells of tables shows only while it works: see markdown.c.
 */
#ifndef INPUT_EFFORT_H
#define INPUT_EFFORT_H

#include "span.h"

/* Would md4c need at most some 4 s? Overestimates: a list of 100,000 links without a blank line is too much. */
bool effort_is_bounded(struct span text);

#endif
