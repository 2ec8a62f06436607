#include "segment_writer.h"

#include "lexicon.h"
#include "mem.h"
#include "merge.h"

static void write_sections(struct container_writer *writer, struct batch *batches, size_t count)
{
	struct buf bytes = {0};
	uint32_t sections = 0;
	uint32_t documents = 0;
	uint32_t heads = 0;
	uint64_t text = 0;

	container_chunk(writer, CHUNK_SECT);
	for (size_t i = 0; i < count; i++) {
		size_t n = BUF_COUNT(&batches[i].sections, struct section_record);

		buf_reset(&bytes);
		for (size_t k = 0; k < n; k++) {
			struct section_record record = BUF_AT(&batches[i].sections, struct section_record, k);

			record.start += text;
			record.head += heads;
			record.document += documents;
			if (record.parent != SECTION_RECORD_NO_PARENT)
				record.parent += sections;
			section_record_encode(&bytes, &record);
		}
		container_add(writer, buf_span(&bytes));
		writer->failed |= bytes.failed;
		sections += (uint32_t)n;
		documents += (uint32_t)BUF_COUNT(&batches[i].documents, struct manifest_document);
		heads += (uint32_t)batches[i].heads.n;
		text += batches[i].store.offset;
	}
	buf_release(&bytes);
}

static void write_text(struct container_writer *writer, struct batch *batches, size_t count)
{
	struct buf index = {0};
	uint64_t text = 0;
	uint64_t frames = 0;

	container_chunk(writer, CHUNK_TEXT);
	for (size_t i = 0; i < count; i++)
		container_add(writer, buf_span(&batches[i].store.frames));
	container_chunk(writer, CHUNK_TXIX);
	for (size_t i = 0; i < count; i++) {
		struct cursor c = cursor_of(buf_span(&batches[i].store.index));

		while (cursor_left(&c)) {
			uint64_t text_offset = cursor_u64(&c);

			store_index_add(&index, text + text_offset, frames + cursor_u64(&c));
		}
		text += batches[i].store.offset;
		frames += batches[i].store.frames.n;
	}
	store_index_add(&index, text, frames);
	container_add(writer, buf_span(&index));
	writer->failed |= index.failed;
	buf_release(&index);
}

/* In how many sections the term stands, in whatever field. seen[section] is the serial of the last term found there. */
static uint32_t count_sections(struct merge *merge, uint32_t *seen, uint32_t serial)
{
	uint32_t df = 0;

	for (unsigned channel = 0; channel < CHANNEL_FIELDS; channel++) {
		for (size_t i = 0; i < BUF_COUNT(&merge->postings[channel], struct posting); i++) {
			uint32_t number = BUF_AT(&merge->postings[channel], struct posting, i).number;

			df += seen[number] != serial;
			seen[number] = serial;
		}
	}
	return df;
}

static void write_term(struct container_writer *writer, struct merge *merge, struct lexicon_writer *lexicon,
		       struct buf *lists, uint32_t df)
{
	struct lexicon_entry entry = {.text = buf_span(&merge->term), .df = df};

	buf_reset(lists);
	for (unsigned channel = 0; channel < CHANNEL_COUNT; channel++) {
		struct buf *postings = &merge->postings[channel];
		size_t start = lists->n;

		entry.lists[channel].count = (uint32_t)BUF_COUNT(postings, struct posting);
		if (entry.lists[channel].count == 0)
			continue;
		posting_encode(lists, &BUF_AT(postings, struct posting, 0), entry.lists[channel].count);
		entry.lists[channel].bytes = lists->n - start;
	}
	container_add(writer, buf_span(lists));
	lexicon_add(lexicon, &entry);
	writer->failed |= lists->failed;
}

static void write_lexicon(struct container_writer *writer, struct lexicon_writer *lexicon)
{
	lexicon_finish(lexicon);
	container_chunk(writer, CHUNK_LEXB);
	container_add(writer, buf_span(&lexicon->blocks));
	container_chunk(writer, CHUNK_LEXK);
	container_add(writer, buf_span(&lexicon->keys));
	container_chunk(writer, CHUNK_LEXI);
	container_add(writer, buf_span(&lexicon->index));
	writer->failed |= lexicon->blocks.failed || lexicon->keys.failed || lexicon->index.failed ||
			  lexicon->previous.failed || lexicon->keys.n > UINT32_MAX;
}

