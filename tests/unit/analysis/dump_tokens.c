/* dump_tokens - the tokens of standard input, one a line, for the golden files.
 *
 * Shape:  POSITION KIND START-END FOLDED, and " <- SOURCE" where the text is written otherwise; KIND is han, word or part.
 */
#include "analyzer.h"
#include "io.h"

#include <stdio.h>
#include <unistd.h>

static void print_token(const struct token *token, struct span text)
{
	struct span source = {text.p + token->start, token->end - token->start};
	const char *kind = token->kind == TOKEN_PART ? "part" : token->han ? "han" : "word";

	printf("%u %s %u-%u %.*s", token->position, kind, token->start, token->end, (int)token->text.n, token->text.p);
	if (!span_equal(token->text, source))
		printf(" <- %.*s", (int)source.n, source.p);
	putchar('\n');
}

int main(void)
{
	struct err err = {0};
	struct buf text = {0};
	struct buf tokens = {0};
	struct analyzer *analyzer = analyzer_new(&err);
	int failed = !analyzer || io_read_all(&io_posix, STDIN_FILENO, "stdin", ANALYZER_TEXT_MAX, &text, &err) ||
		     analyzer_cut(analyzer, buf_span(&text), &tokens, &err);

	if (failed)
		fprintf(stderr, "dump_tokens: %s\n", err.text);
	for (size_t i = 0; !failed && i < BUF_COUNT(&tokens, struct token); i++)
		print_token(&BUF_AT(&tokens, struct token, i), buf_span(&text));
	analyzer_free(analyzer);
	buf_release(&tokens);
	buf_release(&text);
	return failed;
}
