#include "out.h"

#include "unit.h"

#include <errno.h>
#include <unistd.h>

/* What the table's write() takes, and when it fails. */
static struct {
	struct buf file;
	size_t most;      /* bytes at a time; 0: all */
	unsigned calls;   /* so far */
	unsigned failing; /* the number of the call that fails, from 1; 0: none */
	int reason;       /* its errno; 0: it returns 0 */
} disk;

static ssize_t disk_write(int fd, const void *from, size_t n)
{
	(void)fd;
	if (++disk.calls == disk.failing) {
		errno = disk.reason;
		return disk.reason ? -1 : 0;
	}
	if (disk.most && n > disk.most)
		n = disk.most;
	buf_add(&disk.file, from, n);
	return (ssize_t)n;
}

static const struct io disk_io = {.write = disk_write};

static void begin(size_t most, unsigned failing, int reason)
{
	buf_reset(&disk.file);
	disk.most = most;
	disk.calls = 0;
	disk.failing = failing;
	disk.reason = reason;
}

static int end(void **state)
{
	(void)state;
	buf_release(&disk.file);
	return 0;
}

static char *pattern(size_t n)
{
	char *bytes = test_malloc(n + 1);

	for (size_t i = 0; i < n; i++)
		bytes[i] = (char)(unsigned char)(i * 7 + i / 251);
	return bytes;
}

/* All of it, `step` bytes at a time. */
static void write_all(size_t n, size_t step, size_t most)
{
	char *bytes = pattern(n);
	struct err err = {0};
	struct out out;

	begin(most, 0, 0);
	out_init(&out, &disk_io, 3, "file", &err);
	for (size_t i = 0; i < n; i += step)
		out_add(&out, (struct span){bytes + i, n - i < step ? n - i : step});
	assert_int_equal(out.offset, n);
	assert_int_equal(out_flush(&out), 0);
	assert_int_equal(disk.file.n, n);
	assert_memory_equal(disk.file.data ? disk.file.data : "", bytes, n);
	assert_int_equal(err.kind, ERR_NONE);
	out_release(&out);
	test_free(bytes);
}

static void what_goes_in_comes_out(void **state)
{
	static const size_t sizes[] = {0, 1, 2, OUT_BYTES - 1, OUT_BYTES, OUT_BYTES + 1, 2 * OUT_BYTES + 3};

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		write_all(sizes[i], 4096, 0);
		write_all(sizes[i], OUT_BYTES - 1, 0);
		write_all(sizes[i], sizes[i] + 1, 0);
	}
}

static void short_writes_are_continued(void **state)
{
	(void)state;
	write_all(10, 3, 1);
	write_all(OUT_BYTES + 17, 5000, 4093);
}

static void few_calls_are_made(void **state)
{
	(void)state;
	write_all(OUT_BYTES - 1, 10, 0);
	assert_int_equal(disk.calls, 1);
	write_all(3 * OUT_BYTES, 16, 0);
	assert_int_equal(disk.calls, 3);
}

static void fail_at(unsigned call, int reason, const char *text)
{
	char *bytes = pattern(OUT_BYTES);
	struct err err = {0};
	struct out out;
	unsigned calls;

	begin(OUT_BYTES / 2, call, reason);
	out_init(&out, &disk_io, 3, "some/file", &err);
	out_add(&out, (struct span){bytes, OUT_BYTES});
	out_add(&out, (struct span){bytes, OUT_BYTES});
	assert_int_equal(err.kind, ERR_IO);
	assert_string_equal(err.text, text);
	calls = disk.calls;
	out_add(&out, (struct span){bytes, OUT_BYTES});
	assert_int_equal(out_flush(&out), -1);
	assert_int_equal(out_flush(&out), -1);
	assert_int_equal(disk.calls, calls);
	assert_int_equal(disk.file.n, (call - 1) * (OUT_BYTES / 2));
	out_release(&out);
	test_free(bytes);
}

static void the_first_failure_is_kept(void **state)
{
	(void)state;
	for (unsigned call = 1; call <= 4; call++) {
		fail_at(call, ENOSPC, "some/file: cannot write: No space left on device");
		fail_at(call, 0, "some/file: cannot write: Input/output error");
	}
}

static void a_flush_can_fail(void **state)
{
	struct err err = {0};
	struct out out;

	(void)state;
	begin(0, 1, EDQUOT);
	out_init(&out, &disk_io, 3, "f", &err);
	out_add(&out, span_of("few"));
	assert_int_equal(err.kind, ERR_NONE);
	assert_int_equal(out_flush(&out), -1);
	assert_int_equal(err.kind, ERR_IO);
	out_release(&out);
}

/* What was asked to go to the disk early: pieces without gaps, as they were written. */
static struct {
	off_t end;
	unsigned calls;
} early;

static int disk_write_back(int fd, off_t offset, off_t n)
{
	(void)fd;
	assert_true(offset == early.end && n >= OUT_BYTES);
	early.end += n;
	early.calls++;
	assert_true((size_t)early.end == disk.file.n);
	errno = EIO;
	return -1;
}

/* Large pieces are sent on at once; that this fails is no failure. */
static void what_is_written_goes_on_to_the_disk(void **state)
{
	enum { TIMES = 100 };
	static const struct io io = {.write = disk_write, .write_back = disk_write_back};
	char *bytes = pattern(100000);
	struct err err = {0};
	struct out out;

	(void)state;
	begin(7777, 0, 0);
	out_init(&out, &io, 3, "f", &err);
	for (unsigned i = 0; i < TIMES; i++)
		out_add(&out, (struct span){bytes, 100000});
	assert_int_equal(out_flush(&out), 0);
	assert_int_equal(err.kind, ERR_NONE);
	assert_int_equal(disk.file.n, TIMES * 100000);
	assert_true(early.calls >= 4);
	out_release(&out);
	test_free(bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_goes_in_comes_out), cmocka_unit_test(short_writes_are_continued),
		cmocka_unit_test(few_calls_are_made),     cmocka_unit_test(the_first_failure_is_kept),
		cmocka_unit_test(a_flush_can_fail),       cmocka_unit_test(what_is_written_goes_on_to_the_disk),
	};

	return cmocka_run_group_tests(tests, NULL, end);
}
