#define _XOPEN_SOURCE 700 /* nftw(3) */
#include "scratch.h"

#include "path.h"
#include "unit.h"

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void scratch_make(struct scratch *scratch)
{
	const char *above = getenv("TMPDIR");
	struct buf path = {0};
	struct buf real = {0};
	struct err err = {0};

	*scratch = (struct scratch){0};
	buf_printf(&path, "%s/kbsearch-test-XXXXXX", above && *above ? above : "/tmp");
	buf_string(&path);
	assert_non_null(mkdtemp(path.data));
	assert_int_equal(path_real(path.data, &real, &err), 0);
	scratch->directory = arena_copy(&scratch->arena, buf_span(&real)).p;
	scratch->notes = scratch_path(scratch, "notes");
	scratch->index = scratch_path(scratch, "index");
	buf_release(&path);
	buf_release(&real);
	assert_int_equal(mkdir(scratch->notes, 0700), 0);
}

static int remove_entry(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

void scratch_release(struct scratch *scratch)
{
	assert_int_equal(nftw(scratch->directory, remove_entry, 16, FTW_DEPTH | FTW_PHYS), 0);
	arena_release(&scratch->arena);
}

struct scratch *scratch_new(void)
{
	struct scratch *scratch = test_malloc(sizeof *scratch);

	scratch_make(scratch);
	return scratch;
}

int scratch_teardown(void **state)
{
	scratch_release(*state);
	test_free(*state);
	return 0;
}

const char *scratch_path(struct scratch *scratch, const char *name)
{
	struct buf path = {0};
	const char *copy;

	buf_printf(&path, "%s/%s", scratch->directory, name);
	copy = arena_copy(&scratch->arena, buf_span(&path)).p;
	buf_release(&path);
	assert_non_null(copy);
	return copy;
}

static void make_directories(const char *path)
{
	struct buf above = {0};

	for (size_t i = 1; path[i]; i++) {
		if (path[i] != '/')
			continue;
		buf_reset(&above);
		buf_add(&above, path, i);
		mkdir(buf_string(&above), 0700);
	}
	buf_release(&above);
}

void scratch_write_bytes(struct scratch *scratch, const char *name, struct span bytes)
{
	const char *path = scratch_path(scratch, name);
	struct err err = {0};
	int fd;

	make_directories(path);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(io_write_all(&io_posix, fd, path, bytes, &err), 0);
	close(fd);
}

void scratch_write(struct scratch *scratch, const char *name, const char *text)
{
	scratch_write_bytes(scratch, name, span_of(text));
}

void scratch_read(struct scratch *scratch, const char *name, struct buf *out)
{
	struct err err = {0};
	int fd = open(scratch_path(scratch, name), O_RDONLY);

	assert_true(fd >= 0);
	buf_reset(out);
	assert_int_equal(io_read_all(&io_posix, fd, name, (size_t)1 << 30, out, &err), 0);
	close(fd);
}

size_t scratch_count(struct scratch *scratch, const char *name)
{
	DIR *names = opendir(scratch_path(scratch, name));
	struct dirent *entry;
	size_t count = 0;

	assert_non_null(names);
	while ((entry = readdir(names)))
		count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
	closedir(names);
	return count;
}

const char *scratch_segment(struct scratch *scratch)
{
	DIR *names = opendir(scratch->index);
	struct buf found = {0};
	struct dirent *entry;
	const char *path;

	assert_non_null(names);
	while ((entry = readdir(names))) {
		if (strncmp(entry->d_name, "seg-", 4) != 0)
			continue;
		assert_int_equal(found.n, 0);
		buf_printf(&found, "index/%s", entry->d_name);
	}
	closedir(names);
	assert_int_not_equal(found.n, 0);
	path = arena_copy(&scratch->arena, buf_span(&found)).p;
	buf_release(&found);
	return path;
}

void scratch_fill(struct scratch *scratch)
{
	scratch_write(scratch, "notes/开店.md",
		      "# 开店笔记\n\n一家小店从选址开始。\n\n"
		      "## 选址\n\n**题目：** 店开在哪里？\n\n**人流：** 早晚各数一次，写进表格。\n\n- 租金\n- 停车\n\n"
		      "## 进货\n\n第一批进货不要多。咖啡豆要新鲜，租金要算进成本。\n\n"
		      "### 咖啡豆\n\n浅烘的豆子放两周。`roast --light`\n\n"
		      "## 目录\n\n- [选址](#选址)\n- [进货](#进货)\n");
	scratch_write(scratch, "notes/技术/收银.md",
		      "---\ntitle: 收银系统\n---\n收银用 Node.js 写，版本 v2.0.1，接口像 GPT-3 的。\n\n"
		      "## 離線\n\n斷網時也能收錢：数据先写本地。\n\n```sh\nsync --retry 3\n```\n\n## 空\n");
	scratch_write(scratch, "notes/账目.txt", "每天关门后对账。租金每季一付。\nfriends pay later; C++ 也算账\n");
	scratch_write(scratch, "notes/空白.md", "\n \n");
}

struct build_request scratch_request(struct scratch *scratch, const struct io *io)
{
	const char **roots = arena_array(&scratch->arena, 1, sizeof *roots);

	assert_non_null(roots);
	roots[0] = scratch->notes;
	return (struct build_request){.io = io,
				      .index = scratch->index,
				      .roots = roots,
				      .root_count = 1,
				      .globs_given = true,
				      .jobs = 1,
				      .now = 1700000000};
}

/* No test pulls the plug, and a disk takes its time. */
static int no_sync(int fd)
{
	(void)fd;
	return 0;
}

static struct build_report build(struct scratch *scratch, const char *words, const char *synonyms)
{
	struct io io = io_posix;
	struct build_request request = scratch_request(scratch, &io);
	struct build_report report;
	struct err err = {0};

	io.fsync = no_sync;
	request.words = words;
	request.synonyms = synonyms;
	if (build_index(&request, &report, &err) < 0)
		fail_msg("%s", err.text);
	return report;
}

struct build_report scratch_build(struct scratch *scratch)
{
	return build(scratch, NULL, NULL);
}

struct build_report scratch_build_with(struct scratch *scratch, const char *words, const char *synonyms)
{
	scratch_write(scratch, "words", words);
	scratch_write(scratch, "synonyms", synonyms);
	return build(scratch, scratch_path(scratch, "words"), scratch_path(scratch, "synonyms"));
}
