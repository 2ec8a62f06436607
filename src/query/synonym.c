#include "synonym.h"

#include "join.h"

/* The words of a match, or 0 when one of them is not the query's. */
static uint64_t bits_of(const struct query *query, const struct token *tokens, const struct join_match *match)
{
	uint64_t bits = 0;

	for (size_t i = match->start; i <= match->last; i++) {
		uint64_t bit = query_word_bit(query, tokens[i].text);

		if (tokens[i].kind != TOKEN_WORD)
			continue;
		if (!bit)
			return 0;
		bits |= bit;
	}
	return bits;
}

static bool is_known(const struct query *query, struct span text, uint64_t typed)
{
	for (size_t i = 0; i < query->synonym_count; i++)
		if (query->synonyms[i].typed == typed && span_equal(query->synonyms[i].text, text))
			return true;
	return false;
}

static void add(struct query *query, struct span text, uint64_t typed, struct arena *arena)
{
	if (query->synonym_count == QUERY_SYNONYMS || is_known(query, text, typed))
		return;
	if (!query->synonyms)
		query->synonyms = arena_array(arena, QUERY_SYNONYMS, sizeof *query->synonyms);
	if (query->synonyms)
		query->synonyms[query->synonym_count++] = (struct query_synonym){.text = text, .typed = typed};
}

static void add_group(struct query *query, const struct synonyms *table, uint32_t member, uint64_t typed,
		      struct arena *arena)
{
	uint32_t group = synonyms_group(table, member);

	for (uint32_t i = synonyms_next(table, group, 0); i < table->members.count;
	     i = synonyms_next(table, group, i + 1))
		if (i != member)
			add(query, user_words_at(&table->members, i), typed, arena);
}

/* The longest member that begins with token `start`: false when none does. */
static bool longest(const struct synonyms *table, const struct token *tokens, size_t count, size_t start,
		    struct join_match *out)
{
	struct join_match match = join_match_at(start);
	bool found = false;

	while (join_next(&table->members, tokens, count, &match)) {
		*out = match;
		found = true;
	}
	return found;
}

static void find_in(struct query *query, const struct synonyms *table, const struct token *tokens, size_t count,
		    struct arena *arena)
{
	struct join_match match = {0};
	uint64_t typed;

	for (size_t i = 0; i < count;) {
		if (tokens[i].kind != TOKEN_WORD || !longest(table, tokens, count, i, &match)) {
			i++;
			continue;
		}
		typed = bits_of(query, tokens, &match);
		if (typed)
			add_group(query, table, match.number, typed, arena);
		i = match.end;
	}
}

void synonym_find(struct query *query, const struct synonym_tables *tables, const struct token *tokens, size_t count,
		  struct arena *arena)
{
	for (size_t i = 0; i < tables->count; i++)
		find_in(query, &tables->items[i], tokens, count, arena);
}

/* False: it has none, or too many. */
static bool take_words(struct query_synonym *synonym, const struct buf *tokens, struct arena *arena)
{
	for (size_t i = 0; i < BUF_COUNT(tokens, struct token); i++) {
		const struct token *token = &BUF_AT(tokens, struct token, i);

		if (token->kind != TOKEN_WORD)
			continue;
		if (synonym->word_count == SYNONYM_WORDS)
			return false;
		synonym->words[synonym->word_count++] = arena_copy(arena, token->text);
	}
	return synonym->word_count > 0;
}

int synonym_cut(struct query *query, struct analyzer *analyzer, struct arena *arena, struct err *err)
{
	struct buf tokens = {0};
	size_t kept = 0;
	int status = 0;

	for (size_t i = 0; i < query->synonym_count && status == 0; i++) {
		struct query_synonym *synonym = &query->synonyms[i];

		buf_reset(&tokens);
		status = analyzer_cut(analyzer, synonym->text, &tokens, err);
		if (status == 0 && take_words(synonym, &tokens, arena))
			query->synonyms[kept++] = *synonym;
	}
	query->synonym_count = kept;
	buf_release(&tokens);
	return status;
}
