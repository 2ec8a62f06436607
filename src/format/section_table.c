#include "section_table.h"

#include "store.h"

#include <assert.h>

/* The header of a record. */
enum {
	LEVEL_BITS = 7,
	HAS_FLAGS = 1 << 3,
	HAS_OCCURRENCE = 1 << 4,
	GAP_SHIFT = 5,
	GAP_MORE = 3,
	HAS_LINE = 1 << 7,
};

/* Where a section most likely begins; `before`: the section before in the group, or NULL. */
static uint64_t expected_line(const struct section_record *before, bool document_begins)
{
	if (document_begins)
		return 1;
	return before ? (uint64_t)before->line_end + 1 : 0;
}

static void add_more(struct buf *out, const struct section_record *record, uint32_t gap, unsigned header)
{
	if (header & HAS_FLAGS)
		buf_add_varint(out, record->flags);
	if (header & HAS_OCCURRENCE)
		buf_add_varint(out, record->occurrence);
	if (gap >= GAP_MORE)
		buf_add_varint(out, gap - GAP_MORE);
	if (header & HAS_LINE)
		buf_add_varint(out, record->line_first);
}

static void add_head(struct section_table_writer *writer, uint64_t head)
{
	if (head < writer->last_head) {
		buf_add_varint(&writer->group, (writer->last_head - head) << 1 | 1);
		return;
	}
	buf_add_varint(&writer->group, (head - writer->last_head) << 1);
	writer->last_head = head;
}

/* The record of section `number`, `before` as in expected_line(). */
static void add_record(struct section_table_writer *writer, uint32_t number, const struct section_record *record,
		       const struct section_record *before, bool document_begins, uint64_t end)
{
	struct buf *out = &writer->group;
	uint32_t gap = record->line_start - record->line_first;
	unsigned header = record->level | (gap < GAP_MORE ? gap : GAP_MORE) << GAP_SHIFT;

	if (record->flags)
		header |= HAS_FLAGS;
	if (record->occurrence)
		header |= HAS_OCCURRENCE;
	if (record->line_first != expected_line(before, document_begins))
		header |= HAS_LINE;
	buf_add_byte(out, (unsigned char)header);
	buf_add_varint(out, end - record->start);
	add_head(writer, record->head);
	buf_add_varint(out, record->parent == SECTION_RECORD_NO_PARENT ? 0 : number - record->parent);
	buf_add_varint(out, record->line_end - record->line_start);
	add_more(out, record, gap, header);
}

/* A group that has all its records goes to the finished ones. */
static void end_group(struct section_table_writer *writer)
{
	writer->offset += writer->group.n;
	buf_add_span(&writer->groups, buf_span(&writer->group));
	/* Emptying a buffer forgets its failure. */
	writer->failed |= writer->offset > UINT32_MAX || writer->group.failed || writer->groups.failed;
	buf_reset(&writer->group);
	buf_add_u32(&writer->index, (uint32_t)writer->offset);
}

/* Section count - 1, now that the end of its text is known. */
static void add_last(struct section_table_writer *writer, uint64_t end)
{
	uint32_t number = writer->count - 1;
	const struct section_record *last = &writer->last;
	const struct section_record *before = number % SECTION_GROUP ? &writer->before : NULL;
	bool document_begins = number == 0 || writer->before.document != last->document;

	if (number == 0)
		buf_add_u32(&writer->index, 0);
	if (!before) {
		buf_add_varint(&writer->group, last->start);
		buf_add_varint(&writer->group, writer->last_head);
		buf_add_varint(&writer->group, last->document);
	}
	add_record(writer, number, last, before, document_begins, end);
	if (writer->count % SECTION_GROUP == 0)
		end_group(writer);
}

static void add_documents(struct section_table_writer *writer, uint64_t until)
{
	while (writer->documents.n / sizeof(uint32_t) < until && !writer->documents.failed)
		buf_add_u32(&writer->documents, writer->count);
}

void section_table_add(struct section_table_writer *writer, const struct section_record *record)
{
	assert(!writer->count || record->document >= writer->last.document);
	if (writer->count)
		add_last(writer, record->start);
	add_documents(writer, (uint64_t)record->document + 1);
	if (writer->count % 8 == 0)
		buf_add_byte(&writer->bare, 0);
	if (record->flags && !writer->bare.failed)
		writer->bare.data[writer->count / 8] |= (char)(unsigned char)(1u << writer->count % 8);
	writer->before = writer->last;
	writer->last = *record;
	writer->count++;
}

void section_table_finish(struct section_table_writer *writer, uint32_t document_count, uint64_t text_bytes)
{
	if (writer->count)
		add_last(writer, text_bytes);
	else
		buf_add_u32(&writer->index, 0);
	if (writer->count % SECTION_GROUP)
		end_group(writer);
	buf_add_varint(&writer->groups, text_bytes);
	add_documents(writer, (uint64_t)document_count + 1);
	writer->failed |=
		writer->groups.failed || writer->index.failed || writer->bare.failed || writer->documents.failed;
}

