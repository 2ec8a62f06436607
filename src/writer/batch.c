#include "batch.h"

#include "document.h"
#include "length.h"
#include "path.h"
#include "property_list.h"
#include "source.h"
#include "word_hash.h"

#include <assert.h>

static_assert((int)CHANNEL_BODY == (int)FIELD_BODY && (int)CHANNEL_NAME == (int)FIELD_NAME &&
		      (int)CHANNEL_FIELDS == (int)FIELD_COUNT,
	      "the first channels are the fields");

/* One slice, on its way to a batch. */
struct work {
	struct batch *batch;
	struct batch_worker *worker;
	struct batch_input *input;
	struct span text;                /* of the current document: the end of worker->source */
	size_t start;                    /* where it begins there */
	uint32_t words[CHANNEL_LENGTHS]; /* of the current section */
	uint64_t hash;                   /* of these words, in order */
	struct err *err;
};

/* The words of a heading (or name), looked up once for all the sections that have it above them. */
struct known_text {
	size_t first; /* in worker->lists: the word of each */
	size_t count;
	uint32_t words; /* without parts of compounds */
};

static int cut(struct work *w, struct span text)
{
	buf_reset(&w->worker->tokens);
	return analyzer_cut(w->worker->analyzer, text, &w->worker->tokens, w->err);
}

/* Sections have the same text when they have the same words in the same order, whatever fields these are in: blanks,
 * punctuation and marks of Markdown do not count, nor do script, width and case; nor does a number at the start of the
 * heading. */
static void hash_words(struct work *w, const struct token *tokens, const uint64_t *keys, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (tokens[i].kind == TOKEN_WORD)
			w->hash = word_hash_mix(w->hash + tokens[i].text.n, keys[i]);
}

/* A section of fewer words says nothing without its place: "See above.". */
enum { COPY_WORDS = 10 };

static void add_hash(struct work *w)
{
	uint32_t words =
		w->words[CHANNEL_BODY] + w->words[CHANNEL_CODE] + w->words[CHANNEL_QUESTION] + w->words[CHANNEL_LEAD];
	uint64_t hash = words < COPY_WORDS ? 0 : w->hash;

	buf_add(&w->batch->texts, &hash, sizeof hash);
	w->hash = 0;
}

static bool is_number(struct span text)
{
	size_t i = 0;

	while (i < text.n && ((text.p[i] >= '0' && text.p[i] <= '9') || text.p[i] == '.'))
		i++;
	return i == text.n;
}

/* How many tokens of a heading are the number it begins with. */
static size_t skip_number(const struct token *tokens, size_t count)
{
	size_t first = 0;

	while (first < count && is_number(tokens[first].text))
		first++;
	return first;
}

/* The tokens at hand, as words to be known. */
static void know_tokens(struct work *w, struct known_text *out)
{
	for (size_t i = 0; i < BUF_COUNT(&w->worker->tokens, struct token); i++) {
		const struct token *token = &BUF_AT(&w->worker->tokens, struct token, i);
		uint32_t list = word_table_find(&w->worker->words, token->text);

		buf_add(&w->worker->lists, &list, sizeof list);
		out->words += token->kind == TOKEN_WORD;
		out->count++;
	}
}

/* Of a long text the last part stays at hand. */
static int know_text(struct work *w, struct span text, struct known_text *out)
{
	*out = (struct known_text){.first = BUF_COUNT(&w->worker->lists, uint32_t)};
	do {
		if (cut(w, analyzer_take_part(&text)) < 0)
			return -1;
		know_tokens(w, out);
	} while (text.n);
	return w->worker->lists.failed ? err_memory(w->err, "index a document") : 0;
}

static void add_known(struct work *w, const struct known_text *known, enum channel channel, uint32_t section)
{
	for (size_t i = 0; i < known->count; i++)
		word_table_add(&w->worker->words, BUF_AT(&w->worker->lists, uint32_t, known->first + i), section,
			       channel);
	w->words[channel] += known->words;
}

