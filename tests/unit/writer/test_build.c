#include "build.h"

#include "commit.h"
#include "index.h"
#include "random.h"
#include "scratch.h"
#include "unit.h"
#include "utf8.h"

#include <errno.h>
#include <unistd.h>

static int make(void **state)
{
	struct scratch *scratch = scratch_new();

	scratch_fill(scratch);
	*state = scratch;
	return 0;
}

/* What the callbacks of a build told, one line each. */
struct told {
	struct buf changes;
	struct buf notes;
};

static void tell_change(void *context, char kind, struct span path)
{
	struct told *told = context;

	buf_printf(&told->changes, "%c%.*s ", kind, (int)path.n, path.p);
}

static void tell_note(void *context, bool missing, const char *text)
{
	struct told *told = context;

	buf_printf(&told->notes, "%s: %s\n", missing ? "missing" : "note", text);
}

static void forget(struct told *told)
{
	buf_release(&told->changes);
	buf_release(&told->notes);
}

static int run(const struct build_request *request, struct build_report *report, struct told *told, struct err *err)
{
	struct build_request listening = *request;

	listening.context = told;
	listening.change = tell_change;
	listening.note = tell_note;
	*err = (struct err){0};
	return build_index(&listening, report, err);
}

/* The index opens, and every byte and reference of it is sound. */
static void assert_sound(struct scratch *scratch)
{
	struct index index;
	struct err err = {0};

	if (index_open(&index, &io_posix, scratch->index, &err) < 0 || index_check(&index, &err) < 0)
		fail_msg("%s", err.text);
	index_close(&index);
}

