/* lookup - which index is meant when none is named.
 *
 * Shape:  $KBSEARCH_INDEX, then the nearest .kbsearch from the current directory upward, then the user's default
 *         ($XDG_DATA_HOME/kbsearch/default, a symbolic link that kbindex makes with the first index).
 * Owner:  the path replaces what is in the caller's buffer.
 * Source: XDG Base Directory Specification: $XDG_DATA_HOME, or $HOME/.local/share.
 */
#ifndef CLI_LOOKUP_H
#define CLI_LOOKUP_H

#include "buf.h"
#include "err.h"

/* The path of the index that is meant: 1, or 0 with an empty path when there is none. */
int lookup_index(struct buf *out, const char *current_directory);

/* Makes `index` the user's default unless there is one: 1 made, 0 there is one (or no home), -1 failed. */
int lookup_register(const char *index, struct err *err);

#endif
