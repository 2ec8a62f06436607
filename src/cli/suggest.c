#include "suggest.h"

#include "collocation.h"
#include "document.h"
#include "path.h"
#include "variant.h"

#include <inttypes.h>

struct suggester {
	struct index *index;
	struct analyzer *analyzer;
	struct collocation_miner *miner;
	struct arena arena; /* of one section */
	struct buf text;
	struct buf tokens;
	struct err *err;
};

/* Parts of words left aside: what is between two words of text then is the text between them. */
static void keep_words(struct buf *tokens)
{
	size_t kept = 0;

	for (size_t i = 0; i < BUF_COUNT(tokens, struct token); i++)
		if (BUF_AT(tokens, struct token, i).kind == TOKEN_WORD)
			BUF_AT(tokens, struct token, kept++) = BUF_AT(tokens, struct token, i);
	tokens->n = kept * sizeof(struct token);
}

static int add_text(struct suggester *s, struct span text)
{
	buf_reset(&s->tokens);
	if (analyzer_cut(s->analyzer, text, &s->tokens, s->err) < 0)
		return -1;
	keep_words(&s->tokens);
	return collocation_add(s->miner, &BUF_AT(&s->tokens, struct token, 0), BUF_COUNT(&s->tokens, struct token),
			       s->err);
}

/* What a reader sees of it, without code. */
static int add_document(struct suggester *s, const struct document *document)
{
	for (size_t i = 0; i < document->section_count; i++)
		for (const struct piece *piece = document->sections[i].pieces; piece; piece = piece->next)
			if (piece->field != FIELD_CODE && add_text(s, piece->text) < 0)
				return -1;
	return 0;
}

static int add_section(struct suggester *s, struct segment_reader *segment, uint32_t number)
{
	struct section_record record;
	struct manifest_document file;
	struct document document;
	const char *name;
	uint64_t start;
	uint64_t end;

	arena_reset(&s->arena);
	buf_reset(&s->text);
	if (segment_section(segment, number, &record, s->err) < 0 ||
	    manifest_document(&s->index->manifest, record.document, &file, s->err) < 0 ||
	    segment_text_range(segment, number, &start, &end, s->err) < 0 ||
	    store_read(&segment->store, start, end, &s->text, s->err) < 0)
		return -1;
	buf_string(&s->text);
	name = arena_copy(&s->arena, path_last(file.path)).p;
	if (!name || s->text.failed)
		return err_memory(s->err, "look for words");
	if (document_parse(&document, name, buf_span(&s->text), &s->arena, s->err) < 0)
		return -1;
	return add_document(s, &document);
}

static int add_sections(struct suggester *s)
{
	for (size_t i = 0; i < s->index->segment_count; i++)
		for (uint32_t k = 0; k < s->index->segments[i].meta.section_count; k++)
			if (add_section(s, &s->index->segments[i], k) < 0)
				return -1;
	return 0;
}

static int print_found(struct suggester *s, struct buf *out)
{
	struct collocation *found;
	size_t count;

	arena_reset(&s->arena);
	if (collocation_rank(s->miner, SUGGEST_MAX, &s->arena, &found, &count, s->err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		variant_spell(found[i].text, out);
		buf_printf(out, "\t%" PRIu32 "\n", found[i].count);
	}
	return 0;
}

int suggest_print(struct buf *out, struct index *index, struct err *err)
{
	struct suggester s = {
		.index = index, .analyzer = analyzer_new(err), .miner = collocation_miner_new(err), .err = err};
	int status = s.analyzer && s.miner ? 0 : -1;

	if (status == 0 && index->words.count) {
		user_words_index(&index->words);
		analyzer_use_words(s.analyzer, &index->words);
	}
	if (status == 0)
		status = add_sections(&s);
	if (status == 0) {
		collocation_again(s.miner);
		status = add_sections(&s);
	}
	if (status == 0)
		status = print_found(&s, out);
	analyzer_free(s.analyzer);
	collocation_miner_free(s.miner);
	arena_release(&s.arena);
	buf_release(&s.text);
	buf_release(&s.tokens);
	return status;
}
