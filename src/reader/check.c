#include "bytes.h"
#include "impact.h"
#include "index.h"

static int damaged(struct segment_reader *reader, const struct chunk *chunk, const char *what, struct err *err)
{
	return container_damaged(&reader->container, chunk->offset, what, err);
}

/* What a posting of words says must not be more than the impacts of its block and list promise: a bound that is too low
 * gives wrong answers and nothing else. */
static bool is_bounded(const struct impact *impact, const struct pattern *pattern, const unsigned char *lengths)
{
	for (unsigned field = 0; field < CHANNEL_FIELDS; field++) {
		bool bounded = false;

		if (!(pattern->fields >> field & 1))
			continue;
		if (!(impact->fields >> field & 1))
			return false;
		for (unsigned i = 0; field == CHANNEL_BODY && i < impact->body_pairs; i++)
			bounded |= impact->body[i].frequency >= pattern->frequency[field] &&
				   impact->body[i].length <= lengths[field];
		if (field != CHANNEL_BODY)
			bounded = impact->other[field].frequency >= pattern->frequency[field] &&
				  impact->other[field].length <= lengths[field];
		if (!bounded)
			return false;
	}
	return true;
}

static int check_impacts(struct segment_reader *reader, struct posting_cursor *cursor, uint32_t number,
			 const struct pattern *pattern, struct err *err)
{
	const unsigned char *lengths = segment_lengths(reader, number, err);
	struct span bytes = posting_cursor_impact(cursor);
	struct impact block;
	struct impact list;

	if (!lengths)
		return -1;
	if (bytes.n == 0)
		return 0;
	if (!impact_decode(&block, bytes) || !impact_decode(&list, cursor->impact) ||
	    !is_bounded(&block, pattern, lengths) || !is_bounded(&list, pattern, lengths))
		return segment_damaged_postings(reader, LAYER_WORDS, err);
	return 0;
}

/* `apart`: the word's postings are in two lists. */
static int check_posting(struct segment_reader *reader, enum layer layer, const struct posting_list *list, bool apart,
			 struct posting_cursor *cursor, uint32_t number, struct err *err)
{
	const struct pattern *pattern;
	uint32_t value;

	if (posting_cursor_value(cursor, &value) < 0)
		return segment_damaged_postings(reader, layer, err);
	if (layer == LAYER_UNITS && value != 0)
		return segment_damaged_postings(reader, layer, err);
	if (layer != LAYER_WORDS)
		return 0;
	pattern = segment_pattern(reader, value, err);
	if (!pattern)
		return -1;
	if (apart && list->strong != word_list_is_strong(pattern))
		return segment_damaged_postings(reader, layer, err);
	return check_impacts(reader, cursor, number, pattern, err);
}

static int check_list(struct segment_reader *reader, enum layer layer, const struct posting_list *list, bool apart,
		      struct err *err)
{
	struct posting_cursor cursor;
	uint32_t count = 0;
	uint32_t number;
	int got;

	if (segment_cursor(reader, layer, list, &cursor, err) < 0)
		return -1;
	while ((got = posting_cursor_next(&cursor, &number)) > 0) {
		count++;
		if (check_posting(reader, layer, list, apart, &cursor, number, err) < 0)
			return -1;
	}
	return got < 0 || count != list->count ? segment_damaged_postings(reader, layer, err) : 0;
}

/* A section is in one of the two lists of a word only. */
static int check_apart(struct segment_reader *reader, const struct posting_list lists[WORD_LISTS], struct err *err)
{
	struct posting_cursor strong;
	struct posting_cursor weak;
	uint32_t number;
	uint32_t other;
	int got;

	if (segment_cursor(reader, LAYER_WORDS, &lists[0], &strong, err) < 0 ||
	    segment_cursor(reader, LAYER_WORDS, &lists[1], &weak, err) < 0)
		return -1;
	while ((got = posting_cursor_next(&strong, &number)) > 0)
		if (posting_cursor_seek(&weak, number, &other) > 0 && other == number)
			return segment_damaged_postings(reader, LAYER_WORDS, err);
	return 0;
}

static int check_lists(struct segment_reader *reader, enum layer layer, const struct lexicon_entry *entry,
		       struct err *err)
{
	struct posting_list lists[WORD_LISTS];
	int count = segment_lists(reader, layer, entry, lists, err);

	for (int i = 0; i < count; i++)
		if (check_list(reader, layer, &lists[i], entry->count > POSTING_BLOCK, err) < 0)
			return -1;
	if (count == WORD_LISTS)
		return check_apart(reader, lists, err);
	return count < 0 ? -1 : 0;
}

/* The list follows the one before without a gap. */
static int check_entry(struct segment_reader *reader, enum layer layer, const struct lexicon_entry *entry,
		       uint64_t *offset, struct err *err)
{
	if (entry->count > 1) {
		if (entry->offset != *offset)
			return segment_damaged_postings(reader, layer, err);
		*offset += entry->bytes;
	}
	return check_lists(reader, layer, entry, err);
}

/* Terms rise, lists fill their chunk, every posting decodes. */
static int check_layer(struct segment_reader *reader, enum layer layer, struct err *err)
{
	struct layer_reader *part = &reader->layers[layer];
	struct lexicon_scan scan;
	struct lexicon_entry entry;
	struct buf before = {0};
	uint64_t offset = 0;
	uint64_t terms = 0;
	int got = lexicon_scan_start(&scan, &part->lexicon, (struct span){NULL, 0}, err) < 0 ? -1 : 1;

	while (got > 0 && (got = lexicon_scan_next(&scan, &entry, err)) > 0) {
		if (terms++ && span_compare(buf_span(&before), entry.text) >= 0)
			got = damaged(reader, &part->lexicon.leaves, "order of terms", err);
		else if (check_entry(reader, layer, &entry, &offset, err) < 0)
			got = -1;
		buf_reset(&before);
		buf_add_span(&before, entry.text);
	}
	if (got == 0 && (offset != part->postings.length || terms != reader->meta.term_count[layer]))
		got = segment_damaged_postings(reader, layer, err);
	buf_release(&before);
	return got;
}

