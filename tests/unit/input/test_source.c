#include "source.h"

#include "checksum.h"
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char directory[] = "/tmp/test_source.XXXXXX";
static int at = -1;

static int set_up(void **state)
{
	(void)state;
	at = mkdtemp(directory) ? open(directory, O_RDONLY | O_DIRECTORY) : -1;
	return at < 0 ? -1 : 0;
}

static int tear_down(void **state)
{
	(void)state;
	close(at);
	return rmdir(directory);
}

static void write_file(const char *name, struct span bytes)
{
	int fd = openat(at, name, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes.p, bytes.n), (ssize_t)bytes.n);
	close(fd);
}

static int read_bytes(struct span bytes, struct buf *text, struct source_info *info, struct err *err)
{
	int status;

	write_file("f.md", bytes);
	status = source_read(&io_posix, at, "f.md", "notes/f.md", text, info, err);
	assert_int_equal(unlinkat(at, "f.md", 0), 0);
	return status;
}

#define BYTES(literal)                                                                                                 \
	{                                                                                                              \
		literal, sizeof literal - 1                                                                            \
	}

static void text_is_decoded(void **state)
{
	static const struct {
		struct span bytes;
		const char *text;
		uint32_t replaced;
		uint32_t first_line;
		enum encoding encoding; /* UTF-8, if it is not told */
	} table[] = {
		{BYTES(""), "", 0, 0},
		{BYTES("\n"), "\n", 0, 0},
		{BYTES("中文\n"), "中文\n", 0, 0},
		{BYTES("\xEF\xBB\xBF"), "", 0, 0},
		{BYTES("\xEF\xBB\xBF# 题\n"), "# 题\n", 0, 0},
		{BYTES("a\xEF\xBB\xBF"), "a\uFEFF", 0, 0},
		{BYTES("\uFFFD"), "\uFFFD", 0, 0},
		{BYTES("long enough\nto bear\xFF one"), "long enough\nto bear\uFFFD one", 1, 2},
		{BYTES("long enough to bear a cut end of text \xE4\xB8"),
		 "long enough to bear a cut end of text \uFFFD", 1, 1},
		{BYTES("\xEF\xBB\xBFlong enough to bear\n\n\xC0 this and that\x80\n"),
		 "long enough to bear\n\n\uFFFD this and that\uFFFD\n", 2, 3},
		{BYTES("\xFF\xFE-N\x87\x65\n\0"), "中文\n", 0, 0, ENCODING_UTF16LE},
		{BYTES("\xFE\xFF\0a\0b\0c\0\n\0d\0e\0f\0g\0h\0i\0j\0k\0l\0m\0n\0o\0p\0q\0r\0s\0t\0u\0v\0w\0x\0y\0z\0A\0"
		       "B\xDC\0\0C"),
		 "abc\ndefghijklmnopqrstuvwxyzAB\uFFFDC", 1, 2, ENCODING_UTF16BE},
		{BYTES("\xFF\xFE-N\xFD\xFF\xFD\xFF"), "中\uFFFD\uFFFD", 0, 0, ENCODING_UTF16LE},
		{BYTES("\xD6\xD0\xCE\xC4\xD0\xC5\xCF\xA2"), "中文信息", 0, 0, ENCODING_GB18030},
		{BYTES("\x84\x31\x95\x33\xD6\xD0\xCE\xC4"), "中文", 0, 0, ENCODING_GB18030}, /* with a mark */
		{BYTES("\xA4\xA4\xA4\xE5\xB8\xEA\xB0\x54"), "中文資訊", 0, 0, ENCODING_BIG5},
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct buf text = {0};
		struct source_info info;
		struct err err = {0};

		assert_int_equal(read_bytes(table[i].bytes, &text, &info, &err), 0);
		assert_string_equal(buf_string(&text), table[i].text);
		assert_int_equal(info.size, table[i].bytes.n);
		assert_true(info.hash == checksum_64(table[i].bytes));
		assert_int_equal(info.encoding, table[i].encoding);
		assert_int_equal(info.replaced, table[i].replaced);
		assert_int_equal(info.first_line, table[i].first_line);
		buf_release(&text);
	}
}

