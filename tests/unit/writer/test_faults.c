/* Every system call of a build fails in turn, and the writer dies before each of them: what is left must be the old
 * index or the new. */
#include "index.h"
#include "scratch.h"
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

enum mode {
	FAIL,        /* this call fails */
	FAIL_ON,     /* and all after it */
	SHORT_WRITE, /* a write takes half of its bytes: no failure */
	DIE,         /* the process ends before the call */
	DIE_WRITING, /* a write takes half of its bytes, then the process ends */
};

enum { DEAD = 99 };

static struct {
	enum mode mode;
	unsigned at;   /* the number of the call, from 1 */
	int reason;    /* errno */
	size_t memory; /* what a build may hold: little makes it put things aside */
	bool words;    /* with a user dictionary and synonyms */
	_Atomic unsigned calls;
} fault;

static bool is_here(void)
{
	unsigned call = ++fault.calls;

	return call == fault.at || (call > fault.at && fault.mode == FAIL_ON);
}

/* Does this call fail? */
static bool strikes(void)
{
	if (!is_here() || fault.mode == SHORT_WRITE)
		return false;
	if (fault.mode == DIE || fault.mode == DIE_WRITING)
		_exit(DEAD);
	errno = fault.reason;
	return true;
}

static int fault_openat(int directory, const char *path, int flags, mode_t mode)
{
	return strikes() ? -1 : io_posix.openat(directory, path, flags, mode);
}

/* A descriptor is closed even when close(2) fails. */
static int fault_close(int fd)
{
	bool failed = strikes();
	int reason = errno;
	int status = close(fd);

	errno = failed ? reason : errno;
	return failed ? -1 : status;
}

static ssize_t fault_read(int fd, void *to, size_t n)
{
	return strikes() ? -1 : read(fd, to, n);
}

static ssize_t fault_pread(int fd, void *to, size_t n, off_t offset)
{
	return strikes() ? -1 : pread(fd, to, n, offset);
}

static ssize_t fault_write(int fd, const void *from, size_t n)
{
	if (fault.mode == SHORT_WRITE || fault.mode == DIE_WRITING) {
		bool here = is_here();
		ssize_t put = write(fd, from, here ? (n + 1) / 2 : n);

		if (here && fault.mode == DIE_WRITING)
			_exit(DEAD);
		return put;
	}
	return strikes() ? -1 : write(fd, from, n);
}

/* Nobody pulls the plug here: a sync that works does nothing. */
static int fault_fsync(int fd)
{
	(void)fd;
	return strikes() ? -1 : 0;
}

static int fault_fstat(int fd, struct stat *out)
{
	return strikes() ? -1 : fstat(fd, out);
}

static int fault_fstatat(int directory, const char *path, struct stat *out, int flags)
{
	return strikes() ? -1 : fstatat(directory, path, out, flags);
}

static int fault_mkdirat(int directory, const char *path, mode_t mode)
{
	return strikes() ? -1 : mkdirat(directory, path, mode);
}

static int fault_renameat(int from_directory, const char *from, int to_directory, const char *to)
{
	return strikes() ? -1 : renameat(from_directory, from, to_directory, to);
}

static int fault_unlinkat(int directory, const char *path, int flags)
{
	return strikes() ? -1 : unlinkat(directory, path, flags);
}

static int fault_flock(int fd, int operation)
{
	return strikes() ? -1 : flock(fd, operation);
}

static const struct io fault_io = {
	.openat = fault_openat,
	.close = fault_close,
	.read = fault_read,
	.pread = fault_pread,
	.write = fault_write,
	.fsync = fault_fsync,
	.fstat = fault_fstat,
	.fstatat = fault_fstatat,
	.mkdirat = fault_mkdirat,
	.renameat = fault_renameat,
	.unlinkat = fault_unlinkat,
	.flock = fault_flock,
};

static struct build_request fault_request(struct scratch *scratch)
{
	struct build_request request = scratch_request(scratch, &fault_io);

