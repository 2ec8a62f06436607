/* dump_query - what the queries on standard input, one a line, are understood as: for the golden files.
 *
 * Shape:  the query, then indented what it asks for: words (with parts, "=" when these suffice; "function" and "lone"), phrases,
 *         phrases that must not be, pairs of characters, runs.
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
	printf("%s%s%s\n", word->content ? "" : " function", word->lone ? " lone" : "", word->free ? "" : " quoted");
}

static void print_list(const char *name, struct span text, unsigned count)
{
	printf("  %s %.*s", name, (int)text.n, text.p);
	if (count > 1)
		printf(" x%u", count);
	putchar('\n');
}

static void print_query(const struct query *query)
{
	printf("%.*s\n", (int)query->text.n, query->text.p);
	if (query->word_count == 0)
		print_list("literal", query->literal_folded, 1);
	for (size_t i = 0; i < query->word_count; i++)
		print_word(&query->words[i]);
	for (size_t i = 0; i < query->phrase_count; i++)
		print_list(query->phrases[i].negated ? "not" : "phrase", query->phrases[i].folded, 1);
	for (size_t i = 0; i < query->pair_count; i++)
		print_list("pair", query->pairs[i].text, query->pairs[i].count);
	for (size_t i = 0; i < query->run_count; i++)
		print_list("run", query->runs[i], 1);
}

static int print_queries(struct span text, struct analyzer *analyzer, struct err *err)
{
	struct arena arena = {0};
	int status = 0;

	while (text.n && status == 0) {
		const char *end = memchr(text.p, '\n', text.n);
		size_t n = end ? (size_t)(end - text.p) : text.n;
		struct query query;

		status = query_compile(&query, (struct span){text.p, n}, analyzer, &arena, err);
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
