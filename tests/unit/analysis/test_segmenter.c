#include "segmenter.h"
#include "unicode.h"
#include "unit.h"
#include "utf8.h"

#include <unicode/ubrk.h>

static int open_segmenter(void **state)
{
	struct err err = {0};

	*state = segmenter_new(&err);
	return *state ? 0 : -1;
}

static int close_segmenter(void **state)
{
	segmenter_free(*state);
	return 0;
}

/* The words of a run with '|' between them. */
static const char *cut(struct segmenter *segmenter, const char *run, struct buf *out)
{
	struct buf ends = {0};
	struct err err = {0};
	size_t start = 0;

	buf_reset(out);
	assert_int_equal(segmenter_cut(segmenter, span_of(run), &ends, &err), 0);
	for (size_t i = 0; i < BUF_COUNT(&ends, uint32_t); i++) {
		size_t end = BUF_AT(&ends, uint32_t, i);

		assert_true(end > start);
		if (i)
			buf_add_byte(out, '|');
		buf_add(out, run + start, end - start);
		start = end;
	}
	assert_int_equal(start, strlen(run));
	buf_release(&ends);
	return buf_string(out);
}

static void cuts_runs(void **state)
{
	static const struct {
		const char *run;
		const char *words;
	} table[] = {
		{"水", "水"},
		{"商业模式", "商业|模式"},
		{"我们的团队", "我们|的|团队"},
		{"人々", "人々"},
		{"カタカナの本", "カタカナ|の|本"},
		{"한국어", "한국어"},
		{"ภาษาไทย", "ภาษา|ไทย"},
		{"𠀀𠀁水", "𠀀|𠀁|水"},
		{"水\xCC\x81火", "水\xCC\x81|火"},
	};
	struct buf out = {0};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		assert_string_equal(cut(*state, table[i].run, &out), table[i].words);
	buf_release(&out);
}

static void runs_share_nothing(void **state)
{
	struct buf out = {0};
	struct buf long_run = {0};

	for (int i = 0; i < 10000; i++)
		buf_add_text(&long_run, "研究生命起源");
	cut(*state, buf_string(&long_run), &out);
	assert_true(out.n > long_run.n);
	assert_string_equal(cut(*state, "商业", &out), "商业");
	buf_release(&out);
	buf_release(&long_run);
}

static bool in_run(enum char_class class)
{
	return class == CLASS_HAN || class == CLASS_SCRIPT || class == CLASS_MARK;
}

/* The ends of the words that ICU finds in the whole text, as bytes: a flag for each offset. */
static void cut_whole(struct span text, bool *ends)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar units[1024];
	size_t offsets[1024] = {0};
	int32_t n = 0;
	UBreakIterator *words;

	for (size_t at = 0; at < text.n;) {
		uint32_t code;
		bool valid;

		offsets[n] = at;
		at += utf8_next(text.p + at, text.n - at, &code, &valid);
		U16_APPEND_UNSAFE(units, n, code);
		offsets[n] = at;
	}
	words = ubrk_open(UBRK_WORD, "zh", units, n, &status);
	assert_true(U_SUCCESS(status));
	for (int32_t at = ubrk_first(words); at != UBRK_DONE; at = ubrk_next(words))
		ends[offsets[at]] = true;
	ubrk_close(words);
}

/* Cutting runs alone is cutting the text: what stands around a run does not move a boundary in it. */
static void agrees_with_whole_texts(void **state)
{
	static const char *const texts[] = {
		"知识库的第3章讲商业模式，第４章讲融资；两者都用Markdown写成。",
		"请把C++代码（含注释）提交到Git仓库，然后运行make test命令。",
		"「年度报告」：收入增长12.5%，利润率3.1个百分点！下一步怎么办？",
		"東京タワーの高さは333メートルです。サービス業のデータ_ベース",
		"한국어와 日本語、そして中文が混ざったテキスト。ไทยและລາວ",
		"换行\n中间\t没有空格的长句子研究生命起源和北京大学生活动中心",
		"用户\xE2\x80\xA2项目一二三〇四五々\xE3\x83\xBC终",
	};

	for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
		struct span text = span_of(texts[t]);
		bool whole[1024] = {false};
		struct err err = {0};

		assert_true(text.n < 1024);
		cut_whole(text, whole);
		for (size_t at = 0, start = 0; at < text.n; start = at) {
			struct buf ends = {0};
			bool alone[1024] = {false};
			uint32_t code;
			bool valid;
			size_t used = utf8_next(text.p + at, text.n - at, &code, &valid);

			if (!in_run(unicode_class(code))) {
				at += used;
				continue;
			}
			while (at < text.n && in_run(unicode_class(code))) {
				at += used;
				if (at < text.n)
					used = utf8_next(text.p + at, text.n - at, &code, &valid);
			}
			assert_int_equal(segmenter_cut(*state, (struct span){text.p + start, at - start}, &ends, &err),
					 0);
			for (size_t i = 0; i < BUF_COUNT(&ends, uint32_t); i++)
				alone[BUF_AT(&ends, uint32_t, i)] = true;
			for (size_t i = 1; i < at - start; i++)
				if (alone[i] != whole[start + i])
					fail_msg("%s: not the same cut at byte %zu", texts[t], start + i);
			buf_release(&ends);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cuts_runs),
		cmocka_unit_test(runs_share_nothing),
		cmocka_unit_test(agrees_with_whole_texts),
	};

	return cmocka_run_group_tests(tests, open_segmenter, close_segmenter);
}
