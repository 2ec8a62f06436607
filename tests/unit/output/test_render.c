#include "explanation.h"
#include "heap.h"
#include "json_check.h"
#include "render.h"
#include "unit.h"
#include "why.h"

#define SPAN(text)                                                                                                     \
	{                                                                                                              \
		text, sizeof(text) - 1                                                                                 \
	}

static const struct span paths[][2] = {{SPAN("3. 创业策略"), SPAN("3.1 商业模式")}, {SPAN("杂\n记"), SPAN("")}};
static const struct span matched[] = {SPAN("商业模式")};
static const struct span dropped[] = {SPAN("飞船")};
static const struct answer_term terms[] = {{SPAN("商业模式"), TERM_WORD, 3}, {SPAN("飞船"), TERM_WORD, 0}};
static const struct answer_index indexes[] = {{".kbsearch", 12, 2, "2026-11-24T02:00:00Z"}};
static const struct needle needles[] = {{SPAN("商业模式"), 1.5, false, false, false}};

static const struct hit hits[] = {
	{.rank = 1,
	 .score = 7.25,
	 .coverage = 0.5,
	 .id = "abcdefghijklmnopqrstuvwxyz",
	 .path = "notes/创业.md",
	 .abs_path = "/k/notes/创业.md",
	 .heading = SPAN("3.1 商业模式"),
	 .heading_path = paths[0],
	 .heading_path_count = 2,
	 .question = SPAN("如何赚钱？"),
	 .level = 3,
	 .line_start = 71,
	 .line_end = 73,
	 .text = SPAN("### 3.1 商业模式\n\n- 好的商业模式\r\n\n"),
	 .text_line = 71,
	 .matched_terms = matched,
	 .matched_count = 1,
	 .full = true},
	{.rank = 2,
	 .score = 0.1,
	 .coverage = 0,
	 .id = "zyxwvutsrqponmlkjihgfedcba",
	 .path = "a\33\nb.md",
	 .abs_path = "/k/a\33\nb.md",
	 .heading = SPAN("杂\n记"),
	 .heading_path = paths[1],
	 .heading_path_count = 1,
	 .level = 1,
	 .line_start = 1,
	 .line_end = 1,
	 .text = SPAN("# 杂 记\n"),
	 .text_line = 1,
	 .stale = true},
	{.rank = 3,
	 .id = "22222222222222222222222222",
	 .path = "notes/创业.md",
	 .abs_path = "/k/notes/创业.md",
	 .heading = SPAN("创业"),
	 .line_start = 2,
	 .line_end = 2,
	 .text = SPAN("控\33制\t商业模式\n"),
	 .text_line = 2},
};

static const struct answer answer = {
	.query = SPAN("商业模式 飞船"),
	.mode = MODE_SOME,
	.terms = terms,
	.term_count = 2,
	.dropped = dropped,
	.dropped_count = 1,
	.total = 3,
	.total_is_exact = true,
	.indexes = indexes,
	.index_count = 1,
	.hits = hits,
	.hit_count = 3,
	.needles = needles,
	.needle_count = 1,
};

static const struct answer nothing = {.query = SPAN("无"), .total_is_exact = true};

static const struct render_options plain = {.snippet = 40};

static void check(enum render_form form, const struct answer *from, const struct render_options *options,
		  const char *expected, size_t n)
{
	struct buf out = {0};

	renderers[form](&out, from, options);
	assert_string_equal(buf_string(&out), expected);
	assert_int_equal(out.n, n);
	assert_memory_equal(out.data, expected, n);
	buf_release(&out);
}

#define CHECK(form, from, options, expected) check(form, from, options, expected, sizeof(expected) - 1)

