#define _DEFAULT_SOURCE /* d_type of readdir(3) */
#include "walk.h"

#include "kind.h"
#include "path.h"
#include "pathglob.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

/* A directory that is being read. */
struct level {
	DIR *stream;
	size_t path; /* bytes of walker.path that name it, the '/' after it included */
};

/* The one place where it is decided what a walk passes over. `path` ends with the entry's name; `mode`: what it is. */
static enum walk_verdict judge(const struct walk_options *options, const char *path, mode_t mode)
{
	const char *name = path_last(span_of(path)).p;

	if (name[0] == '.')
		return WALK_HIDDEN;
	if (S_ISDIR(mode))
		return WALK_DIRECTORY;
	if (S_ISLNK(mode))
		return WALK_LINK;
	if (!S_ISREG(mode))
		return WALK_SPECIAL;
	if (kind_of(name) == KIND_NONE)
		return WALK_KIND;
	return pathglob_list_match(options->globs, options->glob_count, path) ? WALK_LISTED : WALK_GLOB;
}

struct walker {
	struct walk *out;
	const struct io *io;
	const char *root;
	const struct walk_options *options;
	struct buf path; /* of the current entry, relative to the root */
	struct level levels[WALK_DEPTH];
	size_t depth;
};

static void skip(struct walker *w, const struct err *reason)
{
	w->out->complete = false;
	if (w->options->skipped)
		w->options->skipped(w->options->context, reason);
}

/* `doing` failed on the current entry; errno says why. What vanished meanwhile is not missed. */
static void skip_system(struct walker *w, const char *doing)
{
	struct err reason = {0};
	struct buf shown = {0};

	if (errno == ENOENT)
		return;
	buf_printf(&shown, "%s%s%s", w->root, w->path.n ? "/" : "", buf_string(&w->path));
	err_system(&reason, buf_string(&shown), doing);
	skip(w, &reason);
	buf_release(&shown);
}

static void push_directory(struct walker *w, int fd)
{
	struct level *level = &w->levels[w->depth];

	level->stream = fdopendir(fd);
	if (!level->stream) {
		skip_system(w, "read");
		w->io->close(fd);
		return;
	}
	if (w->path.n)
		buf_add_byte(&w->path, '/');
	level->path = w->path.n;
	w->depth++;
}

static void enter_directory(struct walker *w, int parent, const char *name)
{
	struct err reason = {0};
	int fd;

	if (w->depth == WALK_DEPTH) {
		err_set(&reason, ERR_LIMIT, "%s/%s: more than %d directories deep", w->root, buf_string(&w->path),
			WALK_DEPTH);
		skip(w, &reason);
		return;
	}
	fd = w->io->openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0);
	if (fd < 0)
		skip_system(w, "open");
	else
		push_directory(w, fd);
}

static void add_file(struct walker *w, const struct stat *st)
{
	struct walk_file file = {
		.path = arena_copy(&w->out->arena, buf_span(&w->path)),
		.size = (uint64_t)st->st_size,
		.mtime_ns = io_mtime_ns(st),
	};

	buf_add(&w->out->files, &file, sizeof file);
}

