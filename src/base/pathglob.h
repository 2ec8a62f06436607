/* pathglob - path patterns as people type them after --glob and --path.
 *
 * Shape:  '*', '?', '[...]' as in the shell (wildcard.h). A pattern without '/' is matched against each component: the file's name
 *         and the directories it is in; with '/',
 *         against the whole relative path, '*' not crossing '/'; '**' anywhere makes every '*' cross it.
 *         A leading './' is dropped. A pattern that ends with '/' matches directories alone, as these rules have it, and so
 *         all that is below them.
 * Units:  characters, not bytes: '?' is one Chinese character, in every locale.
 * Cost:   some hundred instructions a component.
 */
#ifndef BASE_PATHGLOB_H
#define BASE_PATHGLOB_H

#include <stdbool.h>
#include <stddef.h>

/* Does the relative path match the pattern? */
bool pathglob_match(const char *pattern, const char *path);

/* The pattern of the list (a '!' before it passed over) that decides, the last that matches; NULL when none does. */
const char *pathglob_list_find(const char *const *globs, size_t count, const char *path);

/* A list in which '!GLOB' leaves out: the last pattern that matches decides; when none does, a path passes only if
 * every pattern of the list is a '!' one (or the list is empty). */
bool pathglob_list_match(const char *const *globs, size_t count, const char *path);

#endif
