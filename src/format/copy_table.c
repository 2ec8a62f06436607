#include "copy_table.h"

#include "mem.h"

#include <stdlib.h>

/* Writing. */

struct entry {
	uint32_t section;
	uint32_t next;
};

/* The sections of one text, so far. */
struct group {
	uint64_t text;
	struct entry *first;
	struct entry *last;
};

static int compare_texts(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a;
	uint64_t y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static int compare_group(const void *text, const void *group)
{
	return compare_texts(text, &((const struct group *)group)->text);
}

/* A group for each text that is there more than once, in order; `sorted` are all texts. */
static void find_groups(struct buf *out, const uint64_t *sorted, uint32_t count)
{
	for (uint32_t i = 1; i < count; i++) {
		struct group group = {.text = sorted[i]};

		if (sorted[i] && sorted[i] == sorted[i - 1] && (i == 1 || sorted[i] != sorted[i - 2]))
			buf_add(out, &group, sizeof group);
	}
}

static void link_entry(struct group *group, struct entry *entry)
{
	if (group->last)
		group->last->next = entry->section;
	else
		group->first = entry;
	group->last = entry;
	entry->next = group->first->section;
}

/* `entries` has room for all sections of the groups. */
static size_t link_all(struct entry *entries, const struct buf *groups, const uint64_t *texts, uint32_t count)
{
	size_t n = 0;

	for (uint32_t i = 0; i < count; i++) {
		struct group *group = NULL;

		if (texts[i])
			group = bsearch(&texts[i], groups->data, BUF_COUNT(groups, struct group), sizeof(struct group),
					compare_group);
		if (!group)
			continue;
		entries[n] = (struct entry){.section = i};
		link_entry(group, &entries[n++]);
	}
	return n;
}

static uint32_t count_members(const struct buf *groups, const uint64_t *sorted, uint32_t count)
{
	uint32_t members = 0;
	size_t at = 0;

	for (uint32_t i = 0; i < count; i++) {
		while (at < BUF_COUNT(groups, struct group) && BUF_AT(groups, struct group, at).text < sorted[i])
			at++;
		members += at < BUF_COUNT(groups, struct group) && BUF_AT(groups, struct group, at).text == sorted[i];
	}
	return members;
}

void copy_table_encode(struct buf *out, const uint64_t *texts, uint32_t count)
{
	uint64_t *sorted = mem_resize(NULL, count, sizeof *sorted);
	struct entry *entries = NULL;
	struct buf groups = {0};
	size_t n = 0;

	if (sorted && count) {
		memcpy(sorted, texts, count * sizeof *sorted);
		qsort(sorted, count, sizeof *sorted, compare_texts);
		find_groups(&groups, sorted, count);
	}
	if (sorted && groups.n && !groups.failed) {
		entries = mem_resize(NULL, count_members(&groups, sorted, count), sizeof *entries);
		n = entries ? link_all(entries, &groups, texts, count) : 0;
	}
	for (size_t i = 0; i < n; i++) {
		buf_add_u32(out, entries[i].section);
		buf_add_u32(out, entries[i].next);
	}
	out->failed |= !sorted || groups.failed || (groups.n && !entries);
	buf_release(&groups);
	mem_free(entries);
	mem_free(sorted);
}

/* Reading. */

static int damaged(const struct copy_table *table, const char *what, struct err *err)
{
	return container_damaged(table->container, table->chunk.offset, what, err);
}

int copy_table_open(struct copy_table *table, struct container *container, uint32_t name, uint32_t section_count,
		    struct err *err)
{
	*table = (struct copy_table){.container = container, .section_count = section_count};
	if (container_find(container, name, &table->chunk, err) < 0)
		return -1;
	if (table->chunk.length % COPY_TABLE_ENTRY || table->chunk.length / COPY_TABLE_ENTRY > section_count)
		return damaged(table, "size of the table of copies", err);
	table->count = (uint32_t)(table->chunk.length / COPY_TABLE_ENTRY);
	return 0;
}

/* Entry `number`, below the count. */
static int read_entry(const struct copy_table *table, uint32_t number, struct entry *out, struct err *err)
{
	struct span bytes;
	struct cursor c;

	if (container_view(table->container, &table->chunk, (uint64_t)number * COPY_TABLE_ENTRY, COPY_TABLE_ENTRY,
			   &bytes, err) < 0)
		return -1;
	c = cursor_of(bytes);
	out->section = cursor_u32(&c);
	out->next = cursor_u32(&c);
	if (out->section >= table->section_count || out->next >= table->section_count)
		return damaged(table, "a copy", err);
	return 0;
}

/* Which entry the section has: 1, 0 none, -1. */
static int find_entry(const struct copy_table *table, uint32_t section, uint32_t *number, struct entry *out,
		      struct err *err)
{
	uint32_t first = 0;
	uint32_t end = table->count;

	while (first < end) {
		*number = first + (end - first) / 2;
		if (read_entry(table, *number, out, err) < 0)
			return -1;
		if (out->section == section)
			return 1;
		if (out->section < section)
			first = *number + 1;
		else
			end = *number;
	}
	return 0;
}

int copy_table_next(const struct copy_table *table, uint32_t section, uint32_t *next, struct err *err)
{
	struct entry entry;
	uint32_t number;
	int found = find_entry(table, section, &number, &entry, err);

	if (found > 0)
		*next = entry.next;
	return found;
}

/* Goes round the ring that begins with entry `number`, and marks it. */
static int check_ring(const struct copy_table *table, uint32_t number, const struct entry *first, unsigned char *seen,
		      struct err *err)
{
	struct entry entry = *first;
	uint32_t before = entry.section;
	uint32_t steps = 0;

	for (seen[number] = 1; entry.next != first->section; steps++) {
		if (entry.next <= before || find_entry(table, entry.next, &number, &entry, err) <= 0 || seen[number])
			return damaged(table, "a ring of copies", err);
		before = entry.section;
		seen[number] = 1;
	}
	return steps ? 0 : damaged(table, "a ring of copies", err);
}

int copy_table_check(const struct copy_table *table, struct err *err)
{
	unsigned char *seen = mem_zero(table->count, 1);
	uint32_t before = 0;
	int status = seen ? 0 : err_memory(err, "check an index");

	for (uint32_t i = 0; i < table->count && status == 0; i++) {
		struct entry entry;

		status = read_entry(table, i, &entry, err);
		if (status == 0 && i && entry.section <= before)
			status = damaged(table, "order of copies", err);
		before = entry.section;
		if (status == 0 && !seen[i])
			status = check_ring(table, i, &entry, seen, err);
	}
	mem_free(seen);
	return status;
}
