#include "searcher.h"

#include "bm25.h"
#include "image.h"
#include "random.h"
#include "scratch.h"
#include "segment.h"
#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static int make(void **state)
{
	struct scratch *scratch = scratch_new();

	scratch_write(scratch, "notes/店/租.md",
		      "# 租金\n\n租金按季付。\n\n## 停车\n\n停车另算，租金不含。\n\n## 停车\n\n又一节。\n");
	scratch_write(
		scratch, "notes/咖啡.md",
		"# 咖啡\n\n咖啡豆很新鲜。用 Node.js 与 GPT-3 记账，上税。\n\n## 目录\n\n- [租金](店/租.md)\n\n## 空节租金\n");
	scratch_write(scratch, "notes/账.txt", "租金每季一付。\n團隊聚餐，->  两格\n税额 abc def\n");
	*state = scratch;
	return 0;
}

static struct searcher *open_index(struct scratch *scratch)
{
	struct searcher *searcher;
	struct err err = {0};

	scratch_build(scratch);
	searcher = searcher_open(&io_posix, &scratch->index, 1, &err);
	if (!searcher)
		fail_msg("%s", err.text);
	return searcher;
}

static struct answer ask(struct searcher *searcher, const struct search_request *request)
{
	struct answer answer;
	struct err err = {0};

	if (searcher_search(searcher, request, &answer, &err) < 0)
		fail_msg("%s", err.text);
	return answer;
}

static int compare_places(const void *a, const void *b)
{
	const struct hit *x = a;
	const struct hit *y = b;
	int order = strcmp(x->path, y->path);

	return order ? order : (x->line_start > y->line_start) - (x->line_start < y->line_start);
}

/* In short: mode and total, then where the hits are, by place: which sections match does not hang on weights. */
static void describe(struct buf *out, const struct answer *answer)
{
	static const char *const modes[] = {"all", "some", "any", "literal"};
	struct hit *hits = test_calloc(answer->hit_count + 1, sizeof *hits);

	buf_printf(out, "%s %llu:", modes[answer->mode], (unsigned long long)answer->total);
	if (answer->hit_count)
		memcpy(hits, answer->hits, answer->hit_count * sizeof *hits);
	qsort(hits, answer->hit_count, sizeof *hits, compare_places);
	for (size_t i = 0; i < answer->hit_count; i++)
		buf_printf(out, " %s:%u", hits[i].path, hits[i].line_start);
	for (size_t i = 0; i < answer->dropped_count; i++)
		buf_printf(out, " without %.*s", (int)answer->dropped[i].n, answer->dropped[i].p);
	test_free(hits);
}

static void assert_answer(struct searcher *searcher, struct search_request request, const char *query,
			  const char *expected)
{
	struct buf out = {0};
	struct answer answer;

	request.query = span_of(query);
	answer = ask(searcher, &request);
	describe(&out, &answer);
	assert_string_equal(buf_string(&out), expected);
	buf_release(&out);
}

