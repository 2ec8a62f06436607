#include "index.h"

#include "image.h"
#include "scratch.h"
#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static int make(void **state)
{
	struct scratch *scratch = scratch_new();

	scratch_fill(scratch);
	*state = scratch;
	return 0;
}

static void refuse_at(const char *path, enum err_kind kind)
{
	struct index index;
	struct err err = {0};

	assert_int_equal(index_open(&index, &io_posix, path, &err), -1);
	if (err.kind != kind)
		fail_msg("%s", err.text);
	assert_non_null(strstr(err.text, path));
	assert_null(strchr(err.text, '\n'));
}

static void refuse(struct scratch *scratch, enum err_kind kind)
{
	refuse_at(scratch->index, kind);
}

static void opens_what_was_built(void **state)
{
	struct scratch *scratch = *state;
	struct build_report report = scratch_build(scratch);
	struct index index;
	struct err err = {0};

	assert_int_equal(index_open(&index, &io_posix, scratch->index, &err), 0);
	assert_string_equal(index.path, scratch->index);
	assert_int_equal(index.segment_count, 1);
	assert_int_equal(index_section_count(&index), report.sections);
	assert_int_equal(index.manifest.generation, 1);
	assert_int_equal(index.manifest.built, 1700000000);
	assert_int_equal(index_check(&index, &err), 0);
	index_close(&index);
}

static void tells_what_is_missing(void **state)
{
	struct scratch *scratch = *state;

	refuse(scratch, ERR_MISSING);
	refuse_at(scratch->notes, ERR_MISSING);
	refuse_at(scratch_path(scratch, "notes/账目.txt"), ERR_MISSING);
	refuse_at(scratch_path(scratch, "notes/账目.txt/below"), ERR_MISSING);
	refuse_at("", ERR_MISSING);
}

static void tells_what_is_foreign(void **state)
{
	struct scratch *scratch = *state;

	scratch_build(scratch);
	scratch_write(scratch, "index/MANIFEST", "# 我的笔记\n\n不是索引\n");
	refuse(scratch, ERR_FOREIGN);
	scratch_write(scratch, "index/MANIFEST", "");
	refuse(scratch, ERR_FOREIGN);
	assert_int_equal(unlink(scratch_path(scratch, "index/MANIFEST")), 0);
	assert_int_equal(mkdir(scratch_path(scratch, "index/MANIFEST"), 0700), 0);
	refuse(scratch, ERR_FOREIGN);
}

static void follows_no_links(void **state)
{
	struct scratch *scratch = *state;
	const char *name;

	scratch_build(scratch);
	name = scratch_path(scratch, scratch_segment(scratch));
	assert_int_equal(rename(name, scratch_path(scratch, "elsewhere")), 0);
	assert_int_equal(symlink("../elsewhere", name), 0);
	refuse(scratch, ERR_IO);
}

/* Opening a FIFO must not wait for a writer. */
static void waits_for_nobody(void **state)
{
	struct scratch *scratch = *state;

	scratch_build(scratch);
	assert_int_equal(unlink(scratch_path(scratch, "index/MANIFEST")), 0);
	assert_int_equal(mkfifo(scratch_path(scratch, "index/MANIFEST"), 0600), 0);
	refuse(scratch, ERR_FOREIGN);
}

static void segments_must_be_the_manifests_own(void **state)
{
	struct scratch *scratch = *state;
	struct scratch other;
	struct buf own = {0};
	struct buf bytes = {0};
	const char *name;

	scratch_build(scratch);
	name = scratch_segment(scratch);
	scratch_read(scratch, name, &own);
	/* of another index */
	scratch_make(&other);
	scratch_write(&other, "notes/一.md", "# 一\n");
	scratch_build(&other);
	scratch_read(&other, scratch_segment(&other), &bytes);
	scratch_write_bytes(scratch, name, buf_span(&bytes));
	refuse(scratch, ERR_FOREIGN);
	/* no segment */
	scratch_read(scratch, "index/MANIFEST", &bytes);
	scratch_write_bytes(scratch, name, buf_span(&bytes));
	refuse(scratch, ERR_FOREIGN);
	/* none at all */
	assert_int_equal(unlink(scratch_path(scratch, name)), 0);
	refuse(scratch, ERR_DAMAGED);
	/* the manifest of another index over ours */
	scratch_write_bytes(scratch, name, buf_span(&own));
	scratch_read(&other, "index/MANIFEST", &bytes);
	scratch_write_bytes(scratch, "index/MANIFEST", buf_span(&bytes));
	refuse(scratch, ERR_FOREIGN);
	scratch_release(&other);
	buf_release(&own);
	buf_release(&bytes);
}