/* The tokens at hand, as a field of a section. */
static int add_tokens(struct work *w, enum field field, uint32_t number)
{
	const struct token *tokens = &BUF_AT(&w->worker->tokens, struct token, 0);
	size_t count = BUF_COUNT(&w->worker->tokens, struct token);
	const uint64_t *keys = word_table_keys(&w->worker->words, tokens, count);
	size_t first = field == FIELD_HEADING ? skip_number(tokens, count) : 0;

	if (!keys)
		return err_memory(w->err, "index a document");
	word_table_add_tokens(&w->worker->words, tokens, keys, count, number, (enum channel)field);
	for (size_t i = 0; i < count; i++)
		w->words[field] += tokens[i].kind == TOKEN_WORD;
	hash_words(w, tokens + first, keys + first, count - first);
	return 0;
}

static int add_piece(struct work *w, const struct piece *piece, uint32_t number)
{
	struct span text = piece->text;

	while (text.n)
		if (cut(w, analyzer_take_part(&text)) < 0 || add_tokens(w, piece->field, number) < 0)
			return -1;
	return 0;
}

/* The tokens at hand are those of the heading, which is the first piece of most sections. */
static int add_pieces(struct work *w, const struct section *section, uint32_t number)
{
	const struct piece *piece = section->pieces;

	if (piece && piece->text.n <= ANALYZER_PART_MAX && span_equal(piece->text, section->heading)) {
		if (add_tokens(w, piece->field, number) < 0)
			return -1;
		piece = piece->next;
	}
	for (; piece; piece = piece->next)
		if (add_piece(w, piece, number) < 0)
			return -1;
	return 0;
}

static size_t section_end(const struct work *w, const struct document *document, size_t i)
{
	return i + 1 < document->section_count ? document->sections[i + 1].start : w->text.n;
}

/* Notes where the frames end that the document's text fills. */
static int cut_frames(struct work *w, const struct document *document)
{
	struct buf *frames = &w->worker->frames;
	size_t open = frames->n ? BUF_AT(frames, size_t, BUF_COUNT(frames, size_t) - 1) : 0;

	for (size_t i = 0; i < document->section_count; i++) {
		size_t end = w->start + section_end(w, document, i);
		size_t n;

		while ((n = store_frame_end((struct span){w->worker->source.data + open, end - open})) > 0) {
			open += n;
			buf_add(frames, &open, sizeof open);
		}
	}
	return frames->failed ? err_memory(w->err, "index a document") : 0;
}

/* Grams of the section that is text [start, end) of the source; `frame` is the number of the frame that `start` is in. */
static void add_grams(struct work *w, size_t start, size_t end, uint32_t section, uint32_t *frame)
{
	const struct buf *frames = &w->worker->frames;

	while (start < end) {
		size_t stop = end;

		while (*frame < BUF_COUNT(frames, size_t) && BUF_AT(frames, size_t, *frame) <= start)
			++*frame;
		if (*frame < BUF_COUNT(frames, size_t) && BUF_AT(frames, size_t, *frame) < end)
			stop = BUF_AT(frames, size_t, *frame);
		w->words[CHANNEL_HAN] +=
			gram_table_add(&w->worker->grams, (struct span){w->worker->source.data + start, stop - start},
				       section, *frame);
		start = stop;
	}
}

static void add_lengths(struct work *w)
{
	struct batch *batch = w->batch;

	for (unsigned i = 0; i < CHANNEL_LENGTHS; i++) {
		buf_add_byte(&batch->lengths, length_encode(w->words[i]));
		batch->length_sum[i] += w->words[i];
		batch->length_count[i] += w->words[i] > 0;
	}
	memset(w->words, 0, sizeof w->words);
}

