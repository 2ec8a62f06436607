#include "property_filter.h"

#include "scratch.h"
#include "searcher.h"
#include "unit.h"

static struct scratch scratch;
static struct searcher *searcher;

static int make(void **state)
{
	struct err err = {0};

	(void)state;
	scratch_make(&scratch);
	scratch_write(
		&scratch, "notes/a.md",
		"---\ntags: [資料庫, 编程/算法]\nAuthor: 张三、李四\ncategory: Machine Learning\ndate: 2024-05-01\nno: 2024-5\nids: [1234-5678, 1312-1315, 2031-13, 2032-00, 2033-01-32, 2034-01-00, 2035-01-011, 2036-1-02, 20371-01, 2038-02-3]\nspans: [2024-06~2024-09, 2025-07-01至2025-07-03, 2026-07-01--2026-07-05, 2027-08-09T10, 2028-12-31]\n---\n# 甲\n\n## 甲一\n\n文\n");
	scratch_write(
		&scratch, "notes/b.md",
		"+++\ntag = 'c++'\naliases = ['数据']\n数据库 = 1\ndate = 2024-11-30T10:00:00Z\n+++\n# 乙\n\n文\n");
	scratch_write(&scratch, "notes/c.md", "# 丙\n\n文\n");
	scratch_build(&scratch);
	searcher = searcher_open(&io_posix, &scratch.index, 1, &err);
	return searcher ? 0 : -1;
}

static int release(void **state)
{
	(void)state;
	searcher_close(searcher);
	scratch_release(&scratch);
	return 0;
}

static bool has_heading(const struct answer *answer, const char *heading)
{
	for (size_t i = 0; i < answer->hit_count; i++)
		if (span_equal(answer->hits[i].heading, span_of(heading)))
			return true;
	return false;
}

/* Which sections, by their headings. */
static void describe(struct buf *out, const struct answer *answer)
{
	static const char *const headings[] = {"甲", "甲一", "乙", "丙"};

	for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
		if (has_heading(answer, headings[i]))
			buf_printf(out, "%s%s", out->n ? " " : "", headings[i]);
}

static void lets_through_what_has_the_value(void **state)
{
	static const struct {
		const char *query;
		const char *expected;
	} table[] = {
		{"tag:资料库", "甲 甲一"},
		{"tags:資料庫", "甲 甲一"},
		{"tag:数据库", ""}, /* folded, not translated */
		{"TAG：ｃ＋＋", "乙"},
		{"tag:c", ""},
		{"tag:资料", ""}, /* no part of a word */
		{"tag:资料*", "甲 甲一"},
		{"tag:编程", "甲 甲一"},
		{"tag:算法", "甲 甲一"},
		{"tag:程", ""},
		{"author:李四", "甲 甲一"},
		{"author:\"张三、李四\"", "甲 甲一"},
		{"categories:\"machine learning\"", "甲 甲一"},
		{"category:learn", ""},
		{"category:learn*", "甲 甲一"},
		{"alias:数据", "乙"},
		{"数据库:1", "乙"},
		/* a date by its year, month and day */
		{"date:2024", "甲 甲一 乙"},
		{"date:2024-05", "甲 甲一"},
		{"date:2024-11", "乙"},
		{"date:2024-11-30", "乙"},
		{"date:2024-1", ""},
		{"date:05", ""},
		{"date:202", ""},
		{"date:20*", "甲 甲一 乙"},
		{"no:2024", ""},
		{"id:1234", ""},
		{"id:1312", ""},
		{"id:2031", ""},
		{"id:2032", ""},
		{"id:2033-01", ""},
		{"id:2034-01", ""},
		{"id:2035-01", ""},
		{"id:2035-01-01", ""},
		{"id:2036", ""},
		{"id:2037", ""},
		{"id:2038-02", ""},
		{"id:1234-5678", "甲 甲一"},
		{"span:2024", "甲 甲一"},
		{"span:2024-06", "甲 甲一"},
		{"span:2024-09", ""}, /* where a word begins, like any value */
		{"span:2025-07", "甲 甲一"},
		{"span:2025-07-01", "甲 甲一"},
		{"span:2026-07-01", "甲 甲一"},
		{"span:2026-07-05", ""},
		{"span:2027-08-09", "甲 甲一"},
		{"span:2028", "甲 甲一"},
		/* with others */
		{"文 -tag:编程", "乙 丙"},
		{"tag:编程 OR alias:数据", "甲 甲一 乙"},
		{"tag:(编程 OR c++)", "甲 甲一 乙"},
		{"tag:编程 author:编程", ""}, /* two keys with one value */
		{"文 tag:无", ""},
		/* no key: text */
		{"丙:文", "丙"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct search_request request = {.query = span_of(table[i].query), .match = SEARCH_ALL};
		struct answer answer;
		struct err err = {0};
		struct buf out = {0};

		assert_int_equal(searcher_search(searcher, &request, &answer, &err), 0);
		describe(&out, &answer);
		if (!span_equal(buf_span(&out), span_of(table[i].expected)))
			fail_msg("%s: \"%s\", not \"%s\"", table[i].query, buf_string(&out), table[i].expected);
		buf_release(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(lets_through_what_has_the_value)};

	return cmocka_run_group_tests(tests, make, release);
}
