#include "index.h"

static int check_list(struct segment_reader *reader, const struct lexicon_list *list, enum channel channel,
		      struct err *err)
{
	struct posting_decoder decoder;
	struct posting posting;
	uint32_t count = 0;
	int got;

	if (segment_postings(reader, list, channel, &decoder, err) < 0)
		return -1;
	while ((got = posting_decoder_next(&decoder, &posting)) > 0)
		count++;
	return got < 0 || count != list->count ? segment_damaged_postings(reader, err) : 0;
}

/* Terms rise, lists follow each other without a gap and fill their chunk, every posting decodes. */
static int check_terms(struct segment_reader *reader, struct err *err)
{
	struct lexicon_scan scan;
	struct lexicon_entry entry;
	struct buf before = {0};
	uint64_t offset = 0;
	uint64_t terms = 0;
	int got = lexicon_scan_start(&scan, &reader->lexicon, err) < 0 ? -1 : 1;

	while (got > 0 && (got = lexicon_scan_next(&scan, &entry, err)) > 0) {
		if ((terms++ && span_compare(buf_span(&before), entry.text) >= 0) ||
		    entry.df > reader->meta.section_count)
			got = container_damaged(&reader->container, reader->lexicon.blocks.offset, "order of terms",
						err);
		for (unsigned i = 0; i < CHANNEL_COUNT && got > 0; i++) {
			if (entry.lists[i].count == 0)
				continue;
			if (entry.lists[i].offset != offset)
				got = segment_damaged_postings(reader, err);
			else
				got = check_list(reader, &entry.lists[i], (enum channel)i, err) < 0 ? -1 : 1;
			offset += entry.lists[i].bytes;
		}
		buf_reset(&before);
		buf_add_span(&before, entry.text);
	}
	if (got == 0 && (offset != reader->postings.length || terms != reader->meta.term_count))
		got = segment_damaged_postings(reader, err);
	buf_release(&before);
	return got;
}

static int check_parent(struct segment_reader *reader, uint32_t number, const struct section_record *record,
			struct err *err)
{
	struct section_record parent;

	if (record->parent == SECTION_RECORD_NO_PARENT)
		return 0;
	return segment_parent(reader, number, record, &parent, err);
}

/* Headings and texts are there, sections tile the text, lengths add up (they are rounded: only that zero means zero).
 */
static int check_sections(struct segment_reader *reader, struct err *err)
{
	struct buf text = {0};
	uint32_t filled[CHANNEL_LENGTHS] = {0};
	uint64_t next = 0;
	int status = 0;

	for (uint32_t i = 0; i < reader->meta.section_count && status == 0; i++) {
		struct section_record record;
		struct section_head head;
		const unsigned char *lengths;
		uint64_t start;
		uint64_t end;

		buf_reset(&text);
		if (segment_section(reader, i, &record, err) < 0 || segment_head(reader, &record, &head, err) < 0 ||
		    segment_lengths(reader, i, &lengths, err) < 0 ||
		    segment_text_range(reader, i, &start, &end, err) < 0 || segment_text(reader, i, &text, err) < 0) {
			status = -1;
			break;
		}
		if (check_parent(reader, i, &record, err) < 0)
			status = -1;
		if (start != next)
			status = container_damaged(&reader->container, reader->sections.offset, "a gap in the text",
						   err);
		next = end;
		for (unsigned k = 0; k < CHANNEL_LENGTHS; k++)
			filled[k] += lengths[k] > 0;
	}
	if (status == 0 &&
	    (next != reader->meta.text_bytes || memcmp(filled, reader->meta.length_count, sizeof filled) != 0))
		status = container_damaged(&reader->container, reader->lengths.offset, "totals", err);
	buf_release(&text);
	return status;
}

static int check_documents(struct index *index, struct err *err)
{
	struct manifest *manifest = &index->manifest;
	uint32_t missing = 0;

	for (uint32_t i = 0; i < manifest->document_count; i++) {
		struct manifest_document document;

		if (manifest_document(manifest, i, &document, err) < 0)
			return -1;
		missing += document.state != DOCUMENT_INDEXED;
	}
	return missing == manifest->missing_count ? 0
						  : container_damaged(&manifest->container, manifest->documents.offset,
								      "documents that are missing", err);
}

int index_check(struct index *index, struct err *err)
{
	if (container_check(&index->manifest.container, err) < 0 || check_documents(index, err) < 0)
		return -1;
	for (size_t i = 0; i < index->segment_count; i++) {
		struct segment_reader *reader = &index->segments[i];

		if (container_check(&reader->container, err) < 0 || check_terms(reader, err) < 0 ||
		    check_sections(reader, err) < 0)
			return -1;
	}
	return 0;
}
