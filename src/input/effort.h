/* effort - texts on which md4c would work for minutes, told and tamed before it is asked.
 *
 * Shape:  md4c 0.4.8 is linear but for this:
 *           - every line looks at every container (quote, list) that is open: "- " 50,000 times, then 100,000 blank
 *             lines, 0.2 MB, take 3 s;
 *           - in a paragraph, every ']' may look at every line, at 0.5 ns ("](\n[" for 1 MB: 60 s), and at every
 *             byte back to its '[', at 0.5 ns, or at 10 ns when there are link definitions to look it up in ("[" and
 *             "]" 25,000 times each and one definition, 50 KB: 6 s);
 *           - what it does for the targets of references and the cells of tables: see markdown.c.
 * Cost:   linear, some 3 % of what md4c takes for ordinary text.
 * Source: measured, version 0.4.8 of Debian 12.
 */
#ifndef INPUT_EFFORT_H
#define INPUT_EFFORT_H

#include "draft.h"

/* Is what lines and containers cost below some 4 s? Always, for text that somebody wrote. */
bool effort_is_bounded(struct span text);

/* Blanks the '[' of paragraphs whose brackets would take the rest of some 4 s: what they enclose stays as text. Tables
 * count as one paragraph; so do lists, but for bullets that are indented less than four columns. Ordinary text has
 * none: 800 KB with 10,000 links in one paragraph or table is below the limit. */
void effort_limit_brackets(struct draft *draft);

#endif
