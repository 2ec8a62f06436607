/* The order of a commit, as the kernel sees it. */
#include "commit.h"

#include "scratch.h"
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

enum { MOST = 64 };

static struct {
	struct buf log;       /* one word and its names for each call that changes something */
	char names[MOST][64]; /* of open files, by descriptor */
	const char *bad_sync; /* the file whose fsync fails, or NULL */
} seen;

static void note(const char *what, const char *name)
{
	buf_printf(&seen.log, "%s %s\n", what, name);
}

static int logged_openat(int directory, const char *path, int flags, mode_t mode)
{
	bool exists = faccessat(directory, path, F_OK, 0) == 0;
	int fd = io_posix.openat(directory, path, flags, mode);

	assert_true(fd < MOST);
	if (fd < 0)
		return fd;
	snprintf(seen.names[fd], sizeof seen.names[fd], "%s", path[0] == '/' ? "DIRECTORY" : path);
	if (!exists)
		note("create", path);
	return fd;
}

static ssize_t logged_write(int fd, const void *from, size_t n)
{
	note("write", seen.names[fd]);
	return write(fd, from, n);
}

static int logged_fsync(int fd)
{
	note("sync", seen.names[fd]);
	if (!seen.bad_sync || strcmp(seen.bad_sync, seen.names[fd]) != 0)
		return fsync(fd);
	errno = EIO;
	return -1;
}

static int logged_mkdirat(int directory, const char *path, mode_t mode)
{
	int status = mkdirat(directory, path, mode);

	if (status == 0)
		note("make", "DIRECTORY");
	return status;
}

static int logged_renameat(int from_directory, const char *from, int to_directory, const char *to)
{
	buf_printf(&seen.log, "rename %s %s\n", from, to);
	return renameat(from_directory, from, to_directory, to);
}

static int logged_unlinkat(int directory, const char *path, int flags)
{
	note("remove", path);
	return unlinkat(directory, path, flags);
}

static const struct io logged_io = {
	.openat = logged_openat,
	.close = close,
	.read = read,
	.pread = pread,
	.write = logged_write,
	.fsync = logged_fsync,
	.fstat = fstat,
	.mkdirat = logged_mkdirat,
	.renameat = logged_renameat,
	.unlinkat = logged_unlinkat,
	.flock = flock,
};

static int make(void **state)
{
	struct scratch *scratch = test_malloc(sizeof *scratch);

	scratch_make(scratch);
	seen.bad_sync = NULL;
	*state = scratch;
	return 0;
}

static int release(void **state)
{
	scratch_release(*state);
	test_free(*state);
	buf_release(&seen.log);
	return 0;
}

static const char *log_text(void)
{
	return buf_string(&seen.log);
}

static void begin(struct scratch *scratch, struct commit *commit)
{
	struct err err = {0};

	assert_int_equal(commit_begin(commit, &logged_io, scratch->index, &err), 0);
}

/* A segment of one word and the manifest that names it: 0, or -1 as the step that failed said. */
static int commit_one(struct commit *commit, const char *name, struct err *err)
{
	struct manifest_segment segment = {.name = span_of(name)};
	struct manifest manifest = {.segments = &segment, .segment_count = 1};
	int fd = commit_create(commit, name, err);

	assert_true(fd >= 0);
	assert_int_equal(io_write_all(commit->io, fd, name, span_of("segment"), err), 0);
	if (commit_seal(commit, fd, name, err) < 0)
		return -1;
	return commit_publish(commit, &manifest, NULL, 0, err);
}

static void a_first_commit_is_durable_from_the_directory_on(void **state)
{
	struct commit commit;
	struct err err = {0};

	begin(*state, &commit);
	assert_int_equal(commit.before.n, 0);
	assert_string_equal(log_text(), "make DIRECTORY\nsync ..\ncreate lock\ncreate .gitignore\nwrite .gitignore\n");
	buf_reset(&seen.log);
	assert_int_equal(commit_one(&commit, "seg-1-0.kbs", &err), 0);
	assert_string_equal(log_text(), "create seg-1-0.kbs\nwrite seg-1-0.kbs\nsync seg-1-0.kbs\nsync DIRECTORY\n"
					"create MANIFEST.tmp\nwrite MANIFEST.tmp\nsync MANIFEST.tmp\n"
					"rename MANIFEST.tmp MANIFEST\nsync DIRECTORY\n");
	commit_end(&commit);
}

static void the_old_segment_goes_last(void **state)
{
	struct commit commit;
	struct err err = {0};

	begin(*state, &commit);
	assert_int_equal(commit_one(&commit, "seg-1-0.kbs", &err), 0);
	commit_end(&commit);
	begin(*state, &commit);
	assert_true(commit.before.n > 0);
	buf_reset(&seen.log);
	assert_int_equal(commit_one(&commit, "seg-2-0.kbs", &err), 0);
	assert_string_equal(log_text(), "create seg-2-0.kbs\nwrite seg-2-0.kbs\nsync seg-2-0.kbs\nsync DIRECTORY\n"
					"create MANIFEST.tmp\nwrite MANIFEST.tmp\nsync MANIFEST.tmp\n"
					"rename MANIFEST.tmp MANIFEST\nsync DIRECTORY\nremove seg-1-0.kbs\n");
	commit_end(&commit);
}

