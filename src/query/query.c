#include "query.h"

#include "fold.h"
#include "function_word.h"
#include "gram.h"
#include "unicode.h"
#include "utf8.h"
#include "variant.h"

/* State of one compilation. */
struct compiler {
	struct query *query;
	struct analyzer *analyzer;
	struct arena *arena;
	struct buf tokens;
	struct buf folded;
	struct err *err;
};

static struct span fold(struct compiler *c, struct span text)
{
	buf_reset(&c->folded);
	fold_text(text, &c->folded, NULL);
	c->arena->failed |= c->folded.failed;
	return arena_copy(c->arena, buf_span(&c->folded));
}

static struct span shown(struct compiler *c, struct span typed)
{
	buf_reset(&c->folded);
	variant_show(typed, &c->folded);
	c->arena->failed |= c->folded.failed;
	return arena_copy(c->arena, buf_span(&c->folded));
}

static struct query_word *find_word(struct query *query, struct span text)
{
	for (size_t i = 0; i < query->word_count; i++)
		if (span_equal(query->words[i].text, text))
			return &query->words[i];
	return NULL;
}

static size_t letters_and_digits(struct span text)
{
	size_t count = 0;
	uint32_t code;
	bool valid;

	for (size_t i = 0; i < text.n;) {
		i += utf8_next(text.p + i, text.n - i, &code, &valid);
		count += unicode_class(code) != CLASS_SYMBOL;
	}
	return count;
}

/* What a joined word was cut into: side by side, neither parts of compounds nor other joined words. */
static void add_joined_parts(struct compiler *c, struct query_word *word, const struct token *tokens, size_t count)
{
	const struct token *whole = &tokens[0];
	uint32_t covered = whole->start;

	for (size_t i = 1; i < count && tokens[i].kind == TOKEN_PART && word->part_count < QUERY_PARTS; i++) {
		if (tokens[i].joined || tokens[i].start < covered || tokens[i].end > whole->end)
			continue;
		word->parts[word->part_count++] = arena_copy(c->arena, tokens[i].text);
		covered = tokens[i].end;
	}
}

static void add_parts(struct compiler *c, struct query_word *word, const struct token *tokens, size_t count)
{
	size_t covered = 0;

	for (size_t i = 0; i < count && tokens[i].kind == TOKEN_PART; i++) {
		if (word->part_count == QUERY_PARTS)
			return;
		word->parts[word->part_count++] = arena_copy(c->arena, tokens[i].text);
		covered += letters_and_digits(tokens[i].text);
	}
	word->parts_suffice = word->part_count >= 2 && covered == letters_and_digits(word->text);
}

/* The first token, which is of `text`, and the parts that follow it. */
static void add_word(struct compiler *c, struct span text, const struct token *tokens, size_t count, bool free)
{
	struct query *query = c->query;
	struct query_word *word = find_word(query, tokens[0].text);

	if (word) {
		word->count++;
		word->free |= free;
		return;
	}
	if (query->word_count == QUERY_WORDS)
		return;
	word = &query->words[query->word_count++];
	*word = (struct query_word){
		.text = arena_copy(c->arena, tokens[0].text),
		.shown = shown(c, (struct span){text.p + tokens[0].start, tokens[0].end - tokens[0].start}),
		.count = 1,
		.free = free,
		.han = tokens[0].han,
	};
	word->content = !is_function_word(word->text);
	if (tokens[0].joined)
		add_joined_parts(c, word, tokens, count);
	else
		add_parts(c, word, tokens + 1, count - 1);
}

static void add_pairs(struct query *query, struct span folded)
{
	struct gram_scan scan = gram_scan_of(folded);
	struct gram gram;

	while (gram_next(&scan, &gram)) {
		size_t i = 0;

		if (gram.kind != GRAM_PAIR)
			continue;
		while (i < query->pair_count && !span_equal(query->pairs[i].text, gram.text))
			i++;
		if (i == QUERY_PAIRS)
			continue;
		if (i == query->pair_count)
			query->pairs[query->pair_count++] = (struct query_pair){gram.text, 0};
		query->pairs[i].count++;
	}
}

static bool is_lone_han(struct span folded)
{
	uint32_t code;
	bool valid;

	return folded.n && utf8_next(folded.p, folded.n, &code, &valid) == folded.n && unicode_class(code) == CLASS_HAN;
}