void section_table_writer_release(struct section_table_writer *writer)
{
	buf_release(&writer->groups);
	buf_release(&writer->index);
	buf_release(&writer->bare);
	buf_release(&writer->documents);
	buf_release(&writer->group);
}

static int damaged(struct section_table *table, const char *what, struct err *err)
{
	/* What is half decoded must not be found again. */
	table->decoded = 0;
	return container_damaged(table->container, table->groups.offset, what, err);
}

static uint32_t group_count(const struct section_table *table)
{
	return table->section_count / SECTION_GROUP + (table->section_count % SECTION_GROUP != 0);
}

/* Two neighbouring numbers of the index or of the documents: they may not fall. */
static int read_pair(struct section_table *table, const struct chunk *chunk, uint32_t i, uint32_t out[2],
		     struct err *err)
{
	struct span bytes;

	if (container_view(table->container, chunk, (uint64_t)i * 4, 8, &bytes, err) < 0)
		return -1;
	out[0] = load_u32((const unsigned char *)bytes.p);
	out[1] = load_u32((const unsigned char *)bytes.p + 4);
	if (out[0] > out[1] || (i == 0 && out[0]))
		return container_damaged(table->container, chunk->offset + (uint64_t)i * 4, "order of sections", err);
	return 0;
}

/* The varint at `offset`: where a group's text starts, or all text ends. */
static int read_start(struct section_table *table, uint32_t offset, uint64_t *out, struct err *err)
{
	uint64_t left = offset < table->groups.length ? table->groups.length - offset : 0;
	struct span bytes;
	struct cursor c;

	if (container_view(table->container, &table->groups, offset, left < 10 ? left : 10, &bytes, err) < 0)
		return -1;
	c = cursor_of(bytes);
	*out = cursor_varint(&c);
	return c.failed ? damaged(table, "a group of sections", err) : 0;
}

/* The last number of the index, and the text's end that stands there: nothing comes after it. */
static int read_end(struct section_table *table, struct err *err)
{
	struct span bytes;
	uint32_t offset;
	struct cursor c;

	if (container_view(table->container, &table->index, table->index.length - 4, 4, &bytes, err) < 0)
		return -1;
	offset = load_u32((const unsigned char *)bytes.p);
	if (offset > table->groups.length)
		return damaged(table, "a group of sections", err);
	if (container_view(table->container, &table->groups, offset, table->groups.length - offset, &bytes, err) < 0)
		return -1;
	c = cursor_of(bytes);
	table->text_bytes = cursor_varint(&c);
	if (c.failed || cursor_left(&c) || (!table->section_count && (offset || table->text_bytes)))
		return damaged(table, "end of the sections", err);
	return 0;
}

static int check_last_document(struct section_table *table, struct err *err)
{
	struct span bytes;

	if (container_view(table->container, &table->documents, table->documents.length - 4, 4, &bytes, err) < 0)
		return -1;
	if (load_u32((const unsigned char *)bytes.p) != table->section_count)
		return damaged(table, "number of sections", err);
	return 0;
}

int section_table_open(struct section_table *table, struct container *container, const uint32_t names[4],
		       uint32_t section_count, uint32_t document_count, struct err *err)
{
	*table = (struct section_table){
		.container = container, .section_count = section_count, .document_count = document_count};
	if (container_find(container, names[0], &table->groups, err) < 0 ||
	    container_find(container, names[1], &table->index, err) < 0 ||
	    container_find(container, names[2], &table->bare, err) < 0 ||
	    container_find(container, names[3], &table->documents, err) < 0)
		return -1;
	if (table->index.length != ((uint64_t)group_count(table) + 1) * 4 ||
	    table->bare.length != ((uint64_t)section_count + 7) / 8 ||
	    table->documents.length != ((uint64_t)document_count + 1) * 4)
		return damaged(table, "number of sections", err);
	if (read_end(table, err) < 0)
		return -1;
	return check_last_document(table, err);
}

int section_table_document(struct section_table *table, uint32_t document, uint32_t *first, uint32_t *end,
			   struct err *err)
{
	uint32_t pair[2];

	if (read_pair(table, &table->documents, document, pair, err) < 0)
		return -1;
	if (pair[1] > table->section_count)
		return damaged(table, "sections of a document", err);
	*first = pair[0];
	*end = pair[1];
	return 0;
}

static int enter_group(struct section_table *table, uint32_t group, struct err *err)
{
	struct section_record *first = &table->records[0];
	uint32_t number = group * SECTION_GROUP;
	uint32_t range[2];
	struct span bytes;

	table->decoded = 0;
	if (read_pair(table, &table->index, group, range, err) < 0 ||
	    container_view(table->container, &table->groups, range[0], range[1] - range[0], &bytes, err) < 0 ||
	    read_start(table, range[1], &table->next_start, err) < 0)
		return -1;
	table->c = cursor_of(bytes);
	table->group = group;
	table->end = cursor_varint(&table->c);
	table->last_head = cursor_varint(&table->c);
	first->document = cursor_varint32(&table->c);
	if (table->c.failed || first->document >= table->document_count || table->next_start > table->text_bytes ||
	    (number == 0 && table->end))
		return damaged(table, "a group of sections", err);
	if (section_table_document(table, first->document, &table->document_first, &table->document_end, err) < 0)
		return -1;
	return number < table->document_first || number >= table->document_end
		       ? damaged(table, "a section's document", err)
		       : 0;
}