static void answers_by_the_rules(void **state)
{
	static const struct {
		const char *query;
		enum search_match match;
		const char *answer;
	} table[] = {
		/* every word */
		{"租金 停车", SEARCH_ALL, "all 2: 店/租.md:5 店/租.md:9"}, /* above the second in a heading */
		{"租金不含", SEARCH_ALL, "all 1: 店/租.md:5"},
		{"咖啡 聚餐", SEARCH_ALL, "all 0:"},
		{"團隊", SEARCH_ALL, "all 1: 账.txt:1"},
		{"团队", SEARCH_ALL, "all 1: 账.txt:1"},
		/* compounds as typed, in any width, and by their parts */
		{"node.js", SEARCH_ALL, "all 1: 咖啡.md:1"},
		{"js node", SEARCH_ALL, "all 1: 咖啡.md:1"},
		{"ＧＰＴ－３", SEARCH_ALL, "all 1: 咖啡.md:1"},
		{"gpt", SEARCH_ALL, "all 1: 咖啡.md:1"},
		{"GPT-4", SEARCH_ALL, "all 1: 咖啡.md:1"},
		/* a lone character stands in words too */
		{"税", SEARCH_ALL, "all 2: 咖啡.md:1 账.txt:1"},
		{"额", SEARCH_ALL, "all 1: 账.txt:1"},
		/* no section has the words: the query as it stands */
		{"啡豆很新", SEARCH_ALL, "literal 1: 咖啡.md:1"},
		{"按季", SEARCH_DEFAULT, "all 1: 店/租.md:1"},
		{"->", SEARCH_DEFAULT, "literal 1: 账.txt:1"},
		{"=>", SEARCH_DEFAULT, "literal 0:"},
		/* then some of them */
		{"咖啡豆 狗", SEARCH_DEFAULT, "some 1: 咖啡.md:1 without 狗"},
		{"猫 狗", SEARCH_DEFAULT, "some 0:"},
		/* what is known of a compound, where nothing has the rest */
		{"ΕλλάδαNode.js", SEARCH_ALL, "all 0:"},
		{"ΕλλάδαNode.js", SEARCH_DEFAULT, "some 1: 咖啡.md:1 without ελλάδαnode.js"},
		{"ΕλλάδαNode.js 狗", SEARCH_ANY, "any 1: 咖啡.md:1"},
		/* any of them */
		{"聚餐 新鲜", SEARCH_ANY, "any 2: 咖啡.md:1 账.txt:1"},
		{"猫 狗", SEARCH_ANY, "any 0:"},
		/* phrases and what must not be there */
		{"\"租金不含\"", SEARCH_ALL, "all 1: 店/租.md:5"},
		{"\"abc def\"", SEARCH_ALL, "all 1: 账.txt:1"},
		{"\"bc def\"", SEARCH_ALL, "literal 1: 账.txt:1"},
		{"租金 -停车", SEARCH_ALL, "all 4: 咖啡.md:5 咖啡.md:9 店/租.md:1 账.txt:1"},
		{"租金 -\"按季付\" -停车", SEARCH_ALL, "all 3: 咖啡.md:5 咖啡.md:9 账.txt:1"},
	};
	struct searcher *searcher = open_index(*state);

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct search_request request = {.match = table[i].match,
						 .directory = ((struct scratch *)*state)->notes};

		assert_answer(searcher, request, table[i].query, table[i].answer);
	}
	searcher_close(searcher);
}

static void options_narrow(void **state)
{
	struct scratch *scratch = *state;
	struct searcher *searcher = open_index(scratch);
	const struct search_request plain = {.match = SEARCH_ALL, .directory = scratch->notes};
	struct search_request request = plain;

	request.titles = true;
	assert_answer(searcher, request, "租金", "all 2: 咖啡.md:9 店/租.md:1");
	assert_answer(searcher, request, "聚餐", "all 0:");
	request = plain;
	request.path_glob = "*.txt";
	assert_answer(searcher, request, "租金", "all 1: 账.txt:1");
	request.path_glob = "店/*";
	assert_answer(searcher, request, "停车", "all 2: 店/租.md:5 店/租.md:9");
	request.path_glob = "没有/*";
	assert_answer(searcher, request, "租金", "all 0:");
	request = plain;
	request.files = true;
	assert_answer(searcher, request, "租金", "all 6: 咖啡.md:9 店/租.md:1 账.txt:1");
	request.limit = 2;
	assert_answer(searcher, request, "租金", "all 6: 店/租.md:1 账.txt:1");
	request.files = false;
	request.limit = 1;
	assert_answer(searcher, request, "租金", "all 6: 店/租.md:1");
	searcher_close(searcher);
}

static void a_literal_is_one_substring(void **state)
{
	struct scratch *scratch = *state;
	struct searcher *searcher = open_index(scratch);
	struct search_request request = {.literal = true, .limit = 10, .directory = scratch->notes};

	assert_answer(searcher, request, "租金", "literal 5: 咖啡.md:5 咖啡.md:9 店/租.md:1 店/租.md:5 账.txt:1");
	assert_answer(searcher, request, "租金 停车", "literal 0:");
	assert_answer(searcher, request, "-停车", "literal 0:");
	assert_answer(searcher, request, "\"租金\"", "literal 0:");
	assert_answer(searcher, request, "->  两", "literal 1: 账.txt:1");
	assert_answer(searcher, request, "-> 两", "literal 0:");
	assert_answer(searcher, request, " def", "literal 1: 账.txt:1");
	assert_answer(searcher, request, " ef", "literal 0:");
	assert_answer(searcher, request, "税 ", "literal 0:");
	assert_answer(searcher, request, "  ", "literal 1: 账.txt:1");
	assert_answer(searcher, request, "团队", "literal 1: 账.txt:1");
	request.exact = true;
	assert_answer(searcher, request, "团队", "literal 0:");
	assert_answer(searcher, request, "團隊", "literal 1: 账.txt:1");
	assert_answer(searcher, request, " 两", "literal 1: 账.txt:1");
	assert_answer(searcher, request, "gpt-3", "literal 0:");
	searcher_close(searcher);
}

