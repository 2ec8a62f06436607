#include "ordinal.h"

#include "numeral.h"

enum { DIGITS_MAX = 5 }; /* as many as NUMERAL_MAX has */

static const struct span sign = {"第", 3};

/* What is counted, each with a blank behind it: what is the beginning of another is behind that. */
static const char counted[] =
	"世纪 季度 阶段 小节 部分 条 章 节 款 项 目 步 次 回 页 卷 编 部 篇 课 讲 期 届 版 级 层 行 列 题 例 图 表 号 类 周 天"
	" 日 年 季 名 位 个 种 轮 代 批 场 集 话 关 点 段 组 句 ";

struct ordinal {
	unsigned number;
	struct span counted;
	size_t end; /* in the folded text */
};

static bool is_digit(struct span text, size_t at)
{
	return at < text.n && text.p[at] >= '0' && text.p[at] <= '9';
}

static size_t skip_blank(struct span text, size_t at)
{
	return at < text.n && text.p[at] == ' ' ? at + 1 : at;
}

/* The end of digits and the blanks around them; `at` when there are none, or too many. */
static size_t read_digits(struct span text, size_t at, unsigned *number)
{
	size_t start = skip_blank(text, at);
	size_t end = start;

	for (*number = 0; is_digit(text, end) && end - start < DIGITS_MAX; end++)
		*number = *number * 10 + (unsigned)(text.p[end] - '0');
	return end == start || is_digit(text, end) ? at : skip_blank(text, end);
}

static struct span read_counted(struct span text, size_t at)
{
	const char *end;

	for (const char *p = counted; *p; p = end + 1) {
		struct span word;

		end = strchr(p, ' ');
		word = (struct span){p, (size_t)(end - p)};
		if (span_starts((struct span){text.p + at, text.n - at}, word))
			return word;
	}
	return (struct span){0};
}

/* The ordinal that begins at `at`, where 第 stands. */
static bool read_ordinal(struct span text, size_t at, struct ordinal *o)
{
	size_t start = at + sign.n;
	size_t end = read_digits(text, start, &o->number);

	if (end == start)
		end = numeral_read(text, start, &o->number);
	if (end == start)
		return false;
	o->counted = read_counted(text, end);
	o->end = end + o->counted.n;
	return o->counted.n > 0;
}

/* The words that the ordinal with the token `at` is made of: the token after the last of them and its parts; `at` if there is
 * none that ends where it does. */
static size_t tokens_end(const struct token *tokens, size_t count, size_t at, const char *end, uint32_t *source_end)
{
	size_t last = at;

	while (last < count && tokens[last].text.p + tokens[last].text.n < end)
		last++;
	while (last < count && tokens[last].kind != TOKEN_WORD)
		last++;
	if (last == count || tokens[last].text.p + tokens[last].text.n != end)
		return at;
	*source_end = tokens[last].end;
	for (last++; last < count && tokens[last].kind == TOKEN_PART;)
		last++;
	return last;
}

/* 第4条: never longer than what it is made of. */
static struct span write_term(struct buf *texts, const struct ordinal *o)
{
	size_t start = texts->n;

	buf_add_span(texts, sign);
	buf_printf(texts, "%u", o->number);
	buf_add_span(texts, o->counted);
	return (struct span){texts->data + start, texts->n - start};
}

static void add_token(struct buf *tokens, const struct token *token, enum token_kind kind, uint32_t position)
{
	struct token copy = *token;

	copy.kind = kind;
	copy.position = position;
	buf_add(tokens, &copy, sizeof copy);
}

/* The term of the ordinal that begins with the token `at`, and where its tokens end; false if there is none. */
static bool find_ordinal(struct buf *texts, struct span folded, const struct token *tokens, size_t count, size_t at,
			 struct token *term, size_t *end)
{
	struct ordinal o;

	if (tokens[at].kind != TOKEN_WORD || !span_starts(tokens[at].text, sign) ||
	    !read_ordinal(folded, (size_t)(tokens[at].text.p - folded.p), &o))
		return false;
	*term = tokens[at];
	*end = tokens_end(tokens, count, at, folded.p + o.end, &term->end);
	if (*end == at)
		return false;
	term->text = write_term(texts, &o);
	term->joined = true;
	return true;
}

void ordinals_release(struct ordinals *ordinals)
{
	buf_release(&ordinals->texts);
	buf_release(&ordinals->tokens);
}

/* Does any token begin one? Nearly no text has any. */
static bool is_any(const struct token *tokens, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (span_starts(tokens[i].text, sign))
			return true;
	return false;
}

static void join(struct ordinals *ordinals, struct span folded, size_t count, struct buf *out)
{
	const struct token *tokens = &BUF_AT(&ordinals->tokens, struct token, 0);
	uint32_t position = tokens[0].position;
	size_t end;

	for (size_t at = 0; at < count;) {
		struct token term;

		end = at + 1;
		if (find_ordinal(&ordinals->texts, folded, tokens, count, at, &term, &end)) {
			add_token(out, &term, TOKEN_WORD, position++);
			for (; at < end; at++)
				add_token(out, &tokens[at], TOKEN_PART, position - 1);
			continue;
		}
		position += tokens[at].kind == TOKEN_WORD;
		add_token(out, &tokens[at], tokens[at].kind, position - 1);
		at++;
	}
}

void ordinals_join(struct ordinals *ordinals, struct span folded, struct buf *tokens, size_t first)
{
	size_t count = BUF_COUNT(tokens, struct token) - first;

	if (!is_any(&BUF_AT(tokens, struct token, first), count))
		return;
	buf_reset(&ordinals->tokens);
	buf_reset(&ordinals->texts);
	buf_add(&ordinals->tokens, &BUF_AT(tokens, struct token, first), count * sizeof(struct token));
	/* all at once, for tokens point into it */
	if (ordinals->tokens.failed || !buf_reserve(&ordinals->texts, folded.n + TOKEN_ROOM)) {
		tokens->failed = true;
		return;
	}
	tokens->n = first * sizeof(struct token);
	join(ordinals, folded, count, tokens);
}

bool ordinal_spell(struct span term, struct buf *out)
{
	char numeral[NUMERAL_BYTES_MAX];
	struct ordinal o;

	if (!span_starts(term, sign) || !is_digit(term, sign.n) || !read_ordinal(term, 0, &o) || o.end != term.n)
		return false;
	buf_add_span(out, sign);
	buf_add(out, numeral, numeral_write(o.number, numeral));
	buf_add_span(out, o.counted);
	return true;
}
