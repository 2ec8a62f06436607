/* io - every system call on files, through one table, and the few whole operations made of them.
 *
 * Shape:  struct io holds one function for each call; io_posix is the real thing. Code that touches files is handed a
 *         table, so a test can hand in one that fails the n-th write.
 * Owner:  descriptors belong to who opened them. Descriptors are opened close-on-exec.
 * Errors: -1 with errno in the table; the operations below fill *err with path, action and reason. EINTR is retried,
 *         except for fsync: a failed fsync is final (the kernel may have dropped the dirty pages).
 *         Directory streams are the exception: the walk opens a directory through the table and reads it with
 *         fdopendir(3) and readdir(3) themselves.
 * Source: POSIX.1-2008; flock(2); sync_file_range(2), where there is one.
 */
#ifndef BASE_IO_H
#define BASE_IO_H

#include "buf.h"
#include "err.h"
#include <sys/stat.h>
#include <sys/types.h>

struct io {
	int (*openat)(int directory, const char *path, int flags, mode_t mode);
	int (*close)(int fd);
	ssize_t (*read)(int fd, void *to, size_t n);
	ssize_t (*pread)(int fd, void *to, size_t n, off_t offset);
	ssize_t (*write)(int fd, const void *from, size_t n);
	int (*fsync)(int fd);
	/* Begins to write these bytes of the file to the disk, so that fsync has less to wait for. May be NULL, and fail
	 * without harm. */
	int (*write_back)(int fd, off_t offset, off_t n);
	int (*fstat)(int fd, struct stat *out);
	int (*fstatat)(int directory, const char *path, struct stat *out, int flags);
	int (*mkdirat)(int directory, const char *path, mode_t mode);
	int (*renameat)(int from_directory, const char *from, int to_directory, const char *to);
	int (*unlinkat)(int directory, const char *path, int flags);
	int (*symlinkat)(const char *target, int directory, const char *path);
	int (*flock)(int fd, int operation);
	void *(*map)(size_t n, int fd); /* read-only, private; MAP_FAILED on error */
	int (*unmap)(void *address, size_t n);
};

extern const struct io io_posix;

/* When the file was last changed, in nanoseconds since 1970; times that do not fit are the nearest that does. */
int64_t io_mtime_ns(const struct stat *st);

/* Opens a directory; `path` names it in messages. */
int io_open_directory(const struct io *io, int at, const char *path, struct err *err);

/* All bytes of an open file are appended to `out`; past `limit` bytes it is ERR_LIMIT. `path` is for messages. */
int io_read_all(const struct io *io, int fd, const char *path, size_t limit, struct buf *out, struct err *err);

/* Exactly `n` bytes from `offset` on; fewer are ERR_IO. */
int io_read_at(const struct io *io, int fd, const char *path, uint64_t offset, void *to, size_t n, struct err *err);

/* The same of a file that fstat(2) said has `size` bytes: when they come at once, that is one system call. */
int io_read_sized(const struct io *io, int fd, const char *path, uint64_t size, size_t limit, struct buf *out,
		  struct err *err);

/* All of `bytes`, whatever write(2) takes at a time. */
int io_write_all(const struct io *io, int fd, const char *path, struct span bytes, struct err *err);

/* fsync, once. */
int io_sync(const struct io *io, int fd, const char *path, struct err *err);

#endif