	request.memory = fault.memory;
	if (fault.words) {
		scratch_write(scratch, "words", "不变\n第几次改动\n");
		request.words = scratch_path(scratch, "words");
		scratch_write(scratch, "synonyms", "不变 依旧\n");
		request.synonyms = scratch_path(scratch, "synonyms");
	}
	return request;
}

/* A small tree whose text differs from call to call. */
static void change_notes(struct scratch *scratch)
{
	static unsigned number;
	struct buf text = {0};

	buf_printf(&text, "# 记录 %u\n\n第 %u 次改动。\n\n## 小节\n\n正文\n", number, number * 3);
	number++;
	scratch_write(scratch, "notes/记录.md", buf_string(&text));
	scratch_write(scratch, "notes/深/另一篇.md", "# 不变\n");
	buf_release(&text);
}

/* The index is sound and its segment's text is of these documents. */
static void assert_sound(struct scratch *scratch, size_t documents)
{
	struct index index;
	struct err err = {0};

	if (index_open(&index, &io_posix, scratch->index, &err) < 0 || index_check(&index, &err) < 0)
		fail_msg("call %u: %s", fault.at, err.text);
	assert_int_equal(index.manifest.document_count - index.manifest.missing_count, documents);
	index_close(&index);
}

static size_t open_files(void)
{
	size_t count = 0;

	for (int fd = 0; fd < 256; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}

static bool is_published(const struct err *err)
{
	return strstr(err->text, "the new index is in place") != NULL;
}

/* A failed build changed nothing; a build that says it is done is. */
static void check_outcome(struct scratch *scratch, const struct buf *before, int status,
			  const struct build_report *report, const struct err *err)
{
	struct buf after = {0};
	bool kept;

	scratch_read(scratch, "index/MANIFEST", &after);
	kept = span_equal(buf_span(before), buf_span(&after));
	if (status < 0) {
		assert_int_equal(err->kind, ERR_IO);
		assert_non_null(strstr(err->text, strerror(fault.reason)));
		assert_non_null(strstr(err->text, scratch->directory));
		assert_int_equal(kept, !is_published(err));
		assert_sound(scratch, 2);
	} else {
		assert_int_equal(err->kind, ERR_NONE);
		assert_false(kept);
		assert_sound(scratch, 2 - (size_t)report->missing);
	}
	buf_release(&after);
}

/* Whatever happened before: now an index can be made, and nothing else is left. */
static void assert_recovers(struct scratch *scratch)
{
	scratch_build(scratch);
	assert_sound(scratch, 2);
	assert_int_equal(scratch_count(scratch, "index"), 4);
}

static void strike_at(struct scratch *scratch, enum mode mode, unsigned at, int reason)
{
	fault.mode = mode;
	fault.at = at;
	fault.reason = reason;
	fault.calls = 0;
	change_notes(scratch);
}

static bool has_struck(void)
{
	return fault.calls >= fault.at;
}

/* An update with its call number `at` made to fail: false when there are not so many. */
static bool fail_update(struct scratch *scratch, enum mode mode, unsigned at, int reason)
{
	struct build_request request = fault_request(scratch);
	struct build_report report;
	struct buf before = {0};
	struct err err = {0};
	size_t files = open_files();
	int status;

	scratch_read(scratch, "index/MANIFEST", &before);
	strike_at(scratch, mode, at, reason);
	status = build_index(&request, &report, &err);
	assert_int_equal(open_files(), files);
	if (!has_struck() || mode == SHORT_WRITE)
		assert_int_equal(status, 0);
	check_outcome(scratch, &before, status, &report, &err);
	buf_release(&before);
	assert_recovers(scratch);
	return has_struck();
}

/* Returns how many calls there were. */
static unsigned every_call(enum mode mode, int reason, size_t memory)
{
	struct scratch scratch;
	unsigned at = 1;

	fault.memory = memory;
	scratch_make(&scratch);
	change_notes(&scratch);
	scratch_build(&scratch);
	while (fail_update(&scratch, mode, at, reason))
		at++;
	/* some forty are needed at least: else the faults were not where the calls are */
	assert_true(at > 40);
	scratch_release(&scratch);
	return at;
}

/* A dictionary is read before anything is written, and its words are kept. */
static void a_dictionary_is_taken_whole_or_not_at_all(void **state)
{
	unsigned without = every_call(FAIL, EIO, 0);
	unsigned with;

	(void)state;
	fault.words = true;
	with = every_call(FAIL, EIO, 0);
	fault.words = false;
	assert_true(with > without);
}

/* With all in memory, and with all put aside: the latter takes more calls, so these have failed too. */
static void every_call_of_both(enum mode mode, int reason)
{
	unsigned held = every_call(mode, reason, 0);

	assert_true(every_call(mode, reason, 1) > held);
}

static void an_update_survives_one_failure(void **state)
{
	(void)state;
	every_call_of_both(FAIL, EIO);
}

static void an_update_survives_a_full_disk(void **state)
{
	(void)state;
	every_call_of_both(FAIL_ON, ENOSPC);
}

static void short_writes_change_nothing(void **state)
{
	(void)state;
	every_call_of_both(SHORT_WRITE, EIO);
}

/* The first index of all: after a failure there is none, and it can be made. */
static void a_first_build_survives_every_failure(void **state)
{
	bool struck = true;

	(void)state;
	fault.memory = 1;
	for (unsigned at = 1; struck; at++) {
		struct scratch scratch;
		struct build_request request;
		struct build_report report;
		struct err err = {0};
		int status;

		scratch_make(&scratch);
		request = fault_request(&scratch);
		strike_at(&scratch, at % 2 ? FAIL : FAIL_ON, at, EIO);
		status = build_index(&request, &report, &err);
		struck = has_struck();
		assert_int_equal(status < 0, err.kind == ERR_IO);
		if (status < 0 && !is_published(&err))
			assert_int_not_equal(access(scratch_path(&scratch, "index/MANIFEST"), F_OK), 0);
		else
			assert_sound(&scratch, 2 - (size_t)report.missing);
		assert_recovers(&scratch);
		scratch_release(&scratch);
	}
}

/* Returns whether the writer died: true while there are so many calls. */
static bool kill_update(struct scratch *scratch, enum mode mode, unsigned at)
{
	int status;
	pid_t child;

	strike_at(scratch, mode, at, EIO);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		struct build_request request = fault_request(scratch);
		struct build_report report;
		struct err err = {0};

		_exit(build_index(&request, &report, &err) == 0 ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_true(WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == DEAD);
	return WEXITSTATUS(status) == DEAD;
}

static void killed_at_every_call(enum mode mode)
{
	struct scratch scratch;
	bool died = true;

	scratch_make(&scratch);
	change_notes(&scratch);
	scratch_build(&scratch);
	for (unsigned at = 1; died; at++) {
		died = kill_update(&scratch, mode, at);
		assert_sound(&scratch, 2);
		/* leftovers of two killed writers, now and then */
		if (at % 3)
			assert_recovers(&scratch);
	}
	assert_recovers(&scratch);
	scratch_release(&scratch);
}

static void an_update_survives_being_killed(void **state)
{
	(void)state;
	for (fault.memory = 0; fault.memory < 2; fault.memory++) {
		killed_at_every_call(DIE);
		killed_at_every_call(DIE_WRITING);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_dictionary_is_taken_whole_or_not_at_all),
		cmocka_unit_test(an_update_survives_one_failure),
		cmocka_unit_test(an_update_survives_a_full_disk),
		cmocka_unit_test(short_writes_change_nothing),
		cmocka_unit_test(a_first_build_survives_every_failure),
		cmocka_unit_test(an_update_survives_being_killed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