static void lines(void **state)
{
	static const struct render_options nul = {.snippet = 40, .nul = true};
	static const struct render_options nul_terminal = {.snippet = 40, .nul = true, .escape = true};
	static const struct render_options color = {.snippet = 40, .color = true};
	static const struct render_options full = {.full = true};
	static const struct render_options none = {.snippet = 0};

	(void)state;
	CHECK(RENDER_LINES, &nothing, &plain, "");
	CHECK(RENDER_LINES, &answer, &plain,
	      "notes/创业.md:71:3. 创业策略 > 3.1 商业模式: 好的商业模式\n"
	      "a\\x1b\\x0ab.md:1:杂\\x0a记\n"
	      "notes/创业.md:2:: 控\\x1b制 商业模式\n");
	CHECK(RENDER_LINES, &answer, &none,
	      "notes/创业.md:71:3. 创业策略 > 3.1 商业模式\n"
	      "a\\x1b\\x0ab.md:1:杂\\x0a记\n"
	      "notes/创业.md:2:\n");
	CHECK(RENDER_LINES, &answer, &nul,
	      "notes/创业.md\0"
	      "71:3. 创业策略 > 3.1 商业模式: 好的商业模式\0"
	      "a\33\nb.md\0"
	      "1:杂\\x0a记\0"
	      "notes/创业.md\0"
	      "2:: 控\\x1b制 商业模式\0");
	CHECK(RENDER_LINES, &answer, &nul_terminal,
	      "notes/创业.md\0"
	      "71:3. 创业策略 > 3.1 商业模式: 好的商业模式\0"
	      "a\\x1b\\x0ab.md\0"
	      "1:杂\\x0a记\0"
	      "notes/创业.md\0"
	      "2:: 控\\x1b制 商业模式\0");
	CHECK(RENDER_LINES, &answer, &color,
	      "\33[35mnotes/创业.md\33[m:\33[32m71\33[m:3. 创业策略 > 3.1 商业模式: 好的\33[01;31m商业模式\33[m\n"
	      "\33[35ma\\x1b\\x0ab.md\33[m:\33[32m1\33[m:杂\\x0a记\n"
	      "\33[35mnotes/创业.md\33[m:\33[32m2\33[m:: 控\\x1b制 \33[01;31m商业模式\33[m\n");
	CHECK(RENDER_LINES, &answer, &full,
	      "notes/创业.md:71:3. 创业策略 > 3.1 商业模式\n"
	      "### 3.1 商业模式\n\n- 好的商业模式\n"
	      "\n"
	      "a\\x1b\\x0ab.md:1:杂\\x0a记\n"
	      "# 杂 记\n"
	      "\n"
	      "notes/创业.md:2:\n"
	      "控\\x1b制\t商业模式\n");
}

static void vimgrep(void **state)
{
	static const struct render_options nul = {.snippet = 0, .nul = true};

	(void)state;
	CHECK(RENDER_VIMGREP, &nothing, &plain, "");
	CHECK(RENDER_VIMGREP, &answer, &plain,
	      "notes/创业.md:73:9:好的商业模式\n"
	      "a\\x1b\\x0ab.md:1:1:杂\\x0a记\n"
	      "notes/创业.md:2:9:控\\x1b制 商业模式\n");
	CHECK(RENDER_VIMGREP, &answer, &nul,
	      "notes/创业.md\0"
	      "73:9:\0"
	      "a\33\nb.md\0"
	      "1:1:\0"
	      "notes/创业.md\0"
	      "2:9:\0");
}

static void files_and_count(void **state)
{
	static const struct render_options nul = {.nul = true};
	static const struct render_options terminal = {.escape = true};

	(void)state;
	CHECK(RENDER_FILES, &nothing, &plain, "");
	CHECK(RENDER_FILES, &answer, &plain, "notes/创业.md\na\33\nb.md\n");
	CHECK(RENDER_FILES, &answer, &nul, "notes/创业.md\0a\33\nb.md\0");
	CHECK(RENDER_FILES, &answer, &terminal, "notes/创业.md\na\\x1b\\x0ab.md\n");
	CHECK(RENDER_COUNT, &nothing, &plain, "0\n");
	CHECK(RENDER_COUNT, &answer, &plain, "3\n");
	CHECK(RENDER_COUNT, &answer, &nul, "3\0");
}

#define HIT_1                                                                                                                        \
	"{\"rank\":1,\"score\":7.25,\"coverage\":0.5,\"id\":\"abcdefghijklmnopqrstuvwxyz\",\"path\":\"notes/创业.md\","            \
	"\"heading\":\"3.1 商业模式\",\"heading_path\":[\"3. 创业策略\",\"3.1 商业模式\"],\"level\":3,"                  \
	"\"question\":\"如何赚钱？\",\"line_start\":71,\"line_end\":73,\"snippet\":\"好的商业模式\",\"snippet_line\":73," \
	"\"highlights\":[[2,6]],\"matched_terms\":[\"商业模式\"],\"stale\":false,\"copies\":[]"