static void set_lone(struct query *query, struct span text)
{
	struct query_word *word = find_word(query, text);

	if (word)
		word->lone = true;
}

/* The bit of a word; 0 for one that did not fit. */
static uint64_t word_bit(struct query *query, struct span text)
{
	const struct query_word *word = find_word(query, text);

	return word ? (uint64_t)1 << (word - query->words) : 0;
}

/* The phrase of a quoted or negated clause; NULL when it folds to nothing, or is one too many. */
static struct query_phrase *add_phrase(struct compiler *c, const struct clause *clause, struct span folded)
{
	struct query *query = c->query;

	if (folded.n == 0 || (!clause->quoted && !clause->negated))
		return NULL;
	for (size_t i = 0; i < query->phrase_count; i++)
		if (query->phrases[i].negated == clause->negated && span_equal(query->phrases[i].folded, folded))
			return &query->phrases[i];
	if (query->phrase_count == QUERY_PHRASES)
		return NULL;
	query->phrases[query->phrase_count] =
		(struct query_phrase){.folded = folded, .shown = shown(c, clause->text), .negated = clause->negated};
	return &query->phrases[query->phrase_count++];
}

static int add_clause(struct compiler *c, const struct clause *clause)
{
	struct query *query = c->query;
	struct span folded = fold(c, clause->text);
	struct query_phrase *phrase = add_phrase(c, clause, folded);
	size_t words = 0;

	if (clause->negated)
		return 0;
	buf_reset(&c->tokens);
	if (analyzer_cut(c->analyzer, clause->text, &c->tokens, c->err) < 0)
		return -1;
	for (size_t i = 0; i < BUF_COUNT(&c->tokens, struct token); i++) {
		const struct token *token = &BUF_AT(&c->tokens, struct token, i);

		if (token->kind != TOKEN_WORD)
			continue;
		add_word(c, clause->text, token, BUF_COUNT(&c->tokens, struct token) - i, !phrase);
		if (phrase)
			phrase->words |= word_bit(query, token->text);
		words++;
	}
	if (words > 1)
		query->runs[query->run_count++] = folded;
	if (words == 1 && is_lone_han(folded))
		set_lone(query, folded);
	add_pairs(query, folded);
	return 0;
}

static int add_clauses(struct compiler *c, const struct clause *clauses, size_t count)
{
	struct query *query = c->query;
	bool any_content = false;

	query->runs = arena_array(c->arena, count, sizeof *query->runs);
	if (c->arena->failed)
		return err_memory(c->err, "read the query");
	for (size_t i = 0; i < count; i++)
		if (add_clause(c, &clauses[i]) < 0)
			return -1;
	for (size_t i = 0; i < query->word_count; i++)
		any_content |= query->words[i].content;
	for (size_t i = 0; i < query->word_count && !any_content; i++)
		query->words[i].content = true;
	return c->arena->failed ? err_memory(c->err, "read the query") : 0;
}

static void set_literal(struct compiler *c, struct span text)
{
	struct query *query = c->query;

	query->literal = text;
	query->literal_folded = fold(c, text);
	/* Without a word there is nothing for phrases and exclusions to restrict: all of it is text. */
	if (query->word_count == 0)
		query->phrase_count = 0;
}

int query_compile(struct query *query, struct span text, struct analyzer *analyzer, struct arena *arena,
		  struct err *err)
{
	struct compiler c = {.query = query, .analyzer = analyzer, .arena = arena, .err = err};
	struct clause *clauses;
	size_t count;
	int status;

	*query = (struct query){.text = span_trim(text, " \t\r\n")};
	status = clause_split(query->text, arena, &clauses, &count, err);
	if (status == 0 && count == 0)
		status = err_set(err, ERR_USAGE, "the query is empty");
	if (status == 0)
		status = add_clauses(&c, clauses, count);
	if (status == 0)
		set_literal(&c, count == 1 && !clauses[0].negated ? clauses[0].text : query->text);
	if (status == 0 && arena->failed)
		status = err_memory(err, "read the query");
	buf_release(&c.tokens);
	buf_release(&c.folded);
	return status;
}

int query_compile_literal(struct query *query, struct span text, struct arena *arena, struct err *err)
{
	struct compiler c = {.query = query, .arena = arena, .err = err};

	*query = (struct query){.text = text};
	set_literal(&c, text);
	buf_release(&c.folded);
	return arena->failed ? err_memory(err, "read the query") : 0;
}