/* What the sections so far leave to the next. */
struct walk {
	struct segment_reader *reader;
	struct buf spare;
	struct arena arena; /* of its head */
	uint64_t text;      /* where its text must begin */
	uint32_t line;      /* the line of its first byte */
	uint32_t document;
	uint32_t filled[CHANNEL_LENGTHS]; /* sections where the channel is not empty */
};

/* Equal heads are stored once: any that can be read will do. */
static int check_head(struct walk *walk, const struct section_record *record, struct err *err)
{
	struct section_head head;

	arena_reset(&walk->arena);
	return segment_head(walk->reader, record, &walk->arena, &head, err);
}

/* The lines of a section are those of its text. */
static int check_lines(struct walk *walk, const struct section_record *record, struct span text, struct err *err)
{
	struct segment_reader *reader = walk->reader;
	uint32_t first = record->document == walk->document && walk->line ? walk->line : 1;
	uint32_t ends = (uint32_t)bytes_count(text, '\n');
	uint32_t last = first + ends - (ends && text.p[text.n - 1] == '\n');

	if (record->line_first != first || record->line_start < first || record->line_end < record->line_start ||
	    record->line_end > last)
		return damaged(reader, &reader->sections.groups, "lines of a section", err);
	walk->document = record->document;
	walk->line = first + ends;
	return 0;
}

static int check_record(struct walk *walk, const struct section_record *record, uint32_t number, uint64_t end,
			struct err *err)
{
	struct segment_reader *reader = walk->reader;
	struct section_record parent;
	const unsigned char *bare;

	if (section_table_bare(&reader->sections, &bare, err) < 0)
		return -1;
	if (record->start != walk->text)
		return damaged(reader, &reader->sections.groups, "a gap in the text", err);
	if (section_table_is_bare(bare, number) != (record->flags != 0))
		return damaged(reader, &reader->sections.bare, "flags of a section", err);
	walk->text = end;
	return record->parent == SECTION_RECORD_NO_PARENT ? 0 : segment_parent(reader, record, &parent, err);
}

static int check_section(struct walk *walk, uint32_t number, struct err *err)
{
	struct segment_reader *reader = walk->reader;
	const unsigned char *lengths = segment_lengths(reader, number, err);
	struct section_record record;
	struct span text;
	uint64_t end;

	buf_reset(&walk->spare);
	if (!lengths || section_table_read(&reader->sections, number, &record, &end, err) < 0 ||
	    check_record(walk, &record, number, end, err) < 0 || check_head(walk, &record, err) < 0 ||
	    store_view(&reader->store, record.start, end, &walk->spare, &text, err) < 0 ||
	    check_lines(walk, &record, text, err) < 0)
		return -1;
	for (unsigned k = 0; k < CHANNEL_LENGTHS; k++)
		walk->filled[k] += lengths[k] > 0;
	return 0;
}

/* Every section is of a document, and these come one after the other. */
static int check_borders(struct segment_reader *reader, struct err *err)
{
	uint32_t first;
	uint32_t end;

	for (uint32_t i = 0; i < reader->meta.document_count; i++)
		if (section_table_document(&reader->sections, i, &first, &end, err) < 0)
			return -1;
	return 0;
}

/* Headings and texts are there, sections tile the text, lengths add up (they are rounded: only that zero means zero). */
static int check_sections(struct segment_reader *reader, struct err *err)
{
	struct walk walk = {.reader = reader};
	int status = check_borders(reader, err);

	for (uint32_t i = 0; i < reader->meta.section_count && status == 0; i++)
		status = check_section(&walk, i, err);
	if (status == 0 && (walk.text != reader->meta.text_bytes ||
			    memcmp(walk.filled, reader->meta.length_count, sizeof walk.filled) != 0))
		status = damaged(reader, &reader->lengths.chunk, "totals", err);
	buf_release(&walk.spare);
	arena_release(&walk.arena);
	return status;
}

static int check_patterns(struct segment_reader *reader, struct err *err)
{
	for (uint32_t i = 0; i < reader->patterns.count; i++) {
		const struct pattern *pattern = segment_pattern(reader, i, err);

		if (!pattern)
			return -1;
		if (!pattern_is_sound(pattern))
			return damaged(reader, &reader->patterns.chunk, "a pattern of frequencies", err);
	}
	return 0;
}

static int check_segment(struct segment_reader *reader, struct err *err)
{
	if (container_check(&reader->container, err) < 0 || check_patterns(reader, err) < 0)
		return -1;
	for (unsigned layer = 0; layer < LAYER_COUNT; layer++)
		if (check_layer(reader, (enum layer)layer, err) < 0)
			return -1;
	if (check_sections(reader, err) < 0 || copy_table_check(&reader->copies, err) < 0)
		return -1;
	return property_table_check(&reader->properties, err);
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
	if (!user_words_check(&index->words) || !synonyms_check(&index->synonyms))
		return index_damaged_words(index, err);
	for (size_t i = 0; i < index->segment_count; i++)
		if (check_segment(&index->segments[i], err) < 0)
			return -1;
	return 0;
}