#define HIT_2                                                                                                          \
	"{\"rank\":2,\"score\":0.1,\"coverage\":0.0,\"id\":\"zyxwvutsrqponmlkjihgfedcba\","                            \
	"\"path\":\"a\\u001b\\nb.md\",\"heading\":\"杂\\n记\",\"heading_path\":[\"杂\\n记\"],\"level\":1,"         \
	"\"question\":\"\",\"line_start\":1,\"line_end\":1,\"snippet\":\"\",\"snippet_line\":1,\"highlights\":[],"     \
	"\"matched_terms\":[],\"stale\":true,\"copies\":[]"
#define HIT_3                                                                                                            \
	"{\"rank\":3,\"score\":0.0,\"coverage\":0.0,\"id\":\"22222222222222222222222222\",\"path\":\"notes/创业.md\"," \
	"\"heading\":\"创业\",\"heading_path\":[],\"level\":0,\"question\":\"\",\"line_start\":2,\"line_end\":2,"      \
	"\"snippet\":\"控\\u001b制 商业模式\",\"snippet_line\":2,\"highlights\":[[4,8]],\"matched_terms\":[],"     \
	"\"stale\":false,\"copies\":[]"

static void json(void **state)
{
	static const struct render_options full = {.snippet = 40, .full = true, .nul = true};
	struct buf out = {0};

	(void)state;
	CHECK(RENDER_JSON, &nothing, &plain,
	      "{\"v\":1,\"query\":\"无\",\"mode\":\"all\",\"terms\":[],\"dropped_terms\":[],\"suggestions\":[],"
	      "\"total\":0,\"total_is_exact\":true,\"returned\":0,\"index\":[],\"hits\":[]}\n");
	CHECK(RENDER_JSON, &answer, &plain,
	      "{\"v\":1,\"query\":\"商业模式 飞船\",\"mode\":\"some\",\"terms\":["
	      "{\"text\":\"商业模式\",\"kind\":\"word\",\"df\":3},{\"text\":\"飞船\",\"kind\":\"word\",\"df\":0}],"
	      "\"dropped_terms\":[\"飞船\"],\"suggestions\":[],\"total\":3,\"total_is_exact\":true,\"returned\":3,"
	      "\"index\":[{\"path\":\".kbsearch\",\"sections\":12,\"documents\":2,\"built\":\"2026-11-24T02:00:00Z\"}],"
	      "\"hits\":[" HIT_1 "}," HIT_2 "}," HIT_3 "}]}\n");
	CHECK(RENDER_JSONL, &nothing, &plain, "");
	CHECK(RENDER_JSONL, &answer, &plain, HIT_1 "}\n" HIT_2 "}\n" HIT_3 "}\n");
	CHECK(RENDER_JSONL, &answer, &full,
	      HIT_1 ",\"text\":\"### 3.1 商业模式\\n\\n- 好的商业模式\\r\\n\\n\"}\0" HIT_2
		    ",\"text\":\"# 杂 记\\n\"}\0" HIT_3 ",\"text\":\"控\\u001b制\\t商业模式\\n\"}\0");
	renderers[RENDER_JSON](&out, &answer, &plain);
	out.n--; /* the newline */
	assert_true(json_check(buf_span(&out)));
	buf_reset(&out);
	render_json_error(&out, "damaged", "a \"b\"\n", &plain);
	assert_string_equal(buf_string(&out),
			    "{\"v\":1,\"error\":{\"code\":\"damaged\",\"message\":\"a \\\"b\\\"\\n\"},"
			    "\"hits\":[]}\n");
	buf_release(&out);
}

