/* plan - what a run of kbindex is about: which files, under which roots, in which slices, and what changed since.
 *
 * Shape:  the files of all roots in one order: root by root as given, paths by bytes. Slices are runs of files of
 *         SLICE_BYTES or so, smaller ones towards the end: they depend on the input alone, so the index does not depend on
 *         the number of threads.
 * Owner:  the plan owns its strings, its walks and the roots' descriptors.
 * Errors: a root that is missing fails the plan; what is unreadable below a root is a note through `skipped`.
 */
#ifndef WRITER_PLAN_H
#define WRITER_PLAN_H

#include "manifest.h"
#include "walk.h"

enum {
	/* 1.5 MiB: some 45 ms of work. 2 MiB take 5 MB more memory a thread and no less time. */
	SLICE_BYTES = 3 << 19,
	/* A slice is at most this share of what is left, so that threads end at about the same time; */
	SLICE_SHARE = 8,
	/* but not so little that merging costs more than waiting. */
	SLICE_LEAST = 256 << 10,
};

struct plan_root {
	const char *directory; /* absolute: the tree, or where the file is */
	const char *file;      /* its name when the root is one file, else NULL */
	int fd;
};

struct plan_file {
	uint32_t root;
	const char *path; /* relative to the root's directory */
	uint64_t size;
	int64_t mtime_ns;
	bool known; /* the index before has it as it is */
};

struct plan_slice {
	size_t first;
	size_t end;
};

struct plan {
	const struct io *io;
	struct arena arena;
	struct buf roots;  /* array of struct plan_root */
	struct buf walks;  /* array of struct walk */
	struct buf files;  /* array of struct plan_file */
	struct buf slices; /* array of struct plan_slice */
	uint64_t bytes;
	bool complete; /* no directory was unreadable */
};

/* Adds a root: an absolute path of a directory, or of a file. */
int plan_add_root(struct plan *plan, const char *path, struct err *err);

/* Walks all roots and makes the slices. */
int plan_walk(struct plan *plan, const struct walk_options *options, struct err *err);

/* What the plan would make of the file with this absolute path: 1, 0 when it is below none of the roots, -1 no memory. out->n
 * counts bytes of `path`. A root that is one file is listed whatever it is. */
int plan_find(const struct plan *plan, const char *path, const struct walk_options *options, struct walk_finding *out,
	      struct err *err);

void plan_release(struct plan *plan);

/* What a file is called in messages: its absolute path, in `out`. */
const char *plan_shown(const struct plan *plan, const struct plan_file *file, struct buf *out);

/* Added, changed and removed files, seen from the manifest of the index before. */
struct plan_changes {
	size_t added;
	size_t changed;
	size_t removed;
};

typedef void plan_change_function(void *context, char kind, struct span path); /* kind: '+', '~' or '-' */

/* Compares by path, size and time; `each` may be NULL. `now` has the plan's roots; those of `before` may be others: what is
 * below a root that they do not share is new, or removed. Sets `known` of the files. */
int plan_compare(struct plan *plan, const struct manifest *now, struct manifest *before, struct plan_changes *changes,
		 plan_change_function *each, void *context, struct err *err);

#endif
