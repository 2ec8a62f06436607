#include "mapping.h"

#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

static struct {
	unsigned maps;
	unsigned unmaps;
	size_t unmapped; /* bytes, of the last */
	int reason;      /* errno of what is made to fail */
} seen;

static void *counting_map(size_t n, int fd)
{
	seen.maps++;
	return io_posix.map(n, fd);
}

static int counting_unmap(void *address, size_t n)
{
	seen.unmaps++;
	seen.unmapped = n;
	return io_posix.unmap(address, n);
}

static int failing_fstat(int fd, struct stat *out)
{
	(void)fd;
	(void)out;
	errno = seen.reason;
	return -1;
}

static ssize_t failing_read(int fd, void *to, size_t n)
{
	(void)fd;
	(void)to;
	(void)n;
	errno = seen.reason;
	return -1;
}

static void *failing_map(size_t n, int fd)
{
	(void)n;
	(void)fd;
	errno = seen.reason;
	return MAP_FAILED;
}

static struct io counting_io(void)
{
	struct io io = io_posix;

	seen.maps = seen.unmaps = 0;
	seen.unmapped = 0;
	io.map = counting_map;
	io.unmap = counting_unmap;
	return io;
}

static int file_of(size_t n)
{
	FILE *file = tmpfile();
	int fd;

	assert_non_null(file);
	for (size_t i = 0; i < n; i++)
		putc((int)((i * 31 + i / 257) & 0xFF), file);
	assert_int_equal(fflush(file), 0);
	fd = dup(fileno(file));
	assert_true(fd >= 0);
	fclose(file);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	return fd;
}

static void check_size(size_t n)
{
	struct io io = counting_io();
	struct err err = {0};
	struct mapping mapping;
	int fd = file_of(n);
	bool large = n > MAPPING_COPY;

	assert_int_equal(mapping_open(&mapping, &io, fd, "f", &err), 0);
	close(fd);
	assert_int_equal(mapping.bytes.n, n);
	for (size_t i = 0; i < n; i++)
		assert_int_equal((unsigned char)mapping.bytes.p[i], (i * 31 + i / 257) & 0xFF);
	mapping_release(&mapping, &io);
	assert_int_equal(seen.maps, large);
	assert_int_equal(seen.unmaps, large);
	assert_int_equal(seen.unmapped, large ? n : 0);
	assert_null(mapping.bytes.p);
	mapping_release(&mapping, &io);
	assert_int_equal(seen.unmaps, large);
}

static void gives_all_bytes(void **state)
{
	static const size_t sizes[] = {0, 1, 4096, MAPPING_COPY - 1, MAPPING_COPY, MAPPING_COPY + 1, 3 * MAPPING_COPY};

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
		check_size(sizes[i]);
}

static void refuses_what_is_no_file(void **state)
{
	struct err err = {0};
	struct mapping mapping;
	int fd = open("/", O_RDONLY | O_DIRECTORY);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(mapping_open(&mapping, &io_posix, fd, "/", &err), -1);
	assert_int_equal(err.kind, ERR_FOREIGN);
	mapping_release(&mapping, &io_posix);
	close(fd);
}

static void fails(struct io io, size_t n, int reason, enum err_kind kind)
{
	struct err err = {0};
	struct mapping mapping;
	int fd = file_of(n);

	seen.reason = reason;
	assert_int_equal(mapping_open(&mapping, &io, fd, "the/file", &err), -1);
	assert_int_equal(err.kind, kind);
	if (kind == ERR_IO)
		assert_non_null(strstr(err.text, "the/file"));
	mapping_release(&mapping, &io);
	assert_int_equal(seen.unmaps, 0);
	close(fd);
}

static void tells_what_failed(void **state)
{
	struct io io = counting_io();

	(void)state;
	io.fstat = failing_fstat;
	fails(io, 1, EIO, ERR_IO);
	io = counting_io();
	io.read = failing_read;
	fails(io, 1, EIO, ERR_IO);
	io = counting_io();
	io.map = failing_map;
	fails(io, MAPPING_COPY + 1, ENODEV, ERR_IO);
	fails(io, MAPPING_COPY + 1, ENOMEM, ERR_MEMORY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_all_bytes),
		cmocka_unit_test(refuses_what_is_no_file),
		cmocka_unit_test(tells_what_failed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
