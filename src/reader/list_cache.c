#include "list_cache.h"

#include "mem.h"
#include "spread.h"

#include <assert.h>
#include <string.h>

enum { SLOTS = 4096 }; /* a power of two; 1,700 queries over 111 MB of text keep some 4,000 lists */

static uint64_t hash_of(struct span bytes)
{
	return spread((uintptr_t)bytes.p);
}

static size_t slot_of(uint64_t hash)
{
	return (size_t)(hash >> 52);
}

static_assert(SLOTS == 1 << (64 - 52), "the high bits of a hash number the slots");

static bool make_tables(struct list_cache *cache)
{
	if (!cache->slots)
		cache->slots = mem_zero(SLOTS, sizeof(struct kept_list *));
	if (!cache->seen)
		cache->seen = mem_zero(SLOTS, sizeof *cache->seen);
	return cache->slots && cache->seen;
}

/* Takes it out of the order of use. */
static void unlink_list(struct list_cache *cache, struct kept_list *list)
{
	*(list->newer ? &list->newer->older : &cache->newest) = list->older;
	*(list->older ? &list->older->newer : &cache->oldest) = list->newer;
}

static void use(struct list_cache *cache, struct kept_list *list)
{
	list->turn = cache->turn;
	list->newer = NULL;
	list->older = cache->newest;
	*(list->older ? &list->older->newer : &cache->oldest) = list;
	cache->newest = list;
}

void list_cache_drop(struct list_cache *cache, struct kept_list *list)
{
	struct kept_list **at = &cache->slots[slot_of(hash_of(list->key))];

	while (*at != list)
		at = &(*at)->chain;
	*at = list->chain;
	unlink_list(cache, list);
	cache->bytes -= list->bytes;
	mem_free(list);
}

void list_cache_release(struct list_cache *cache)
{
	while (cache->newest)
		list_cache_drop(cache, cache->newest);
	mem_free(cache->slots);
	mem_free(cache->seen);
	*cache = (struct list_cache){0};
}

struct kept_list *list_cache_find(struct list_cache *cache, struct span bytes, uint32_t count, bool *worth)
{
	uint64_t hash = hash_of(bytes);
	uint32_t tag = (uint32_t)(hash >> 16) | 1; /* not 0: that is of a slot that was not asked for */
	struct kept_list *list;

	*worth = false;
	if (count <= POSTING_BLOCK || cache->limit == 0 || !make_tables(cache))
		return NULL;
	for (list = cache->slots[slot_of(hash)]; list; list = list->chain) {
		if (list->key.p != bytes.p || list->key.n != bytes.n || list->count != count)
			continue;
		unlink_list(cache, list);
		use(cache, list);
		return list;
	}
	*worth = cache->seen[slot_of(hash)] == tag;
	cache->seen[slot_of(hash)] = tag;
	return NULL;
}

/* Lets go of the least recently used until there is room; false when the rest is of this turn. */
static bool make_room(struct list_cache *cache, size_t bytes)
{
	if (bytes > cache->limit)
		return false;
	while (cache->bytes > cache->limit - bytes) {
		if (cache->oldest->turn == cache->turn)
			return false;
		list_cache_drop(cache, cache->oldest);
	}
	return true;
}

/* Gives out the room behind the list, what needs to stand straightest first. */
static void divide(struct kept_list *list, size_t room, bool scores, size_t set_words)
{
	struct posting_decoded *out = &list->decoded;
	double *next = (double *)(list + 1);

	if (scores) {
		out->scores = next;
		next += room;
	}
	if (set_words) {
		out->set = memset(next, 0, set_words * sizeof *out->set);
		out->ranks = (uint32_t *)(out->set + set_words);
	}
	out->numbers = set_words ? out->ranks + set_words : (uint32_t *)(void *)next;
	out->values = out->numbers + room;
}

struct kept_list *list_cache_add(struct list_cache *cache, struct span bytes, uint32_t count, bool scores,
				 size_t set_words)
{
	size_t room = (size_t)count + POSTING_SPARE;
	size_t posting_bytes = 2 * sizeof(uint32_t) + (scores ? sizeof(double) : 0);
	size_t set_bytes = set_words * (sizeof(uint64_t) + sizeof(uint32_t));
	size_t size = sizeof(struct kept_list) + room * posting_bytes + set_bytes;
	struct kept_list **slot = &cache->slots[slot_of(hash_of(bytes))];
	struct kept_list *list = make_room(cache, size) ? mem_resize(NULL, size, 1) : NULL;

	if (!list)
		return NULL;
	*list = (struct kept_list){.chain = *slot, .key = bytes, .count = count, .bytes = size};
	divide(list, room, scores, set_words);
	*slot = list;
	cache->bytes += size;
	use(cache, list);
	return list;
}