/* Twenty texts have all grams of the query but not the query; a file later one holds it inside of words. */
static void words_with_blanks_are_given_up_as_text(void **state)
{
	struct scratch *scratch = *state;
	struct search_request request = {.query = span_of("alpha beta"), .limit = 10, .directory = scratch->notes};
	struct searcher *searcher;
	struct answer answer;

	scratch_write(scratch, "notes/a.md", "alpha beta\n");
	for (int i = 0; i < 20; i++) {
		char name[32];

		snprintf(name, sizeof name, "notes/b%02d.md", i);
		scratch_write(scratch, name, "betas alphas\n");
	}
	scratch_write(scratch, "notes/c.md", "betas, xalpha betas\n");
	searcher = open_index(scratch);
	answer = ask(searcher, &request);
	assert_int_equal(answer.total, 1);
	assert_false(answer.total_is_exact);
	request.exact_total = true;
	answer = ask(searcher, &request);
	assert_int_equal(answer.total, 2);
	assert_true(answer.total_is_exact);
	request = (struct search_request){.query = request.query, .directory = scratch->notes};
	answer = ask(searcher, &request);
	assert_int_equal(answer.total, 2);
	assert_true(answer.total_is_exact);
	request.limit = 1;
	answer = ask(searcher, &request);
	assert_int_equal(answer.total, 1);
	assert_false(answer.total_is_exact);
	request.limit = 100;
	request.query = span_of("alpha");
	answer = ask(searcher, &request);
	assert_int_equal(answer.total, 22);
	assert_true(answer.total_is_exact);
	searcher_close(searcher);
}

static void a_hit_says_where_it_is(void **state)
{
	struct scratch *scratch = *state;
	struct searcher *searcher = open_index(scratch);
	struct search_request request = {.query = span_of("停车"), .limit = 10};
	struct answer answer = ask(searcher, &request);
	const struct hit *hit = &answer.hits[0];
	char first_id[27];

	assert_int_equal(answer.hit_count, 2);
	assert_string_equal(hit->path, scratch_path(scratch, "notes/店/租.md"));
	assert_string_equal(hit->abs_path, hit->path);
	assert_int_equal(hit->line_start, 5);
	assert_int_equal(hit->line_end, 8);
	assert_int_equal(hit->text_line, 5);
	assert_int_equal(hit->level, 2);
	assert_int_equal(hit->heading_path_count, 2);
	assert_true(span_equal(hit->heading_path[0], span_of("租金")));
	assert_true(span_equal(hit->heading_path[1], span_of("停车")));
	assert_true(span_equal(hit->heading, span_of("停车")));
	assert_true(span_equal(hit->text, span_of("## 停车\n\n停车另算，租金不含。\n\n")));
	assert_int_equal(hit->rank, 1);
	assert_true(hit->full && hit->coverage == 1);
	assert_false(hit->stale);
	assert_int_equal(strlen(hit->id), 26);
	assert_int_equal(strspn(hit->id, "abcdefghijklmnopqrstuvwxyz234567"), 26);
	assert_string_not_equal(hit->id, answer.hits[1].id);
	memcpy(first_id, hit->id, sizeof first_id);
	searcher_close(searcher);
	/* the id survives a change of text above and in the section */
	scratch_write(scratch, "notes/店/租.md", "前言\n\n# 租金\n\n## 停车\n\n停车免费，停车方便。\n");
	searcher = open_index(scratch);
	request.directory = scratch_path(scratch, "notes/店");
	answer = ask(searcher, &request);
	assert_int_equal(answer.hit_count, 1);
	assert_string_equal(answer.hits[0].id, first_id);
	assert_string_equal(answer.hits[0].path, "租.md");
	assert_int_equal(answer.hits[0].line_start, 5);
	searcher_close(searcher);
}

static bool is_stale(struct searcher *searcher)
{
	struct search_request request = {.query = span_of("聚餐"), .limit = 1};
	struct answer answer = ask(searcher, &request);

	assert_int_equal(answer.hit_count, 1);
	return answer.hits[0].stale;
}

