#include "query.h"

#include "fold.h"
#include "function_word.h"
#include "ordinal.h"
#include "query_gram.h"
#include "synonym.h"
#include "unicode.h"
#include "utf8.h"
#include "variant.h"

/* State of one compilation. */
struct compiler {
	struct query *query;
	const struct synonym_tables *tables; /* or NULL */
	struct analyzer *analyzer;
	struct arena *arena;
	struct buf tokens;
	struct buf folded;
	size_t room; /* for leaves of clauses */
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

/* As the word is shown; itself when it is only a part of what was typed there: 1 of ½. */
static struct span shown_word(struct compiler *c, struct span word, struct span typed)
{
	struct span text;

	if (span_equal(typed, word))
		return word;
	text = shown(c, typed);
	return span_equal(fold(c, text), word) ? text : word;
}

static struct span twin(struct compiler *c, struct span term)
{
	buf_reset(&c->folded);
	if (!ordinal_spell(term, &c->folded))
		return (struct span){0};
	c->arena->failed |= c->folded.failed;
	return arena_copy(c->arena, buf_span(&c->folded));
}

uint64_t query_word_bit(const struct query *query, struct span text)
{
	for (size_t i = 0; i < query->word_count; i++)
		if (span_equal(query->words[i].text, text))
			return (uint64_t)1 << i;
	return 0;
}

static struct query_word *find_word(struct query *query, struct span text)
{
	uint64_t bit = query_word_bit(query, text);

