/* lookup - which index is meant when none is named.
 *
 * Shape:  $KBSEARCH_INDEX, then the nearest .kbsearch from the current directory upward, then the user's default
 *         ($XDG_DATA_HOME/kbsearch/default, a symbolic link that kbindex makes with the first index).
 * Owner:  the path replaces what is in the caller's buffer (lookup_default() appends).
 * Source: XDG Base Directory Specification: $XDG_DATA_HOME, or $HOME/.local/share.
 */
#ifndef CLI_LOOKUP_H
#define CLI_LOOKUP_H

#include "buf.h"
#include "err.h"

/* Appends the path of the user's index: 1, or 0 when the user has none. */
int lookup_index(struct buf *out, const char *current_directory);

/* Appends the path of the user's default, made or not: 1, or 0 when there is no home. */
int lookup_default(struct buf *out);

/* Makes `index` the user's default unless there is one: 1 made, 0 there is one (or no home), -1 failed. */
int lookup_register(const char *index, struct err *err);

#endif