static void a_changed_file_makes_a_stale_hit(void **state)
{
	static const struct timespec times[2] = {{1, 0}, {1, 0}};
	struct scratch *scratch = *state;
	struct searcher *searcher = open_index(scratch);
	const char *path = scratch_path(scratch, "notes/账.txt");
	struct buf text = {0};

	assert_false(is_stale(searcher));
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
	assert_false(is_stale(searcher)); /* another time, the same bytes */
	scratch_read(scratch, "notes/账.txt", &text);
	text.data[text.n - 2] = 'g';
	scratch_write_bytes(scratch, "notes/账.txt", buf_span(&text));
	assert_true(is_stale(searcher));
	scratch_write(scratch, "notes/账.txt", "短");
	assert_true(is_stale(searcher));
	assert_int_equal(unlink(path), 0);
	assert_true(is_stale(searcher));
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_true(is_stale(searcher));
	searcher_close(searcher);
	buf_release(&text);
}

/* How long a batch may rely on what it knows: test_origin has the rest. */
static void a_batch_notices_a_change_after_a_second(void **state)
{
	static const struct timespec second = {1, 100000000};
	struct scratch *scratch = *state;
	struct searcher *searcher = open_index(scratch);
	struct search_request request = {.query = span_of("聚餐"), .limit = 1, .batch = true};

	assert_false(ask(searcher, &request).hits[0].stale);
	assert_int_equal(unlink(scratch_path(scratch, "notes/账.txt")), 0);
	nanosleep(&second, NULL);
	assert_true(ask(searcher, &request).hits[0].stale);
	assert_true(is_stale(searcher));
	searcher_close(searcher);
}

/* Many sections, of few kinds, so that scores tie. */
static void write_many(struct scratch *scratch)
{
	uint64_t seed = 1;

	for (int i = 0; i < 20; i++) {
		struct buf name = {0};
		struct buf text = {0};

		buf_printf(&name, "notes/many/%02d.md", i);
		for (int k = 0; k < 20; k++)
			buf_printf(&text, "# 节\n\n%s共同的话 %s\n\n", k % 2 ? "共同 " : "",
				   random_below(&seed, 3) ? "商业模式" : "模式与商业");
		scratch_write(scratch, buf_string(&name), buf_string(&text));
		buf_release(&name);
		buf_release(&text);
	}
}

/* However many are asked for: the same order, ties by path, then line. */
static void a_limit_does_not_change_the_order(void **state)
{
	static const uint64_t limits[] = {1, 2, 10, RESCORED - 1, RESCORED, RESCORED + 1, 150, 399, 400, 1000};
	static const char *const queries[] = {"共同", "商业模式", "共同 商业模式", "共"};
	struct scratch *scratch = *state;
	struct searcher *searcher;

	write_many(scratch);
	searcher = open_index(scratch);
	for (size_t q = 0; q < sizeof queries / sizeof queries[0]; q++) {
		struct search_request request = {.query = span_of(queries[q]), .without_text = true};
		struct answer all = ask(searcher, &request);
		struct hit *hits = test_calloc(all.hit_count, sizeof *hits);
		uint32_t *lines = test_calloc(all.hit_count, sizeof *lines);
		size_t count = all.hit_count;

		assert_int_equal(count, 400);
		memcpy(hits, all.hits, count * sizeof *hits);
		for (size_t i = 1; i < count; i++) {
			int order = strcmp(hits[i - 1].path, hits[i].path);

			assert_true(hits[i - 1].score >= hits[i].score || i == RESCORED);
			if (hits[i - 1].score == hits[i].score)
				assert_true(order < 0 || (order == 0 && hits[i - 1].line_start < hits[i].line_start));
		}
		for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
			struct answer some;

			request.limit = limits[i];
			some = ask(searcher, &request);
			assert_int_equal(some.hit_count, limits[i] < count ? limits[i] : count);
			assert_int_equal(some.total, count);
			for (size_t k = 0; k < some.hit_count; k++) {
				assert_string_equal(some.hits[k].id, hits[k].id);
				assert_true(some.hits[k].score == hits[k].score);
			}
		}
		test_free(hits);
		test_free(lines);
	}
	searcher_close(searcher);
}

static void bare_sections_come_after_those_with_text(void **state)
{
	struct scratch *scratch = *state;
	struct searcher *searcher;
	struct search_request request = {.query = span_of("开业"), .directory = scratch->notes, .limit = 10};
	struct answer answer;

	scratch_write(scratch, "notes/a.md", "# 开业\n\n## 开业\n\n- [开业](b.md)\n- [开业](c.md)\n");
	scratch_write(scratch, "notes/b.md", "# 别的\n\n很长的一段，只在末尾提到了一次：开业。\n");
	searcher = open_index(scratch);
	answer = ask(searcher, &request);
	assert_int_equal(answer.hit_count, 3);
	assert_string_equal(answer.hits[0].path, "b.md");
	assert_true(answer.hits[0].score < answer.hits[1].score);
	searcher_close(searcher);
}

