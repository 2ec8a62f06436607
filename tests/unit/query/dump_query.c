/* dump_query - what the queries on standard input, one a line, are understood as: for the golden files.
 *
 * Shape:  the query, then indented what it asks for: the tree as query_print() writes it, words (with parts, "=" when these
 *         suffice; "function" and "lone"; "clause" and "option" for those that stand nowhere else), pairs of characters, runs.
 *         The keys of front matter are tag and 标签.
 */
#include "io.h"
#include "query.h"

#include <stdio.h>
#include <unistd.h>

static void print_word(const struct query_word *word)
{
	printf("  word %.*s", (int)word->text.n, word->text.p);
	if (word->count > 1)
		printf(" x%u", word->count);
	for (unsigned i = 0; i < word->part_count; i++)
		printf("%s%.*s",
		       i                     ? " + "
		       : word->parts_suffice ? " = "
					     : " > ",
		       (int)word->parts[i].n, word->parts[i].p);
	printf("%s%s%s\n", word->content ? "" : " function", word->lone ? " lone" : "",
	       word->free       ? ""
	       : word->optional ? " option"
				: " clause");
}

static void print_text(const char *name, struct span text)
{
	printf("  %s %.*s\n", name, (int)text.n, text.p);
}

static void print_grams(const struct query *query)
{
	unsigned count = 0;

	for (size_t i = 0; i < query->gram_count; i++) {
		const struct query_gram *gram = &query->grams[i];

		if (!gram->pair)
			continue;
		printf("%s %.*s", count++ ? "" : "  pairs", (int)gram->text.n, gram->text.p);
		if (gram->count > 1)
			printf(" x%u", gram->count);
	}
	printf("%s", count ? "\n" : "");
}

static void print_tree(const struct query *query)
{
	struct buf tree = {0};

	query_print(query, &tree);
	if (query->is_literal)
		print_text("literal", query->literal_folded);
	else
		print_text("tree", buf_span(&tree));
	buf_release(&tree);
}

static void print_query(const struct query *query)
{
	printf("%.*s\n", (int)query->text.n, query->text.p);
	print_tree(query);
	for (size_t i = 0; i < query->word_count; i++)
		print_word(&query->words[i]);
	print_grams(query);
	for (size_t i = 0; i < query->run_count; i++)
		print_text("run", query->runs[i]);
}

static int has_key(void *context, struct span key, struct err *err)
{
	(void)context;
	(void)err;
	return span_equal(key, span_of("tag")) || span_equal(key, span_of("标签"));
}

static int print_queries(struct span text, struct analyzer *analyzer, struct err *err)
{
	struct arena arena = {0};
	int status = 0;

	while (text.n && status == 0) {
		const char *end = memchr(text.p, '\n', text.n);
		size_t n = end ? (size_t)(end - text.p) : text.n;
		const struct query_keys keys = {.has = has_key};
		struct query query;

		status = query_compile(&query, (struct span){text.p, n}, &keys, NULL, analyzer, &arena, err);
		if (status == 0)
			print_query(&query);
		text.p += n + (end != NULL);
		text.n -= n + (end != NULL);
	}
	arena_release(&arena);
	return status;
}

int main(void)
{
	struct err err = {0};
	struct buf text = {0};
	struct analyzer *analyzer = analyzer_new(&err);
	int failed = !analyzer || io_read_all(&io_posix, STDIN_FILENO, "stdin", 1 << 20, &text, &err) < 0 ||
		     print_queries(buf_span(&text), analyzer, &err) < 0;

	if (failed)
		fprintf(stderr, "dump_query: %s\n", err.text);
	analyzer_free(analyzer);
	buf_release(&text);
	return failed;
}
