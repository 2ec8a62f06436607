#include "batch.h"

#include "document.h"
#include "fold.h"
#include "gram.h"
#include "length.h"
#include "path.h"
#include "source.h"

#include <assert.h>

static_assert((int)CHANNEL_BODY == (int)FIELD_BODY && (int)CHANNEL_NAME == (int)FIELD_NAME &&
		      (int)CHANNEL_FIELDS == (int)FIELD_COUNT,
	      "the first channels are the fields");

/* What the work on one batch needs and nobody else sees. */
struct worker {
	struct batch *batch;
	struct analyzer *analyzer;
	struct arena arena; /* of the current document */
	struct buf source;  /* its text */
	struct buf tokens;
	struct buf folded;
	struct buf lists;    /* list numbers of the headings and the name of the document, see struct known_text */
	struct buf headings; /* array of struct known_text, one a section */
	uint32_t words[CHANNEL_LENGTHS]; /* of the current section */
	struct err *err;
};

/* The words of a heading (or name), looked up once for all the sections that have it above them. */
struct known_text {
	size_t first; /* in worker.lists */
	size_t count;
	uint32_t words; /* without parts of compounds */
};

static int cut(struct worker *w, struct span text)
{
	buf_reset(&w->tokens);
	return analyzer_cut(w->analyzer, text, &w->tokens, w->err);
}

static int know_text(struct worker *w, struct span text, enum channel channel, struct known_text *out)
{
	*out = (struct known_text){.first = BUF_COUNT(&w->lists, uint32_t)};
	if (cut(w, text) < 0)
		return -1;
	for (size_t i = 0; i < BUF_COUNT(&w->tokens, struct token); i++) {
		const struct token *token = &BUF_AT(&w->tokens, struct token, i);
		uint32_t list = run_list(&w->batch->run, token->text, channel);

		buf_add(&w->lists, &list, sizeof list);
		out->words += token->kind == TOKEN_WORD;
		out->count++;
	}
	return w->lists.failed ? err_memory(w->err, "index a document") : 0;
}

static void add_known(struct worker *w, const struct known_text *known, enum channel channel, uint32_t section)
{
	for (size_t i = 0; i < known->count; i++)
		run_add(&w->batch->run, BUF_AT(&w->lists, uint32_t, known->first + i), section);
	w->words[channel] += known->words;
}

static int add_pieces(struct worker *w, const struct section *section, uint32_t number)
{
	for (const struct piece *piece = section->pieces; piece; piece = piece->next) {
		if (cut(w, piece->text) < 0)
			return -1;
		for (size_t i = 0; i < BUF_COUNT(&w->tokens, struct token); i++) {
			const struct token *token = &BUF_AT(&w->tokens, struct token, i);

			run_add(&w->batch->run, run_list(&w->batch->run, token->text, (enum channel)piece->field),
				number);
			w->words[piece->field] += token->kind == TOKEN_WORD;
		}
	}
	return 0;
}

static void add_grams(struct worker *w, struct span line, uint32_t section, uint32_t block)
{
	struct gram_scan scan;
	struct gram gram;

	buf_reset(&w->folded);
	fold_text(line, &w->folded, NULL);
	w->batch->run.failed |= w->folded.failed;
	scan = gram_scan_of(buf_span(&w->folded));
	while (gram_next(&scan, &gram)) {
		bool three = gram.kind == GRAM_THREE;
		uint32_t list = run_list(&w->batch->run, gram.text, three ? CHANNEL_BLOCK : CHANNEL_HAN);

		run_add(&w->batch->run, list, three ? block : section);
		w->words[CHANNEL_HAN] += gram.kind == GRAM_HAN;
	}
}

/* Stores the source of a section line by line and indexes its characters. */
static int add_source(struct worker *w, struct span text, uint32_t number)
{
	while (text.n) {
		const char *end = memchr(text.p, '\n', text.n);
		struct span line = {text.p, end ? (size_t)(end - text.p) + 1 : text.n};
		uint32_t block;

		if (store_add_line(&w->batch->store, line, &block, w->err) < 0)
			return -1;
		add_grams(w, line, number, block);
		text.p += line.n;
		text.n -= line.n;
	}
	return 0;
}

static void add_lengths(struct worker *w)
{
	struct batch *batch = w->batch;

	for (unsigned i = 0; i < CHANNEL_LENGTHS; i++) {
		buf_add_byte(&batch->lengths, length_encode(w->words[i]));
		batch->length_sum[i] += w->words[i];
		batch->length_count[i] += w->words[i] > 0;
	}
	memset(w->words, 0, sizeof w->words);
}

static void add_head(struct buf *heads, struct span text)
{
	buf_add_varint(heads, text.n);
	buf_add_span(heads, text);
}

static void add_record(struct worker *w, const struct section *section, uint32_t base)
{
	struct batch *batch = w->batch;
	struct section_record record = {
		.start = batch->store.offset + batch->store.pending.n,
		.head = (uint32_t)batch->heads.n,
		.document = (uint32_t)BUF_COUNT(&batch->documents, struct manifest_document),
		.parent = section->parent == SECTION_NO_PARENT ? SECTION_RECORD_NO_PARENT : base + section->parent,
		.line_first = section->line_first,
		.line_start = section->line_start,
		.line_end = section->line_end,
		.occurrence = section->occurrence,
		.level = (uint16_t)section->level,
		.flags = (uint16_t)section->flags,
	};

	buf_add(&batch->sections, &record, sizeof record);
	add_head(&batch->heads, section->heading);
	add_head(&batch->heads, section->question);
}