static void blocks(void **state)
{
	static const struct render_options narrow = {.snippet = 40, .columns = 19, .color = true};
	static const struct render_options full = {.full = true, .columns = 60};

	(void)state;
	CHECK(RENDER_BLOCKS, &nothing, &plain, "");
	CHECK(RENDER_BLOCKS, &answer, &plain,
	      "1  3.1 商业模式\n"
	      "   notes/创业.md:71  ·  3. 创业策略\n"
	      "   好的商业模式\n"
	      "\n"
	      "— partial matches —\n"
	      "\n"
	      "2  杂\\x0a记\n"
	      "   a\\x1b\\x0ab.md:1  (file changed since indexing)\n"
	      "\n"
	      "3  创业\n"
	      "   notes/创业.md:2\n"
	      "   控\\x1b制 商业模式\n");
	CHECK(RENDER_BLOCKS, &answer, &narrow,
	      "\33[2m1\33[m  \33[1m3.1 \33[01;31m商业模式\33[39m\33[m\n"
	      "   \33[35mnotes/创业.md\33[m:\33[32m71\33[m\n"
	      "   好的\33[01;31m商业模式\33[m\n"
	      "\n"
	      "\33[2m— partial matches —\33[m\n"
	      "\n"
	      "\33[2m2\33[m  \33[1m杂\\x0a记\33[m\n"
	      "   \33[35ma\\x1b\\x0ab.md\33[m:\33[32m1\33[m\33[33m  (file changed since indexing)\33[m\n"
	      "\n"
	      "\33[2m3\33[m  \33[1m创业\33[m\n"
	      "   \33[35mnotes/创业.md\33[m:\33[32m2\33[m\n"
	      "   控\\x1b制 \33[01;31m商业模\33[m\n"
	      "   \33[01;31m式\33[m\n");
	CHECK(RENDER_BLOCKS, &answer, &full,
	      "1  3.1 商业模式\n"
	      "   notes/创业.md:71  ·  3. 创业策略\n"
	      "   ### 3.1 商业模式\n"
	      "\n"
	      "   - 好的商业模式\n"
	      "\n"
	      "— partial matches —\n"
	      "\n"
	      "2  杂\\x0a记\n"
	      "   a\\x1b\\x0ab.md:1  (file changed since indexing)\n"
	      "   # 杂 记\n"
	      "\n"
	      "3  创业\n"
	      "   notes/创业.md:2\n"
	      "   控\\x1b制\t商业模式\n");
}

static void whole_sections_are_marked(void **state)
{
	static const struct needle two[] = {{SPAN("商业"), 1, false, false, false},
					    {SPAN("业模式"), 1, false, false, false},
					    {SPAN("早\n茶"), 1, false, false, false}};
	struct hit hit = {
		.rank = 1, .path = "甲.md", .line_start = 1, .text = SPAN("商业模式\r\n\n早\n茶，\33早茶\n商业\r\n")};
	struct answer one = {
		.mode = MODE_ALL, .total = 1, .hits = &hit, .hit_count = 1, .needles = two, .needle_count = 3};
	static const struct render_options color = {.full = true, .color = true};

	(void)state;
	CHECK(RENDER_LINES, &one, &color,
	      "\33[35m甲.md\33[m:\33[32m1\33[m:\n"
	      "\33[01;31m商业模式\33[m\n"
	      "\n"
	      "\33[01;31m早\33[m\n"
	      "\33[01;31m茶\33[m，\\x1b早茶\n"
	      "\33[01;31m商业\33[m\n");
}

static void copies_are_named(void **state)
{
	static const struct hit_copy copies[] = {
		{"旧/一.md", SPAN("甲"), 5, 7, "aaaaaaaaaaaaaaaaaaaaaaaaaa"},
		{"旧/\33二.md", SPAN("甲"), 12, 14, "bbbbbbbbbbbbbbbbbbbbbbbbbb"},
	};
	struct hit hit = {.rank = 1, .path = "甲.md", .heading = SPAN("甲"), .line_start = 1, .copies = copies};
	struct answer one = {.mode = MODE_ALL, .total = 6, .hits = &hit, .hit_count = 1};
	static const struct render_options bare = {.columns = 60};
	static const struct render_options narrow = {.columns = 20};
	struct buf out = {0};

	(void)state;
	CHECK(RENDER_BLOCKS, &one, &bare, "1  甲\n   甲.md:1\n");
	hit.copy_count = 2;
	hit.copy_total = 2;
	CHECK(RENDER_BLOCKS, &one, &bare, "1  甲\n   甲.md:1\n   also in 旧/一.md:5, 旧/\\x1b二.md:12\n");
	hit.copy_total = 5;
	CHECK(RENDER_BLOCKS, &one, &bare, "1  甲\n   甲.md:1\n   also in 旧/一.md:5, 旧/\\x1b二.md:12 and 3 more\n");
	CHECK(RENDER_BLOCKS, &one, &narrow, "1  甲\n   甲.md:1\n   also in 旧/一.md:5 and 4 more\n");
	CHECK(RENDER_LINES, &one, &bare, "甲.md:1:\n");
	renderers[RENDER_JSONL](&out, &one, &bare);
	assert_non_null(strstr(buf_string(&out),
			       "\"copies\":[{\"path\":\"旧/一.md\",\"heading\":\"甲\",\"line_start\":5,\"line_end\":7,"
			       "\"id\":\"aaaaaaaaaaaaaaaaaaaaaaaaaa\"},{\"path\":\"旧/\\u001b二.md\""));
	buf_release(&out);
}