/* Only the id tells the two apart. */
static void a_segment_of_the_same_shape_is_foreign_too(void **state)
{
	struct scratch *scratch = *state;
	struct scratch other;
	struct buf bytes = {0};

	scratch_build(scratch);
	scratch_make(&other);
	scratch_fill(&other);
	scratch_write(&other, "notes/账目.txt", "另一本账\n");
	scratch_build(&other);
	scratch_read(&other, scratch_segment(&other), &bytes);
	scratch_write_bytes(scratch, scratch_segment(scratch), buf_span(&bytes));
	refuse(scratch, ERR_FOREIGN);
	scratch_release(&other);
	buf_release(&bytes);
}

static void every_cut_of_a_segment_is_noticed(void **state)
{
	struct scratch *scratch = *state;
	struct buf bytes = {0};
	const char *name;

	scratch_build(scratch);
	name = scratch_segment(scratch);
	scratch_read(scratch, name, &bytes);
	for (size_t n = 0; n < bytes.n; n += n < 20 || bytes.n - n < 70 ? 1 : 37) {
		scratch_write_bytes(scratch, name, (struct span){bytes.data, n});
		refuse(scratch, n < 16 ? ERR_FOREIGN : ERR_DAMAGED);
	}
	buf_release(&bytes);
}

/* A manifest that names its one segment as given. */
static void write_manifest(struct scratch *scratch, struct span segment)
{
	struct manifest_segment segments[] = {{.name = segment}};
	struct manifest manifest = {.segments = segments, .segment_count = 1};
	struct buf bytes = {0};
	struct err err = {0};
	struct out out;

	image_out(&out, &bytes, &err);
	assert_int_equal(manifest_encode(&out, &manifest, NULL, 0, &err), 0);
	assert_int_equal(out_flush(&out), 0);
	scratch_write_bytes(scratch, "index/MANIFEST", buf_span(&bytes));
	out_release(&out);
	buf_release(&bytes);
}

static void names_lead_nowhere_else(void **state)
{
	static const char *const names[] = {"",         "/etc/passwd", "../notes/账目.txt",         "lock",
					    "MANIFEST", "seg-/x",      "seg-/../../notes/账目.txt", "segment"};
	struct scratch *scratch = *state;

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		write_manifest(scratch, span_of(names[i]));
		refuse(scratch, ERR_DAMAGED);
	}
	write_manifest(scratch, (struct span){"seg-1\0/x", 8});
	refuse(scratch, ERR_DAMAGED);
}

/* An io table under which the index is renewed just before its segment is opened for the first time. */
static struct {
	struct scratch *scratch;
	unsigned opened; /* segments, so far */
	bool always;     /* renew it again each time */
} race;

static int racing_openat(int directory, const char *path, int flags, mode_t mode)
{
	if (strncmp(path, "seg-", 4) == 0 && (race.opened++ == 0 || race.always)) {
		struct buf text = {0};

		buf_printf(&text, "# 第 %u 版\n", race.opened);
		scratch_write(race.scratch, "notes/新.md", buf_string(&text));
		scratch_build(race.scratch);
		buf_release(&text);
	}
	return io_posix.openat(directory, path, flags, mode);
}

static void a_writer_may_be_faster(void **state)
{
	struct scratch *scratch = *state;
	struct io io = io_posix;
	struct index index;
	struct err err = {0};

	scratch_build(scratch);
	race.scratch = scratch;
	race.opened = 0;
	race.always = false;
	io.openat = racing_openat;
	assert_int_equal(index_open(&index, &io, scratch->index, &err), 0);
	assert_int_equal(index.manifest.document_count, 5);
	assert_int_equal(race.opened, 2);
	assert_int_equal(index_check(&index, &err), 0);
	index_close(&index);
	/* but not for ever */
	race.opened = 0;
	race.always = true;
	assert_int_equal(index_open(&index, &io, scratch->index, &err), -1);
	assert_int_equal(err.kind, ERR_DAMAGED);
	assert_int_equal(race.opened, INDEX_TRIES);
}

