/* suggest - what kbindex --suggest-words prints: words that the text of an index suggests for a user's dictionary.
 *
 * Shape:  a word a line and, after a tab, how often it stands there, best first: a file for --words.
 * Owner:  the index is borrowed.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   the stored text is read twice, as Markdown and cut into words: some 60 ms a megabyte. Memory: collocation.h.
 */
#ifndef CLI_SUGGEST_H
#define CLI_SUGGEST_H

#include "index.h"

/* Good ones are some hundred in a large manual; who reads more of them has a use for all. */
enum { SUGGEST_MAX = 500 };

int suggest_print(struct buf *out, struct index *index, struct err *err);

#endif