static void blocks_align_ranks_and_cut_ancestors(void **state)
{
	static const struct span path[] = {SPAN("一二三四五六七八九十"), SPAN("甲")};
	static const struct hit many[] = {
		{.rank = 9,
		 .path = "a.md",
		 .heading = SPAN("甲"),
		 .heading_path = path,
		 .heading_path_count = 2,
		 .line_start = 1},
		{.rank = 10, .path = "a.md", .heading = SPAN("一二三四五六七八九十"), .line_start = 12},
	};
	static const struct answer two = {.hits = many, .hit_count = 2};
	static const struct render_options options = {.columns = 24, .snippet = 9};
	static const struct render_options tiny = {.columns = 1, .snippet = 9};

	(void)state;
	CHECK(RENDER_BLOCKS, &two, &options,
	      " 9  甲\n"
	      "    a.md:1  ·  一二三四…\n"
	      "\n"
	      "10  一二三四五六七八九十\n"
	      "    a.md:12\n");
	CHECK(RENDER_BLOCKS, &two, &tiny,
	      " 9  甲\n"
	      "    a.md:1\n"
	      "\n"
	      "10  一二三四\n"
	      "    五六七八\n"
	      "    九十\n"
	      "    a.md:12\n");
}

/* Each allocation fails in turn: the output says so, or it is whole. */
/* The answer to --why: the first hit of `answer`, beyond the limit, with all there can be to say. */
static const struct presence items[] = {
	{.text = SPAN("商业"),
	 .found = FOUND_WORD,
	 .needed = true,
	 .frequency = {[CHANNEL_BODY] = 2, [CHANNEL_NAME] = 1}},
	{.text = SPAN("模\x1b式"), .found = FOUND_INSIDE, .needed = true, .inside = SPAN("模式化"), .line = 9},
	{.text = SPAN("飞船"), .found = FOUND_NOWHERE, .needed = true},
	{.text = SPAN("的"), .found = FOUND_TEXT},
	{.text = SPAN("ab"), .kind = PRESENCE_PHRASE, .found = FOUND_TEXT, .needed = true, .line = 7},
	{.text = SPAN("草"), .kind = PRESENCE_EXCLUDED, .found = FOUND_WORD},
	{.text = SPAN("稿"), .kind = PRESENCE_EXCLUDED, .found = FOUND_NOWHERE},
	{.text = SPAN("Ab"), .kind = PRESENCE_LITERAL, .found = FOUND_OTHERWISE, .needed = true},
	{.text = SPAN("商业模式"), .kind = PRESENCE_LITERAL, .found = FOUND_WORD},
	{.text = SPAN("租"), .found = FOUND_NOWHERE, .needed = true, .elsewhere = true},
};

static const struct why why = {.verdict = WHY_HIT,
			       .file = "notes/创业.md",
			       .index = "/k/.kbsearch",
			       .section = &hits[0],
			       .last_rank = 10,
			       .last_score = 7.25,
			       .tier = TIER_SUBSTRING,
			       .best_rank = 2,
			       .best_line = 5,
			       .items = items,
			       .item_count = sizeof items / sizeof *items};

static const struct score_step steps[] = {
	{STEP_WORD,
	 SPAN("商\n业"),
	 0.0004,
	 2,
	 1.5,
	 {[CHANNEL_BODY] = 2, [CHANNEL_HEADING] = 1},
	 {9, [CHANNEL_HEADING] = 3}},
	{STEP_WORD, SPAN("模式"), 1.0008, 1.5, 1.5, {[CHANNEL_NAME] = 1}, {[CHANNEL_NAME] = 2}},
	{.kind = STEP_PREFIX, .after = 8.0012, .factor = 1},
	{.kind = STEP_COVERAGE, .after = 6.4, .factor = 0.8},
	{STEP_PAIR, SPAN("业模"), 7.2, 0.45, 1.5, {[CHANNEL_HAN] = 3}, {[CHANNEL_HAN] = 40}},
	{.kind = STEP_PASSAGE, .after = 7.25, .factor = 1},
};