/* Never once more, and what may not be on the disk is thrown away. */
static void a_failed_sync_is_final(void **state)
{
	struct commit commit;
	struct err err = {0};

	begin(*state, &commit);
	buf_reset(&seen.log);
	seen.bad_sync = "seg-1-0.kbs";
	assert_int_equal(commit_one(&commit, "seg-1-0.kbs", &err), -1);
	assert_string_equal(log_text(),
			    "create seg-1-0.kbs\nwrite seg-1-0.kbs\nsync seg-1-0.kbs\nremove seg-1-0.kbs\n");
	buf_reset(&seen.log);
	err = (struct err){0};
	seen.bad_sync = "MANIFEST.tmp";
	assert_int_equal(commit_one(&commit, "seg-1-0.kbs", &err), -1);
	assert_false(commit.published);
	assert_string_equal(
		log_text(),
		"create seg-1-0.kbs\nwrite seg-1-0.kbs\nsync seg-1-0.kbs\nsync DIRECTORY\ncreate MANIFEST.tmp\n"
		"write MANIFEST.tmp\nsync MANIFEST.tmp\nremove MANIFEST.tmp\n");
	assert_int_equal(err.kind, ERR_IO);
	commit_end(&commit);
}

/* Its names say what is no leftover: without them nothing may be removed. */
static void nothing_is_swept_by_a_manifest_that_cannot_be_read(void **state)
{
	struct scratch *scratch = *state;
	struct commit commit;

	scratch_write(scratch, "index/MANIFEST", "no manifest");
	scratch_write(scratch, "index/seg-1-0.kbs", "segment");
	begin(scratch, &commit);
	assert_null(strstr(log_text(), "remove"));
	assert_true(span_equal(buf_span(&commit.before), span_of("no manifest")));
	commit_end(&commit);
	assert_int_equal(scratch_count(scratch, "index"), 4);
}

static void looking_touches_nothing(void **state)
{
	struct scratch *scratch = *state;
	struct commit commit;
	struct err err = {0};

	assert_int_equal(commit_peek(&commit, &logged_io, scratch->index, &err), 0);
	assert_int_equal(commit.before.n, 0);
	commit_end(&commit);
	scratch_write(scratch, "index/MANIFEST", "bytes");
	scratch_write(scratch, "index/MANIFEST.tmp", "left over");
	assert_int_equal(commit_peek(&commit, &logged_io, scratch->index, &err), 0);
	assert_true(span_equal(buf_span(&commit.before), span_of("bytes")));
	commit_end(&commit);
	assert_string_equal(log_text(), "");
	assert_int_equal(scratch_count(scratch, "index"), 2);
}

static void a_lock_is_held_until_the_end(void **state)
{
	struct commit first;
	struct commit second;
	struct err err = {0};

	begin(*state, &first);
	assert_int_equal(commit_begin(&second, &logged_io, ((struct scratch *)*state)->index, &err), -1);
	assert_int_equal(err.kind, ERR_LOCKED);
	commit_end(&first);
	begin(*state, &second);
	commit_end(&second);
}

/* What is not ours in it, or a link for its lock, is no index of ours to write. */
static void foreign_directories_are_refused(void **state)
{
	struct scratch *scratch = *state;
	struct commit commit;
	struct err err = {0};

	scratch_write(scratch, "index/notes.md", "mine");
	assert_int_equal(commit_begin(&commit, &logged_io, scratch->index, &err), -1);
	assert_int_equal(err.kind, ERR_USAGE);
	assert_non_null(strstr(err.text, "notes.md"));
	assert_string_equal(log_text(), "");
	assert_int_equal(unlink(scratch_path(scratch, "index/notes.md")), 0);
	assert_int_equal(symlink("../outside", scratch_path(scratch, "index/lock")), 0);
	err = (struct err){0};
	assert_int_equal(commit_begin(&commit, &logged_io, scratch->index, &err), -1);
	assert_int_equal(err.kind, ERR_IO);
	assert_int_equal(access(scratch_path(scratch, "outside"), F_OK), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_first_commit_is_durable_from_the_directory_on, make, release),
		cmocka_unit_test_setup_teardown(the_old_segment_goes_last, make, release),
		cmocka_unit_test_setup_teardown(a_failed_sync_is_final, make, release),
		cmocka_unit_test_setup_teardown(nothing_is_swept_by_a_manifest_that_cannot_be_read, make, release),
		cmocka_unit_test_setup_teardown(looking_touches_nothing, make, release),
		cmocka_unit_test_setup_teardown(a_lock_is_held_until_the_end, make, release),
		cmocka_unit_test_setup_teardown(foreign_directories_are_refused, make, release),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