	return bit ? &query->words[__builtin_ctzll(bit)] : NULL;
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

static bool is_inner(const struct token *parts, size_t count, const struct token *part)
{
	for (size_t i = 0; i < count && parts[i].kind == TOKEN_PART; i++)
		if (parts[i].start <= part->start && parts[i].end >= part->end &&
		    parts[i].end - parts[i].start > part->end - part->start)
			return true;
	return false;
}

static void add_parts(struct compiler *c, struct query_word *word, const struct token *tokens, size_t count)
{
	size_t covered = 0;
	size_t letters = letters_and_digits(word->text);

	for (size_t i = 0; i < count && tokens[i].kind == TOKEN_PART; i++) {
		if (word->part_count == QUERY_PARTS)
			return;
		word->inner |= (unsigned)is_inner(tokens, count, &tokens[i]) << word->part_count;
		word->parts[word->part_count++] = arena_copy(c->arena, tokens[i].text);
		covered += letters_and_digits(tokens[i].text);
	}
	word->parts_suffice = word->part_count >= 2 && covered == letters && letters < utf8_count(word->text);
}

/* Where a word stands: in plain text, in a clause, in one of several alternatives. */
enum place { PLACE_FREE, PLACE_CLAUSE, PLACE_OPTION };

/* The first token, which is of `text`, and the parts that follow it. */
static void add_word(struct compiler *c, struct span text, const struct token *tokens, size_t count, enum place place)
{
	struct query *query = c->query;
	struct query_word *word = find_word(query, tokens[0].text);

	if (word) {
		word->count++;
		word->free |= place == PLACE_FREE;
		word->optional &= place == PLACE_OPTION;
		return;
	}
	if (query->word_count == QUERY_WORDS)
		return;
	word = &query->words[query->word_count++];
	*word = (struct query_word){
		.text = arena_copy(c->arena, tokens[0].text),
		.twin = twin(c, tokens[0].text),
		.count = 1,
		.free = place == PLACE_FREE,
		.optional = place == PLACE_OPTION,
		.han = tokens[0].han,
	};
	word->shown =
		shown_word(c, word->text, (struct span){text.p + tokens[0].start, tokens[0].end - tokens[0].start});
	word->content = !is_function_word(word->text);
	if (tokens[0].joined)
		add_joined_parts(c, word, tokens, count);
	else
		add_parts(c, word, tokens + 1, count - 1);
}

bool query_is_character(struct span folded)
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

/* What the words of a text are in the query. */
struct words {
	size_t count;     /* as cut */
	uint64_t all;     /* a bit for each that fitted */
	uint64_t content; /* those that are no function words */
	bool fitted;      /* all of them */
};

/* Adds the words and grams of a text. */
static int add_text(struct compiler *c, struct span text, struct span folded, enum place place, struct words *out)
{
	struct query *query = c->query;

	struct span word = {0};

	*out = (struct words){.fitted = true};
	buf_reset(&c->tokens);
	if (analyzer_cut(c->analyzer, text, &c->tokens, c->err) < 0)
		return -1;
	for (size_t i = 0; i < BUF_COUNT(&c->tokens, struct token); i++) {
		const struct token *token = &BUF_AT(&c->tokens, struct token, i);
		uint64_t bit;

		if (token->kind != TOKEN_WORD)
			continue;
		add_word(c, text, token, BUF_COUNT(&c->tokens, struct token) - i, place);
		word = token->text;
		bit = query_word_bit(query, word);
		out->count++;
		out->all |= bit;
		out->content |= is_function_word(word) ? 0 : bit;
		out->fitted &= bit != 0;
	}
	if (place == PLACE_FREE && c->tables)
		synonym_find(query, c->tables, &BUF_AT(&c->tokens, struct token, 0),
			     BUF_COUNT(&c->tokens, struct token), c->arena);
	if (out->count > 1)
		query->runs[query->run_count++] = folded;
	if (out->count == 1 && query_is_character(word))
		set_lone(query, word);
	query_gram_add(query, folded);
	return 0;
}

/* A run's words, or, where there is none to look up or no room for it, the run as a phrase. */
static int compile_words(struct compiler *c, struct condition *leaf, enum place place, uint64_t *words)
{
	struct words found;

	if (add_text(c, leaf->text, leaf->folded, place, &found) < 0)
		return -1;
	leaf->words = found.content ? found.content : found.all;
	*words = leaf->words;
	if (leaf->words == 0 || !found.fitted || (leaf->scope == SCOPE_TITLE && query_is_character(leaf->folded)))
		leaf->kind = CONDITION_PHRASE;
	return 0;
}

static int compile_prefix(struct compiler *c, struct condition *leaf)
{
	const struct token *token;

	buf_reset(&c->tokens);
	if (analyzer_cut(c->analyzer, leaf->text, &c->tokens, c->err) < 0)
		return -1;
	token = &BUF_AT(&c->tokens, struct token, 0);
	leaf->is_word = c->tokens.n && !token->han && token->start == 0 && token->end == leaf->text.n;
	return 0;
}

/* A leaf that may stand in a hit. */
static int compile_wanted(struct compiler *c, struct condition *leaf, enum place place, uint64_t *words)
{
	struct words found;

	if (leaf->kind == CONDITION_WORDS)
		return compile_words(c, leaf, place, words);
	if (leaf->kind == CONDITION_PREFIX) {
		query_gram_add(c->query, leaf->folded);
		return compile_prefix(c, leaf);
	}
	if (add_text(c, leaf->text, leaf->folded, place, &found) < 0)
		return -1;
	*words = found.all;
	return 0;
}

/* What must not be is a phrase: no words of it are looked up. */
static int compile_unwanted(struct compiler *c, struct condition *leaf)
{
	if (leaf->kind == CONDITION_PREFIX)
		return compile_prefix(c, leaf);
	leaf->kind = CONDITION_PHRASE;
	return 0;
}

/* A star is a star in any width. */
static struct span glob_of(struct compiler *c, struct span text)
{
	static const char wide_star[] = "＊";
	size_t width = sizeof wide_star - 1;