static int add_section(struct worker *w, const struct document *document, size_t i, uint32_t base,
		       const struct known_text *name)
{
	const struct section *section = &document->sections[i];
	size_t end = i + 1 < document->section_count ? section[1].start : w->source.n;
	uint32_t number = base + (uint32_t)i;
	struct known_text heading = {0};

	add_record(w, section, base);
	if (add_pieces(w, section, number) < 0 || know_text(w, section->heading, CHANNEL_ANCESTOR, &heading) < 0)
		return -1;
	buf_add(&w->headings, &heading, sizeof heading);
	if (w->headings.failed)
		return err_memory(w->err, "index a document");
	for (uint32_t p = section->parent; p != SECTION_NO_PARENT; p = document->sections[p].parent)
		add_known(w, &BUF_AT(&w->headings, struct known_text, p), CHANNEL_ANCESTOR, number);
	add_known(w, name, CHANNEL_NAME, number);
	if (add_source(w, (struct span){w->source.data + section->start, end - section->start}, number) < 0)
		return -1;
	add_lengths(w);
	return 0;
}

static int add_sections(struct worker *w, const struct document *document)
{
	uint32_t base = (uint32_t)BUF_COUNT(&w->batch->sections, struct section_record);
	struct known_text name;
	struct known_text title;

	buf_reset(&w->lists);
	buf_reset(&w->headings);
	if (know_text(w, document->name, CHANNEL_NAME, &name) < 0 ||
	    know_text(w, document->title, CHANNEL_NAME, &title) < 0)
		return -1;
	name.count += title.count;
	name.words += title.words;
	for (size_t i = 0; i < document->section_count; i++)
		if (add_section(w, document, i, base, &name) < 0)
			return -1;
	return 0;
}

static void add_note(struct batch *batch, bool missing, struct span text)
{
	struct note note = {missing, arena_copy(&batch->arena, text).p};

	if (note.text)
		buf_add(&batch->notes, &note, sizeof note);
}

static void note_replaced(struct batch *batch, const char *shown, const struct source_info *info)
{
	struct buf text = {0};

	buf_printf(
		&text,
		"%s: %u invalid UTF-8 sequences were read as U+FFFD, the first in line %u; save the file as UTF-8, or "
		"convert it with iconv",
		shown, info->replaced, info->first_line);
	add_note(batch, false, buf_span(&text));
	buf_release(&text);
}

static int add_document(struct worker *w, const struct plan *plan, const struct plan_file *file, const char *shown)
{
	struct manifest_document record = {.path = span_of(file->path), .root = file->root};
	int root = BUF_AT(&plan->roots, struct plan_root, file->root).fd;
	struct document document;
	struct source_info info;
	struct err unreadable = {0};

	arena_reset(&w->arena);
	buf_reset(&w->source);
	if (source_read(plan->io, root, file->path, shown, &w->source, &info, &unreadable) < 0) {
		if (unreadable.kind == ERR_MEMORY)
			return err_memory(w->err, "read a file");
		add_note(w->batch, true, span_of(unreadable.text));
		record.size = file->size;
		record.mtime_ns = file->mtime_ns;
		record.state = unreadable.kind == ERR_IO ? DOCUMENT_UNREADABLE : DOCUMENT_REFUSED;
		buf_add(&w->batch->documents, &record, sizeof record);
		return 0;
	}
	if (info.replaced)
		note_replaced(w->batch, shown, &info);
	if (document_parse(&document, path_last(span_of(file->path)).p, buf_span(&w->source), &w->arena, w->err) < 0 ||
	    add_sections(w, &document) < 0)
		return -1;
	record.size = info.size;
	record.mtime_ns = info.mtime_ns;
	record.hash = info.hash;
	buf_add(&w->batch->documents, &record, sizeof record);
	return 0;
}

static bool any_failed(const struct batch *batch)
{
	return batch->documents.failed || batch->sections.failed || batch->heads.failed || batch->lengths.failed ||
	       batch->notes.failed || batch->arena.failed || batch->heads.n > UINT32_MAX;
}

int batch_build(struct batch *batch, const struct plan *plan, const struct plan_slice *slice, struct analyzer *analyzer,
		_Atomic uint64_t *read, struct err *err)
{
	struct worker w = {.batch = batch, .analyzer = analyzer, .err = err};
	struct buf shown = {0};
	int status = 0;

	for (size_t i = slice->first; i < slice->end && status == 0; i++) {
		const struct plan_file *file = &BUF_AT(&plan->files, struct plan_file, i);

		status = add_document(&w, plan, file, plan_shown(plan, file, &shown));
		*read += file->size;
	}
	if (status == 0 && any_failed(batch))
		status = err_memory(err, "index documents");
	if (status == 0)
		status = store_finish(&batch->store, err);
	if (status == 0)
		status = run_sort(&batch->run, err);
	arena_release(&w.arena);
	buf_release(&w.source);
	buf_release(&w.tokens);
	buf_release(&w.folded);
	buf_release(&w.lists);
	buf_release(&w.headings);
	buf_release(&shown);
	return status;
}

void batch_release(struct batch *batch)
{
	buf_release(&batch->documents);
	buf_release(&batch->sections);
	buf_release(&batch->heads);
	buf_release(&batch->lengths);
	buf_release(&batch->notes);
	arena_release(&batch->arena);
	store_writer_release(&batch->store);
	run_release(&batch->run);
}
