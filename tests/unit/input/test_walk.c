#include "walk.h"

#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char root[] = "/tmp/test_walk.XXXXXX";
static int at = -1;

static int set_up(void **state)
{
	(void)state;
	at = mkdtemp(root) ? open(root, O_RDONLY | O_DIRECTORY) : -1;
	return at < 0 ? -1 : 0;
}

/* Fails when a test left something behind. */
static int tear_down(void **state)
{
	(void)state;
	close(at);
	return rmdir(root);
}

static void make(const char *name, const char *text)
{
	int fd = openat(at, name, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
}

static void make_directory(const char *name)
{
	assert_int_equal(mkdirat(at, name, 0700), 0);
}

static void remove_all(const char *const *names, size_t count)
{
	for (size_t i = count; i-- > 0;)
		if (unlinkat(at, names[i], 0) < 0)
			assert_int_equal(unlinkat(at, names[i], AT_REMOVEDIR), 0);
}

#define REMOVE(...)                                                                                                    \
	remove_all((const char *const[]){__VA_ARGS__},                                                                 \
		   sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

static struct buf skipped; /* one reason a line */

static void note_skipped(void *context, const struct err *reason)
{
	assert_ptr_equal(context, &skipped);
	buf_printf(&skipped, "%s\n", reason->text);
}

/* The paths found, one a line. */
static void expect(const struct io *io, const char *const *globs, size_t glob_count, const char *paths,
		   const char *reasons)
{
	struct walk_options options = {globs, glob_count, note_skipped, &skipped};
	struct walk walk;
	struct buf found = {0};
	struct buf expected = {0};
	struct err err = {0};

	buf_reset(&skipped);
	assert_int_equal(walk_tree(&walk, io, root, &options, &err), 0);
	for (size_t i = 0; i < BUF_COUNT(&walk.files, struct walk_file); i++)
		buf_printf(&found, "%s\n", BUF_AT(&walk.files, struct walk_file, i).path.p);
	assert_string_equal(buf_string(&found), paths);
	for (const char *c = reasons; *c; c++) {
		if (*c == '@')
			buf_add_text(&expected, root);
		else
			buf_add_byte(&expected, (unsigned char)*c);
	}
	assert_string_equal(buf_string(&skipped), buf_string(&expected));
	assert_int_equal(walk.complete, *reasons == '\0');
	buf_release(&found);
	buf_release(&expected);
	buf_release(&skipped);
	walk_release(&walk);
}

static void an_empty_tree_has_no_files(void **state)
{
	(void)state;
	expect(&io_posix, NULL, 0, "", "");
}

static void paths_are_sorted_by_bytes_of_the_whole(void **state)
{
	(void)state;
	make_directory("a");
	make("a/z.md", "");
	make("a.md", "");
	make("a-b.md", "");
	make_directory("a/b");
	make("a/b/中.md", "");
	make("a/b.md", "");
	make("Z.md", "");
	make("中.md", "");
	/* '-' < '.' < '/': a directory's files do not stand where its name would. */
	expect(&io_posix, NULL, 0, "Z.md\na-b.md\na.md\na/b.md\na/b/中.md\na/z.md\n中.md\n", "");
	REMOVE("a", "a/z.md", "a.md", "a-b.md", "a/b", "a/b/中.md", "a/b.md", "Z.md", "中.md");
}

static void only_known_regular_visible_files_are_listed(void **state)
{
	(void)state;
	make("a.md", "");
	make("b.TXT", "");
	make("c.markdown", "");
	make("d.html", "");
	make("md", "");
	make(".hidden.md", "");
	make_directory(".git");
	make(".git/e.md", "");
	make_directory("f.md");
	make("f.md/g.mkd", "");
	assert_int_equal(symlinkat("a.md", at, "link.md"), 0);
	assert_int_equal(symlinkat(".", at, "loop"), 0);
	assert_int_equal(symlinkat("nowhere", at, "dangling.md"), 0);
	assert_int_equal(mkfifoat(at, "fifo.md", 0600), 0);
	expect(&io_posix, NULL, 0, "a.md\nb.TXT\nc.markdown\nf.md/g.mkd\n", "");
	REMOVE("a.md", "b.TXT", "c.markdown", "d.html", "md", ".hidden.md", ".git", ".git/e.md", "f.md", "f.md/g.mkd",
	       "link.md", "loop", "dangling.md", "fifo.md");
}

static void globs_are_matched_with_whole_paths(void **state)
{
	static const char *const globs[] = {"*.md", "!草稿/**"};

	(void)state;
	make("a.md", "");
	make("a.txt", "");
	make_directory("草稿");
	make("草稿/b.md", "");
	expect(&io_posix, globs, 2, "a.md\n", "");
	expect(&io_posix, globs, 1, "a.md\n草稿/b.md\n", "");
	expect(&io_posix, globs + 1, 1, "a.md\na.txt\n", "");
	REMOVE("a.md", "a.txt", "草稿", "草稿/b.md");
}

static void size_and_time_are_told(void **state)
{
	struct timespec times[2] = {{.tv_sec = 1}, {.tv_sec = 1767225600, .tv_nsec = 5}};
	struct walk_options options = {0};
	struct walk walk;
	struct err err = {0};

	(void)state;
	make("a.md", "12345");
	assert_int_equal(utimensat(at, "a.md", times, 0), 0);
	assert_int_equal(walk_tree(&walk, &io_posix, root, &options, &err), 0);
	assert_int_equal(BUF_COUNT(&walk.files, struct walk_file), 1);
	assert_int_equal(BUF_AT(&walk.files, struct walk_file, 0).size, 5);
	assert_true(BUF_AT(&walk.files, struct walk_file, 0).mtime_ns == 1767225600000000005);
	walk_release(&walk);
	REMOVE("a.md");
}

static void a_root_that_cannot_be_opened_fails(void **state)
{
	struct walk_options options = {0};
	struct walk walk;
	struct err err = {0};

	(void)state;
	assert_int_equal(walk_tree(&walk, &io_posix, "/tmp/test_walk.none", &options, &err), -1);
	assert_int_equal(err.kind, ERR_IO);
	assert_string_equal(err.text, "/tmp/test_walk.none: cannot open: No such file or directory");
	walk_release(&walk);
}

/* Fails for one name. The reason is not EACCES by mode bits, which do not stop root. */
static const char *failing_name;
static int failing_reason;

static int failing_openat(int directory, const char *path, int flags, mode_t mode)
{
	if (strcmp(path, failing_name) == 0) {
		errno = failing_reason;
		return -1;
	}
	return io_posix.openat(directory, path, flags, mode);
}

static int failing_fstatat(int directory, const char *path, struct stat *out, int flags)
{
	if (strcmp(path, failing_name) == 0) {
		errno = failing_reason;
		return -1;
	}
	return fstatat(directory, path, out, flags);
}

static void what_cannot_be_read_is_named_and_passed_over(void **state)
{
	struct io faulty = io_posix;

	(void)state;
	faulty.openat = failing_openat;
	faulty.fstatat = failing_fstatat;
	make_directory("a");
	make_directory("a/closed");
	make("a/closed/b.md", "");
	make("a/c.md", "");
	make("a/d.md", "");
	failing_name = "closed";
	failing_reason = EACCES;
	expect(&faulty, NULL, 0, "a/c.md\na/d.md\n", "@/a/closed: cannot open: Permission denied\n");
	failing_name = "c.md";
	failing_reason = EIO;
	expect(&faulty, NULL, 0, "a/closed/b.md\na/d.md\n", "@/a/c.md: cannot look at: Input/output error\n");
	/* Gone between two calls: nobody misses it. */
	failing_reason = ENOENT;
	expect(&faulty, NULL, 0, "a/closed/b.md\na/d.md\n", "");
	REMOVE("a", "a/closed", "a/closed/b.md", "a/c.md", "a/d.md");
}

static void a_directory_may_turn_into_a_link_behind_our_back(void **state)
{
	struct io faulty = io_posix;

	(void)state;
	faulty.openat = failing_openat;
	failing_name = "dir";
	failing_reason = ELOOP;
	make_directory("dir");
	expect(&faulty, NULL, 0, "", "@/dir: cannot open: Too many levels of symbolic links\n");
	REMOVE("dir");
}

/* Down by descriptors, since the whole path is longer than the system takes. */
static int deep[WALK_DEPTH + 1];

static void make_deep(size_t depth)
{
	deep[0] = at;
	for (size_t i = 0; i < depth; i++) {
		assert_int_equal(mkdirat(deep[i], "d", 0700), 0);
		deep[i + 1] = openat(deep[i], "d", O_RDONLY | O_DIRECTORY);
		assert_true(deep[i + 1] >= 0);
	}
	close(openat(deep[depth], "x.md", O_WRONLY | O_CREAT, 0600));
}

static void remove_deep(size_t depth)
{
	assert_int_equal(unlinkat(deep[depth], "x.md", 0), 0);
	for (size_t i = depth; i-- > 0;) {
		close(deep[i + 1]);
		assert_int_equal(unlinkat(deep[i], "d", AT_REMOVEDIR), 0);
	}
}

static void the_depth_has_a_limit(void **state)
{
	struct walk_options options = {NULL, 0, note_skipped, &skipped};

	(void)state;
	/* The root is the first directory that is open. */
	for (size_t depth = WALK_DEPTH - 1; depth <= WALK_DEPTH; depth++) {
		bool fits = depth < WALK_DEPTH;
		struct walk walk;
		struct err err = {0};

		make_deep(depth);
		buf_reset(&skipped);
		assert_int_equal(walk_tree(&walk, &io_posix, root, &options, &err), 0);
		assert_int_equal(walk.complete, fits);
		assert_int_equal(BUF_COUNT(&walk.files, struct walk_file), fits ? 1 : 0);
		if (fits)
			assert_int_equal(BUF_AT(&walk.files, struct walk_file, 0).path.n, 2 * depth + 4);
		else
			assert_non_null(strstr(buf_string(&skipped), ": more than 256 directories deep\n"));
		walk_release(&walk);
		remove_deep(depth);
	}
	buf_release(&skipped);
}

/* What a walk makes of one path: "VERDICT, the part of the path, and the pattern or what the system says". */
static void expect_finding(const struct io *io, const char *const *globs, size_t count, const char *path,
			   const char *expected)
{
	static const char *const names[] = {"listed", "directory", "hidden", "link",   "special",
					    "kind",   "glob",      "deep",   "absent", "unreadable"};
	struct walk_options options = {.globs = globs, .glob_count = count};
	struct walk_finding finding;
	struct buf got = {0};
	struct err err = {0};

	assert_int_equal(walk_find(io, at, path, &options, &finding, &err), 0);
	buf_printf(&got, "%s %.*s", names[finding.verdict], (int)finding.n, path);
	if (finding.glob)
		buf_printf(&got, " %s", finding.glob);
	if (finding.err.kind)
		buf_printf(&got, " %s", finding.err.text);
	assert_string_equal(buf_string(&got), expected);
	buf_release(&got);
}

static void what_a_walk_passes_over_has_a_reason(void **state)
{
	static const char *const globs[] = {"*.md", "!草稿/**"};

	(void)state;
	make_directory("草稿");
	make("草稿/b.md", "");
	make("a.md", "");
	make("a.txt", "");
	make("a.png", "");
	make_directory(".git");
	make(".git/e.md", "");
	assert_int_equal(symlinkat("a.md", at, "link.md"), 0);
	assert_int_equal(symlinkat("草稿", at, "loop"), 0);
	assert_int_equal(mkfifoat(at, "fifo.md", 0600), 0);
	expect_finding(&io_posix, NULL, 0, "a.md", "listed a.md");
	expect_finding(&io_posix, NULL, 0, "草稿/b.md", "listed 草稿/b.md");
	expect_finding(&io_posix, NULL, 0, "草稿", "directory 草稿");
	expect_finding(&io_posix, NULL, 0, "", "directory ");
	expect_finding(&io_posix, globs, 2, "草稿/b.md", "glob 草稿/b.md !草稿/**");
	expect_finding(&io_posix, globs, 2, "a.txt", "glob a.txt");
	expect_finding(&io_posix, NULL, 0, "a.png", "kind a.png");
	expect_finding(&io_posix, NULL, 0, ".git/e.md", "hidden .git");
	expect_finding(&io_posix, NULL, 0, "link.md", "link link.md");
	expect_finding(&io_posix, NULL, 0, "loop/b.md", "link loop");
	expect_finding(&io_posix, NULL, 0, "fifo.md", "special fifo.md");
	expect_finding(&io_posix, NULL, 0, "草稿/none.md", "absent 草稿/none.md");
	expect_finding(&io_posix, NULL, 0, "none/b.md", "absent none");
	expect_finding(&io_posix, NULL, 0, "a.md/b.md", "absent a.md");
	REMOVE("草稿", "草稿/b.md", "a.md", "a.txt", "a.png", ".git", ".git/e.md", "link.md", "loop", "fifo.md");
}

static void what_a_walk_cannot_read_is_told_with_the_system_s_reason(void **state)
{
	struct io faulty = io_posix;

	(void)state;
	faulty.openat = failing_openat;
	faulty.fstatat = failing_fstatat;
	failing_reason = EACCES;
	make_directory("a");
	make("a/b.md", "");
	failing_name = "a";
	expect_finding(&faulty, NULL, 0, "a/b.md", "unreadable a a: cannot look at: Permission denied");
	faulty.fstatat = io_posix.fstatat;
	expect_finding(&faulty, NULL, 0, "a/b.md", "unreadable a a: cannot open: Permission denied");
	REMOVE("a", "a/b.md");
}

static void a_path_is_judged_as_deep_as_a_walk_goes(void **state)
{
	struct walk_options options = {0};
	struct walk_finding finding;
	struct buf path = {0};
	struct err err = {0};

	(void)state;
	make_deep(WALK_DEPTH);
	buf_add_byte(&path, 'd');
	for (size_t i = 2; i < WALK_DEPTH; i++)
		buf_add_text(&path, "/d");
	assert_int_equal(walk_find(&io_posix, at, buf_string(&path), &options, &finding, &err), 0);
	assert_int_equal(finding.verdict, WALK_DIRECTORY);
	buf_add_text(&path, "/d/x.md");
	assert_int_equal(walk_find(&io_posix, at, buf_string(&path), &options, &finding, &err), 0);
	assert_int_equal(finding.verdict, WALK_DEEP);
	assert_int_equal(finding.n, 2 * WALK_DEPTH - 1);
	remove_deep(WALK_DEPTH);
	buf_release(&path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_tree_has_no_files),
		cmocka_unit_test(paths_are_sorted_by_bytes_of_the_whole),
		cmocka_unit_test(only_known_regular_visible_files_are_listed),
		cmocka_unit_test(globs_are_matched_with_whole_paths),
		cmocka_unit_test(size_and_time_are_told),
		cmocka_unit_test(a_root_that_cannot_be_opened_fails),
		cmocka_unit_test(what_cannot_be_read_is_named_and_passed_over),
		cmocka_unit_test(a_directory_may_turn_into_a_link_behind_our_back),
		cmocka_unit_test(the_depth_has_a_limit),
		cmocka_unit_test(what_a_walk_passes_over_has_a_reason),
		cmocka_unit_test(what_a_walk_cannot_read_is_told_with_the_system_s_reason),
		cmocka_unit_test(a_path_is_judged_as_deep_as_a_walk_goes),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
