#include "correction.h"

#include "edit.h"
#include "random.h"
#include "scratch.h"
#include "unit.h"

#include <stdio.h>

static int make(void **state)
{
	struct scratch *scratch = scratch_new();

	scratch_write(scratch, "notes/一.md",
		      "# 商业模式\n\n部署 kubernetes 集群，备份数据库。\n\n# 银行\n\n向银行贷款，利率比较高。\n\n"
		      "# 经典\n\n经典的书。transaction 与 transmission。\n\n# 幻觉\n\n大模型的幻觉从哪里来？\n");
	scratch_write(scratch, "notes/二.md",
		      "# 备案\n\n算法备案要材料。重庆也一样。\n\n# kubernates\n\n拼错了一次。\n");
	for (unsigned i = 0; i < 12; i++) {
		char name[32];

		snprintf(name, sizeof name, "notes/k%u.md", i);
		scratch_write(scratch, name, "# 集群\n\n又是 kubernetes。\n");
	}
	scratch_build(scratch);
	*state = scratch;
	return 0;
}

static struct searcher *open_index(struct scratch *scratch)
{
	struct err err = {0};
	struct searcher *searcher = searcher_open(&io_posix, &scratch->index, 1, &err);

	if (!searcher)
		fail_msg("%s", err.text);
	return searcher;
}

/* The suggestions, each behind a blank and a bar. */
static void ask(struct searcher *searcher, const char *query, enum search_match match, struct buf *out)
{
	struct search_request request = {
		.query = span_of(query), .match = match, .limit = 10, .suggest = true, .without_text = true};
	struct answer answer;
	struct err err = {0};

	if (searcher_search(searcher, &request, &answer, &err) < 0)
		fail_msg("%s: %s", query, err.text);
	buf_reset(out);
	for (size_t i = 0; i < answer.suggestion_count; i++) {
		buf_add_text(out, i ? " | " : "");
		buf_add_span(out, answer.suggestions[i]);
	}
}

static void suggests_what_was_meant(void **state)
{
	static const struct {
		const char *query;
		const char *suggestions;
	} table[] = {
		/* by pronunciation; ICU cuts what is misspelt in pieces of its own */
		{"商业莫式", "商业模式"},
		{"商业模是", "商业模式"},
		{"伤业模式", "商业模式"},
		{"商叶魔式", "商业模式"},
		{"大模型的幻绝", "大模型的幻觉"},
		{"算法被案", "算法备案"}, /* 被 is a function word, but stands beside nothing it is ever beside */
		{"因行", "银行"},
		{"景点", "经典"}, /* a good word, that is nowhere: both characters are others */
		{"虫庆", "重庆"}, /* by a reading that is not the usual one */
		{"数居库", "数据库"},
		{"备份数居库", "备份数据库"},
		/* as typed but for what is changed */
		{"商業莫式 備份", "商業模式 備份"},
		{"  商业莫式？", "商业模式？"},
		{"\"商业莫式\"", "\"商业模式\""},
		{"商业莫式 大模型", ""}, /* no section has both: it would not help */
		/* by one edit: one too few, too many, another, two in the wrong order */
		{"kubernets", "kubernetes"}, /* kubernates is in twelve times fewer sections */
		{"kuberneetes", "kubernetes"},
		{"kubernetis", "kubernetes"},
		{"kuebrnetes", "kubernetes"},
		{"KUBERNETS", "kubernetes"},
		{"trasnaction", "transaction"},
		{"transission", "transmission"},
		{"kubrnts", ""},
		/* both in one query */
		{"kubernets 数居库", "kubernetes 数据库"},
		{"部署kubernets集群", "部署kubernetes集群"},
		/* 数据库 stands for it there */
		{"资料库 kubernets", "资料库 kubernetes"},
		/* what finds something is left alone */
		{"商业模式", ""},
		{"kubernates", ""},
		{"业模", ""},
		{"银行 贷款", ""},
		/* known words are never changed, nor what is left out or beside a colon */
		{"银行 重庆", ""},
		{"银行 -莫式 虫庆", ""},
		{"path:kubernets 虫庆", ""},
		{"kubernets：虫庆", ""},
		/* nothing is read like this, or stands there */
		{"量子纠缠", ""},
		{"qqq", ""},
		{"？", ""},
		{"莫", ""},
	};
	struct searcher *searcher = open_index(*state);
	struct buf out = {0};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		ask(searcher, table[i].query, SEARCH_DEFAULT, &out);
		if (strcmp(buf_string(&out), table[i].suggestions) != 0)
			fail_msg("%s: %s", table[i].query, buf_string(&out));
	}
	buf_release(&out);
	searcher_close(searcher);
}