static void assert_paths(const char *directory, const char *index_path)
{
	static const char *const names[] = {"notes/开店.md", "notes/技术/收银.md", "notes/空白.md", "notes/账目.txt"};
	struct index index;
	struct err err = {0};

	assert_int_equal(index_open(&index, &io_posix, index_path, &err), 0);
	assert_int_equal(index.manifest.document_count, 4);
	for (uint32_t i = 0; i < 4; i++) {
		struct manifest_document document;
		struct buf path = {0};
		struct buf expected = {0};

		assert_int_equal(manifest_document(&index.manifest, i, &document, &err), 0);
		index_document_path(&index, &document, &path);
		buf_printf(&expected, "%s/%s", directory, names[i]);
		assert_string_equal(buf_string(&path), buf_string(&expected));
		buf_release(&path);
		buf_release(&expected);
	}
	index_close(&index);
}

static void a_tree_moves_as_a_whole(void **state)
{
	struct scratch *scratch = *state;
	const char *moved = scratch_path(scratch, "moved");

	scratch_build(scratch);
	assert_paths(scratch->directory, scratch->index);
	assert_int_equal(mkdir(moved, 0700), 0);
	assert_int_equal(rename(scratch->notes, scratch_path(scratch, "moved/notes")), 0);
	assert_int_equal(rename(scratch->index, scratch_path(scratch, "moved/index")), 0);
	assert_paths(moved, scratch_path(scratch, "moved/index"));
}

static void a_single_files_path_is_its_own(void **state)
{
	struct scratch *scratch = *state;
	struct build_request request = scratch_request(scratch, &io_posix);
	const char *root = scratch_path(scratch, "notes/账目.txt");
	struct build_report report;
	struct manifest_document document;
	struct buf path = {0};
	struct index index;
	struct err err = {0};

	request.roots = &root;
	assert_int_equal(build_index(&request, &report, &err), 0);
	assert_int_equal(index_open(&index, &io_posix, scratch->index, &err), 0);
	assert_int_equal(manifest_document(&index.manifest, 0, &document, &err), 0);
	index_document_path(&index, &document, &path);
	assert_string_equal(buf_string(&path), root);
	index_close(&index);
	buf_release(&path);
}

static void every_document_is_found_by_its_path(void **state)
{
	struct scratch *scratch = *state;
	struct manifest_document document;
	struct manifest_document found;
	struct buf path = {0};
	struct index index;
	struct err err = {0};
	uint32_t number;

	scratch_build(scratch);
	assert_int_equal(index_open(&index, &io_posix, scratch->index, &err), 0);
	for (uint32_t i = 0; i < index.manifest.document_count; i++) {
		assert_int_equal(manifest_document(&index.manifest, i, &document, &err), 0);
		buf_reset(&path);
		index_document_path(&index, &document, &path);
		assert_int_equal(index_find_document(&index, buf_span(&path), &number, &found, &err), 1);
		assert_int_equal(number, i);
		path.n--;
		assert_int_equal(index_find_document(&index, buf_span(&path), &number, &found, &err), 0);
	}
	assert_int_equal(index_find_document(&index, span_of(scratch->notes), &number, &found, &err), 0);
	assert_int_equal(index_find_document(&index, span_of("/"), &number, &found, &err), 0);
	index_close(&index);
	buf_release(&path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(opens_what_was_built, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(tells_what_is_missing, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(tells_what_is_foreign, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(follows_no_links, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(waits_for_nobody, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(segments_must_be_the_manifests_own, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(a_segment_of_the_same_shape_is_foreign_too, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(every_cut_of_a_segment_is_noticed, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(names_lead_nowhere_else, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(a_writer_may_be_faster, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(a_tree_moves_as_a_whole, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(a_single_files_path_is_its_own, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(every_document_is_found_by_its_path, make, scratch_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
