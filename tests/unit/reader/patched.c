#include "patched.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct patched patched;

enum { MOST = 256 };

/* What stands behind a descriptor: NULL for files of the disk. */
static struct {
	const struct buf *bytes;
	size_t offset;
} open_files[MOST];

static int patched_openat(int directory, const char *path, int flags, mode_t mode)
{
	int fd = io_posix.openat(directory, path, flags, mode);

	if (fd < 0 || fd >= MOST)
		return fd;
	open_files[fd].offset = 0;
	open_files[fd].bytes = strcmp(path, "MANIFEST") == 0   ? &patched.manifest
			       : strncmp(path, "seg-", 4) == 0 ? &patched.segment
							       : NULL;
	return fd;
}

static ssize_t patched_read(int fd, void *to, size_t n)
{
	const struct buf *bytes = open_files[fd].bytes;
	size_t left;

	if (!bytes)
		return read(fd, to, n);
	left = bytes->n - open_files[fd].offset;
	n = n < left ? n : left;
	if (n)
		memcpy(to, bytes->data + open_files[fd].offset, n);
	open_files[fd].offset += n;
	return (ssize_t)n;
}

static int patched_fstat(int fd, struct stat *out)
{
	int status = fstat(fd, out);

	if (status == 0 && open_files[fd].bytes)
		out->st_size = (off_t)open_files[fd].bytes->n;
	return status;
}

static void *patched_map(size_t n, int fd)
{
	char *copy = malloc(n);

	if (!copy || !open_files[fd].bytes || open_files[fd].bytes->n != n)
		return MAP_FAILED;
	memcpy(copy, open_files[fd].bytes->data, n);
	return copy;
}

static int patched_unmap(void *address, size_t n)
{
	(void)n;
	free(address);
	return 0;
}

const struct io patched_io = {
	.openat = patched_openat,
	.close = close,
	.read = patched_read,
	.fstat = patched_fstat,
	.fstatat = fstatat,
	.map = patched_map,
	.unmap = patched_unmap,
};
