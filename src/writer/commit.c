#include "commit.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>

#include <string.h>
#include <sys/file.h>

#define MANIFEST_NAME      "MANIFEST"
#define MANIFEST_TEMPORARY "MANIFEST.tmp"
#define SORT_TEMPORARY     "sort.tmp"

/* 256 MiB: some five million documents. */
#define MANIFEST_LIMIT ((size_t)256 << 20)

static int read_before(struct commit *commit, struct err *err)
{
	int fd = commit->io->openat(commit->directory, MANIFEST_NAME, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0);
	int status;

	if (fd < 0)
		return errno == ENOENT ? 0 : err_system(err, commit->path, "open its MANIFEST");
	commit->exists = true;
	status = io_read_all(commit->io, fd, commit->path, MANIFEST_LIMIT, &commit->before, err);
	commit->io->close(fd);
	return status;
}

/* Calls `each` for every name in the directory but . and .. until it returns nonzero. */
static int each_name(struct commit *commit, int (*each)(struct commit *, const char *, void *), void *context,
		     struct err *err)
{
	int fd = commit->io->openat(commit->directory, ".", O_RDONLY | O_DIRECTORY, 0);
	DIR *names = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *entry;
	int status = 0;

	if (!names) {
		if (fd >= 0)
			commit->io->close(fd);
		return err_system(err, commit->path, "list");
	}
	while (status == 0 && (entry = readdir(names)))
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			status = each(commit, entry->d_name, context);
	closedir(names);
	return status;
}

/* seg-GENERATION-TIME.kbs, and nothing else that may begin like it: such files are removed when no manifest names them. */
static bool is_segment(const char *name)
{
	size_t digits;
	size_t hex;

	if (strncmp(name, "seg-", 4) != 0)
		return false;
	name += 4;
	digits = strspn(name, "0123456789");
	if (digits == 0 || name[digits] != '-')
		return false;
	name += digits + 1;
	hex = strspn(name, "0123456789abcdef");
	return hex > 0 && strcmp(name + hex, ".kbs") == 0;
}

static bool is_temporary(const char *name)
{
	return strcmp(name, MANIFEST_TEMPORARY) == 0 || strcmp(name, SORT_TEMPORARY) == 0;
}

static bool is_ours(const char *name)
{
	return strcmp(name, MANIFEST_NAME) == 0 || strcmp(name, "lock") == 0 || strcmp(name, ".gitignore") == 0 ||
	       is_temporary(name) || is_segment(name);
}

static int refuse_foreign(struct commit *commit, const char *name, void *err)
{
	if (is_ours(name))
		return 0;
	return err_set(err, ERR_USAGE,
		       "%s: not an index directory (it holds %s); name a new or empty directory with --index",
		       commit->path, name);
}

static int remove_leftover(struct commit *commit, const char *name, void *context)
{
	const struct manifest *manifest = context;

	if (!is_segment(name) && !is_temporary(name))
		return 0;
	for (size_t i = 0; i < manifest->segment_count; i++)
		if (span_equal(manifest->segments[i].name, span_of(name)))
			return 0;
	commit->io->unlinkat(commit->directory, name, 0);
	return 0;
}

static void sweep(struct commit *commit, const struct manifest *manifest)
{
	struct err ignored = {0};

	/* What cannot be swept now is swept by the next writer: it costs space, not correctness. */
	each_name(commit, remove_leftover, (void *)manifest, &ignored);
}

static void sweep_by_manifest(struct commit *commit)
{
	struct arena arena = {0};
	struct manifest manifest = {0};
	struct err ignored = {0};

	if (!commit->exists || manifest_open(&manifest, buf_span(&commit->before), commit->path, &arena, &ignored) == 0)
		sweep(commit, &manifest);
	manifest_close(&manifest);
	arena_release(&arena);
}

static int sync_parent(struct commit *commit, struct err *err)
{
	int fd = io_open_directory(commit->io, commit->directory, "..", err);
	int status = fd < 0 ? -1 : io_sync(commit->io, fd, commit->path, err);

	if (fd >= 0)
		commit->io->close(fd);
	return status;
}

static int open_directory(struct commit *commit, struct err *err)
{
	bool made = commit->io->mkdirat(AT_FDCWD, commit->path, 0700) == 0;

	if (!made && errno != EEXIST)
		return err_system(err, commit->path, "make the index directory");
	commit->directory = io_open_directory(commit->io, AT_FDCWD, commit->path, err);
	if (commit->directory < 0)
		return -1;
	return made ? sync_parent(commit, err) : each_name(commit, refuse_foreign, err, err);
}

static int take_lock(struct commit *commit, struct err *err)
{
	commit->lock = commit->io->openat(commit->directory, "lock", O_RDWR | O_CREAT | O_NOFOLLOW, 0600);
	if (commit->lock < 0)
		return err_system(err, commit->path, "open its lock");
	if (commit->io->flock(commit->lock, LOCK_EX | LOCK_NB) == 0)
		return 0;
	if (errno == EWOULDBLOCK)
		return err_set(err, ERR_LOCKED,
			       "%s: another kbindex is writing this index; try again when it has ended", commit->path);
	return err_system(err, commit->path, "lock");
}

