#include "document.h"
#include "heap.h"
#include "source.h"
#include "unit.h"
#include "walk.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/* Does `work` with each of its allocations failing: it fails with ERR_MEMORY, leaves nothing behind, and works when it
 * is let. */
static void fail_each(int (*work)(struct err *err))
{
	for (int mode = 0; mode < 2; mode++) {
		unsigned call = 0;
		bool failed;

		do {
			struct err err = {0};
			int status;

			heap_fail(++call, mode);
			status = work(&err);
			failed = heap_heal();
			assert_int_equal(heap.blocks, 0);
			assert_int_equal(status, failed ? -1 : 0);
			assert_int_equal(err.kind, failed ? ERR_MEMORY : ERR_NONE);
		} while (failed);
		assert_true(call > 3);
	}
}

static struct span text;
static const char *name;

static int parse(struct err *err)
{
	struct arena arena = {0};
	struct document document;
	int status = document_parse(&document, name, text, &arena, err);

	arena_release(&arena);
	return status;
}

static void each_allocation_of_parsing_can_fail(void **state)
{
	static const char note[] =
		"---\ntitle: 题\ntags: 甲\n---\n\n开头\r的话。\n\n# 一 <br> &amp;\n\n**问：** 什么？\n\n"
		"**引**子\n\n<div>\n<p>甲</p>\n</div>\n\n```\n码\n```\n\n| a | b |\n|---|---|\n| c | d |\n\n"
		"[^1]: 脚注。\n\n## 二\n\n正文\n正文\n";
	struct buf large = {0};

	(void)state;
	text = span_of(note);
	name = "a.md";
	fail_each(parse);
	name = "a.txt";
	text = span_of("问：什么？\n答：这个。\n\n正\n  文");
	fail_each(parse);
	for (int i = 0; i < 1500; i++)
		buf_add_text(&large, "# 甲乙丙丁\n正文甲乙丙丁\n");
	buf_string(&large);
	text = buf_span(&large);
	name = "large.md";
	heap.blocks = 0;
	fail_each(parse);
	buf_release(&large);
}

static char directory[] = "/tmp/test_allocation.XXXXXX";
static int at;

static int read_source(struct err *err)
{
	struct buf out = {0};
	struct source_info info;
	int status = source_read(&io_posix, at, "a.md", "a.md", &out, &info, err);

	buf_release(&out);
	return status;
}

static int walk(struct err *err)
{
	struct walk_options options = {0};
	struct walk found;
	int status = walk_tree(&found, &io_posix, directory, &options, err);

	walk_release(&found);
	return status;
}

static void each_allocation_of_reading_and_walking_can_fail(void **state)
{
	static const char bytes[] = "some text that is long enough to bear a \xFF byte";
	int fd;

	(void)state;
	assert_non_null(mkdtemp(directory));
	at = open(directory, O_RDONLY | O_DIRECTORY);
	fd = openat(at, "a.md", O_WRONLY | O_CREAT, 0600);
	for (int i = 0; i < 2000; i++)
		assert_int_equal(write(fd, bytes, sizeof bytes - 1), sizeof bytes - 1);
	close(fd);
	heap.blocks = 0;
	fail_each(read_source);
	fail_each(walk);
	unlinkat(at, "a.md", 0);
	close(at);
	rmdir(directory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_allocation_of_parsing_can_fail),
		cmocka_unit_test(each_allocation_of_reading_and_walking_can_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
