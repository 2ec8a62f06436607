#include "pattern_table.h"

#include "mem.h"
#include "spread.h"

#include <stdlib.h>

enum { FIRST_SLOTS = 1024 };

static size_t slot_of(const struct pattern_table *table, uint64_t key)
{
	uint64_t hash = spread(key);

	return (size_t)(hash ^ hash >> 32) & (table->slot_count - 1);
}

/* The slot of the key, or the free one where it belongs. */
static uint32_t *find_slot(const struct pattern_table *table, uint64_t key)
{
	size_t slot = slot_of(table, key);

	while (table->slots[slot] && BUF_AT(&table->patterns, struct pattern_count, table->slots[slot] - 1).key != key)
		slot = (slot + 1) & (table->slot_count - 1);
	return &table->slots[slot];
}

static bool grow(struct pattern_table *table)
{
	size_t count = table->slot_count ? table->slot_count * 2 : FIRST_SLOTS;
	uint32_t *slots = mem_zero(count, sizeof *slots);

	if (!slots)
		return false;
	mem_free(table->slots);
	table->slots = slots;
	table->slot_count = count;
	for (size_t i = 0; i < BUF_COUNT(&table->patterns, struct pattern_count); i++)
		*find_slot(table, BUF_AT(&table->patterns, struct pattern_count, i).key) = (uint32_t)i + 1;
	return true;
}

static uint32_t add_new(struct pattern_table *table, uint64_t key, uint32_t *slot)
{
	struct pattern_count pattern = {key, 0};
	size_t number = BUF_COUNT(&table->patterns, struct pattern_count);

	buf_add(&table->patterns, &pattern, sizeof pattern);
	if (table->patterns.failed || number >= PATTERN_NONE - 1) {
		table->failed = true;
		return PATTERN_NONE;
	}
	*slot = (uint32_t)number + 1;
	if (number + 1 >= table->slot_count / 2)
		table->failed = !grow(table);
	return table->failed ? PATTERN_NONE : (uint32_t)number;
}

/* Number 0. */
static void add_first(struct pattern_table *table)
{
	table->failed |= !table->slot_count && !grow(table);
	if (!table->failed)
		add_new(table, PATTERN_FIRST, find_slot(table, PATTERN_FIRST));
}

uint32_t pattern_table_add(struct pattern_table *table, uint64_t key, uint64_t times)
{
	uint32_t *slot;
	uint32_t number;

	if (table->patterns.n == 0)
		add_first(table);
	if (table->failed)
		return PATTERN_NONE;
	slot = find_slot(table, key);
	number = *slot ? *slot - 1 : add_new(table, key, slot);
	if (number != PATTERN_NONE)
		BUF_AT(&table->patterns, struct pattern_count, number).count += times;
	return number;
}

void pattern_table_reset(struct pattern_table *table)
{
	buf_reset(&table->patterns);
	if (table->slots)
		memset(table->slots, 0, table->slot_count * sizeof *table->slots);
	table->failed = false;
}

static int compare(const void *a, const void *b)
{
	const struct pattern_count *x = a;
	const struct pattern_count *y = b;

	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return (x->key > y->key) - (x->key < y->key);
}

void pattern_table_rank(const struct pattern_table *table, uint32_t *rank, struct buf *sorted)
{
	buf_add_span(sorted, buf_span(&table->patterns));
	if (sorted->failed || sorted->n == 0)
		return;
	qsort(sorted->data, BUF_COUNT(sorted, struct pattern_count), sizeof(struct pattern_count), compare);
	for (size_t i = 0; i < BUF_COUNT(sorted, struct pattern_count); i++)
		rank[*find_slot(table, BUF_AT(sorted, struct pattern_count, i).key) - 1] = (uint32_t)i;
	/* Number 0 is there also when nothing has it. */
	while (sorted->n &&
	       BUF_AT(sorted, struct pattern_count, BUF_COUNT(sorted, struct pattern_count) - 1).count == 0)
		sorted->n -= sizeof(struct pattern_count);
}

void pattern_table_release(struct pattern_table *table)
{
	buf_release(&table->patterns);
	mem_free(table->slots);
	*table = (struct pattern_table){0};
}
