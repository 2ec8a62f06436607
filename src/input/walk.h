/* walk - the files of a tree, in one order.
 *
 * Shape:  walk_tree() fills a list of regular files that kind_of() knows and the globs let through. walk_find()
 *         tells what a walk makes of one path, and why.
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
	/* May be NULL; the reason names what was skipped, from the root on. */
	void (*skipped)(void *context, const struct err *reason);
	void *context;
};

/* `root` is a directory. */
int walk_tree(struct walk *out, const struct io *io, const char *root, const struct walk_options *options,
	      struct err *err);

void walk_release(struct walk *walk);

/* What a walk makes of an entry. */
enum walk_verdict {
	WALK_LISTED,
	WALK_DIRECTORY, /* entered, never listed */
	WALK_HIDDEN,
	WALK_LINK,
	WALK_SPECIAL,    /* neither a directory nor a regular file */
	WALK_KIND,       /* of no kind that is read, by its name */
	WALK_GLOB,       /* the globs leave it out */
	WALK_DEEP,       /* more than WALK_DEPTH directories down */
	WALK_ABSENT,     /* there is no such entry */
	WALK_UNREADABLE, /* the system says why */
};

struct walk_finding {
	enum walk_verdict verdict;
	size_t n;         /* so many bytes of the path are what it is about: all, or a directory on the way */
	const char *glob; /* with WALK_GLOB: the pattern that leaves it out; NULL when none lets it in */
	struct err err;   /* with WALK_UNREADABLE */
};

/* `path`: below the open directory `root`, as walk_tree() names files; no '/' at its end. -1: no memory. */
int walk_find(const struct io *io, int root, const char *path, const struct walk_options *options,
	      struct walk_finding *out, struct err *err);

#endif