static const struct explained_term told[] = {
	{SPAN("node"), 3, 1.25, 1, true, true, 0},
	{SPAN("node.js"), 2, 1.5, 0.3, true, false, 0},
	{SPAN("的"), 12, 0.04, 0.6, false, true, 1},
};

static const struct explanation explanation = {SPAN("商业模式\x1b 飞船"), told, 3, 3, 2, 10, true};

/* With all that --why and --explain add. */
static struct answer explained(const struct why *with)
{
	static struct hit scored[3];
	struct answer out = answer;

	memcpy(scored, hits, sizeof scored);
	for (size_t i = 0; i < 3; i++) {
		scored[i].steps = steps;
		scored[i].step_count = sizeof steps / sizeof *steps;
		scored[i].score = 7.25;
		scored[i].bare = i > 0;
	}
	out.hits = scored;
	out.explanation = &explanation;
	out.search_ns = 1234567;
	out.answer_ns = 2000000;
	out.why = with;
	return out;
}

/* Rounded parts add up to the rounded score: 0.000 + 1.001 + 7.000 - 1.601 + 0.800 + 0.050 = 7.250. */
static void scores_are_told_in_parts(void **state)
{
	static const struct render_options brief = {.color = false};
	struct answer from = explained(NULL);

	(void)state;
	from.hit_count = 1;
	from.in_pieces = true;
	CHECK(RENDER_BLOCKS, &from, &brief,
	      "query: 商业模式\\x1b 飞船\n"
	      "  node: in 3 of 12 sections, idf 1.250\n"
	      "    node.js: in 2 of 12 sections, idf 1.500 × 0.300, need not be there\n"
	      "  的: in 12 of 12 sections, idf 0.040 × 0.600, says how, not what\n"
	      "3 hits: some of the words, since fewer than 10 sections have all (1) or each piece of the query as text (2), "
	      "which come first\n"
	      "found in 1.234 ms, answered in 2.000 ms\n"
	      "\n"
	      "1  3.1 商业模式\n"
	      "   notes/创业.md:71  ·  3. 创业策略\n"
	      "   score 7.250\n"
	      "     +0.000  商\\x0a业: idf 1.500 × 1.333; body 2 of 9, heading 1 of 3\n"
	      "     +1.001  模式: idf 1.500; file name 1 of 2\n"
	      "     +7.000  what begins as asked for\n"
	      "     -1.601  words are missing: × 0.800\n"
	      "     +0.800  业模 in one piece: idf 1.500 × 0.300; characters 3 of 40\n"
	      "     +0.050  in one piece in a long section\n");
}

/* On a terminal what goes on is indented more than its line. */
static void scores_fit_the_terminal(void **state)
{
	static const struct render_options narrow = {.columns = 40};
	struct answer from = explained(NULL);

	(void)state;
	from.hit_count = 1;
	CHECK(RENDER_BLOCKS, &from, &narrow,
	      "query: 商业模式\\x1b 飞船\n"
	      "  node: in 3 of 12 sections, idf 1.250\n"
	      "    node.js: in 2 of 12 sections,\n"
	      "        idf 1.500 × 0.300, need not be\n"
	      "        there\n"
	      "  的: in 12 of 12 sections, idf\n"
	      "      0.040 × 0.600, says how, not what\n"
	      "3 hits: some of the words, since\n"
	      "    fewer than 10 sections have all (1)\n"
	      "    or the query as text (2), which come\n"
	      "    first\n"
	      "found in 1.234 ms, answered in 2.000 ms\n"
	      "\n"
	      "1  3.1 商业模式\n"
	      "   notes/创业.md:71  ·  3. 创业策略\n"
	      "   score 7.250\n"
	      "     +0.000  商\\x0a业: idf 1.500 ×\n"
	      "         1.333; body 2 of 9, heading 1\n"
	      "         of 3\n"
	      "     +1.001  模式: idf 1.500; file\n"
	      "         name 1 of 2\n"
	      "     +7.000  what begins as asked for\n"
	      "     -1.601  words are missing: × 0.800\n"
	      "     +0.800  业模 in one piece: idf\n"
	      "         1.500 × 0.300; characters 3 of\n"
	      "         40\n"
	      "     +0.050  in one piece in a long\n"
	      "         section\n");
}

