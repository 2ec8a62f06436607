#include "analyzer.h"
#include "fold.h"
#include "heap.h"
#include "unit.h"

static int open_analyzer(void **state)
{
	struct err err = {0};

	*state = analyzer_new(&err);
	return *state ? 0 : -1;
}

static int close_analyzer(void **state)
{
	analyzer_free(*state);
	return 0;
}

static void cut(struct analyzer *analyzer, struct span text, struct buf *tokens)
{
	struct err err = {0};

	buf_reset(tokens);
	assert_int_equal(analyzer_cut(analyzer, text, tokens, &err), 0);
}

static void assert_token(const struct buf *tokens, size_t i, const char *text, uint32_t start, uint32_t end)
{
	struct token token;

	assert_true(i < BUF_COUNT(tokens, struct token));
	token = BUF_AT(tokens, struct token, i);
	assert_true(span_equal(token.text, span_of(text)));
	assert_int_equal(token.start, start);
	assert_int_equal(token.end, end);
}

static void nothing(void **state)
{
	static const char *const texts[] = {"", " ", "，。！\n", "\xE2\x80\x8B", "\xFF\xFE", "...", "😀"};
	struct buf tokens = {0};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		cut(*state, span_of(texts[i]), &tokens);
		assert_int_equal(tokens.n, 0);
	}
	cut(*state, (struct span){NULL, 0}, &tokens);
	assert_int_equal(tokens.n, 0);
	buf_release(&tokens);
}

static void words_parts_and_positions(void **state)
{
	struct buf tokens = {0};

	cut(*state, span_of("团队用GPT-3，很 快"), &tokens);
	assert_int_equal(BUF_COUNT(&tokens, struct token), 6);
	assert_token(&tokens, 0, "团队", 0, 6);
	assert_token(&tokens, 1, "用", 6, 9);
	assert_token(&tokens, 2, "gpt-3", 9, 14);
	assert_token(&tokens, 3, "gpt", 9, 12);
	assert_token(&tokens, 4, "很", 17, 20);
	assert_token(&tokens, 5, "快", 21, 24);
	for (size_t i = 0; i < 6; i++) {
		static const uint32_t positions[] = {0, 1, 2, 2, 3, 4};
		struct token token = BUF_AT(&tokens, struct token, i);

		assert_int_equal(token.position, positions[i]);
		assert_int_equal(token.kind, i == 3 ? TOKEN_PART : TOKEN_WORD);
		assert_int_equal(token.han, i != 2 && i != 3);
	}
	buf_release(&tokens);
}

static void appends_and_counts_anew(void **state)
{
	struct buf tokens = {0};
	struct err err = {0};

	assert_int_equal(analyzer_cut(*state, span_of("一 二"), &tokens, &err), 0);
	assert_int_equal(analyzer_cut(*state, span_of("三"), &tokens, &err), 0);
	assert_int_equal(BUF_COUNT(&tokens, struct token), 3);
	assert_token(&tokens, 2, "三", 0, 3);
	assert_int_equal(BUF_AT(&tokens, struct token, 2).position, 0);
	buf_release(&tokens);
}

/* Where a token stands is told of the text as written: what folds to several characters or to none, and damage. */
static void ranges_of_the_source(void **state)
{
	struct buf tokens = {0};

	cut(*state, span_of("團隊ＡＢ"), &tokens);
	assert_token(&tokens, 0, "团队", 0, 6);
	assert_token(&tokens, 1, "ab", 6, 12);
	cut(*state, span_of("5㎏½"), &tokens);
	assert_token(&tokens, 0, "5kg1", 0, 6);
	assert_token(&tokens, 1, "5kg", 0, 4);
	assert_token(&tokens, 2, "2", 4, 6);
	cut(*state, span_of("co\xC2\xADop，水\xF3\xA0\x84\x80火"), &tokens);
	assert_token(&tokens, 0, "coop", 0, 6);
	assert_int_equal(BUF_AT(&tokens, struct token, 1).start, 9);
	cut(*state, span_of("\xFFok\xE5\x95水\xE5"), &tokens);
	assert_int_equal(BUF_COUNT(&tokens, struct token), 2);
	assert_token(&tokens, 0, "ok", 1, 3);
	assert_token(&tokens, 1, "水", 5, 8);
	buf_release(&tokens);
}

static void full_width_marks_do_not_glue(void **state)
{
	struct buf tokens = {0};

	cut(*state, span_of("３，４"), &tokens);
	assert_int_equal(BUF_COUNT(&tokens, struct token), 2);
	assert_token(&tokens, 0, "3", 0, 3);
	assert_token(&tokens, 1, "4", 6, 9);
	buf_release(&tokens);
}

