/* path - names of files as text: absolute, relative to each other, without detours.
 *
 * Shape:  absolute paths are what realpath(3) gives: from '/', no '.', no '..', no doubled '/', no link.
 * Owner:  results are appended to the caller's buffer, without a NUL (buf_string() adds one).
 * Errors: path_real() and path_real_name() tell in *err; the others are sticky in the buffer.
 */
#ifndef BASE_PATH_H
#define BASE_PATH_H

#include "buf.h"
#include "err.h"

/* The absolute path of something that exists. */
int path_real(const char *path, struct buf *out, struct err *err);

/* The same of a name in a directory that exists: what has it, if anything does, may be a link. */
int path_real_name(struct span path, struct buf *out, struct err *err);

/* `relative` seen from the absolute directory `from`, '..' and '.' taken out; an absolute `relative` is copied as such.
 */
void path_join(struct buf *out, struct span from, struct span relative);

/* The way from the absolute directory `from` to the absolute path `to`: '.' when they are the same. */
void path_relative(struct buf *out, struct span from, struct span to);

/* Is `path` the directory `above` or below it? Then *rest is what follows, without the '/'. */
bool path_below(struct span path, struct span above, struct span *rest);

/* What follows the last '/'; the whole when there is none. */
struct span path_last(struct span path);

#endif