/* As a machine reads them, in millionths. */
static void json_has_the_parts(void **state)
{
	struct answer from = explained(NULL);
	struct buf out = {0};

	(void)state;
	renderers[RENDER_JSON](&out, &from, &plain);
	assert_true(json_check(span_trim(buf_span(&out), "\n")));
	assert_non_null(strstr(buf_string(&out),
			       "{\"kind\":\"coverage\",\"text\":\"\",\"score\":-1.6012,\"idf\":0.0,\"factor\":0.8,"
			       "\"fields\":{}}"));
	assert_non_null(strstr(buf_string(&out), "\"fields\":{\"characters\":{\"frequency\":3,\"length\":40}}}"));
	assert_non_null(strstr(buf_string(&out),
			       "\"whole\":3,\"as_text\":2,\"enough\":10,\"whole_first\":true,\"search_us\":1234,"
			       "\"answer_us\":2000}"));
	buf_release(&out);
}

static void a_file_is_explained(void **state)
{
	struct hit hit = hits[0];
	struct why with = why;
	struct answer from = explained(&with);

	(void)state;
	hit.rank = 37;
	hit.as_text = true;

	with.section = &hit;
	with.stale = true;
	CHECK(RENDER_WHY, &from, &plain,
	      "notes/创业.md:71: 3. 创业策略 > 3.1 商业模式\n"
	      "hit that is not shown: rank 37 of 3, score 7.250, the query as text; the last one shown is rank 10 with "
	      "7.250; it comes after sections with every word; -n 40 shows it\n"
	      "  has 商业: body 2, file name 1\n"
	      "  lacks 模\\x1b式: only inside of the word 模式化; line 9 of the file has it\n"
	      "  lacks 飞船\n"
	      "  lacks 的: only as text, over the borders of words; it need not be there\n"
	      "  lacks ab: only inside of longer words; line 7 of the file has it\n"
	      "  has 草\n"
	      "  lacks Ab: only in another script, width or case\n"
	      "  has the whole query as text: -F finds it\n"
	      "  lacks 租: it stands where -t does not look\n"
	      "the best section of the file is that of line 5, rank 2\n"
	      "the file has changed since it was indexed; run kbindex\n");
}

/* One line of each, and the name that JSON has for it. */
static void every_verdict_has_a_sentence(void **state)
{
	(void)state;
	for (int verdict = 0; verdict < WHY_VERDICTS; verdict++) {
		struct why with = why;
		struct answer from = explained(&with);
		struct buf out = {0};

		with.verdict = (enum why_verdict)verdict;
		with.detail = (struct span){"a\nb", 3};
		renderers[RENDER_WHY](&out, &from, &plain);
		assert_false(out.failed);
		for (const char *c = buf_string(&out); *c; c++)
			assert_true(*c == '\n' || (unsigned char)*c >= ' ');
		buf_reset(&out);
		renderers[RENDER_JSON](&out, &from, &plain);
		assert_true(json_check(span_trim(buf_span(&out), "\n")));
		assert_null(strstr(buf_string(&out), "\"message\":\"\""));
		buf_release(&out);
	}
}

static void out_of_memory_is_told(void **state)
{
	static const struct render_options options = {.snippet = 40, .color = true};

	(void)state;
	for (int form = 0; form < RENDER_FORMS; form++) {
		unsigned n = 0;
		bool failed;

		do {
			struct answer from = explained(&why);
			struct buf out = {0};

			heap_fail(++n, true);
			renderers[form](&out, &from, &options);
			failed = heap_heal();
			assert_int_equal(out.failed, failed);
			assert_true(n < 200);
			buf_release(&out);
		} while (failed);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines),
		cmocka_unit_test(vimgrep),
		cmocka_unit_test(files_and_count),
		cmocka_unit_test(json),
		cmocka_unit_test(blocks),
		cmocka_unit_test(whole_sections_are_marked),
		cmocka_unit_test(copies_are_named),
		cmocka_unit_test(blocks_align_ranks_and_cut_ancestors),
		cmocka_unit_test(scores_are_told_in_parts),
		cmocka_unit_test(scores_fit_the_terminal),
		cmocka_unit_test(json_has_the_parts),
		cmocka_unit_test(a_file_is_explained),
		cmocka_unit_test(every_verdict_has_a_sentence),
		cmocka_unit_test(out_of_memory_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
