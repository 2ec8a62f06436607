/* Pruned search finds what exhaustive search finds: the same sections, scores and order, on random texts large enough that
 * lists have many blocks and the top is full. */
#include "random.h"
#include "scratch.h"
#include "searcher.h"
#include "unit.h"

#include <stdio.h>

enum { FILES = 40, SECTIONS = 60, QUERIES = 400, WORDS = 54, COMMON = 4, PLAIN = 8000 };

/* Of ICU's dictionary, so that each stays one word; the first are the most frequent. Some stand for others: 网路 and 网络. */
static const char *const words[WORDS] = {
	"数据", "系统", "管理", "用户", "服务", "网络", "信息", "技术", "安全",   "设计", "测试",
	"文件", "程序", "软件", "硬件", "电脑", "手机", "商业", "模式", "市场",   "产品", "客户",
	"价格", "成本", "收入", "利润", "投资", "银行", "公司", "团队", "经理",   "员工", "培训",
	"学习", "教育", "学校", "网路", "资讯", "程式", "软体", "硬体", "印表机", "老师", "学生",
	"城市", "农村", "交通", "汽车", "火车", "飞机", "天气", "季节", "春天",   "冬天",
};

/* Zipf, roughly: small numbers far more often. */
static const char *random_word(uint64_t *seed)
{
	uint32_t limit = 1 + random_below(seed, WORDS);

	return words[random_below(seed, 1 + random_below(seed, limit))];
}

static void add_section(struct buf *text, uint64_t *seed)
{
	uint32_t n = random_below(seed, 12) ? 1 + random_below(seed, 40) : 0; /* some are bare */

	n = random_below(seed, 50) ? n : 1500; /* and some so long that passages count */
	buf_printf(text, "%s %s%s\n\n", random_below(seed, 2) ? "#" : "##", random_word(seed),
		   random_below(seed, 3) ? random_word(seed) : "");
	for (uint32_t i = 0; i < n; i++) {
		buf_add_text(text, random_word(seed));
		if (random_below(seed, 4) == 0)
			buf_add_text(text, random_below(seed, 9) ? "，" : "。\n\n```\nnode.js GPT-3\n```\n\n");
	}
	buf_add_text(text, "\n\n");
}

/* In bodies only and in most sections of a long file: of these there are as many blocks as the top has places, so that what
 * is best in its block is often just above the threshold, and the bound of a block is hardly more than a score. */
static const char *const common[COMMON] = {"苹果", "香蕉", "西瓜", "葡萄"};

static void write_plain(struct scratch *scratch, uint64_t *seed)
{
	struct buf text = {0};

	for (unsigned i = 0; i < PLAIN; i++) {
		buf_printf(&text, "# %u\n\n", i);
		for (uint32_t k = 1 + random_below(seed, 30); k > 0; k--) {
			buf_add_text(&text, random_below(seed, 3) ? "等，" : common[random_below(seed, COMMON)]);
			buf_add_text(&text, random_below(seed, 30) ? "" : "。");
		}
		buf_add_text(&text, "\n\n");
	}
	scratch_write(scratch, "notes/plain.md", buf_string(&text));
	buf_release(&text);
}

static int make(void **state)
{
	struct scratch *scratch = scratch_new();
	uint64_t seed = 42;

	for (unsigned i = 0; i < FILES; i++) {
		struct buf text = {0};
		char name[64];

		for (unsigned k = 0; k < SECTIONS; k++)
			add_section(&text, &seed);
		snprintf(name, sizeof name, "notes/%02u-%s.md", i, random_word(&seed));
		scratch_write(scratch, name, buf_string(&text));
		buf_release(&text);
	}
	write_plain(scratch, &seed);
	scratch_build(scratch);
	*state = scratch;
	return 0;
}

static void random_query(struct buf *query, uint64_t *seed)
{
	/* now and then more words than a sweep has bits */
	uint32_t n = random_below(seed, 8) ? 1 + random_below(seed, 5) : 6 + random_below(seed, 20);

	buf_reset(query);
	if (random_below(seed, 2)) {
		buf_add_text(query, common[random_below(seed, COMMON)]);
		if (random_below(seed, 2))
			buf_printf(query, " %s", common[random_below(seed, COMMON)]);
		return;
	}
	for (uint32_t i = 0; i < n; i++) {
		if (i && random_below(seed, 2))
			buf_add_byte(query, ' ');
		if (random_below(seed, 12) == 0)
			buf_add_text(query, random_below(seed, 2) ? "的 " : " node.js ");
		buf_add_text(query, random_word(seed));
	}
	if (random_below(seed, 20) == 0)
		buf_printf(query, " -%s", random_word(seed));
	if (random_below(seed, 20) == 0)
		buf_add_text(query, " 数");
}