/* All spellings give the same tokens. */
static void spellings_agree(void **state)
{
	static const char *const groups[][3] = {
		{"團隊建設與商業模式", "团队建设与商业模式", "團队建設与商業模式"},
		{"ＧＰＴ－３", "GPT-3", "gpt-3"},
		{"後來於臺灣徵求夥伴", "后来于台湾征求伙伴", "后来于臺湾徵求伙伴"},
		{"ｇｅｔＩｄ　Ｃ＋＋", "getId C++", "gｅtＩd C++"},
	};

	for (size_t g = 0; g < sizeof groups / sizeof *groups; g++) {
		struct buf spelt[3] = {{0}, {0}, {0}};

		for (size_t i = 0; i < 3; i++) {
			struct buf tokens = {0};

			cut(*state, span_of(groups[g][i]), &tokens);
			for (size_t t = 0; t < BUF_COUNT(&tokens, struct token); t++) {
				struct token token = BUF_AT(&tokens, struct token, t);

				buf_printf(&spelt[i], "%u %d %.*s\n", token.position, (int)token.kind,
					   (int)token.text.n, token.text.p);
			}
			buf_release(&tokens);
			assert_string_equal(buf_string(&spelt[0]), buf_string(&spelt[i]));
		}
		for (size_t i = 0; i < 3; i++)
			buf_release(&spelt[i]);
	}
}

static void long_tokens_are_cut_at_characters(void **state)
{
	struct buf text = {0};
	struct buf tokens = {0};

	for (size_t i = 0; i < TOKEN_BYTES_MAX; i++)
		buf_add_byte(&text, 'a');
	cut(*state, buf_span(&text), &tokens);
	assert_token(&tokens, 0, buf_string(&text), 0, TOKEN_BYTES_MAX);
	buf_add_text(&text, "b 水");
	cut(*state, buf_span(&text), &tokens);
	assert_int_equal(BUF_COUNT(&tokens, struct token), 2);
	assert_int_equal(BUF_AT(&tokens, struct token, 0).text.n, TOKEN_BYTES_MAX);
	assert_int_equal(BUF_AT(&tokens, struct token, 0).end, TOKEN_BYTES_MAX);
	assert_token(&tokens, 1, "水", TOKEN_BYTES_MAX + 2, TOKEN_BYTES_MAX + 5);
	buf_reset(&text);
	for (size_t i = 0; i < 200; i++)
		buf_add_text(&text, "é");
	cut(*state, buf_span(&text), &tokens);
	assert_int_equal(BUF_AT(&tokens, struct token, 0).text.n, TOKEN_BYTES_MAX - 1);
	assert_int_equal(BUF_AT(&tokens, struct token, 0).end, TOKEN_BYTES_MAX - 1);
	buf_release(&text);
	buf_release(&tokens);
}

static bool holds(struct span text, struct span what)
{
	for (size_t i = 0; what.n <= text.n && i <= text.n - what.n; i++)
		if (memcmp(text.p + i, what.p, what.n) == 0)
			return true;
	return false;
}

static void assert_sound(struct span text, const struct buf *tokens)
{
	uint32_t start = 0;
	uint32_t next = 0;

	for (size_t i = 0; i < BUF_COUNT(tokens, struct token); i++) {
		struct token token = BUF_AT(tokens, struct token, i);
		struct buf folded = {0};

		assert_true(token.text.n > 0 && token.text.n <= TOKEN_BYTES_MAX);
		assert_true(token.start < token.end && token.end <= text.n);
		if (token.kind == TOKEN_WORD) {
			assert_true(token.start >= start);
			assert_int_equal(token.position, next);
			start = token.start;
			next++;
		} else {
			assert_true(i > 0);
			assert_int_equal(token.position + 1, next);
			assert_true(token.start >= start);
		}
		fold_text((struct span){text.p + token.start, token.end - token.start}, &folded, NULL);
		assert_true(holds(buf_span(&folded), token.text));
		buf_release(&folded);
	}
}

/* Random sequences of everything the chain knows, and of damage. */
static void tokens_are_sound(void **state)
{
	static const char *const units[] = {
		"水", "業", "模式", "あ",       "ー",       "한",   "ไทย",      "a",  "B", "１",
		"9",  ".",  "-",    "+",        "#",        "'",    "’",        "/",  "_", " ",
		"，", "㎏", "½",    "\xCC\x81", "\xC2\xAD", "\xFF", "\xE5\x95", "𠀀", "ﷺ", "\xE2\x83\xA3",
		"\n", "é",  "😀"};
	struct buf text = {0};
	struct buf tokens = {0};
	uint32_t seed = 987654321;

	for (int round = 0; round < 3000; round++) {
		buf_reset(&text);
		for (size_t i = 0; i < 40; i++) {
			seed = seed * 1664525 + 1013904223;
			buf_add_text(&text, units[(seed >> 16) % (sizeof units / sizeof *units)]);
		}
		cut(*state, buf_span(&text), &tokens);
		assert_sound(buf_span(&text), &tokens);
	}
	buf_release(&text);
	buf_release(&tokens);
}