static void add_record(struct work *w, const struct section *section, uint32_t base)
{
	struct batch *batch = w->batch;
	struct section_record record = {
		.start = w->start + section->start,
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
	buf_add_counted(&w->worker->heads, section->heading);
	buf_add_counted(&w->worker->heads, section->question);
}

static int add_section(struct work *w, const struct document *document, size_t i, uint32_t base,
		       const struct known_text *name, uint32_t *frame)
{
	const struct section *section = &document->sections[i];
	size_t end = section_end(w, document, i);
	struct buf *headings = &w->worker->headings;
	uint32_t number = base + (uint32_t)i;
	struct known_text heading = {0};

	add_record(w, section, base);
	if (know_text(w, section->heading, &heading) < 0 || add_pieces(w, section, number) < 0)
		return -1;
	buf_add(headings, &heading, sizeof heading);
	if (headings->failed)
		return err_memory(w->err, "index a document");
	for (uint32_t p = section->parent; p != SECTION_NO_PARENT; p = document->sections[p].parent)
		add_known(w, &BUF_AT(headings, struct known_text, p), CHANNEL_ANCESTOR, number);
	add_known(w, name, CHANNEL_NAME, number);
	add_grams(w, w->start + section->start, w->start + end, number, frame);
	add_hash(w);
	add_lengths(w);
	return 0;
}

static int add_sections(struct work *w, const struct document *document)
{
	uint32_t base = (uint32_t)BUF_COUNT(&w->batch->sections, struct section_record);
	uint32_t frame = (uint32_t)BUF_COUNT(&w->worker->frames, size_t);
	struct known_text name;
	struct known_text title;

	buf_reset(&w->worker->lists);
	buf_reset(&w->worker->headings);
	if (cut_frames(w, document) < 0 || know_text(w, document->name, &name) < 0 ||
	    know_text(w, document->title, &title) < 0)
		return -1;
	name.count += title.count;
	name.words += title.words;
	for (size_t i = 0; i < document->section_count; i++)
		if (add_section(w, document, i, base, &name, &frame) < 0)
			return -1;
	return 0;
}

static void add_note(struct batch *batch, bool missing, struct span text)
{
	struct note note = {missing, arena_copy(&batch->arena, text).p};

	if (note.text)
		buf_add(&batch->notes, &note, sizeof note);
}

/* UTF-16 says what it is; that text is in an encoding of Chinese is a guess, and its owner should know. */
static void note_encoding(struct batch *batch, const char *shown, const struct source_info *info)
{
	struct buf text = {0};

	if (info->encoding != ENCODING_GB18030 && info->encoding != ENCODING_BIG5)
		return;
	buf_printf(&text, "%s: read as %s", shown, encoding_name(info->encoding));
	add_note(batch, false, buf_span(&text));
	buf_release(&text);
}

static void note_replaced(struct batch *batch, const char *shown, const struct source_info *info)
{
	bool one = info->replaced == 1;
	struct buf text = {0};

	if (!info->replaced)
		return;
	buf_printf(&text,
		   "%s: %u invalid %s sequence%s read as U+FFFD, %s in line %u; save the file as UTF-8, or "
		   "convert it with iconv",
		   shown, info->replaced, encoding_name(info->encoding), one ? " was" : "s were",
		   one ? "it is" : "the first", info->first_line);
	add_note(batch, false, buf_span(&text));
	buf_release(&text);
}

/* A file that is not in the index is in the manifest all the same. */
static void add_missing(struct work *w, const struct plan_file *file, const struct err *why)
{
	struct manifest_document record = {.path = span_of(file->path), .root = file->root};

	add_note(w->batch, true, span_of(why->text));
	record.size = file->size;
	record.mtime_ns = file->mtime_ns;
	record.state = why->kind == ERR_IO ? DOCUMENT_UNREADABLE : DOCUMENT_REFUSED;
	buf_add(&w->batch->documents, &record, sizeof record);
}

static int index_text(struct work *w, const struct plan_file *file)
{
	uint32_t number = (uint32_t)BUF_COUNT(&w->batch->documents, struct manifest_document);
	struct document document;

	w->text = (struct span){w->worker->source.data + w->start, w->worker->source.n - w->start};
	if (document_parse(&document, path_last(span_of(file->path)).p, w->text, &w->worker->arena, w->err) < 0)
		return -1;
	/* The text of a blank document is nobody's. */
	if (document.section_count == 0)
		w->worker->source.n = w->start;
	else
		property_list_add(&w->batch->properties, number, document.matter, &w->worker->folded);
	return document.section_count ? add_sections(w, &document) : 0;
}

static int add_document(struct work *w, const struct plan_file *file, const char *shown)
{
	const struct plan *plan = w->input->plan;
	struct manifest_document record = {.path = span_of(file->path), .root = file->root};
	int root = BUF_AT(&plan->roots, struct plan_root, file->root).fd;
	struct source_info info;
	struct err unreadable = {0};

	w->start = w->worker->source.n;
	if (source_read(plan->io, root, file->path, shown, &w->worker->source, &info, &unreadable) < 0) {
		if (unreadable.kind == ERR_MEMORY)
			return err_memory(w->err, "read a file");
		w->worker->source.n = w->start;
		/* what was removed since it was listed is as if that had been before */
		if (unreadable.kind != ERR_MISSING)
			add_missing(w, file, &unreadable);
		return 0;
	}
	if (!w->input->update || !file->known) {
		note_encoding(w->batch, shown, &info);
		note_replaced(w->batch, shown, &info);
	}
	if (index_text(w, file) < 0)
		return -1;
	record.size = info.size;
	record.mtime_ns = info.mtime_ns;
	record.hash = info.hash;
	buf_add(&w->batch->documents, &record, sizeof record);
	return 0;
}

static void recode_head(struct work *w, const struct store_dictionary *dictionary, struct span text)
{
	struct buf *recoded = &w->worker->recoded;

	buf_reset(recoded);
	store_dictionary_recode(dictionary, text, recoded);
	w->batch->heads.failed |= recoded->failed;
	buf_add_counted(&w->batch->heads, buf_span(recoded));
}

/* The heads of all sections, equal ones once. */
static void store_heads(struct work *w, const struct store_dictionary *dictionary)
{
	struct batch *batch = w->batch;
	struct cursor c = cursor_of(buf_span(&w->worker->heads));

	for (size_t i = 0; i < BUF_COUNT(&batch->sections, struct section_record); i++) {
		size_t start = batch->heads.n;

		recode_head(w, dictionary, cursor_text(&c));
		recode_head(w, dictionary, cursor_text(&c));
		BUF_AT(&batch->sections, struct section_record, i).head =
			head_table_add(&w->worker->known_heads, &batch->heads, start);
	}
}

static int store_text(struct work *w, const struct store_dictionary *dictionary)
{
	struct store_writer *store = &w->batch->store;
	const struct buf *frames = &w->worker->frames;
	size_t start = 0;

	store->dictionary = dictionary;
	for (size_t i = 0; i <= BUF_COUNT(frames, size_t); i++) {
		size_t end = i < BUF_COUNT(frames, size_t) ? BUF_AT(frames, size_t, i) : w->worker->source.n;

		if (end > start &&
		    store_add_frame(store, (struct span){w->worker->source.data + start, end - start}, w->err) < 0)
			return -1;
		start = end;
	}
	return 0;
}

/* What had to wait for the dictionary. */
static int store_all(struct work *w)
{
	const struct store_dictionary *dictionary = sampler_wait(w->input->sampler);

	/* who made it may tell later than this thread */
	if (!dictionary)
		return err_memory(w->err, "index documents");
	store_heads(w, dictionary);
	if (w->batch->heads.failed || w->worker->known_heads.failed)
		return err_memory(w->err, "index documents");
	return store_text(w, dictionary);
}

static bool any_failed(const struct work *w)
{
	const struct batch *batch = w->batch;

	return w->worker->words.failed || w->worker->grams.failed || w->worker->heads.failed ||
	       batch->patterns.failed || batch->documents.failed || batch->sections.failed || batch->heads.failed ||
	       batch->texts.failed || batch->properties.failed || batch->lengths.failed || batch->notes.failed ||
	       batch->arena.failed || run_failed(&batch->runs[LAYER_WORDS]) || run_failed(&batch->runs[LAYER_GRAMS]) ||
	       run_failed(&batch->runs[LAYER_UNITS]);
}

static void reset_batch(struct batch *batch)
{
	struct buf *buffers[] = {&batch->documents,  &batch->sections, &batch->heads, &batch->texts,
				 &batch->properties, &batch->lengths,  &batch->notes};

	for (size_t i = 0; i < sizeof buffers / sizeof buffers[0]; i++)
		buf_reset(buffers[i]);
	for (unsigned i = 0; i < LAYER_COUNT; i++)
		run_reset(&batch->runs[i]);
	for (unsigned i = 0; i < CHANNEL_LENGTHS; i++) {
		batch->length_sum[i] = 0;
		batch->length_count[i] = 0;
	}
	store_writer_reset(&batch->store);
	pattern_table_reset(&batch->patterns);
	arena_reset(&batch->arena);
}

static int begin(struct work *w)
{
	struct batch_worker *worker = w->worker;

	reset_batch(w->batch);
	buf_reset(&worker->source);
	buf_reset(&worker->heads);
	buf_reset(&worker->frames);
	head_table_reset(&worker->known_heads);
	word_table_reset(&worker->words);
	worker->words.run = &w->batch->runs[LAYER_WORDS];
	worker->words.patterns = &w->batch->patterns;
	worker->words.lists = &worker->lists;
	worker->grams.grams_run = &w->batch->runs[LAYER_GRAMS];
	worker->grams.units_run = &w->batch->runs[LAYER_UNITS];
	if (!worker->analyzer)
		worker->analyzer = analyzer_new(w->err);
	if (!worker->analyzer)
		return -1;
	if (w->input->words->count)
		analyzer_use_words(worker->analyzer, w->input->words);
	return 0;
}

static int add_documents(struct work *w, const struct plan_slice *slice)
{
	const struct plan *plan = w->input->plan;
	struct buf shown = {0};
	int status = 0;

	for (size_t i = slice->first; i < slice->end && status == 0; i++) {
		const struct plan_file *file = &BUF_AT(&plan->files, struct plan_file, i);

		status = add_document(w, file, plan_shown(plan, file, &shown));
		arena_reset(&w->worker->arena);
		w->input->read += file->size;
	}
	buf_release(&shown);
	return status;
}

int batch_build(struct batch *batch, struct batch_worker *worker, struct batch_input *input, size_t slice,
		struct err *err)
{
	struct work w = {.batch = batch, .worker = worker, .input = input, .err = err};

	if (begin(&w) < 0 || add_documents(&w, &BUF_AT(&input->plan->slices, struct plan_slice, slice)) < 0)
		return -1;
	word_table_flush(&worker->words);
	gram_table_flush(&worker->grams);
	if (any_failed(&w))
		return err_memory(err, "index documents");
	return store_all(&w);
}

void batch_release(struct batch *batch)
{
	buf_release(&batch->documents);
	buf_release(&batch->sections);
	buf_release(&batch->heads);
	buf_release(&batch->texts);
	buf_release(&batch->properties);
	buf_release(&batch->lengths);
	buf_release(&batch->notes);
	arena_release(&batch->arena);
	store_writer_release(&batch->store);
	for (unsigned i = 0; i < LAYER_COUNT; i++)
		run_release(&batch->runs[i]);
	pattern_table_release(&batch->patterns);
}

void batch_worker_release(struct batch_worker *worker)
{
	analyzer_free(worker->analyzer);
	word_table_release(&worker->words);
	gram_table_release(&worker->grams);
	head_table_release(&worker->known_heads);
	arena_release(&worker->arena);
	buf_release(&worker->source);
	buf_release(&worker->heads);
	buf_release(&worker->recoded);
	buf_release(&worker->frames);
	buf_release(&worker->tokens);
	buf_release(&worker->lists);
	buf_release(&worker->headings);
	buf_release(&worker->folded);
}
