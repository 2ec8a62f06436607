#include "join.h"

struct joiner {
	const struct user_words *words;
	const struct token *tokens; /* as they were cut */
	size_t count;
	const char *end; /* of the last word */
	struct buf *out;
	uint32_t position; /* of the next word */
};

/* The token after the word that begins at `at` and its parts. */
static size_t word_end(const struct token *tokens, size_t count, size_t at)
{
	at++;
	while (at < count && tokens[at].kind != TOKEN_WORD)
		at++;
	return at;
}

/* From word to word: the texts of one call are one piece of memory. */
static struct span text_of_words(const struct token *tokens, size_t start, size_t last)
{
	const char *text = tokens[start].text.p;

	return (struct span){text, (size_t)(tokens[last].text.p + tokens[last].text.n - text)};
}

bool join_next(const struct user_words *words, const struct token *tokens, size_t count, struct join_match *match)
{
	while (match->end < count) {
		struct span text = text_of_words(tokens, match->start, match->end);
		struct span found;

		match->number = user_words_seek(words, match->number, text);
		if (match->number == words->count)
			return false;
		found = user_words_at(words, match->number);
		if (!span_starts(found, text))
			return false;
		match->last = match->end;
		match->end = word_end(tokens, count, match->last);
		if (found.n == text.n)
			return true;
	}
	return false;
}

/* The next one of at least two words. */
static bool find_next(const struct joiner *j, struct join_match *match)
{
	while (join_next(j->words, j->tokens, j->count, match))
		if (match->last > match->start)
			return true;
	return false;
}

/* Where the longest one ends; `start` when there is none. */
static size_t longest(const struct joiner *j, size_t start)
{
	struct join_match match = join_match_at(start);
	const char *text = j->tokens[start].text.p;
	size_t end = start;

	if (!user_words_may_begin(j->words, (struct span){text, (size_t)(j->end - text)}))
		return start;
	while (find_next(j, &match))
		end = match.end;
	return end;
}

/* The last of the words before `end`. */
static size_t last_word(const struct joiner *j, size_t end)
{
	while (j->tokens[end - 1].kind != TOKEN_WORD)
		end--;
	return end - 1;
}

static void add_joined(struct joiner *j, size_t start, size_t end, enum token_kind kind)
{
	size_t last = last_word(j, end);
	struct token token = {
		.text = text_of_words(j->tokens, start, last),
		.start = j->tokens[start].start,
		.end = j->tokens[last].end,
		.position = kind == TOKEN_WORD ? j->position++ : j->position - 1,
		.kind = kind,
		.han = j->tokens[start].han || j->tokens[last].han,
		.joined = true,
	};

	buf_add(j->out, &token, sizeof token);
}

static void add_copy(struct joiner *j, size_t at, enum token_kind kind)
{
	struct token token = j->tokens[at];

	token.kind = kind;
	token.position = kind == TOKEN_WORD ? j->position++ : j->position - 1;
	buf_add(j->out, &token, sizeof token);
}

/* All user words that begin at `start` but the one that ends at `but`. */
static void add_others(struct joiner *j, size_t start, size_t but)
{
	struct join_match match = join_match_at(start);

	while (find_next(j, &match))
		if (match.end != but)
			add_joined(j, start, match.end, TOKEN_PART);
}

static void add_word(struct joiner *j, size_t start, size_t end)
{
	add_joined(j, start, end, TOKEN_WORD);
	for (size_t i = start; i < end; i++) {
		if (j->tokens[i].kind == TOKEN_WORD)
			add_others(j, i, i == start ? end : j->count + 1);
		add_copy(j, i, TOKEN_PART);
	}
}

/* The first word that a user word begins with. */
static size_t first_joint(const struct joiner *j, size_t *end)
{
	for (size_t i = 0; i < j->count; i++) {
		if (j->tokens[i].kind != TOKEN_WORD)
			continue;
		*end = longest(j, i);
		if (*end > i)
			return i;
	}
	return j->count;
}

void join_tokens(const struct user_words *words, struct buf *tokens, size_t first, struct buf *spare)
{
	struct joiner j = {.words = words,
			   .tokens = &BUF_AT(tokens, struct token, first),
			   .count = BUF_COUNT(tokens, struct token) - first,
			   .out = tokens};
	size_t end = 0;
	size_t at;

	if (j.count == 0)
		return;
	at = last_word(&j, j.count);
	j.end = j.tokens[at].text.p + j.tokens[at].text.n;
	at = first_joint(&j, &end);
	if (at == j.count)
		return;
	j.position = j.tokens[at].position;
	buf_reset(spare);
	buf_add(spare, j.tokens, j.count * sizeof *j.tokens);
	if (spare->failed) {
		tokens->failed = true;
		return;
	}
	j.tokens = &BUF_AT(spare, struct token, 0);
	tokens->n = (first + at) * sizeof(struct token);
	while (at < j.count) {
		if (end > at)
			add_word(&j, at, end);
		else
			add_copy(&j, at, j.tokens[at].kind);
		at = end > at ? end : at + 1;
		end = at < j.count && j.tokens[at].kind == TOKEN_WORD ? longest(&j, at) : at;
	}
}
