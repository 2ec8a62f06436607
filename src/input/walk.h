/* walk - the files of a tree, in one order.
 *
 * Shape:  walk_tree() fills a list of regular files that document_is_known() and the globs let through.
 * Units:  paths relative to the root, '/' between components, bytes as the file system has them.
 * Owner:  the list owns its paths (an arena); walk_release() frees.
 * Errors: an unreadable directory or entry does not end the walk: `skipped` is called with the reason, and `complete`
 *         is false. -1 only when the root itself cannot be opened or memory runs out.
 * Cost:   one fstatat(2) an entry where readdir(3) does not tell its type, one for each listed file.
 * Source: descends with openat(2) from the root's descriptor, O_NOFOLLOW for every component; symbolic links, hidden
 *         names (a leading dot) and other file systems' special files are passed over; at most WALK_DEPTH deep. Paths
 *         are sorted by bytes.
 */
#ifndef INPUT_WALK_H
#define INPUT_WALK_H

#include "arena.h"
#include "io.h"

enum { WALK_DEPTH = 256 };

struct walk_file {
	struct span path; /* terminated by a NUL that is not counted */
	uint64_t size;
	int64_t mtime_ns;
};

struct walk {
	struct arena arena;
	struct buf files; /* array of struct walk_file, sorted by path */
	bool complete;    /* nothing was skipped because of an error */
};

struct walk_options {
	const char *const *globs; /* as in pathglob.h; a file must pass the list */
	size_t glob_count;
	/* May be NULL; `path` is relative to the root, the reason names it from the root on. */
	void (*skipped)(void *context, const char *path, const struct err *reason);
	void *context;
};

/* `root` is a directory. A file passes when document_is_known() and the globs say so. */
int walk_tree(struct walk *out, const struct io *io, const char *root, const struct walk_options *options,
	      struct err *err);

void walk_release(struct walk *walk);

#endif
