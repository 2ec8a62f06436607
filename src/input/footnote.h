/* footnote - `[^1]: text`, where CommonMark sees a link target with the name "^1", because Chinese has no blanks that would tell it
 * from one.
 *
 * Shape:  without its colon a footnote is text. It is known by the first '^' of its line.
 * Errors: the draft's.
 * Cost:   a search for '^'.
 */
#ifndef INPUT_FOOTNOTE_H
#define INPUT_FOOTNOTE_H

#include "draft.h"

/* Makes a blank of the colon of each. */
void footnote_blank_colons(struct draft *draft);

#endif