static void what_is_not_text_says_what_to_do(void **state)
{
	static const struct {
		struct span bytes;
		const char *message;
	} table[] = {
		{BYTES("\xFF\xFE\0\0\0\0"),
		 "notes/f.md: not text in UTF-8, UTF-16, GB18030 or Big5; convert it first, with iconv"},
		{BYTES("\xFE\xFF\xDC\0-"),
		 "notes/f.md: not text in UTF-8, UTF-16, GB18030 or Big5; convert it first, with iconv"},
		{BYTES("a\0b\0c\0d\0"),
		 "notes/f.md: not text in UTF-8, UTF-16, GB18030 or Big5; convert it first, with iconv"},
		{BYTES("\xC9\xCC\xD2\xB5\0"),
		 "notes/f.md: not text in UTF-8, UTF-16, GB18030 or Big5; convert it first, with iconv"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct buf text = {0};
		struct source_info info;
		struct err err = {0};

		assert_int_equal(read_bytes(table[i].bytes, &text, &info, &err), -1);
		assert_int_equal(err.kind, ERR_ENCODING);
		assert_string_equal(err.text, table[i].message);
		buf_release(&text);
	}
}

static void a_tenth_of_damage_is_text_and_more_is_not(void **state)
{
	char bytes[1000];

	(void)state;
	for (size_t bad = 99; bad <= 101; bad++) {
		struct buf text = {0};
		struct source_info info;
		struct err err = {0};

		memset(bytes, 'x', sizeof bytes);
		for (size_t i = 0; i < bad; i++)
			bytes[i * 9] = i % 2 ? '\0' : '\xFF';
		assert_int_equal(read_bytes((struct span){bytes, sizeof bytes}, &text, &info, &err),
				 bad <= 100 ? 0 : -1);
		if (bad <= 100)
			assert_int_equal(info.replaced, (bad + 1) / 2);
		buf_release(&text);
	}
}

static void text_is_appended(void **state)
{
	struct buf text = {0};
	struct source_info info;
	struct err err = {0};

	(void)state;
	buf_add_text(&text, "before ");
	assert_int_equal(read_bytes(span_of("after"), &text, &info, &err), 0);
	assert_string_equal(buf_string(&text), "before after");
	buf_release(&text);
}

/* What was there before stays as it is, whatever comes of the file. */
static void what_was_before_stays(void **state)
{
	static const struct {
		struct span bytes;
		const char *text;
	} table[] = {
		{BYTES("\xEF\xBB\xBF"
		       "after"),
		 "before\xFF after"},
		{BYTES("\xEF\xBB\xBF"
		       "long enough \xFF to bear"),
		 "before\xFF long enough \uFFFD to bear"},
		{BYTES("\xFF\xFE-N"), "before\xFF 中"},
		{BYTES("\xD6\xD0\xCE\xC4"), "before\xFF 中文"},
		{BYTES("\xFF\xFE\0\0"), "before\xFF "},
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct buf text = {0};
		struct source_info info;
		struct err err = {0};

		buf_add_text(&text, "before\xFF ");
		read_bytes(table[i].bytes, &text, &info, &err);
		assert_string_equal(buf_string(&text), table[i].text);
		buf_release(&text);
	}
}

static void the_time_of_change_is_the_files(void **state)
{
	struct timespec times[2] = {{.tv_sec = 1}, {.tv_sec = 1767225600, .tv_nsec = 123456789}};
	struct buf text = {0};
	struct source_info info;
	struct err err = {0};

	(void)state;
	write_file("t.md", span_of("x"));
	assert_int_equal(utimensat(at, "t.md", times, 0), 0);
	assert_int_equal(source_read(&io_posix, at, "t.md", "t.md", &text, &info, &err), 0);
	assert_true(info.mtime_ns == 1767225600123456789);
	assert_int_equal(unlinkat(at, "t.md", 0), 0);
	buf_release(&text);
}

static void refuse(const char *name, enum err_kind kind, const char *message)
{
	struct buf text = {0};
	struct source_info info;
	struct err err = {0};

	assert_int_equal(source_read(&io_posix, at, name, name, &text, &info, &err), -1);
	assert_int_equal(err.kind, kind);
	assert_string_equal(err.text, message);
	assert_int_equal(text.n, 0);
	buf_release(&text);
}

static void only_regular_files_are_read(void **state)
{
	(void)state;
	write_file("real.md", span_of("x"));
	assert_int_equal(symlinkat("real.md", at, "link.md"), 0);
	assert_int_equal(mkdirat(at, "dir.md", 0700), 0);
	assert_int_equal(mkfifoat(at, "fifo.md", 0600), 0);
	refuse("link.md", ERR_IO, "link.md: a symbolic link, not a regular file");
	refuse("dir.md", ERR_IO, "dir.md: not a regular file");
	refuse("fifo.md", ERR_IO, "fifo.md: not a regular file");
	refuse("none.md", ERR_MISSING, "none.md: cannot open: No such file or directory");
	unlinkat(at, "real.md", 0);
	unlinkat(at, "link.md", 0);
	unlinkat(at, "dir.md", AT_REMOVEDIR);
	unlinkat(at, "fifo.md", 0);
}

/* A table in which one call fails; files are open to the end of the call, not longer. */
static int open_files;
static bool fail_fstat;

static int counting_openat(int directory_fd, const char *path, int flags, mode_t mode)
{
	int fd = io_posix.openat(directory_fd, path, flags, mode);

	assert_int_equal(flags & (O_NONBLOCK | O_NOFOLLOW | O_NOCTTY), O_NONBLOCK | O_NOFOLLOW | O_NOCTTY);
	open_files += fd >= 0;
	return fd;
}

static int counting_close(int fd)
{
	open_files--;
	return io_posix.close(fd);
}

static ssize_t failing_read(int fd, void *to, size_t n)
{
	(void)fd;
	(void)to;
	(void)n;
	errno = EIO;
	return -1;
}

static int perhaps_fstat(int fd, struct stat *out)
{
	errno = EOVERFLOW;
	return fail_fstat ? -1 : fstat(fd, out);
}

static void failures_name_the_file_and_close_it(void **state)
{
	static const struct io faulty = {
		.openat = counting_openat, .close = counting_close, .read = failing_read, .fstat = perhaps_fstat};

	(void)state;
	write_file("f.md", span_of("x"));
	for (int i = 0; i < 2; i++) {
		struct buf text = {0};
		struct source_info info;
		struct err err = {0};

		fail_fstat = i > 0;
		assert_int_equal(source_read(&faulty, at, "f.md", "dir/f.md", &text, &info, &err), -1);
		assert_string_equal(err.text, i ? "dir/f.md: cannot look at: Value too large for defined data type"
						: "dir/f.md: cannot read: Input/output error");
		assert_int_equal(open_files, 0);
		buf_release(&text);
	}
	unlinkat(at, "f.md", 0);
}

/* The file is a hole: it costs no disk. Its NULs are no text, so that it shows which of the two checks comes first. */
static void the_limit_is_the_last_size_that_is_read(void **state)
{
	(void)state;
	for (int over = 0; over < 2; over++) {
		struct buf text = {0};
		struct source_info info;
		struct err err = {0};

		int fd = openat(at, "big.md", O_WRONLY | O_CREAT, 0600);

		assert_int_equal(ftruncate(fd, (off_t)SOURCE_LIMIT + over), 0);
		close(fd);
		assert_int_equal(source_read(&io_posix, at, "big.md", "big.md", &text, &info, &err), -1);
		assert_int_equal(err.kind, over ? ERR_LIMIT : ERR_ENCODING);
		unlinkat(at, "big.md", 0);
		buf_release(&text);
	}
}

/* A file as large as may be, out of nothing: 'x' all over, and one byte at its start that takes three when replaced. */
static size_t given;

static ssize_t endless_read(int fd, void *to, size_t n)
{
	(void)fd;
	n = n < SOURCE_LIMIT - given ? n : SOURCE_LIMIT - given;
	memset(to, 'x', n);
	if (given == 0)
		*(unsigned char *)to = 0xFF;
	given += n;
	return (ssize_t)n;
}

static void the_limit_holds_for_decoded_text_too(void **state)
{
	static const struct io endless = {
		.openat = counting_openat, .close = counting_close, .read = endless_read, .fstat = fstat};
	struct buf text = {0};
	struct source_info info;
	struct err err = {0};

	(void)state;
	write_file("f.md", span_of("x"));
	assert_int_equal(source_read(&endless, at, "f.md", "f.md", &text, &info, &err), -1);
	assert_int_equal(err.kind, ERR_LIMIT);
	assert_int_equal(given, SOURCE_LIMIT);
	unlinkat(at, "f.md", 0);
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_decoded),
		cmocka_unit_test(what_is_not_text_says_what_to_do),
		cmocka_unit_test(a_tenth_of_damage_is_text_and_more_is_not),
		cmocka_unit_test(text_is_appended),
		cmocka_unit_test(what_was_before_stays),
		cmocka_unit_test(the_time_of_change_is_the_files),
		cmocka_unit_test(only_regular_files_are_read),
		cmocka_unit_test(failures_name_the_file_and_close_it),
		cmocka_unit_test(the_limit_is_the_last_size_that_is_read),
		cmocka_unit_test(the_limit_holds_for_decoded_text_too),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