static void refuses_what_is_too_long(void **state)
{
	struct buf tokens = {0};
	struct err err = {0};

	/* one byte is there: the length alone must do */
	assert_int_equal(analyzer_cut(*state, (struct span){"a", (size_t)ANALYZER_TEXT_MAX + 1}, &tokens, &err), -1);
	assert_int_equal(err.kind, ERR_LIMIT);
	assert_int_equal(tokens.n, 0);
	buf_release(&tokens);
}

/* Whatever allocation fails, the call says so, and the next one works. */
static void runs_out_of_memory(void **state)
{
	static const char text[] = "團隊用 GPT-3 和 getElementById，很快。";
	int result = -1;

	(void)state;
	for (unsigned allowed = 0; result; allowed++) {
		struct analyzer *analyzer;
		struct buf tokens = {0};
		struct err err = {0};

		assert_true(allowed < 100);
		heap_fail(allowed + 1, true);
		analyzer = analyzer_new(&err);
		result = !analyzer || analyzer_cut(analyzer, span_of(text), &tokens, &err);
		heap_heal();
		assert_int_equal(err.kind, result ? ERR_MEMORY : ERR_NONE);
		if (analyzer) {
			cut(analyzer, span_of(text), &tokens);
			assert_token(&tokens, 0, "团队", 0, 6);
		}
		assert_true(result == 0 || allowed < 99);
		analyzer_free(analyzer);
		buf_release(&tokens);
	}
}

/* `unit` so often that it is more than a part. */
static void repeat(struct buf *text, const char *unit)
{
	buf_reset(text);
	while (text->n <= 2 * ANALYZER_PART_MAX)
		buf_add_text(text, unit);
}

/* The parts are the text, none is too long, and all but the last end with `end`. */
static void assert_parts(const struct buf *text, const char *end)
{
	struct span rest = buf_span(text);

	while (rest.n) {
		const char *start = rest.p;
		struct span part = analyzer_take_part(&rest);

		assert_ptr_equal(part.p, start);
		assert_ptr_equal(rest.p, start + part.n);
		assert_in_range(part.n, 1, ANALYZER_PART_MAX);
		if (rest.n)
			assert_memory_equal(rest.p - strlen(end), end, strlen(end));
	}
	assert_ptr_equal(rest.p, text->data + text->n);
}

static void parts_end_with_lines_words_or_characters(void **state)
{
	struct buf text = {0};
	struct span small = span_of("团队 用\nGPT");
	struct span empty = {NULL, 0};

	(void)state;
	assert_int_equal(analyzer_take_part(&small).n, 14);
	assert_int_equal(small.n, 0);
	assert_int_equal(analyzer_take_part(&empty).n, 0);
	repeat(&text, "团队 用 GPT-3，\n很快");
	assert_parts(&text, "，\n");
	repeat(&text, "团队用 GPT-3，很快");
	assert_parts(&text, "用 ");
	repeat(&text, "团");
	assert_parts(&text, "团");
	repeat(&text, "[");
	assert_parts(&text, "[");
	buf_release(&text);
}

static void parts_give_the_words_of_the_whole(void **state)
{
	struct buf text = {0};
	struct buf whole = {0};
	struct buf part = {0};
	struct span rest;
	size_t seen = 0;

	repeat(&text, "团队用 GPT-3，很快\n第四\n条 ");
	cut(*state, buf_span(&text), &whole);
	for (rest = buf_span(&text); rest.n;) {
		struct span taken = analyzer_take_part(&rest);

		cut(*state, taken, &part);
		for (size_t i = 0; i < BUF_COUNT(&part, struct token); i++, seen++) {
			const struct token *token = &BUF_AT(&whole, struct token, seen);

			assert_int_equal(BUF_AT(&part, struct token, i).start + (taken.p - text.data), token->start);
			assert_int_equal(BUF_AT(&part, struct token, i).end + (taken.p - text.data), token->end);
		}
	}
	assert_int_equal(seen, BUF_COUNT(&whole, struct token));
	buf_release(&text);
	buf_release(&whole);
	buf_release(&part);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing),
		cmocka_unit_test(words_parts_and_positions),
		cmocka_unit_test(appends_and_counts_anew),
		cmocka_unit_test(ranges_of_the_source),
		cmocka_unit_test(full_width_marks_do_not_glue),
		cmocka_unit_test(spellings_agree),
		cmocka_unit_test(long_tokens_are_cut_at_characters),
		cmocka_unit_test(tokens_are_sound),
		cmocka_unit_test(refuses_what_is_too_long),
		cmocka_unit_test(parts_end_with_lines_words_or_characters),
		cmocka_unit_test(parts_give_the_words_of_the_whole),
		cmocka_unit_test(runs_out_of_memory),
	};

	return cmocka_run_group_tests(tests, open_analyzer, close_analyzer);
}
