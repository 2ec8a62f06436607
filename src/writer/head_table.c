#include "head_table.h"

#include "checksum.h"
#include "mem.h"

enum { FIRST_SLOTS = 1024 };

/* Free when it has no bytes. */
struct head_slot {
	uint32_t hash;
	uint32_t bytes;
	size_t start;
};

static size_t free_slot(const struct head_slot *slots, size_t slot_count, uint32_t hash)
{
	size_t i = hash & (slot_count - 1);

	while (slots[i].bytes)
		i = (i + 1) & (slot_count - 1);
	return i;
}

static bool grow(struct head_table *table)
{
	size_t count = table->slot_count ? table->slot_count * 2 : FIRST_SLOTS;
	struct head_slot *slots = mem_zero(count, sizeof *slots);

	if (!slots)
		return false;
	for (size_t i = 0; i < table->slot_count; i++)
		if (table->slots[i].bytes)
			slots[free_slot(slots, count, table->slots[i].hash)] = table->slots[i];
	mem_free(table->slots);
	table->slots = slots;
	table->slot_count = count;
	return true;
}

/* The slot of an equal head, or the free one where it belongs. */
static struct head_slot *find_slot(const struct head_table *table, const struct buf *heads, struct span head,
				   uint32_t hash)
{
	size_t i = hash & (table->slot_count - 1);

	for (;; i = (i + 1) & (table->slot_count - 1)) {
		struct head_slot *slot = &table->slots[i];

		if (slot->bytes == 0 || (slot->hash == hash && slot->bytes == head.n &&
					 memcmp(heads->data + slot->start, head.p, head.n) == 0))
			return slot;
	}
}

size_t head_table_add(struct head_table *table, struct buf *heads, size_t start)
{
	struct span head = {heads->data + start, heads->n - start};
	struct head_slot *slot;
	uint32_t hash;

	if (heads->failed || table->failed || head.n < HEAD_TABLE_LEAST || head.n > UINT32_MAX)
		return start;
	if (table->used >= table->slot_count / 2 && !grow(table)) {
		table->failed = true;
		return start;
	}
	hash = checksum_32(head);
	slot = find_slot(table, heads, head, hash);
	if (slot->bytes) {
		heads->n = start;
		return slot->start;
	}
	*slot = (struct head_slot){hash, (uint32_t)head.n, start};
	table->used++;
	return start;
}

void head_table_reset(struct head_table *table)
{
	if (table->slots)
		memset(table->slots, 0, table->slot_count * sizeof *table->slots);
	table->used = 0;
	table->failed = false;
}

void head_table_release(struct head_table *table)
{
	mem_free(table->slots);
	*table = (struct head_table){0};
}