static void several_indexes_answer_as_one(void **state)
{
	struct scratch *scratch = *state;
	struct scratch other;
	const char *paths[3];
	struct searcher *searcher;
	struct search_request request = {.query = span_of("租金"), .limit = 0};
	struct answer answer;
	struct err err = {0};

	scratch_make(&other);
	scratch_write(&other, "notes/别.md", "# 租金\n\n租金涨了。\n");
	scratch_build(scratch);
	scratch_build(&other);
	paths[0] = scratch->index;
	paths[1] = other.index;
	paths[2] = scratch->index;
	searcher = searcher_open(&io_posix, paths, 3, &err);
	assert_non_null(searcher);
	answer = ask(searcher, &request);
	assert_int_equal(answer.total, 7);
	assert_int_equal(answer.hit_count, 7);
	assert_int_equal(answer.terms[0].df, 7);
	assert_int_equal(answer.index_count, 2);
	assert_string_equal(answer.indexes[0].path, scratch->index);
	assert_string_equal(answer.indexes[1].path, other.index);
	assert_int_equal(answer.indexes[1].sections, 1);
	assert_string_equal(answer.indexes[1].built, "2023-11-14T22:13:20Z");
	searcher_close(searcher);
	scratch_release(&other);
}

static void one_bad_index_fails_all(void **state)
{
	struct scratch *scratch = *state;
	const char *paths[] = {scratch->index, scratch->notes};
	struct err err = {0};

	scratch_build(scratch);
	assert_null(searcher_open(&io_posix, paths, 2, &err));
	assert_int_equal(err.kind, ERR_MISSING);
	assert_non_null(strstr(err.text, scratch->notes));
}

static size_t find_bytes(const struct buf *in, const void *needle, size_t n)
{
	for (size_t i = 0; i + n <= in->n; i++)
		if (memcmp(in->data + i, needle, n) == 0)
			return i;
	fail_msg("not there");
	return 0;
}

/* Changes the fingerprint in the segment and in the manifest, and makes all else right. */
static void change_fingerprint(struct scratch *scratch)
{
	const char *name = scratch_segment(scratch);
	struct buf segment = {0};
	struct buf manifest = {0};
	struct container container;
	struct chunk meta;
	struct checksum_128 old;
	struct err err = {0};

	scratch_read(scratch, name, &segment);
	scratch_read(scratch, "index/MANIFEST", &manifest);
	assert_int_equal(container_open(&container, buf_span(&segment), SEGMENT_KIND, "f", &err), 0);
	assert_int_equal(container_find(&container, CHUNK_META, &meta, &err), 0);
	old = container.id;
	container_close(&container);
	manifest.data[find_bytes(&manifest, segment.data + meta.offset, 16)] ^= 1;
	segment.data[meta.offset] ^= 1;
	image_seal(&segment);
	memcpy(manifest.data + find_bytes(&manifest, &old, sizeof old), segment.data + image_tail(&segment) + 32,
	       sizeof old);
	image_seal(&manifest);
	scratch_write_bytes(scratch, name, buf_span(&segment));
	scratch_write_bytes(scratch, "index/MANIFEST", buf_span(&manifest));
	buf_release(&segment);
	buf_release(&manifest);
}

static void words_cut_in_another_way_are_refused(void **state)
{
	struct scratch *scratch = *state;
	struct err err = {0};

	scratch_build(scratch);
	change_fingerprint(scratch);
	assert_null(searcher_open(&io_posix, &scratch->index, 1, &err));
	assert_int_equal(err.kind, ERR_ANALYSIS);
	assert_non_null(strstr(err.text, scratch->index));
	/* and an update makes it good */
	assert_int_equal(scratch_build(scratch).reason, BUILD_ANALYSIS);
	err = (struct err){0};
	searcher_close(searcher_open(&io_posix, &scratch->index, 1, &err));
	assert_int_equal(err.kind, ERR_NONE);
}

