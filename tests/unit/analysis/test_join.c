#include "join.h"

#include "random.h"
#include "unit.h"

struct cutter {
	struct analyzer *analyzer;
	struct buf list;
	struct user_words words;
	struct buf tokens;
};

/* `typed`: folded words with blanks between. */
static void take_words(struct cutter *cutter, const char *typed)
{
	struct span words[64];
	size_t count = 0;

	while (*typed) {
		size_t n = strcspn(typed, " ");

		words[count++] = (struct span){typed, n};
		typed += n + (typed[n] == ' ');
	}
	buf_reset(&cutter->list);
	user_words_release(&cutter->words);
	user_words_encode(&cutter->list, words, count);
	assert_true(user_words_open(&cutter->words, buf_span(&cutter->list)));
	analyzer_use_words(cutter->analyzer, &cutter->words);
}

static int open_cutter(void **state)
{
	struct cutter *cutter = test_calloc(1, sizeof *cutter);
	struct err err = {0};

	cutter->analyzer = analyzer_new(&err);
	*state = cutter;
	return cutter->analyzer ? 0 : -1;
}

static int close_cutter(void **state)
{
	struct cutter *cutter = *state;

	analyzer_free(cutter->analyzer);
	user_words_release(&cutter->words);
	buf_release(&cutter->list);
	buf_release(&cutter->tokens);
	test_free(cutter);
	return 0;
}

static void cut(struct cutter *cutter, struct span text)
{
	struct err err = {0};

	buf_reset(&cutter->tokens);
	assert_int_equal(analyzer_cut(cutter->analyzer, text, &cutter->tokens, &err), 0);
}

/* Words apart by |, their parts behind them after a comma. */
static void assert_cut(struct cutter *cutter, const char *text, const char *expected)
{
	struct buf out = {0};

	cut(cutter, span_of(text));
	for (size_t i = 0; i < BUF_COUNT(&cutter->tokens, struct token); i++) {
		const struct token *token = &BUF_AT(&cutter->tokens, struct token, i);

		if (i)
			buf_add_byte(&out, token->kind == TOKEN_WORD ? '|' : ',');
		buf_add_span(&out, token->text);
	}
	assert_string_equal(buf_string(&out), expected);
	buf_release(&out);
}

static void joins_what_was_cut(void **state)
{
	static const struct {
		const char *words;
		const char *text;
		const char *tokens;
	} table[] = {
		{"大模型", "用大模型写", "用|大模型,大,模型|写"},
		{"大模型", "大模型", "大模型,大,模型"},
		{"区块链 碳中和", "区块链与碳中和", "区块链,区块,链|与|碳中和,碳,中,和"},
		/* nothing is cut, nothing is joined over what stands between */
		{"大模型", "扩大模型", "扩大|模型"},
		{"大模型", "大，模型", "大|模型"},
		{"大模型", "大**模型", "大|模型"},
		/* what is one word already stays one */
		{"模型", "大模型", "大|模型"},
		/* the longest; what is inside is found too, and what reaches beyond */
		{"机器学习 机器学习算法", "机器学习算法", "机器学习算法,机器学习,机器,学习,算法"},
		{"学习算法 机器学习算法", "机器学习算法", "机器学习算法,机器,学习算法,学习,算法"},
		{"学习算法 机器学习", "机器学习算法", "机器学习,机器,学习算法,学习|算法"},
		/* Traditional, full width and case are folded before */
		{"区块链 ai大模型", "區塊鏈，ＡＩ大模型", "区块链,区块,链|ai大模型,ai,大,模型"},
		/* compounds are words like others */
		{"gpt-4o模型", "用GPT-4o模型", "用|gpt-4o模型,gpt-4o,gpt,4o,模型"},
		{"5g基站", "5G基站", "5g基站,5g,基,站"},
		{"c++标准库", "C++标准库", "c++标准库,c++,c,标准,库"},
		{"tcp/ip", "TCP/IP", "tcp/ip,tcp,ip"},
		/* a longer beginning that leads nowhere */
		{"大模型 大模型训练营地图", "大模型训练", "大模型,大,模型|训练"},
	};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		take_words(*state, table[i].words);
		assert_cut(*state, table[i].text, table[i].tokens);
	}
}

