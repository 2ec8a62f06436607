#include "questions.h"

#include "checksum.h"
#include "explanation.h"
#include "index.h"
#include "why.h"

#include <stdio.h>

#define SPAN(text)                                                                                                     \
	{                                                                                                              \
		text, sizeof(text) - 1                                                                                 \
	}

static const struct search_request searches[SEARCHES] = {
	{.query = SPAN("租金"), .limit = 10},
	{.query = SPAN("租金 咖啡豆 收銀"), .limit = 10, .explain = true},
	{.query = SPAN("選址"), .match = SEARCH_ALL, .limit = 0},
	{.query = SPAN("租金 node.js GPT-3"), .match = SEARCH_ANY, .limit = 10, .explain = true},
	{.query = SPAN("\"咖啡豆要新鲜\""), .limit = 10},
	{.query = SPAN("租金 -停车"), .limit = 10},
	{.query = SPAN("店"), .limit = 10, .explain = true},
	{.query = SPAN("->"), .limit = 10},
	{.query = SPAN("retry 3"), .literal = true, .limit = 10},
	{.query = SPAN("斷網"), .literal = true, .exact = true, .limit = 10},
	{.query = SPAN("收银"), .titles = true, .limit = 10},
	{.query = SPAN("对账"), .path_glob = "*.txt", .files = true, .limit = 10},
	/* more lists than a sweep has bits, and those of several blocks */
	{.query = SPAN("租金 对账 成本 季度 要 月 付 咖啡豆 选址 停车 收银 成本 人流"), .limit = 10},
	{.query = SPAN("租金 成本"), .match = SEARCH_ALL, .limit = 3},
	/* words that stand for others, alone and together */
	{.query = SPAN("房租 本钱"), .limit = 10},
	{.query = SPAN("房租"), .titles = true, .limit = 0},
	{.query = SPAN("季度 租金"), .titles = true, .match = SEARCH_ANY, .limit = 0},
	{.query = SPAN("租金 tag:(甲 OR 乙*)"), .limit = 10},
	{.query = SPAN("合同文本"), .copies = 10, .limit = 10},
	{.query = SPAN("zujin"), .pinyin = true, .limit = 10},
	{.query = SPAN("dian k"), .pinyin = true, .titles = true, .limit = 10},
	{.query = SPAN("租京 咖菲豆 nodee"), .suggest = true, .limit = 10},
};

/* Why is this file of the first root, at this line, a hit or not? */
static const struct {
	struct search_request request;
	const char *file;
	uint32_t line;
} whys[WHYS] = {
	{{.query = SPAN("租金 成本"), .limit = 1}, "开店.md", 0},
	{{.query = SPAN("租金 -停车"), .limit = 10}, "开店.md", 5},
	{{.query = SPAN("\"咖啡豆要新鲜\" node 银 收 选址 成"), .match = SEARCH_ANY, .limit = 10}, "技术/收银.md", 6},
	{{.query = SPAN("季度 租金 离线"), .titles = true, .limit = 10}, "技术/收银.md", 0},
	{{.query = SPAN("斷網"), .literal = true, .exact = true, .limit = 10}, "账目.txt", 0},
	{{.query = SPAN("税"), .path_glob = "*.md", .limit = 10}, "空白.md", 7},
};

static struct why why; /* of the last answer */

static void describe_why(struct buf *out)
{
	buf_printf(out, "why %d %.*s line %u last %llu %.17g best %llu %u%s%s\n", (int)why.verdict, (int)why.detail.n,
		   why.detail.p, why.last_line, (unsigned long long)why.last_rank, why.last_score,
		   (unsigned long long)why.best_rank, why.best_line, tier_is_bare(why.tier) ? " bare" : "",
		   why.shown ? " shown" : "");
	if (why.section)
		buf_printf(out, "section %u rank %llu\n", why.section->line_start,
			   (unsigned long long)why.section->rank);
	for (size_t i = 0; i < why.item_count; i++) {
		const struct presence *item = &why.items[i];

		buf_printf(out, "item %.*s %d %d line %u inside %.*s", (int)item->text.n, item->text.p, (int)item->kind,
			   (int)item->found, item->line, (int)item->inside.n, item->inside.p);
		for (unsigned field = 0; field < CHANNEL_FIELDS; field++)
			buf_printf(out, " %u", item->frequency[field]);
		buf_add_byte(out, '\n');
	}
}

static int ask_why(struct searcher *searcher, unsigned number, struct answer *answer, struct err *err)
{
	const struct index *index = searcher_index(searcher, 0);
	char path[4096];

	snprintf(path, sizeof path, "%s/%s", index->manifest.root_count ? index->root_directories[0] : "",
		 whys[number].file);
	if (searcher_why(searcher, &whys[number].request, span_of(path), whys[number].line, answer, &why, err) < 0)
		return -1;
	answer->why = &why;
	return 0;
}

void question_describe(const struct answer *answer, struct buf *out)
{
	buf_printf(out, "mode %d total %llu\n", (int)answer->mode, (unsigned long long)answer->total);
	for (size_t i = 0; i < answer->term_count; i++)
		buf_printf(out, "term %.*s %d %llu\n", (int)answer->terms[i].text.n, answer->terms[i].text.p,
			   (int)answer->terms[i].kind, (unsigned long long)answer->terms[i].df);
	for (size_t i = 0; i < answer->dropped_count; i++)
		buf_printf(out, "dropped %.*s\n", (int)answer->dropped[i].n, answer->dropped[i].p);
	for (size_t i = 0; i < answer->suggestion_count; i++)
		buf_printf(out, "meant %.*s\n", (int)answer->suggestions[i].n, answer->suggestions[i].p);
	for (size_t i = 0; i < answer->hit_count; i++) {
		const struct hit *hit = &answer->hits[i];

		buf_printf(out, "%llu %s:%u-%u from %u level %u score %.17g coverage %.17g id %s text %llx%s%s",
			   (unsigned long long)hit->rank, hit->path, hit->line_start, hit->line_end, hit->text_line,
			   hit->level, hit->score, hit->coverage, hit->id, (unsigned long long)checksum_64(hit->text),
			   hit->full ? " full" : "", hit->stale ? " stale" : "");
		for (size_t k = 0; k < hit->heading_path_count; k++)
			buf_printf(out, " > %.*s", (int)hit->heading_path[k].n, hit->heading_path[k].p);
		buf_printf(out, " ? %.*s\n", (int)hit->question.n, hit->question.p);
		for (size_t k = 0; k < hit->step_count; k++)
			buf_printf(out, "%d %.17g\n", (int)hit->steps[k].kind, hit->steps[k].after);
		for (size_t k = 0; k < hit->copy_count; k++)
			buf_printf(out, "also %s:%u-%u %s\n", hit->copies[k].path, hit->copies[k].line_start,
				   hit->copies[k].line_end, hit->copies[k].id);
	}
	if (answer->why)
		describe_why(out);
}

int question_search(struct searcher *searcher, unsigned number, struct answer *answer, struct err *err)
{
	if (number >= SEARCHES)
		return ask_why(searcher, number - SEARCHES, answer, err);
	return searcher_search(searcher, &searches[number], answer, err);
}

int question_ask(struct searcher *searcher, unsigned number, struct buf *out, struct err *err)
{
	struct answer answer;

	if (question_search(searcher, number, &answer, err) < 0)
		return -1;
	question_describe(&answer, out);
	return 0;
}