/* On to the document that section `number` is of, when it is not that of the section before. */
static int enter_document(struct section_table *table, uint32_t number, uint32_t *document, struct err *err)
{
	while (number >= table->document_end) {
		if (++*document >= table->document_count)
			return damaged(table, "a section's document", err);
		if (section_table_document(table, *document, &table->document_first, &table->document_end, err) < 0)
			return -1;
	}
	return 0;
}

/* What the bits of the header call for. */
static bool decode_more(struct cursor *c, struct section_record *record, unsigned header, uint64_t expected,
			uint64_t lines)
{
	uint64_t level = header & LEVEL_BITS;
	uint64_t gap = header >> GAP_SHIFT & GAP_MORE;
	uint64_t flags;
	uint64_t start;

	flags = header & HAS_FLAGS ? cursor_varint32(c) : 0;
	record->occurrence = header & HAS_OCCURRENCE ? cursor_varint32(c) : 0;
	if (gap == GAP_MORE)
		gap += cursor_varint32(c);
	if (header & HAS_LINE)
		expected = cursor_varint32(c);
	start = expected + gap;
	if (c->failed || level > SECTION_LEVEL_MAX || flags > UINT16_MAX || start + lines > UINT32_MAX)
		return false;
	record->level = (uint16_t)level;
	record->flags = (uint16_t)flags;
	record->line_first = (uint32_t)expected;
	record->line_start = (uint32_t)start;
	record->line_end = (uint32_t)(start + lines);
	return true;
}

static bool decode_head(struct section_table *table, uint64_t distance, uint64_t *head)
{
	uint64_t last = table->last_head;

	if (distance & 1)
		return !__builtin_sub_overflow(last, distance >> 1, head);
	if (__builtin_add_overflow(last, distance >> 1, head))
		return false;
	table->last_head = *head;
	return true;
}

static bool decode_record(struct section_table *table, struct section_record *record,
			  const struct section_record *before, uint32_t number)
{
	struct cursor *c = &table->c;
	unsigned header = cursor_u8(c);
	uint32_t text = cursor_varint32(c);
	uint64_t head = cursor_varint(c);
	uint32_t parent = cursor_varint32(c);
	uint32_t lines = cursor_varint32(c);

	record->start = table->end;
	if (!decode_head(table, head, &record->head))
		return false;
	if (parent > number - table->document_first || text > STORE_FRAME_MAX || table->end > table->text_bytes ||
	    text > table->text_bytes - table->end)
		return false;
	record->parent = parent ? number - parent : SECTION_RECORD_NO_PARENT;
	table->end += text;
	return decode_more(c, record, header, expected_line(before, number == table->document_first), lines);
}

/* One record more of the group. The last must end it, and its text. */
static int decode_next(struct section_table *table, struct err *err)
{
	uint32_t i = table->decoded;
	uint32_t number = table->group * SECTION_GROUP + i;
	struct section_record *record = &table->records[i];
	const struct section_record *before = i ? record - 1 : NULL;

	if (before) {
		record->document = before->document;
		if (enter_document(table, number, &record->document, err) < 0)
			return -1;
	}
	if (!decode_record(table, record, before, number))
		return damaged(table, "a section", err);
	if ((i + 1 == SECTION_GROUP || number + 1 == table->section_count) &&
	    (cursor_left(&table->c) || table->end != table->next_start))
		return damaged(table, "a group of sections", err);
	table->decoded++;
	return 0;
}

int section_table_read(struct section_table *table, uint32_t number, struct section_record *out, uint64_t *end,
		       struct err *err)
{
	uint32_t i = number % SECTION_GROUP;

	if ((!table->decoded || table->group != number / SECTION_GROUP) &&
	    enter_group(table, number / SECTION_GROUP, err) < 0)
		return -1;
	while (table->decoded <= i)
		if (decode_next(table, err) < 0)
			return -1;
	*out = table->records[i];
	*end = i + 1 < table->decoded ? table->records[i + 1].start : table->end;
	return 0;
}

int section_table_bare(struct section_table *table, const unsigned char **bits, struct err *err)
{
	struct span bytes;
	unsigned used = table->section_count % 8;

	if (container_view(table->container, &table->bare, 0, table->bare.length, &bytes, err) < 0)
		return -1;
	*bits = (const unsigned char *)bytes.p;
	if (used && (*bits)[bytes.n - 1] >> used)
		return damaged(table, "bits of sections", err);
	return 0;
}
