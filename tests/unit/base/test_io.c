#include "io.h"

#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/* A file in memory, behind a table that gives and takes little at a time and fails when told. */
static struct {
	struct buf file;
	size_t at;        /* of reading */
	size_t most;      /* bytes at a time */
	unsigned calls;   /* of read, write and fsync */
	unsigned failing; /* number of the call that fails, from 1; 0: none */
	int reason;
	off_t claimed; /* size as fstat() tells it; negative: fstat() fails */
} disk;

static bool fails_now(void)
{
	if (++disk.calls != disk.failing)
		return false;
	errno = disk.reason;
	return true;
}

static ssize_t disk_read(int fd, void *to, size_t n)
{
	(void)fd;
	if (fails_now())
		return -1;
	n = n < disk.most ? n : disk.most;
	n = n < disk.file.n - disk.at ? n : disk.file.n - disk.at;
	if (n)
		memcpy(to, disk.file.data + disk.at, n);
	disk.at += n;
	return (ssize_t)n;
}

static ssize_t disk_write(int fd, const void *from, size_t n)
{
	(void)fd;
	if (fails_now())
		return disk.reason ? -1 : 0;
	n = n < disk.most ? n : disk.most;
	buf_add(&disk.file, from, n);
	return (ssize_t)n;
}

static int disk_fsync(int fd)
{
	(void)fd;
	return fails_now() ? -1 : 0;
}

static int disk_fstat(int fd, struct stat *out)
{
	(void)fd;
	*out = (struct stat){.st_size = disk.claimed};
	return disk.claimed < 0 ? -1 : 0;
}

static const struct io faulty = {.read = disk_read, .write = disk_write, .fsync = disk_fsync, .fstat = disk_fstat};

static void begin(size_t bytes, size_t most)
{
	buf_reset(&disk.file);
	for (size_t i = 0; i < bytes; i++)
		buf_add_byte(&disk.file, (unsigned char)(i * 31 + i / 256));
	disk.at = 0;
	disk.most = most;
	disk.calls = 0;
	disk.failing = 0;
	disk.claimed = (off_t)bytes;
}

static int release_disk(void **state)
{
	(void)state;
	buf_release(&disk.file);
	return 0;
}

/* The whole file, after what the buffer held already. */
static void read_and_compare(void)
{
	struct buf out = {0};
	struct err err = {0};

	buf_add_text(&out, "before");
	assert_int_equal(io_read_all(&faulty, 3, "f", 1 << 20, &out, &err), 0);
	assert_int_equal(out.n, 6 + disk.file.n);
	assert_memory_equal(out.data, "before", 6);
	assert_memory_equal(out.data + 6, disk.file.data ? disk.file.data : "", disk.file.n);
	buf_release(&out);
}

static void all_is_read_whatever_comes_at_a_time(void **state)
{
	static const size_t sizes[] = {0, 1, 2, 4095, 4096, 4097, 65535, 65536, 65537, 200000};
	static const size_t steps[] = {7, 4096, SIZE_MAX};

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		for (size_t k = 0; k < sizeof steps / sizeof *steps; k++) {
			begin(sizes[i], steps[k]);
			read_and_compare();
		}
	}
}

static void the_size_is_a_hint_and_no_more(void **state)
{
	static const off_t claims[] = {-1, 0, 1, 99999, 100000, 100001, (off_t)1 << 40};

	(void)state;
	for (size_t i = 0; i < sizeof claims / sizeof *claims; i++) {
		begin(100000, SIZE_MAX);
		disk.claimed = claims[i];
		read_and_compare();
	}
}

static void a_file_of_known_size_takes_one_read(void **state)
{
	(void)state;
	begin(100000, SIZE_MAX);
	read_and_compare();
	assert_int_equal(disk.calls, 1);
	begin(100000, SIZE_MAX);
	disk.claimed = 99999;
	read_and_compare();
	assert_int_equal(disk.calls, 2);
}

static void the_limit_is_the_last_size_that_passes(void **state)
{
	(void)state;
	for (size_t limit = 999; limit <= 1001; limit++) {
		struct buf out = {0};
		struct err err = {0};

		begin(1000, SIZE_MAX);
		assert_int_equal(io_read_all(&faulty, 3, "big.md", limit, &out, &err), limit < 1000 ? -1 : 0);
		assert_int_equal(err.kind, limit < 1000 ? ERR_LIMIT : ERR_NONE);
		if (limit < 1000)
			assert_string_equal(err.text, "big.md: larger than the limit of 999 bytes");
		buf_release(&out);
	}
}

static void each_read_can_fail(void **state)
{
	(void)state;
	for (unsigned call = 1; call <= 5; call++) {
		struct buf out = {0};
		struct err err = {0};

		begin(4 * 1000, 1000);
		disk.claimed = 0; /* so that the end is read, too */
		disk.failing = call;
		disk.reason = EIO;
		assert_int_equal(io_read_all(&faulty, 3, "f", 1 << 20, &out, &err), -1);
		assert_int_equal(err.kind, ERR_IO);
		assert_string_equal(err.text, "f: cannot read: Input/output error");
		assert_int_equal(disk.calls, call);
		buf_release(&out);
	}
}