static int write_gitignore(struct commit *commit, struct err *err)
{
	int fd = commit->io->openat(commit->directory, ".gitignore", O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
	int status;

	if (fd < 0)
		return errno == EEXIST ? 0 : err_system(err, commit->path, "write .gitignore");
	status = io_write_all(commit->io, fd, commit->path, span_of("*\n"), err);
	commit->io->close(fd);
	if (status < 0)
		commit_discard(commit, ".gitignore");
	return status;
}

static void clear(struct commit *commit, const struct io *io, const char *path)
{
	*commit = (struct commit){.io = io, .path = path, .directory = -1, .lock = -1};
}

int commit_begin(struct commit *commit, const struct io *io, const char *path, struct err *err)
{
	clear(commit, io, path);
	if (open_directory(commit, err) < 0 || take_lock(commit, err) < 0 || write_gitignore(commit, err) < 0 ||
	    read_before(commit, err) < 0) {
		commit_end(commit);
		return -1;
	}
	sweep_by_manifest(commit);
	return 0;
}

int commit_peek(struct commit *commit, const struct io *io, const char *path, struct err *err)
{
	clear(commit, io, path);
	commit->directory = io->openat(AT_FDCWD, path, O_RDONLY | O_DIRECTORY, 0);
	if (commit->directory < 0)
		return errno == ENOENT ? 0 : err_system(err, path, "open");
	return read_before(commit, err);
}

static int create(struct commit *commit, const char *name, int access, struct err *err)
{
	int flags = access | O_CREAT | O_EXCL | O_NOFOLLOW;
	int fd = commit->io->openat(commit->directory, name, flags, 0600);

	if (fd >= 0)
		return fd;
	/* Of a writer whose manifest could not be read; we hold the lock, so nobody writes it now. */
	if (errno == EEXIST) {
		commit_discard(commit, name);
		fd = commit->io->openat(commit->directory, name, flags, 0600);
	}
	return fd < 0 ? err_system(err, commit->path, "make a file") : fd;
}

int commit_create(struct commit *commit, const char *name, struct err *err)
{
	return create(commit, name, O_WRONLY, err);
}

int commit_temporary(struct commit *commit, struct err *err)
{
	int fd = create(commit, SORT_TEMPORARY, O_RDWR, err);

	if (fd < 0)
		return -1;
	/* Nothing is left of it then, however we end. */
	if (commit->io->unlinkat(commit->directory, SORT_TEMPORARY, 0) == 0)
		return fd;
	err_system(err, commit->path, "remove a file");
	commit->io->close(fd);
	return -1;
}

int commit_seal(struct commit *commit, int fd, const char *name, struct err *err)
{
	int status = io_sync(commit->io, fd, commit->path, err);

	if (commit->io->close(fd) < 0 && status == 0)
		status = err_system(err, commit->path, "close a file");
	if (status < 0)
		commit_discard(commit, name);
	return status;
}

void commit_discard(struct commit *commit, const char *name)
{
	commit->io->unlinkat(commit->directory, name, 0);
}

static int write_manifest(struct commit *commit, const struct manifest *manifest,
			  const struct manifest_document *documents, size_t document_count, struct err *err)
{
	int fd = commit_create(commit, MANIFEST_TEMPORARY, err);
	struct out out;
	int status;

	if (fd < 0)
		return -1;
	out_init(&out, commit->io, fd, commit->path, err);
	status = manifest_encode(&out, manifest, documents, document_count, err);
	if (status == 0)
		status = out_flush(&out);
	commit->bytes = out.offset;
	out_release(&out);
	if (status == 0)
		return commit_seal(commit, fd, MANIFEST_TEMPORARY, err);
	commit->io->close(fd);
	commit_discard(commit, MANIFEST_TEMPORARY);
	return -1;
}

int commit_publish(struct commit *commit, const struct manifest *manifest, const struct manifest_document *documents,
		   size_t document_count, struct err *err)
{
	if (io_sync(commit->io, commit->directory, commit->path, err) < 0 ||
	    write_manifest(commit, manifest, documents, document_count, err) < 0)
		return -1;
	if (commit->io->renameat(commit->directory, MANIFEST_TEMPORARY, commit->directory, MANIFEST_NAME) < 0) {
		err_system(err, commit->path, "replace its MANIFEST");
		commit_discard(commit, MANIFEST_TEMPORARY);
		return -1;
	}
	commit->published = true;
	if (commit->io->fsync(commit->directory) < 0)
		return err_set(err, ERR_IO, "%s: the new index is in place, but may not survive a power cut: %s",
			       commit->path, strerror(errno));
	sweep(commit, manifest);
	return 0;
}

void commit_end(struct commit *commit)
{
	if (commit->lock >= 0)
		commit->io->close(commit->lock);
	if (commit->directory >= 0)
		commit->io->close(commit->directory);
	buf_release(&commit->before);
	clear(commit, commit->io, commit->path);
}