/* Everything that must not depend on pruning, to the last bit of a score. */
static void write_answer(struct buf *out, const struct answer *answer, bool total)
{
	buf_reset(out);
	buf_printf(out, "%d", (int)answer->mode);
	if (total)
		buf_printf(out, " of %llu", (unsigned long long)answer->total);
	for (size_t i = 0; i < answer->hit_count; i++)
		buf_printf(out, "\n%s:%u %a %a", answer->hits[i].path, answer->hits[i].line_start,
			   answer->hits[i].score, answer->hits[i].coverage);
}

static void ask(struct searcher *searcher, const struct search_request *request, struct buf *out, bool total)
{
	struct answer answer;
	struct err err = {0};

	if (searcher_search(searcher, request, &answer, &err) < 0)
		fail_msg("%s", err.text);
	write_answer(out, &answer, total);
}

static void compare(struct searcher *searcher, struct search_request request, struct buf *pruned, struct buf *whole)
{
	request.exhaustive = true;
	ask(searcher, &request, whole, true);
	request.exhaustive = false;
	ask(searcher, &request, pruned, true);
	assert_string_equal(buf_string(pruned), buf_string(whole));
	/* Without a total a tie of "some" and "all" is not told apart; the hits are the same. */
	request.exhaustive = request.without_total = true;
	ask(searcher, &request, whole, false);
	request.exhaustive = false;
	ask(searcher, &request, pruned, false);
	assert_string_equal(buf_string(pruned), buf_string(whole));
}

static void finds_what_exhaustive_search_finds(void **state)
{
	static const uint64_t limits[] = {10, 1, 100, 64, 0};
	struct scratch *scratch = *state;
	/* Twice the same tree: parts, and ties between them. */
	struct err err = {0};
	struct searcher *searcher = searcher_open(&io_posix, &scratch->index, 1, &err);
	struct buf query = {0};
	struct buf pruned = {0};
	struct buf whole = {0};
	uint64_t seed = 7;

	assert_non_null(searcher);
	for (unsigned i = 0; i < QUERIES; i++) {
		struct search_request request = {.limit = limits[i % 5], .without_text = true};

		random_query(&query, &seed);
		request.query = buf_span(&query);
		request.match = (enum search_match)(i % 7 == 0    ? SEARCH_ANY
						    : i % 11 == 0 ? SEARCH_ALL
								  : SEARCH_DEFAULT);
		request.titles = i % 13 == 0;
		compare(searcher, request, &pruned, &whole);
	}
	buf_release(&query);
	buf_release(&pruned);
	buf_release(&whole);
	searcher_close(searcher);
}

/* What a searcher keeps from search to search changes no answer: one that has answered all before, and one that is new. */
static void finds_what_a_new_searcher_finds(void **state)
{
	struct scratch *scratch = *state;
	struct err err = {0};
	struct searcher *old = searcher_open(&io_posix, &scratch->index, 1, &err);
	struct buf query = {0};
	struct buf first = {0};
	struct buf again = {0};
	uint64_t seed = 11;

	assert_non_null(old);
	for (unsigned i = 0; i < QUERIES; i++) {
		struct search_request request = {.limit = 10, .without_text = true};
		struct searcher *new = searcher_open(&io_posix, &scratch->index, 1, &err);

		assert_non_null(new);
		random_query(&query, &seed);
		request.query = buf_span(&query);
		ask(old, &request, &again, true);
		ask(new, &request, &first, true);
		assert_string_equal(buf_string(&again), buf_string(&first));
		searcher_close(new);
	}
	buf_release(&query);
	buf_release(&first);
	buf_release(&again);
	searcher_close(old);
}

/* The second look lets go of candidates that cannot be shown: those that are shown are the first of all, score for score. */
static void shows_the_first_of_all(void **state)
{
	static const uint64_t limits[] = {1, 3, 10, 40};
	struct scratch *scratch = *state;
	struct err err = {0};
	struct searcher *searcher = searcher_open(&io_posix, &scratch->index, 1, &err);
	struct buf query = {0};
	struct buf first = {0};
	struct buf all = {0};
	uint64_t seed = 13;

	assert_non_null(searcher);
	for (unsigned i = 0; i < QUERIES; i++) {
		struct search_request request = {.without_text = true};

		random_query(&query, &seed);
		request.query = buf_span(&query);
		/* Whoever asks for all is told of more that hold the query only as text. */
		ask(searcher, &request, &all, false);
		request.limit = limits[i % 4];
		ask(searcher, &request, &first, false);
		if (strncmp(buf_string(&all), buf_string(&first), first.n) != 0)
			fail_msg("%s\n%s\nis not how this begins:\n%s", buf_string(&query), buf_string(&first),
				 buf_string(&all));
	}
	buf_release(&query);
	buf_release(&first);
	buf_release(&all);
	searcher_close(searcher);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(shows_the_first_of_all, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(finds_what_exhaustive_search_finds, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(finds_what_a_new_searcher_finds, make, scratch_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