static void all_is_written_whatever_is_taken_at_a_time(void **state)
{
	char bytes[1000];

	(void)state;
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (char)(i % 127);
	for (size_t most = 1; most < 1100; most += 333) {
		struct err err = {0};

		begin(0, most);
		assert_int_equal(io_write_all(&faulty, 3, "f", (struct span){bytes, sizeof bytes}, &err), 0);
		assert_int_equal(disk.file.n, sizeof bytes);
		assert_memory_equal(disk.file.data, bytes, sizeof bytes);
		assert_int_equal(disk.calls, (sizeof bytes + most - 1) / most);
	}
}

static void nothing_is_written_in_no_calls(void **state)
{
	struct err err = {0};

	(void)state;
	begin(0, 1);
	assert_int_equal(io_write_all(&faulty, 3, "f", (struct span){NULL, 0}, &err), 0);
	assert_int_equal(disk.calls, 0);
}

static void each_write_can_fail(void **state)
{
	(void)state;
	for (unsigned call = 1; call <= 4; call++) {
		struct err full = {0};
		struct err zero = {0};

		begin(0, 250);
		disk.failing = call;
		disk.reason = ENOSPC;
		assert_int_equal(io_write_all(&faulty, 3, "s", (struct span){(char[1000]){0}, 1000}, &full), -1);
		assert_string_equal(full.text, "s: cannot write: No space left on device");
		assert_int_equal(disk.file.n, (call - 1) * 250);
		begin(0, 250);
		disk.failing = call;
		disk.reason = 0; /* write() that takes nothing must not loop for ever */
		assert_int_equal(io_write_all(&faulty, 3, "s", (struct span){(char[1000]){0}, 1000}, &zero), -1);
		assert_string_equal(zero.text, "s: cannot write: Input/output error");
	}
}

static void a_failed_fsync_is_final(void **state)
{
	struct err err = {0};

	(void)state;
	begin(0, 1);
	disk.failing = 1;
	disk.reason = EINTR;
	assert_int_equal(io_sync(&faulty, 3, "dir", &err), -1);
	assert_string_equal(err.text, "dir: cannot make durable: Interrupted system call");
	assert_int_equal(disk.calls, 1);
}

static void the_real_table_works(void **state)
{
	char name[] = "/tmp/test_io.XXXXXX";
	struct err err = {0};
	struct buf out = {0};
	struct stat st;
	int directory;
	int fd;

	(void)state;
	assert_non_null(mkdtemp(name));
	directory = io_open_directory(&io_posix, AT_FDCWD, name, &err);
	assert_true(directory >= 0);
	assert_int_equal(io_posix.mkdirat(directory, "sub", 0700), 0);
	fd = io_posix.openat(directory, "sub/a", O_RDWR | O_CREAT | O_EXCL, 0600);
	assert_true(fd >= 0);
	assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
	assert_int_equal(io_write_all(&io_posix, fd, "a", span_of("text"), &err), 0);
	assert_int_equal(io_sync(&io_posix, fd, "a", &err), 0);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	assert_int_equal(io_read_all(&io_posix, fd, "a", 100, &out, &err), 0);
	assert_string_equal(buf_string(&out), "text");
	assert_int_equal(io_posix.close(fd), 0);
	assert_int_equal(io_posix.renameat(directory, "sub/a", directory, "b"), 0);
	assert_int_equal(io_posix.fstatat(directory, "b", &st, AT_SYMLINK_NOFOLLOW), 0);
	assert_int_equal(st.st_size, 4);
	assert_int_equal(io_open_directory(&io_posix, directory, "b", &err), -1);
	assert_string_equal(err.text, "b: cannot open: Not a directory");
	assert_int_equal(io_posix.unlinkat(directory, "b", 0), 0);
	assert_int_equal(io_posix.unlinkat(directory, "sub", AT_REMOVEDIR), 0);
	assert_int_equal(io_posix.close(directory), 0);
	assert_int_equal(rmdir(name), 0);
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_is_read_whatever_comes_at_a_time),
		cmocka_unit_test(the_size_is_a_hint_and_no_more),
		cmocka_unit_test(a_file_of_known_size_takes_one_read),
		cmocka_unit_test(the_limit_is_the_last_size_that_passes),
		cmocka_unit_test(each_read_can_fail),
		cmocka_unit_test(all_is_written_whatever_is_taken_at_a_time),
		cmocka_unit_test(nothing_is_written_in_no_calls),
		cmocka_unit_test(each_write_can_fail),
		cmocka_unit_test(a_failed_fsync_is_final),
		cmocka_unit_test(the_real_table_works),
	};

	return cmocka_run_group_tests(tests, NULL, release_disk);
}