static int write_postings(struct container_writer *writer, struct batch *batches, size_t count,
			  struct segment_meta *meta, struct err *err)
{
	struct lexicon_writer lexicon = {0};
	struct buf lists = {0};
	struct merge merge;
	uint32_t *seen = mem_zero(meta->section_count, sizeof *seen);
	int status = merge_start(&merge, batches, count, err);

	if (!seen)
		status = err_memory(err, "merge postings");
	container_chunk(writer, CHUNK_POST);
	while (status == 0) {
		int got = merge_next(&merge, err);

		if (got <= 0) {
			status = got;
			break;
		}
		write_term(writer, &merge, &lexicon, &lists,
			   count_sections(&merge, seen, (uint32_t)(lexicon.count + 1)));
	}
	write_lexicon(writer, &lexicon);
	meta->term_count = lexicon.count;
	lexicon_writer_release(&lexicon);
	merge_release(&merge);
	buf_release(&lists);
	mem_free(seen);
	return status;
}

/* Numbers of sections, documents and blocks, and offsets of headings, are 32 bits wide in the file. */
static int check_limits(struct batch *batches, size_t count, struct err *err)
{
	uint64_t sections = 0;
	uint64_t heads = 0;
	uint64_t blocks = 0;

	for (size_t i = 0; i < count; i++) {
		sections += BUF_COUNT(&batches[i].sections, struct section_record);
		heads += batches[i].heads.n;
		blocks += batches[i].store.index.n / STORE_INDEX_BYTES;
	}
	if (sections < UINT32_MAX && heads < UINT32_MAX && blocks < UINT32_MAX)
		return 0;
	return err_set(err, ERR_LIMIT, "too much text for one index; make several, and search them together with -I");
}

static void add_totals(struct segment_meta *meta, struct batch *batches, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		meta->section_count += (uint32_t)BUF_COUNT(&batches[i].sections, struct section_record);
		meta->document_count += (uint32_t)BUF_COUNT(&batches[i].documents, struct manifest_document);
		meta->text_bytes += batches[i].store.offset;
		for (unsigned k = 0; k < CHANNEL_LENGTHS; k++) {
			meta->length_sum[k] += batches[i].length_sum[k];
			meta->length_count[k] += batches[i].length_count[k];
		}
	}
}

static void write_meta(struct container_writer *writer, const struct segment_meta *meta)
{
	struct buf bytes = {0};

	segment_meta_encode(&bytes, meta);
	container_chunk(writer, CHUNK_META);
	container_add(writer, buf_span(&bytes));
	writer->failed |= bytes.failed;
	buf_release(&bytes);
}

int segment_write(struct out *out, struct batch *batches, size_t count, const struct checksum_128 *fingerprint,
		  struct checksum_128 *id, struct segment_meta *meta, struct err *err)
{
	struct container_writer writer;
	int status;

	*meta = (struct segment_meta){.fingerprint = *fingerprint};
	add_totals(meta, batches, count);
	if (check_limits(batches, count, err) < 0 || container_begin(&writer, out, SEGMENT_KIND, err) < 0)
		return -1;
	write_sections(&writer, batches, count);
	container_chunk(&writer, CHUNK_HEAD);
	for (size_t i = 0; i < count; i++)
		container_add(&writer, buf_span(&batches[i].heads));
	container_chunk(&writer, CHUNK_LENS);
	for (size_t i = 0; i < count; i++)
		container_add(&writer, buf_span(&batches[i].lengths));
	write_text(&writer, batches, count);
	status = write_postings(&writer, batches, count, meta, err);
	write_meta(&writer, meta);
	if (status == 0)
		status = container_finish(&writer, id, err);
	container_writer_release(&writer);
	return status;
}