	buf_reset(&c->folded);
	for (size_t i = 0; i < text.n;) {
		bool is_star = span_starts((struct span){text.p + i, text.n - i}, span_of(wide_star));

		buf_add_byte(&c->folded, (unsigned char)(is_star ? '*' : text.p[i]));
		i += is_star ? width : 1;
	}
	c->arena->failed |= c->folded.failed;
	return arena_copy(c->arena, buf_span(&c->folded));
}

/* `negated`: it or what it is in. */
static int compile_leaf(struct compiler *c, struct condition *leaf, enum place place, bool negated, uint64_t *words)
{
	*words = 0;
	leaf->folded = leaf->scope == SCOPE_PATH ? glob_of(c, leaf->text) : fold(c, leaf->text);
	leaf->shown = leaf->text;
	if (leaf->scope == SCOPE_PATH || leaf->scope == SCOPE_KEY)
		return 0;
	leaf->shown = shown(c, leaf->text);
	if (negated)
		return compile_unwanted(c, leaf);
	if (compile_wanted(c, leaf, place, words) < 0)
		return -1;
	if (leaf->kind != CONDITION_WORDS)
		c->query->leaves[c->query->leaf_count++] = leaf;
	return 0;
}

static bool asks_nothing(const struct condition *node)
{
	if (node->kind == CONDITION_ALL || node->kind == CONDITION_ANY)
		return node->first == NULL;
	return node->folded.n == 0;
}

/* The leaves of a clause, without those that fold to nothing. */
static int compile_condition(struct compiler *c, struct condition *node, enum place place, bool negated,
			     uint64_t *words)
{
	uint64_t ignored;

	negated |= node->negated;
	if (node->kind != CONDITION_ALL && node->kind != CONDITION_ANY)
		return compile_leaf(c, node, place, negated, words);
	*words = 0;
	for (struct condition **link = &node->first; *link;) {
		if (compile_condition(c, *link, PLACE_OPTION, negated, &ignored) < 0)
			return -1;
		if (asks_nothing(*link))
			*link = (*link)->next;
		else
			link = &(*link)->next;
	}
	return 0;
}

/* The same leaf said before; NULL when it was not. */
static struct query_clause *find_clause(struct query *query, const struct condition *leaf)
{
	for (size_t i = 0; i < query->clause_count; i++) {
		const struct condition *other = query->clauses[i].condition;

		if (!leaf->first && !other->first && other->kind == leaf->kind && other->scope == leaf->scope &&
		    other->negated == leaf->negated && span_equal(other->folded, leaf->folded) &&
		    span_equal(other->key, leaf->key))
			return &query->clauses[i];
	}
	return NULL;
}

static struct span name_of(struct compiler *c, const struct condition *condition)
{
	if (condition->kind == CONDITION_PHRASE && condition->scope == SCOPE_TEXT)
		return condition->shown;
	buf_reset(&c->folded);
	query_print_condition(condition, &c->folded);
	c->arena->failed |= c->folded.failed;
	return arena_copy(c->arena, buf_span(&c->folded));
}

static int add_clause(struct compiler *c, struct condition *condition)
{
	struct query *query = c->query;
	size_t leaves = query->leaf_count;
	struct query_clause *clause;
	uint64_t words;

	if (compile_condition(c, condition, PLACE_CLAUSE, false, &words) < 0)
		return -1;
	if (asks_nothing(condition))
		return 0;
	clause = find_clause(query, condition);
	if (clause) {
		clause->words |= words;
		query->leaf_count = leaves;
		return 0;
	}
	clause = &query->clauses[query->clause_count++];
	*clause = (struct query_clause){.condition = condition, .words = words};
	clause->filter = condition_is_filter(condition) || condition_excludes(condition);
	clause->name = name_of(c, condition);
	query->wanted_count += !clause->filter;
	return 0;
}

/* Plain text, and clauses for which there is no room. */
static int add_plain(struct compiler *c, const struct condition *node)
{
	struct words words;

	if (node->negated || (!node->first && condition_is_filter(node)))
		return 0;
	for (const struct condition *child = node->first; child; child = child->next)
		if (add_plain(c, child) < 0)
			return -1;
	return node->first ? 0 : add_text(c, node->text, fold(c, node->text), PLACE_FREE, &words);
}

/* Nodes that ask nothing are not counted. */
static int add_item(struct compiler *c, struct condition *item)
{
	size_t leaves;

	if (item->kind == CONDITION_WORDS && item->scope == SCOPE_TEXT && !item->negated)
		return add_plain(c, item);
	leaves = condition_leaves(item);
	if (leaves > c->room)
		return add_plain(c, item);
	c->room -= leaves;
	return add_clause(c, item);
}

static int add_items(struct compiler *c, const struct condition *root, size_t count)
{
	struct query *query = c->query;
	bool any_content = false;
	struct condition *next;

	query->runs = arena_array(c->arena, count, sizeof *query->runs);
	if (c->arena->failed)
		return err_memory(c->err, "read the query");
	for (struct condition *item = root->first; item; item = next) {
		next = item->next;
		if (add_item(c, item) < 0)
			return -1;
	}
	for (size_t i = 0; i < query->word_count; i++)
		any_content |= query->words[i].content;
	for (size_t i = 0; i < query->word_count && !any_content; i++)
		query->words[i].content = true;
	query_gram_rate(query);
	return c->arena->failed ? err_memory(c->err, "read the query") : 0;
}

/* Is there something to look for but for the text itself? One phrase without a word is a text. */
static bool is_searchable(const struct query *query)
{
	const struct condition *only = query->clause_count == 1 ? query->clauses[0].condition : NULL;

	if (query->word_count)
		return true;
	if (only && only->kind == CONDITION_PHRASE && only->scope == SCOPE_TEXT)
		return false;
	for (size_t i = 0; i < query->clause_count; i++)
		if (!condition_excludes(query->clauses[i].condition))
			return true;
	return false;
}

static void set_literal(struct compiler *c, struct span text)
{
	c->query->literal = text;
	c->query->literal_folded = fold(c, text);
}

/* The one clause without its quotes, else all. */
static struct span literal_of(const struct query *query, const struct clause *clauses, size_t count)
{
	bool quoted = count == 1 && clauses[0].kind == CLAUSE_QUOTED && clauses[0].scope == SCOPE_TEXT;

