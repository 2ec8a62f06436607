/* gap - blank lines before text that is indented, where md4c may take them for the end of an item of a list.
 *
 * Shape:  an item that begins with two blank lines has no text. To know it for one, md4c 0.4.8 looks at a blank line
 *         whether the last bytes that it kept are the start of an item; of a block that has ended already they are the
 *         offset of a line, modulo 256, which is taken for it when that is 4. What is indented then is no part of the item: a fence in it
 *         is opened and never closed, and headings to the end of the file are code.
 *         So no blank line is left behind a line that ends its block, and one behind others: their line ends become blanks,
 *         which those lines may end with. Of code that is indented a blank line may go.
 * Errors: the draft's.
 * Cost:   a look at each line.
 */
#ifndef INPUT_GAP_H
#define INPUT_GAP_H

#include "draft.h"

void gap_close(struct draft *draft);

#endif