static void visit(struct walker *w, const struct level *level, const struct dirent *entry)
{
	int parent = dirfd(level->stream);
	mode_t told = DTTOIF(entry->d_type); /* 0 where the file system does not tell */
	enum walk_verdict verdict = WALK_LISTED;
	struct stat st;

	w->path.n = level->path;
	buf_add_text(&w->path, entry->d_name);
	if (told)
		verdict = judge(w->options, buf_string(&w->path), told);
	if (verdict == WALK_LISTED) {
		if (w->io->fstatat(parent, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0) {
			skip_system(w, "look at");
			return;
		}
		if ((st.st_mode & S_IFMT) != told)
			verdict = judge(w->options, buf_string(&w->path), st.st_mode);
	}
	if (verdict == WALK_DIRECTORY)
		enter_directory(w, parent, entry->d_name);
	else if (verdict == WALK_LISTED)
		add_file(w, &st);
}

static void leave_directory(struct walker *w)
{
	const struct level *level = &w->levels[--w->depth];

	if (errno) {
		w->path.n = level->path ? level->path - 1 : 0;
		skip_system(w, "read");
	}
	closedir(level->stream);
}

static void descend(struct walker *w)
{
	while (w->depth && !w->path.failed) {
		const struct level *level = &w->levels[w->depth - 1];
		const struct dirent *entry;

		errno = 0; /* readdir(3) tells an error from the end by it alone */
		entry = readdir(level->stream);
		if (!entry)
			leave_directory(w);
		else if (entry->d_name[0] != '.') /* as judge() has it, but without a look */
			visit(w, level, entry);
	}
	while (w->depth)
		closedir(w->levels[--w->depth].stream);
}

static int compare_files(const void *a, const void *b)
{
	return span_compare(((const struct walk_file *)a)->path, ((const struct walk_file *)b)->path);
}

int walk_tree(struct walk *out, const struct io *io, const char *root, const struct walk_options *options,
	      struct err *err)
{
	struct walker w = {.out = out, .io = io, .root = root, .options = options};
	int fd;

	*out = (struct walk){.complete = true};
	fd = io_open_directory(io, AT_FDCWD, root, err);
	if (fd < 0)
		return -1;
	push_directory(&w, fd);
	descend(&w);
	if (w.path.failed || out->files.failed || out->arena.failed) {
		buf_release(&w.path);
		walk_release(out);
		return err_memory(err, "list a directory");
	}
	buf_release(&w.path);
	if (out->files.n)
		qsort(out->files.data, BUF_COUNT(&out->files, struct walk_file), sizeof(struct walk_file),
		      compare_files);
	return 0;
}

void walk_release(struct walk *walk)
{
	buf_release(&walk->files);
	arena_release(&walk->arena);
}

static enum walk_verdict fail(struct err *err, const char *path, const char *doing)
{
	if (errno == ENOENT)
		return WALK_ABSENT;
	err_system(err, path, doing);
	return WALK_UNREADABLE;
}

/* A directory must be one that a walk could read. */
static enum walk_verdict look(const struct io *io, int root, const char *path, const struct walk_options *options,
			      struct err *err)
{
	struct stat st;
	enum walk_verdict verdict;
	int fd;

	if (io->fstatat(root, path, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return fail(err, path, "look at");
	verdict = judge(options, path, st.st_mode);
	if (verdict != WALK_DIRECTORY)
		return verdict;
	fd = io->openat(root, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0);
	if (fd < 0)
		return fail(err, path, "open");
	io->close(fd);
	return WALK_DIRECTORY;
}

int walk_find(const struct io *io, int root, const char *path, const struct walk_options *options,
	      struct walk_finding *out, struct err *err)
{
	size_t n = strlen(path);
	struct buf part = {0};
	int status;

	*out = (struct walk_finding){.verdict = WALK_DIRECTORY};
	for (size_t depth = 1; out->n < n && out->verdict == WALK_DIRECTORY; depth++) {
		const char *slash = memchr(path + out->n + 1, '/', n - out->n - 1);

		out->n = slash ? (size_t)(slash - path) : n;
		buf_reset(&part);
		buf_add(&part, path, out->n);
		out->verdict = look(io, root, buf_string(&part), options, &out->err);
		if (out->verdict == WALK_DIRECTORY && depth == WALK_DEPTH)
			out->verdict = WALK_DEEP;
	}
	/* A file on the way is no directory. */
	if (out->n < n && (out->verdict == WALK_LISTED || out->verdict == WALK_KIND || out->verdict == WALK_GLOB))
		out->verdict = WALK_ABSENT;
	if (out->verdict == WALK_GLOB)
		out->glob = pathglob_list_find(options->globs, options->glob_count, path);
	status = part.failed ? err_memory(err, "look for a file") : 0;
	buf_release(&part);
	return status;
}
