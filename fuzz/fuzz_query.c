/* fuzz_query - no query is an error but a blank one; what is understood stands in it, and keeps its limits. */
#include "fuzz.h"
#include "query.h"

#include <string.h>

static int has_key(void *context, struct span key, struct err *err)
{
	(void)context;
	(void)err;
	return span_equal(key, span_of("tag")) || span_equal(key, span_of("标签"));
}

static const struct query_keys keys = {.has = has_key};

/* Clauses stand in the query in order, none is empty, and every group is closed. */
static void split(struct span text, struct arena *arena)
{
	const char *at = text.p;
	struct clause *clauses;
	struct err err = {0};
	size_t count;
	int depth = 0;

	FUZZ_HOLDS(clause_split(text, &keys, arena, &clauses, &count, &err) == 0);
	for (size_t i = 0; i < count; i++) {
		bool group = clauses[i].kind == CLAUSE_OPEN || clauses[i].kind == CLAUSE_CLOSE;

		FUZZ_HOLDS((clauses[i].text.n == 0) == group);
		FUZZ_HOLDS((clauses[i].scope == SCOPE_KEY) == (clauses[i].key.n > 0));
		depth += clauses[i].kind == CLAUSE_OPEN;
		depth -= clauses[i].kind == CLAUSE_CLOSE;
		FUZZ_HOLDS(depth >= 0 && depth <= CLAUSE_DEPTH);
		FUZZ_HOLDS(group || clauses[i].text.p >= at);
		at = group ? at : clauses[i].text.p + clauses[i].text.n;
	}
	FUZZ_HOLDS(depth == 0 && at <= text.p + text.n);
}

static size_t count_leaves(const struct query *query)
{
	size_t count = 0;

	for (size_t i = 0; i < query->clause_count; i++)
		count += condition_leaves(query->clauses[i].condition);
	return count;
}

static void check_limits(const struct query *query)
{
	FUZZ_HOLDS(query->is_literal || query->word_count + query->clause_count > 0);
	FUZZ_HOLDS(query->word_count <= QUERY_WORDS && query->gram_count <= QUERY_GRAMS);
	FUZZ_HOLDS(count_leaves(query) <= QUERY_CLAUSES && query->leaf_count <= QUERY_CLAUSES);
	FUZZ_HOLDS(query->wanted_count <= query->clause_count);
	for (size_t i = 0; i < query->clause_count; i++)
		FUZZ_HOLDS(query->word_count == QUERY_WORDS || query->clauses[i].words >> query->word_count == 0);
	for (size_t i = 0; i < query->word_count; i++)
		FUZZ_HOLDS(query->words[i].text.n && query->words[i].count &&
			   query->words[i].part_count <= QUERY_PARTS);
}

/* False for blanks. */
static bool compile(struct query *query, struct span text, struct analyzer *analyzer, struct arena *arena)
{
	struct err err = {0};
	int status = query_compile(query, text, &keys, NULL, analyzer, arena, &err);

	FUZZ_HOLDS(status == 0 || err.kind == ERR_USAGE);
	return status == 0;
}

static void understand(struct span text, struct analyzer *analyzer, struct arena *arena)
{
	static struct query query;
	struct buf printed = {0};

	if (!compile(&query, text, analyzer, arena))
		return;
	check_limits(&query);
	query_print(&query, &printed);
	FUZZ_HOLDS(printed.n > 0);
	FUZZ_HOLDS(compile(&query, buf_span(&printed), analyzer, arena));
	check_limits(&query);
	buf_release(&printed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct analyzer *analyzer;
	struct span text = {(const char *)data, size};
	struct arena arena = {0};
	struct err err = {0};

	analyzer = analyzer ? analyzer : analyzer_new(&err);
	FUZZ_HOLDS(analyzer);
	split(text, &arena);
	understand(text, analyzer, &arena);
	arena_release(&arena);
	return 0;
}