static void joined_tokens_say_where_they_are(void **state)
{
	struct cutter *cutter = *state;
	const struct token *tokens;

	take_words(cutter, "大模型");
	cut(cutter, span_of("用大模型。好"));
	tokens = &BUF_AT(&cutter->tokens, struct token, 0);
	assert_int_equal(BUF_COUNT(&cutter->tokens, struct token), 5);
	assert_int_equal(tokens[1].start, 3);
	assert_int_equal(tokens[1].end, 12);
	assert_true(tokens[1].joined && tokens[1].han);
	for (unsigned i = 1; i <= 3; i++)
		assert_int_equal(tokens[i].position, 1);
	assert_false(tokens[2].joined);
	assert_int_equal(tokens[4].position, 2);
	assert_int_equal(tokens[4].kind, TOKEN_WORD);
}

/* Tokens of an earlier call stand. */
static void appends(void **state)
{
	struct cutter *cutter = *state;
	struct err err = {0};

	take_words(cutter, "大模型");
	cut(cutter, span_of("模型"));
	assert_int_equal(analyzer_cut(cutter->analyzer, span_of("大模型"), &cutter->tokens, &err), 0);
	assert_int_equal(BUF_COUNT(&cutter->tokens, struct token), 4);
	assert_int_equal(BUF_AT(&cutter->tokens, struct token, 1).position, 0);
}

static bool has_token(const struct buf *tokens, size_t start, size_t end)
{
	for (size_t i = 0; i < BUF_COUNT(tokens, struct token); i++)
		if (BUF_AT(tokens, struct token, i).start == start && BUF_AT(tokens, struct token, i).end == end)
			return true;
	return false;
}

static bool is_border(const struct buf *words, size_t at, bool start)
{
	for (size_t i = 0; i < BUF_COUNT(words, struct token); i++) {
		const struct token *token = &BUF_AT(words, struct token, i);

		if (token->kind == TOKEN_WORD && (start ? token->start : token->end) == at)
			return true;
	}
	return false;
}

/* The model: every word of the dictionary that stands at borders of words is a token, and so is every word that was cut. */
static void check_text(struct cutter *cutter, struct span text)
{
	struct buf plain = {0};
	struct err err = {0};

	cut(cutter, text);
	analyzer_use_words(cutter->analyzer, NULL);
	assert_int_equal(analyzer_cut(cutter->analyzer, text, &plain, &err), 0);
	analyzer_use_words(cutter->analyzer, &cutter->words);
	for (size_t i = 0; i < BUF_COUNT(&plain, struct token); i++)
		assert_true(has_token(&cutter->tokens, BUF_AT(&plain, struct token, i).start,
				      BUF_AT(&plain, struct token, i).end));
	for (uint32_t i = 0; i < cutter->words.count; i++) {
		struct span word = user_words_at(&cutter->words, i);

		for (size_t at = 0; at + word.n <= text.n; at++)
			if (memcmp(text.p + at, word.p, word.n) == 0 && is_border(&plain, at, true) &&
			    is_border(&plain, at + word.n, false))
				assert_true(has_token(&cutter->tokens, at, at + word.n));
	}
	buf_release(&plain);
}

static void no_word_of_the_dictionary_is_lost(void **state)
{
	static const char *const pieces[] = {"大", "模型", "机器", "学习", "算法", "区", "块", "链", "ai", "5g", "，"};
	enum { PIECES = sizeof pieces / sizeof *pieces };
	uint64_t seed = 1;

	for (unsigned round = 0; round < 300; round++) {
		struct buf typed = {0};
		struct buf text = {0};

		for (unsigned i = 0; i < 6; i++) {
			buf_add_text(&typed, i ? " " : "");
			for (uint32_t k = 2 + random_below(&seed, 3); k > 0; k--)
				buf_add_text(&typed, pieces[random_below(&seed, PIECES - 1)]);
		}
		for (unsigned i = 0; i < 40; i++)
			buf_add_text(&text, pieces[random_below(&seed, PIECES)]);
		take_words(*state, buf_string(&typed));
		if (round % 2)
			user_words_index(&((struct cutter *)*state)->words);
		check_text(*state, buf_span(&text));
		buf_release(&typed);
		buf_release(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(joins_what_was_cut),
		cmocka_unit_test(joined_tokens_say_where_they_are),
		cmocka_unit_test(appends),
		cmocka_unit_test(no_word_of_the_dictionary_is_lost),
	};

	return cmocka_run_group_tests(tests, open_cutter, close_cutter);
}
