#include "count_table.h"

#include "mem.h"

enum { FIRST_ROOM = 1 << 12 };

void count_table_release(struct count_table *table)
{
	mem_free(table->keys);
	mem_free(table->counts);
	*table = (struct count_table){0};
}

/* Where the key is, or would be. Keys are hashes: their lower bits are as good as any. */
static size_t place_of(const struct count_table *table, uint64_t key)
{
	size_t at = (size_t)key & (table->room - 1);

	while (table->keys[at] && table->keys[at] != key)
		at = (at + 1) & (table->room - 1);
	return at;
}

/* The same keys, but for those that came too seldom, in `room` places. */
static bool move(struct count_table *table, size_t room)
{
	struct count_table new = {.room = room, .forgotten = table->forgotten};

	new.keys = mem_zero(room, sizeof *new.keys);
	new.counts = mem_zero(room, sizeof *new.counts);
	if (!new.keys || !new.counts) {
		count_table_release(&new);
		table->failed = true;
		return false;
	}
	for (size_t i = 0; i < table->room; i++) {
		size_t at;

		if (!table->keys[i] || table->counts[i] <= table->forgotten)
			continue;
		at = place_of(&new, table->keys[i]);
		new.keys[at] = table->keys[i];
		new.counts[at] = table->counts[i];
		new.used++;
	}
	count_table_release(table);
	*table = new;
	return true;
}

/* Three quarters full is full. Forgetting goes on until half is free again. */
static bool make_room(struct count_table *table)
{
	if (table->used < table->room / 4 * 3)
		return true;
	if (table->room < COUNT_TABLE_ROOM)
		return move(table, table->room ? table->room * 2 : FIRST_ROOM);
	do {
		table->forgotten++;
		if (!move(table, table->room))
			return false;
	} while (table->used > table->room / 2);
	return true;
}

uint32_t count_table_add(struct count_table *table, uint64_t key)
{
	size_t at;

	if (table->failed || (table->used >= table->room / 4 * 3 && !make_room(table)))
		return 0;
	at = place_of(table, key);
	if (!table->keys[at]) {
		table->keys[at] = key;
		table->used++;
	}
	table->counts[at] += table->counts[at] < UINT32_MAX;
	return table->counts[at];
}

uint32_t count_table_get(const struct count_table *table, uint64_t key)
{
	size_t at;

	if (table->room == 0)
		return 0;
	at = place_of(table, key);
	return table->keys[at] ? table->counts[at] : 0;
}