	return quoted && !clauses[0].negated ? clauses[0].text : query->text;
}

static int compile(struct compiler *c, const struct query_keys *keys)
{
	struct query *query = c->query;
	const struct condition *root;
	struct clause *clauses;
	size_t count;

	if (clause_split(query->text, keys, c->arena, &clauses, &count, c->err) < 0)
		return -1;
	if (count == 0)
		return err_set(c->err, ERR_USAGE, "the query is empty");
	root = condition_parse(clauses, count, c->arena);
	if (!root)
		return err_memory(c->err, "read the query");
	if (add_items(c, root, count) < 0 || synonym_cut(query, c->analyzer, c->arena, c->err) < 0)
		return -1;
	set_literal(c, literal_of(query, clauses, count));
	query->is_literal = !is_searchable(query);
	if (query->is_literal)
		query->clause_count = query->wanted_count = query->leaf_count = 0;
	return c->arena->failed ? err_memory(c->err, "read the query") : 0;
}

static int make_room(struct query *query, struct arena *arena, struct err *err)
{
	query->pairs = arena_alloc(arena, QUERY_GRAMS * sizeof *query->pairs);
	query->grams = arena_alloc(arena, QUERY_GRAMS * sizeof *query->grams);
	query->leaves = arena_alloc(arena, QUERY_CLAUSES * sizeof *query->leaves);
	query->clauses = arena_alloc(arena, QUERY_CLAUSES * sizeof *query->clauses);
	query->words = arena_alloc(arena, QUERY_WORDS * sizeof *query->words);
	return arena->failed ? err_memory(err, "read the query") : 0;
}

int query_compile(struct query *query, struct span text, const struct query_keys *keys,
		  const struct synonym_tables *tables, struct analyzer *analyzer, struct arena *arena, struct err *err)
{
	struct compiler c = {.query = query,
			     .tables = tables,
			     .analyzer = analyzer,
			     .arena = arena,
			     .room = QUERY_CLAUSES,
			     .err = err};
	int status;

	*query = (struct query){.text = span_trim(text, " \t\r\n")};
	status = make_room(query, arena, err) < 0 ? -1 : compile(&c, keys);
	buf_release(&c.tokens);
	buf_release(&c.folded);
	return status;
}

int query_compile_literal(struct query *query, struct span text, struct arena *arena, struct err *err)
{
	struct compiler c = {.query = query, .arena = arena, .err = err};

	*query = (struct query){.text = text, .is_literal = true};
	set_literal(&c, text);
	buf_release(&c.folded);
	return arena->failed ? err_memory(err, "read the query") : 0;
}