/* A pasted text: more words, and more parts of words, than are looked up. */
static void long_queries_are_answered(void **state)
{
	struct scratch *scratch = *state;
	struct searcher *searcher;
	struct search_request request = {.match = SEARCH_ALL, .directory = scratch->notes};
	struct buf text = {0};

	for (int i = 0; i < 70; i++)
		buf_printf(&text, "left%c%c.right%c%c ", 'a' + i / 26, 'a' + i % 26, 'a' + i / 26, 'a' + i % 26);
	scratch_write(scratch, "notes/长.txt", buf_string(&text));
	searcher = open_index(scratch);
	assert_answer(searcher, request, buf_string(&text), "all 1: 长.txt:1");
	buf_add_text(&text, "税 -停车");
	assert_answer(searcher, request, buf_string(&text), "all 1: 长.txt:1");
	for (int i = 0; i < 3000; i++)
		buf_printf(&text, " \"词%d\" -没有%d", i % 7, i);
	request.match = SEARCH_ANY;
	request.query = buf_span(&text);
	ask(searcher, &request);
	searcher_close(searcher);
	buf_release(&text);
}

/* For another thread, unless the index is another one by now. */
/* What was found of alternatives is kept: of few and of many sections, of one word and of several, alone and in others' company. */
static void alternatives_are_found_again(void **state)
{
	static const char *const queries[] = {"软件",      "数据库",    "數據庫 软件", "资料库",    "鼠标",
					      "軟體 滑鼠", "内存 软件", "默认",        "默认 鼠标", "屏幕"};
	static const char *const texts[] = {"軟體與滑鼠", "數據庫很快", "資料庫的備份", "软件和数据库",
					    "预设值",     "螢幕",       "料库资"};
	struct scratch *scratch = *state;
	struct searcher *searcher;
	char path[64];
	char text[256];

	for (unsigned i = 0; i < 600; i++) {
		snprintf(path, sizeof path, "notes/%u.md", i);
		snprintf(text, sizeof text, "# %u\n\n%s。%s。\n", i, texts[i % 7], texts[i / 7 % 7]);
		scratch_write(scratch, path, text);
	}
	searcher = open_index(scratch);
	for (unsigned i = 0; i < 6 * 2 * (sizeof queries / sizeof *queries); i++) {
		struct search_request request = {.query = span_of(queries[i / 2 % (sizeof queries / sizeof *queries)]),
						 .titles = i % 4 == 1,
						 .limit = 20};
		struct err err = {0};
		struct searcher *fresh = searcher_open(&io_posix, (const char *const *)&scratch->index, 1, &err);
		struct answer first = ask(fresh, &request);
		struct answer again = ask(searcher, &request);

		assert_int_equal(again.mode, first.mode);
		assert_int_equal(again.total, first.total);
		assert_int_equal(again.hit_count, first.hit_count);
		for (size_t k = 0; k < first.hit_count; k++) {
			assert_string_equal(again.hits[k].path, first.hits[k].path);
			assert_float_equal(again.hits[k].score, first.hits[k].score, 0);
		}
		searcher_close(fresh);
	}
	searcher_close(searcher);
}

static void a_twin_answers_alike(void **state)
{
	struct scratch *scratch = *state;
	struct searcher *searcher = open_index(scratch);
	struct search_request request = {.directory = scratch->notes};
	struct err err = {0};
	struct searcher *twin = searcher_twin(searcher, &err);

	assert_non_null(twin);
	assert_answer(searcher, request, "停车", "all 2: 店/租.md:5 店/租.md:9");
	assert_answer(twin, request, "停车", "all 2: 店/租.md:5 店/租.md:9");
	twin = searcher_twin(searcher, &err);
	assert_non_null(twin);
	assert_answer(twin, request, "停车", "all 2: 店/租.md:5 店/租.md:9");
	scratch_write(scratch, "notes/新.txt", "停车场\n");
	scratch_build(scratch);
	assert_null(searcher_twin(searcher, &err));
	assert_int_equal(err.kind, ERR_MISSING);
	assert_answer(searcher, request, "停车", "all 2: 店/租.md:5 店/租.md:9");
	searcher_close(searcher);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(answers_by_the_rules, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(options_narrow, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(a_literal_is_one_substring, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(words_with_blanks_are_given_up_as_text, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(a_hit_says_where_it_is, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(a_changed_file_makes_a_stale_hit, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(a_batch_notices_a_change_after_a_second, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(a_limit_does_not_change_the_order, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(bare_sections_come_after_those_with_text, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(several_indexes_answer_as_one, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(one_bad_index_fails_all, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(words_cut_in_another_way_are_refused, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(long_queries_are_answered, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(alternatives_are_found_again, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(a_twin_answers_alike, make, scratch_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
