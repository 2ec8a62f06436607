#define _GNU_SOURCE /* sync_file_range(2) */
#include "io.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <unistd.h>

static int posix_openat(int directory, const char *path, int flags, mode_t mode)
{
	int fd;

	do
		fd = openat(directory, path, flags | O_CLOEXEC, mode);
	while (fd < 0 && errno == EINTR);
	return fd;
}

static ssize_t posix_read(int fd, void *to, size_t n)
{
	ssize_t got;

	do
		got = read(fd, to, n);
	while (got < 0 && errno == EINTR);
	return got;
}

static ssize_t posix_pread(int fd, void *to, size_t n, off_t offset)
{
	ssize_t got;

	do
		got = pread(fd, to, n, offset);
	while (got < 0 && errno == EINTR);
	return got;
}

static ssize_t posix_write(int fd, const void *from, size_t n)
{
	ssize_t put;

	do
		put = write(fd, from, n);
	while (put < 0 && errno == EINTR);
	return put;
}

static int posix_write_back(int fd, off_t offset, off_t n)
{
#ifdef SYNC_FILE_RANGE_WRITE
	return sync_file_range(fd, offset, n, SYNC_FILE_RANGE_WRITE);
#else
	(void)fd;
	(void)offset;
	(void)n;
	return 0;
#endif
}

static void *posix_map(size_t n, int fd)
{
	return mmap(NULL, n, PROT_READ, MAP_PRIVATE, fd, 0);
}

const struct io io_posix = {
	.openat = posix_openat,
	.close = close,
	.read = posix_read,
	.pread = posix_pread,
	.write = posix_write,
	.fsync = fsync,
	.write_back = posix_write_back,
	.fstat = fstat,
	.fstatat = fstatat,
	.mkdirat = mkdirat,
	.renameat = renameat,
	.unlinkat = unlinkat,
	.symlinkat = symlinkat,
	.flock = flock,
	.map = posix_map,
	.unmap = munmap,
};

int64_t io_mtime_ns(const struct stat *st)
{
	int64_t ns;

	if (__builtin_mul_overflow((int64_t)st->st_mtim.tv_sec, (int64_t)1000000000, &ns) ||
	    __builtin_add_overflow(ns, (int64_t)st->st_mtim.tv_nsec, &ns))
		return st->st_mtim.tv_sec < 0 ? INT64_MIN : INT64_MAX;
	return ns;
}

int io_open_directory(const struct io *io, int at, const char *path, struct err *err)
{
	int fd = io->openat(at, path, O_RDONLY | O_DIRECTORY, 0);

	return fd < 0 ? err_system(err, path, "open") : fd;
}

int io_read_sized(const struct io *io, int fd, const char *path, uint64_t size, size_t limit, struct buf *out,
		  struct err *err)
{
	enum { STEP = 64 * 1024 };
	size_t start = out->n;
	/* One byte more than the size: a read that gives just the size has seen the end. */
	size_t step = size == 0 ? STEP : size < limit ? (size_t)size + 1 : limit + 1;

	for (;;) {
		char *to = buf_reserve(out, step);
		ssize_t got;

		if (!to)
			return err_memory(err, "read a file");
		got = io->read(fd, to, step);
		if (got < 0)
			return err_system(err, path, "read");
		out->n += (size_t)got;
		if (out->n - start > limit)
			return err_set(err, ERR_LIMIT, "%s: larger than the limit of %zu bytes", path, limit);
		if (got == 0 || (out->n - start == size && (size_t)got < step))
			return 0;
		step = STEP;
	}
}

int io_read_at(const struct io *io, int fd, const char *path, uint64_t offset, void *to, size_t n, struct err *err)
{
	char *at = to;

	while (n) {
		ssize_t got = io->pread(fd, at, n, (off_t)offset);

		if (got <= 0) {
			if (got == 0)
				errno = EIO;
			return err_system(err, path, "read");
		}
		at += got;
		offset += (uint64_t)got;
		n -= (size_t)got;
	}
	return 0;
}

int io_read_all(const struct io *io, int fd, const char *path, size_t limit, struct buf *out, struct err *err)
{
	struct stat st;
	uint64_t size = io->fstat(fd, &st) == 0 && st.st_size > 0 ? (uint64_t)st.st_size : 0;

	return io_read_sized(io, fd, path, size, limit, out, err);
}

int io_write_all(const struct io *io, int fd, const char *path, struct span bytes, struct err *err)
{
	while (bytes.n) {
		ssize_t put = io->write(fd, bytes.p, bytes.n);

		if (put <= 0) {
			if (put == 0)
				errno = EIO;
			return err_system(err, path, "write");
		}
		bytes.p += put;
		bytes.n -= (size_t)put;
	}
	return 0;
}

int io_sync(const struct io *io, int fd, const char *path, struct err *err)
{
	return io->fsync(fd) < 0 ? err_system(err, path, "make durable") : 0;
}