static void makes_an_index(void **state)
{
	struct scratch *scratch = *state;
	struct build_report report = scratch_build(scratch);
	struct buf bytes = {0};
	struct stat st;

	assert_int_equal(report.reason, BUILD_NEW);
	assert_int_equal(report.documents, 4);
	assert_int_equal(report.changes.added, 4);
	assert_int_equal(report.missing, 0);
	assert_sound(scratch);
	assert_int_equal(scratch_count(scratch, "index"), 4);
	scratch_read(scratch, "index/.gitignore", &bytes);
	assert_string_equal(buf_string(&bytes), "*\n");
	scratch_read(scratch, "index/lock", &bytes);
	assert_int_equal(bytes.n, 0);
	assert_int_equal(stat(scratch->index, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_int_equal(stat(scratch_path(scratch, "index/MANIFEST"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	buf_release(&bytes);
}

static void does_nothing_when_nothing_changed(void **state)
{
	struct scratch *scratch = *state;
	struct buf before = {0};
	struct buf after = {0};

	scratch_build(scratch);
	scratch_read(scratch, "index/MANIFEST", &before);
	assert_int_equal(scratch_build(scratch).reason, BUILD_NOTHING);
	scratch_read(scratch, "index/MANIFEST", &after);
	assert_true(span_equal(buf_span(&before), buf_span(&after)));
	buf_release(&before);
	buf_release(&after);
}

static void tells_what_changed(void **state)
{
	struct scratch *scratch = *state;
	struct build_request request = scratch_request(scratch, &io_posix);
	struct build_report report;
	struct told told = {0};
	struct err err;

	scratch_build(scratch);
	scratch_write(scratch, "notes/a.md", "# 新\n");
	scratch_write(scratch, "notes/账目.txt", "改了\n");
	assert_int_equal(unlink(scratch_path(scratch, "notes/技术/收银.md")), 0);
	request.dry_run = true;
	assert_int_equal(run(&request, &report, &told, &err), 0);
	assert_string_equal(buf_string(&told.changes), "+a.md -技术/收银.md ~账目.txt ");
	request.dry_run = false;
	buf_reset(&told.changes);
	assert_int_equal(run(&request, &report, &told, &err), 0);
	assert_int_equal(report.reason, BUILD_CHANGES);
	assert_string_equal(buf_string(&told.changes), "+a.md -技术/收银.md ~账目.txt ");
	assert_int_equal(report.changes.added, 1);
	assert_int_equal(report.changes.changed, 1);
	assert_int_equal(report.changes.removed, 1);
	assert_int_equal(report.documents, 4);
	assert_sound(scratch);
	assert_int_equal(scratch_count(scratch, "index"), 4);
	forget(&told);
}

static void a_dry_run_touches_nothing(void **state)
{
	struct scratch *scratch = *state;
	struct build_request request = scratch_request(scratch, &io_posix);
	struct build_report report;
	struct err err = {0};

	request.dry_run = true;
	assert_int_equal(build_index(&request, &report, &err), 0);
	assert_int_equal(report.reason, BUILD_NEW);
	assert_int_equal(report.changes.added, 4);
	assert_int_equal(access(scratch->index, F_OK), -1);
}

static void rebuilds_for_a_reason(void **state)
{
	static const char *const globs[] = {"*.md"};
	struct scratch *scratch = *state;
	struct build_request request = scratch_request(scratch, &io_posix);
	struct build_report report;
	struct told told = {0};
	struct err err;

	scratch_build(scratch);
	request.force = true;
	assert_int_equal(run(&request, &report, &told, &err), 0);
	assert_int_equal(report.reason, BUILD_FORCED);
	request.force = false;
	request.globs = globs;
	request.glob_count = 1;
	assert_int_equal(run(&request, &report, &told, &err), 0);
	assert_int_equal(report.reason, BUILD_OPTIONS);
	assert_int_equal(report.documents, 3);
	assert_int_equal(report.documents_before, 4);
	/* without roots and globs: those of the index */
	request = scratch_request(scratch, &io_posix);
	request.roots = NULL;
	request.globs_given = false;
	assert_int_equal(run(&request, &report, &told, &err), 0);
	assert_int_equal(report.reason, BUILD_NOTHING);
	forget(&told);
}

static void one_file_can_be_a_root(void **state)
{
	struct scratch *scratch = *state;
	struct build_request request = scratch_request(scratch, &io_posix);
	const char *roots[] = {scratch_path(scratch, "notes/账目.txt"), scratch->notes};
	struct build_report report;
	struct told told = {0};
	struct err err;

	request.roots = roots;
	assert_int_equal(run(&request, &report, &told, &err), 0);
	assert_string_equal(buf_string(&told.changes), "+账目.txt ");
	assert_sound(scratch);
	/* and stand beside a tree: what both lists share has not changed */
	request.root_count = 2;
	buf_reset(&told.changes);
	assert_int_equal(run(&request, &report, &told, &err), 0);
	assert_int_equal(report.reason, BUILD_OPTIONS);
	assert_string_equal(buf_string(&told.changes), "+开店.md +技术/收银.md +空白.md +账目.txt ");
	assert_sound(scratch);
	request.roots = NULL;
	assert_int_equal(run(&request, &report, &told, &err), 0);
	assert_int_equal(report.reason, BUILD_NOTHING);
	forget(&told);
}

static void an_empty_tree_makes_an_empty_index(void **state)
{
	struct scratch *scratch = *state;
	struct build_request request = scratch_request(scratch, &io_posix);
	const char *root = scratch_path(scratch, "nothing");
	struct build_report report;
	struct err err = {0};

	assert_int_equal(mkdir(root, 0700), 0);
	request.roots = &root;
	request.jobs = 4;
	assert_int_equal(build_index(&request, &report, &err), 0);
	assert_int_equal(report.sections, 0);
	assert_sound(scratch);
}

static void files_that_are_no_text_are_told(void **state)
{
	struct scratch *scratch = *state;
	struct build_request request = scratch_request(scratch, &io_posix);
	struct build_report report;
	struct told told = {0};
	struct err err;

	scratch_write_bytes(scratch, "notes/宽.md",
			    (struct span){"\xFF\xFE"
					  "\0\0b\0",
					  6});
	scratch_write(scratch, "notes/坏.md", "# 好的标题，足够长的一行正文\n中间坏了\xFF一处\n");
	assert_int_equal(run(&request, &report, &told, &err), 0);
	assert_int_equal(report.missing, 1);
	assert_int_equal(report.documents, 5);
	assert_non_null(strstr(buf_string(&told.notes), "missing: "));
	assert_non_null(strstr(buf_string(&told.notes), "notes/宽.md: "));
	assert_non_null(strstr(buf_string(&told.notes), "note: "));
	assert_non_null(strstr(buf_string(&told.notes), "notes/坏.md: 1 invalid"));
	assert_sound(scratch);
	forget(&told);
}

/* The one file that the system does not let us open, while it is set. */
static const char *locked;
static unsigned opened; /* how often it was tried */

static int locking_openat(int directory, const char *path, int flags, mode_t mode)
{
	if (!strstr(path, "锁.md"))
		return io_posix.openat(directory, path, flags, mode);
	opened++;
	if (!locked)
		return io_posix.openat(directory, path, flags, mode);
	errno = EACCES;
	return -1;
}

static int vanishing_openat(int directory, const char *path, int flags, mode_t mode)
{
	if (!strstr(path, "走.md"))
		return io_posix.openat(directory, path, flags, mode);
	errno = ENOENT;
	return -1;
}

/* As a walk has it, which passes over what vanishes meanwhile: an editor's temporary file is no trouble. */
static void what_vanishes_after_it_was_listed_is_not_missed(void **state)
{
	struct scratch *scratch = *state;
	struct io io = io_posix;
	struct build_request request = scratch_request(scratch, &io);
	struct build_report report;
	struct told told = {0};
	struct err err;

	scratch_write(scratch, "notes/走.md", "# 走了\n");
	io.openat = vanishing_openat;
	assert_int_equal(run(&request, &report, &told, &err), 0);
	assert_int_equal(report.missing, 0);
	assert_int_equal(report.documents, 4);
	assert_int_equal(told.notes.n, 0);
	assert_sound(scratch);
	/* it is no part of the index, so when it is there again it is new */
	io.openat = io_posix.openat;
	assert_int_equal(run(&request, &report, &told, &err), 0);
	assert_int_equal(report.reason, BUILD_CHANGES);
	assert_int_equal(report.changes.added, 1);
	assert_int_equal(report.documents, 5);
	forget(&told);
}

/* What an index lacks is told each time; it is tried again when that may help. */
static void what_is_missing_is_told_again(void **state)
{
	struct scratch *scratch = *state;
	struct io io = io_posix;
	struct build_request request = scratch_request(scratch, &io);
	struct build_report report;
	struct told told = {0};
	struct err err;

	io.openat = locking_openat;
	locked = "锁.md";
	scratch_write_bytes(scratch, "notes/宽.md",
			    (struct span){"\xFF\xFE"
					  "\0\0b\0",
					  6});
	scratch_write(scratch, "notes/锁.md", "# 打不开\n");
	assert_int_equal(run(&request, &report, &told, &err), 0);
	assert_int_equal(report.missing, 2);
	assert_int_equal(report.documents, 4);
	assert_sound(scratch);
	buf_reset(&told.notes);
	opened = 0;
	assert_int_equal(run(&request, &report, &told, &err), 0);
	assert_int_equal(report.reason, BUILD_NOTHING);
	assert_int_equal(report.missing, 2);
	assert_int_equal(opened, 1);
	assert_non_null(strstr(buf_string(&told.notes), "notes/宽.md: "));
	assert_non_null(strstr(buf_string(&told.notes), "notes/锁.md: "));
	/* it opens now, although it has not changed */
	locked = NULL;
	assert_int_equal(run(&request, &report, &told, &err), 0);
	assert_int_equal(report.reason, BUILD_CHANGES);
	assert_int_equal(report.missing, 1);
	assert_int_equal(report.documents, 5);
	assert_sound(scratch);
	forget(&told);
}

static void refuse(struct scratch *scratch, const struct build_request *request, enum err_kind kind, const char *named)
{
	struct build_report report;
	struct err err = {0};

	assert_int_equal(build_index(request, &report, &err), -1);
	assert_int_equal(err.kind, kind);
	assert_non_null(strstr(err.text, scratch_path(scratch, named)));
	assert_null(strchr(err.text, '\n'));
}

static void refuses_what_makes_no_sense(void **state)
{
	struct scratch *scratch = *state;
	struct build_request request = scratch_request(scratch, &io_posix);
	const char *missing = scratch_path(scratch, "no such");

	request.roots = NULL;
	refuse(scratch, &request, ERR_MISSING, "index");
	request.roots = &missing;
	refuse(scratch, &request, ERR_IO, "no such");
	request = scratch_request(scratch, &io_posix);
	request.index = scratch_path(scratch, "no such/index");
	refuse(scratch, &request, ERR_IO, "no such/index");
	request.index = scratch_path(scratch, "notes/账目.txt");
	refuse(scratch, &request, ERR_IO, "notes/账目.txt");
}

static int closed_fstatat(int directory, const char *path, struct stat *out, int flags)
{
	(void)directory, (void)path, (void)out, (void)flags;
	errno = EACCES;
	return -1;
}

/* An index that others closed to us is not one that was never made. */
static void tells_closed_from_missing(void **state)
{
	struct scratch *scratch = *state;
	struct io io = io_posix;
	struct build_request request = scratch_request(scratch, &io);

	scratch_build(scratch);
	io.fstatat = closed_fstatat;
	request.roots = NULL;
	refuse(scratch, &request, ERR_IO, "notes");
}

static void leaves_a_foreign_directory_alone(void **state)
{
	struct scratch *scratch = *state;
	struct build_request request = scratch_request(scratch, &io_posix);
	size_t files = scratch_count(scratch, "notes");

	request.index = scratch->notes;
	refuse(scratch, &request, ERR_USAGE, "notes");
	request.force = true;
	refuse(scratch, &request, ERR_USAGE, "notes");
	assert_int_equal(scratch_count(scratch, "notes"), files);
}

static void a_damaged_index_is_replaced_only_on_demand(void **state)
{
	struct scratch *scratch = *state;
	struct build_request request = scratch_request(scratch, &io_posix);
	struct build_report report;
	struct buf manifest = {0};
	struct err err = {0};

	scratch_build(scratch);
	scratch_read(scratch, "index/MANIFEST", &manifest);
	manifest.data[30] ^= 1;
	scratch_write_bytes(scratch, "index/MANIFEST", buf_span(&manifest));
	refuse(scratch, &request, ERR_DAMAGED, "index");
	request.force = true;
	request.roots = NULL;
	refuse(scratch, &request, ERR_DAMAGED, "index");
	request = scratch_request(scratch, &io_posix);
	request.force = true;
	assert_int_equal(build_index(&request, &report, &err), 0);
	assert_sound(scratch);
	assert_int_equal(scratch_count(scratch, "index"), 4);
	buf_release(&manifest);
}

static void damage_refused_and_forced(struct scratch *scratch, enum err_kind kind)
{
	struct build_request request = scratch_request(scratch, &io_posix);
	struct build_report report;
	struct err err = {0};

	refuse(scratch, &request, kind, "index");
	request.force = true;
	assert_int_equal(build_index(&request, &report, &err), 0);
	assert_int_equal(report.reason, BUILD_FORCED);
	assert_sound(scratch);
	assert_int_equal(scratch_count(scratch, "index"), 4);
}

/* Although no note has changed: what cannot be searched is not up to date. */
static void a_damaged_segment_is_no_index_either(void **state)
{
	struct scratch *scratch = *state;
	const char *name;
	struct buf bytes = {0};

	scratch_build(scratch);
	name = scratch_segment(scratch);
	scratch_read(scratch, name, &bytes);
	scratch_write_bytes(scratch, name, (struct span){bytes.data, bytes.n - 1});
	damage_refused_and_forced(scratch, ERR_DAMAGED);
	scratch_write(scratch, scratch_segment(scratch), "# no segment at all, but notes, which are no index\n");
	damage_refused_and_forced(scratch, ERR_FOREIGN);
	assert_int_equal(unlink(scratch_path(scratch, scratch_segment(scratch))), 0);
	damage_refused_and_forced(scratch, ERR_DAMAGED);
	buf_release(&bytes);
}

static void one_writer_at_a_time(void **state)
{
	struct scratch *scratch = *state;
	struct build_request request = scratch_request(scratch, &io_posix);
	struct build_report report;
	struct commit commit;
	struct err err = {0};

	scratch_build(scratch);
	assert_int_equal(commit_begin(&commit, &io_posix, scratch->index, &err), 0);
	refuse(scratch, &request, ERR_LOCKED, "index");
	assert_sound(scratch);
	request.dry_run = true;
	assert_int_equal(build_index(&request, &report, &err), 0);
	commit_end(&commit);
	request.dry_run = false;
	assert_int_equal(build_index(&request, &report, &err), 0);
}

static void sweeps_what_killed_writers_left(void **state)
{
	struct scratch *scratch = *state;

	scratch_build(scratch);
	scratch_write(scratch, "index/seg-7-1.kbs", "half");
	scratch_write(scratch, "index/MANIFEST.tmp", "half");
	scratch_write(scratch, "index/sort.tmp", "half");
	assert_int_equal(scratch_count(scratch, "index"), 7);
	assert_int_equal(scratch_build(scratch).reason, BUILD_NOTHING);
	assert_int_equal(scratch_count(scratch, "index"), 4);
	assert_sound(scratch);
}

/* A writer was killed before it had a manifest: its segment may have the very name that comes next. */
static void starts_where_a_killed_first_writer_ended(void **state)
{
	struct scratch *scratch = *state;

	scratch_write(scratch, "index/seg-1-6553f100.kbs", "half");
	scratch_write(scratch, "index/MANIFEST.tmp", "half");
	assert_int_equal(scratch_build(scratch).reason, BUILD_NEW);
	assert_int_equal(scratch_count(scratch, "index"), 4);
	assert_sound(scratch);
}

/* Makes every file look so large that it is a slice of its own. */
static int large_fstatat(int directory, const char *path, struct stat *out, int flags)
{
	int status = fstatat(directory, path, out, flags);

	if (status == 0 && S_ISREG(out->st_mode))
		out->st_size += SLICE_BYTES;
	return status;
}

static void fill_many(struct scratch *scratch, int step)
{
	for (int i = 0; i < 41; i++) {
		struct buf name = {0};
		struct buf text = {0};
		int number = i * step % 41;

		buf_printf(&name, "notes/%c/%d.md", 'a' + number % 3, number);
		buf_printf(&text, "---\ntags: [组 %d, 全部]\n---\n", number % 7);
		buf_printf(&text, "# 第 %d 篇\n\n内容 %d 与 topic%d。\n\n## 小节\n\n共有的词\n", number, number * 7,
			   number % 5);
		scratch_write(scratch, buf_string(&name), buf_string(&text));
		buf_release(&name);
		buf_release(&text);
	}
}

static void build_segment(struct scratch *scratch, unsigned jobs, size_t memory, int64_t now, struct buf *out)
{
	struct io io = io_posix;
	struct build_request request = scratch_request(scratch, &io);
	struct build_report report;
	struct err err = {0};

	io.fstatat = large_fstatat;
	request.jobs = jobs;
	request.memory = memory;
	request.force = true;
	request.now = now;
	assert_int_equal(build_index(&request, &report, &err), 0);
	scratch_read(scratch, scratch_segment(scratch), out);
}

static uint32_t count_frames(struct scratch *scratch)
{
	struct index index;
	struct err err = {0};
	uint32_t count;

	assert_int_equal(index_open(&index, &io_posix, scratch->index, &err), 0);
	count = index.segments[0].store.frame_count;
	index_close(&index);
	return count;
}

static void threads_times_and_places_leave_no_trace(void **state)
{
	static const unsigned jobs[] = {2, 4, 16, 1};
	struct scratch *scratch = *state;
	struct scratch elsewhere;
	struct buf first = {0};
	struct buf again = {0};

	fill_many(scratch, 1);
	build_segment(scratch, 1, 0, 1700000000, &first);
	assert_sound(scratch);
	assert_true(count_frames(scratch) > 41); /* each slice begins one */
	for (size_t i = 0; i < sizeof jobs / sizeof jobs[0]; i++) {
		/* all in memory; some of it; nothing */
		for (size_t memory = 0; memory <= 2000; memory = memory ? memory * 2000 : 1) {
			build_segment(scratch, jobs[i], memory, 1700000001 + (int64_t)i, &again);
			assert_true(span_equal(buf_span(&first), buf_span(&again)));
			assert_int_equal(scratch_count(scratch, "index"), 4);
		}
	}
	/* the same files, made in another order in another place */
	scratch_make(&elsewhere);
	fill_many(&elsewhere, 7);
	scratch_fill(&elsewhere);
	build_segment(&elsewhere, 3, 0, 1, &again);
	assert_true(span_equal(buf_span(&first), buf_span(&again)));
	scratch_release(&elsewhere);
	buf_release(&first);
	buf_release(&again);
}

/* Text of many words: several megabytes, so that each layer is merged in many parts. */
static void write_large(struct scratch *scratch)
{
	struct buf text = {0};
	uint64_t seed = 1;

	for (unsigned section = 0; section < 3000; section++) {
		buf_printf(&text, "# 第 %u 节\n\n", section);
		for (unsigned i = 0; i < 150; i++) {
			if (i % 3)
				utf8_add(&text, 0x4E00 + random_below(&seed, 1 + random_below(&seed, 6000)));
			else
				buf_printf(&text, "%s%x ", i % 5 ? "，" : "x", random_below(&seed, 1 << 24));
		}
		buf_add_text(&text, "\n\n");
	}
	scratch_write_bytes(scratch, "notes/大.md", buf_span(&text));
	buf_release(&text);
}

static void large_trees_are_merged_in_parts(void **state)
{
	struct scratch *scratch = *state;
	struct buf first = {0};
	struct buf again = {0};

	write_large(scratch);
	build_segment(scratch, 1, 0, 1, &first);
	assert_sound(scratch);
	build_segment(scratch, 2, 1, 1, &again);
	assert_true(span_equal(buf_span(&first), buf_span(&again)));
	build_segment(scratch, 7, 100000, 1, &again);
	assert_true(span_equal(buf_span(&first), buf_span(&again)));
	buf_release(&first);
	buf_release(&again);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(makes_an_index, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(does_nothing_when_nothing_changed, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(tells_what_changed, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(a_dry_run_touches_nothing, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(rebuilds_for_a_reason, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(one_file_can_be_a_root, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(an_empty_tree_makes_an_empty_index, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(files_that_are_no_text_are_told, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(what_vanishes_after_it_was_listed_is_not_missed, make,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(what_is_missing_is_told_again, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(refuses_what_makes_no_sense, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(tells_closed_from_missing, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(leaves_a_foreign_directory_alone, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(a_damaged_index_is_replaced_only_on_demand, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(a_damaged_segment_is_no_index_either, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(one_writer_at_a_time, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(sweeps_what_killed_writers_left, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(starts_where_a_killed_first_writer_ended, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(threads_times_and_places_leave_no_trace, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(large_trees_are_merged_in_parts, make, scratch_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
