/* make_fingerprint - writes fingerprint.c: what the terms of an index depend on, in sixteen bytes.
 *
 * Shape:  make_fingerprint FILE. Runs at build time only, with the chain it names.
 * Errors: a line on stderr and exit 1.
 */
#include "analyzer.h"
#include "dictionary.h"
#include "fold.h"
#include "gram.h"
#include "unicode.h"

#include <stdio.h>
#include <unicode/uversion.h>

/* Raised with every change of the code that gives other tokens or grams for the same tables. */
enum { ANALYSIS_VERSION = 7 };

/* One of everything that the chain treats in its own way. */
static const char canary[] =
	"搜索引擎把文章切成词，繁體與簡體同義，甚麼隨著著名，第一百零三條；３，４ 是兩個數。"
	"C++11、F#、.NET 和 Node.js：getElementById(v2.0.1) don't GPT-4o/UTF8Decoder R&D@2024-05 ①㎏ "
	"カタカナとひらがな 한국어 ภาษาไทย Ελληνικά Straße a -> b 😀";

static void add_token(struct buf *facts, const struct token *token)
{
	buf_add_counted(facts, token->text);
	buf_add_u32(facts, token->start);
	buf_add_u32(facts, token->end);
	buf_add_u32(facts, token->position);
	buf_add_u32(facts, (uint32_t)token->kind << 1 | token->han);
}

static void add_grams(struct buf *facts, struct span folded)
{
	struct gram_scan scan = gram_scan_of(folded);
	struct gram gram;

	while (gram_next(&scan, &gram)) {
		buf_add_byte(facts, (unsigned char)gram.kind);
		buf_add_counted(facts, gram.text);
	}
}

static int add_facts(struct buf *facts, struct err *err)
{
	struct analyzer *analyzer = analyzer_new(err);
	struct buf tokens = {0};
	struct buf folded = {0};
	UVersionInfo icu;
	int result = analyzer ? analyzer_cut(analyzer, (struct span){canary, sizeof canary - 1}, &tokens, err) : -1;

	u_getVersion(icu);
	buf_add_u32(facts, ANALYSIS_VERSION);
	buf_add_u64(facts, unicode_tables_hash);
	buf_add_u64(facts, dictionary_hash);
	buf_add(facts, icu, sizeof icu);
	for (size_t i = 0; result == 0 && i < BUF_COUNT(&tokens, struct token); i++)
		add_token(facts, &BUF_AT(&tokens, struct token, i));
	fold_text((struct span){canary, sizeof canary - 1}, &folded, NULL);
	add_grams(facts, buf_span(&folded));
	analyzer_free(analyzer);
	buf_release(&tokens);
	buf_release(&folded);
	return facts->failed || folded.failed ? err_memory(err, "name the analysis") : result;
}

static int write_source(const char *name, const struct checksum_128 *sum, struct err *err)
{
	FILE *out = fopen(name, "w");

	if (!out)
		return err_system(err, name, "create");
	fputs("/* Made by make_fingerprint. */\n#include \"analyzer.h\"\n\n"
	      "const struct checksum_128 analyzer_fingerprint = {{",
	      out);
	for (size_t i = 0; i < sizeof sum->bytes; i++)
		fprintf(out, "0x%02X,", sum->bytes[i]);
	fputs("}};\n", out);
	return fclose(out) == 0 ? 0 : err_system(err, name, "write");
}

int main(int argc, char **argv)
{
	struct err err = {0};
	struct buf facts = {0};
	struct checksum_128 sum;
	int result = argc == 2 ? add_facts(&facts, &err) : err_set(&err, ERR_USAGE, "usage: make_fingerprint FILE");

	sum = checksum_128(buf_span(&facts));
	if (result == 0)
		result = write_source(argv[1], &sum, &err);
	if (result != 0)
		fprintf(stderr, "make_fingerprint: %s\n", err.text);
	buf_release(&facts);
	return result != 0;
}