static void suggests_for_any_word(void **state)
{
	struct searcher *searcher = open_index(*state);
	struct buf out = {0};

	ask(searcher, "银行 kubernets", SEARCH_ANY, &out);
	assert_string_equal(buf_string(&out), ""); /* no section has both */
	ask(searcher, "集群 kubernets", SEARCH_ANY, &out);
	assert_string_equal(buf_string(&out), "集群 kubernetes");
	ask(searcher, "集群 银行", SEARCH_ANY, &out);
	assert_string_equal(buf_string(&out), "");
	buf_release(&out);
	searcher_close(searcher);
}

static void says_nothing_unasked(void **state)
{
	struct searcher *searcher = open_index(*state);
	struct search_request request = {.query = span_of("商业莫式"), .limit = 10};
	struct answer answer;
	struct err err = {0};

	assert_int_equal(searcher_search(searcher, &request, &answer, &err), 0);
	assert_int_equal(answer.suggestion_count, 0);
	searcher_close(searcher);
}

/* Whatever is asked: what is suggested finds something whole. */
static void suggestions_find_something(void **state)
{
	static const char *const pieces[] = {"商业", "莫式", "模", "是", "银航",      "数居库", "备份", "的",
					     "幻绝", " ",    "-",  ":",  "kubernets", "集",     "裙",   "\""};
	struct searcher *searcher = open_index(*state);
	struct buf query = {0};
	uint64_t seed = 3;
	unsigned suggested = 0;

	for (unsigned round = 0; round < 3000; round++) {
		struct search_request request = {.limit = 1, .suggest = true, .without_text = true};
		struct answer answer;
		struct err err = {0};
		struct buf text = {0};

		buf_reset(&query);
		for (uint32_t n = 1 + random_below(&seed, 4); n; n--)
			buf_add_text(&query, pieces[random_below(&seed, sizeof pieces / sizeof *pieces)]);
		request.query = buf_span(&query);
		if (searcher_search(searcher, &request, &answer, &err) < 0) {
			assert_int_equal(err.kind, ERR_USAGE); /* nothing but blanks */
			continue;
		}
		assert_true(answer.suggestion_count <= SUGGESTIONS);
		if (answer.suggestion_count == 0)
			continue;
		suggested++;
		buf_add_span(&text, answer.suggestions[answer.suggestion_count - 1]);
		request = (struct search_request){.query = buf_span(&text), .match = SEARCH_ALL, .without_text = true};
		assert_int_equal(searcher_search(searcher, &request, &answer, &err), 0);
		assert_true(answer.total > 0);
		buf_release(&text);
	}
	assert_true(suggested > 20);
	buf_release(&query);
	searcher_close(searcher);
}

static void edits_only_plain_words(void **state)
{
	(void)state;
	assert_true(edit_possible(span_of("abcd")));
	assert_true(edit_possible(span_of("x86asm")));
	assert_false(edit_possible(span_of("abc")));
	assert_false(edit_possible(span_of("naïve")));
	assert_false(edit_possible(span_of("gpt-4")));
	assert_false(edit_possible((struct span){"ab\0d", 4}));
	assert_true(edit_possible(span_of("abcdefghijklmnopqrstuvwx")));
	assert_false(edit_possible(span_of("abcdefghijklmnopqrstuvwxy")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(suggests_what_was_meant, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(suggests_for_any_word, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(says_nothing_unasked, make, scratch_teardown),
		cmocka_unit_test_setup_teardown(suggestions_find_something, make, scratch_teardown),
		cmocka_unit_test(edits_only_plain_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
