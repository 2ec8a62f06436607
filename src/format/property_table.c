#include "property_table.h"

#include <stdlib.h>

/* Writing. */

struct entry {
	struct span key;
	struct span value;
	uint32_t document;
};

void property_table_add(struct buf *entries, uint32_t document, struct span key, struct span value)
{
	buf_add_varint(entries, document);
	buf_add_counted(entries, key);
	buf_add_counted(entries, value);
}

static struct entry take_entry(struct cursor *c)
{
	struct entry entry = {.document = cursor_varint32(c)};

	entry.key = cursor_text(c);
	entry.value = cursor_text(c);
	return entry;
}

void property_table_move(struct buf *entries, struct span from, uint32_t base)
{
	struct cursor c = cursor_of(from);

	while (cursor_left(&c)) {
		struct entry entry = take_entry(&c);

		property_table_add(entries, base + entry.document, entry.key, entry.value);
	}
}

static int compare_entries(const void *a, const void *b)
{
	const struct entry *x = a;
	const struct entry *y = b;
	int order = span_compare(x->key, y->key);

	if (order == 0)
		order = span_compare(x->value, y->value);
	return order ? order : (x->document > y->document) - (x->document < y->document);
}

/* The entries of one value: its documents, each once. */
static void encode_documents(struct buf *out, const struct entry *entries, size_t count)
{
	uint32_t next = 0;

	for (size_t i = 0; i < count; i++) {
		if (i && entries[i].document == entries[i - 1].document)
			continue;
		buf_add_varint(out, entries[i].document - next);
		next = entries[i].document + 1;
	}
}

/* The entries of one key. `scratch` is room. */
static void encode_values(struct buf *out, const struct entry *entries, size_t count, struct buf *scratch)
{
	size_t end;

	for (size_t i = 0; i < count; i = end) {
		for (end = i + 1; end < count && span_equal(entries[end].value, entries[i].value);)
			end++;
		buf_reset(scratch);
		encode_documents(scratch, entries + i, end - i);
		out->failed |= scratch->failed;
		buf_add_counted(out, entries[i].value);
		buf_add_counted(out, buf_span(scratch));
	}
}

static void encode_keys(struct buf *out, const struct entry *entries, size_t count)
{
	struct buf values = {0};
	struct buf scratch = {0};
	size_t end;

	for (size_t i = 0; i < count; i = end) {
		for (end = i + 1; end < count && span_equal(entries[end].key, entries[i].key);)
			end++;
		buf_reset(&values);
		encode_values(&values, entries + i, end - i, &scratch);
		out->failed |= values.failed;
		buf_add_counted(out, entries[i].key);
		buf_add_counted(out, buf_span(&values));
	}
	buf_release(&values);
	buf_release(&scratch);
}

void property_table_encode(struct buf *out, struct span entries)
{
	struct cursor c = cursor_of(entries);
	struct buf sorted = {0};

	while (cursor_left(&c) && !sorted.failed) {
		struct entry entry = take_entry(&c);

		buf_add(&sorted, &entry, sizeof entry);
	}
	out->failed |= sorted.failed;
	if (sorted.n && !sorted.failed) {
		qsort(sorted.data, BUF_COUNT(&sorted, struct entry), sizeof(struct entry), compare_entries);
		encode_keys(out, &BUF_AT(&sorted, struct entry, 0), BUF_COUNT(&sorted, struct entry));
	}
	buf_release(&sorted);
}

/* Reading. */

static int damaged(const struct property_table *table, struct err *err)
{
	return container_damaged(table->container, table->chunk.offset, "front matter", err);
}

int property_table_open(struct property_table *table, struct container *container, uint32_t name,
			uint32_t document_count, struct err *err)
{
	*table = (struct property_table){.container = container, .document_count = document_count};
	return container_find(container, name, &table->chunk, err);
}

int property_table_keys(const struct property_table *table, struct cursor *keys, struct err *err)
{
	struct span bytes;

	if (container_view(table->container, &table->chunk, 0, table->chunk.length, &bytes, err) < 0)
		return -1;
	*keys = cursor_of(bytes);
	return 0;
}

int property_table_next(const struct property_table *table, struct cursor *from, struct span *text,
			struct cursor *below, struct err *err)
{
	struct span bytes;

	if (cursor_left(from) == 0 && !from->failed)
		return 0;
	*text = cursor_text(from);
	bytes = cursor_text(from);
	if (from->failed || text->n == 0 || bytes.n == 0)
		return damaged(table, err);
	*below = cursor_of(bytes);
	return 1;
}

int property_table_document(const struct property_table *table, struct cursor *documents, uint32_t *next,
			    struct err *err)
{
	uint64_t number;

	if (cursor_left(documents) == 0 && !documents->failed)
		return 0;
	number = (uint64_t)cursor_varint32(documents) + *next;
	if (documents->failed || number >= table->document_count)
		return damaged(table, err);
	*next = (uint32_t)number + 1;
	return 1;
}

static int check_documents(const struct property_table *table, struct cursor *documents, struct err *err)
{
	uint32_t next = 0;
	int got;

	while ((got = property_table_document(table, documents, &next, err)) > 0)
		;
	return got;
}

static int check_values(const struct property_table *table, struct cursor *values, struct err *err)
{
	struct span before = {NULL, 0};
	struct cursor documents;
	struct span value;
	int got;

	while ((got = property_table_next(table, values, &value, &documents, err)) > 0) {
		if (span_compare(before, value) >= 0)
			return damaged(table, err);
		before = value;
		if (check_documents(table, &documents, err) < 0)
			return -1;
	}
	return got;
}

int property_table_check(const struct property_table *table, struct err *err)
{
	struct span before = {NULL, 0};
	struct cursor keys;
	struct cursor values;
	struct span key;
	int got;

	if (property_table_keys(table, &keys, err) < 0)
		return -1;
	while ((got = property_table_next(table, &keys, &key, &values, err)) > 0) {
		if (span_compare(before, key) >= 0)
			return damaged(table, err);
		before = key;
		if (check_values(table, &values, err) < 0)
			return -1;
	}
	return got;
}
