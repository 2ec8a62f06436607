#include "list_cache.h"

#include "large_pages.h"
#include "mem.h"
#include "spread.h"

#include <assert.h>
#include <string.h>

enum { SLOTS = 16384 }; /* a power of two; 1,700 queries over 111 MB of text keep some 10,000 lists */

static uint64_t hash_of(struct list_key key)
{
	return spread(key.place);
}

static bool same(struct list_key a, struct list_key b)
{
	return a.place == b.place && a.bytes == b.bytes && a.count == b.count;
}

static size_t slot_of(uint64_t hash)
{
	return (size_t)(hash >> 50);
}

static_assert(SLOTS == 1 << (64 - 50), "the high bits of a hash number the slots");

static bool make_tables(struct list_cache *cache)
{
	if (!cache->slots)
		cache->slots = mem_zero(SLOTS, sizeof(struct kept_list *));
	if (!cache->seen)
		cache->seen = mem_zero(SLOTS, sizeof *cache->seen);
	return cache->slots && cache->seen;
}

static bool make_block(struct list_cache *cache)
{
	if (!cache->block && (cache->block = mem_resize(NULL, cache->limit, 1)))
		large_pages_advise(cache->block, cache->limit);
	return cache->block;
}

/* Nobody finds it any more. */
static void forget(struct list_cache *cache, const struct kept_list *list)
{
	struct kept_list **at = &cache->slots[slot_of(hash_of(list->key))];

	if (!list->found)
		return;
	while (*at != list)
		at = &(*at)->chain;
	*at = list->chain;
}

void list_cache_release(struct list_cache *cache)
{
	mem_free(cache->block);
	mem_free(cache->slots);
	mem_free(cache->seen);
	*cache = (struct list_cache){.mutex = PTHREAD_MUTEX_INITIALIZER};
}

void list_cache_turn(struct list_cache *cache, unsigned user)
{
	pthread_mutex_lock(&cache->mutex);
	cache->turns[user] = ++cache->turn;
	pthread_mutex_unlock(&cache->mutex);
}

void list_cache_rest(struct list_cache *cache, unsigned user)
{
	pthread_mutex_lock(&cache->mutex);
	cache->turns[user] = 0;
	pthread_mutex_unlock(&cache->mutex);
}

static struct kept_list *find(struct list_cache *cache, struct list_key key, bool *worth)
{
	uint64_t hash = hash_of(key);
	uint32_t tag = (uint32_t)(hash >> 16) | 1; /* not 0: that is of a slot that was not asked for */
	struct kept_list *list;

	if (!make_tables(cache))
		return NULL;
	for (list = cache->slots[slot_of(hash)]; list; list = list->chain) {
		if (!same(list->key, key))
			continue;
		list->turn = cache->turn;
		return list;
	}
	*worth = cache->seen[slot_of(hash)] == tag;
	cache->seen[slot_of(hash)] = tag;
	return NULL;
}

struct kept_list *list_cache_find(struct list_cache *cache, struct list_key key, bool *worth)
{
	struct kept_list *list;

	*worth = false;
	if (key.count < KEPT_LEAST || cache->limit == 0)
		return NULL;
	pthread_mutex_lock(&cache->mutex);
	list = find(cache, key, worth);
	pthread_mutex_unlock(&cache->mutex);
	return list;
}

/* Of the searches that go on the one that began first. */
static uint64_t oldest_turn(const struct list_cache *cache)
{
	uint64_t oldest = cache->turn;

	for (unsigned i = 0; i < LIST_CACHE_USERS; i++)
		if (cache->turns[i] && cache->turns[i] < oldest)
			oldest = cache->turns[i];
	return oldest;
}

/* Lets go of older lists until `bytes` are free from `next` on, or of all; false when one of them may be in use. */
static bool make_room(struct list_cache *cache, size_t bytes)
{
	uint64_t turn = oldest_turn(cache);

	while (cache->oldest < cache->end && cache->oldest - cache->next < bytes) {
		const struct kept_list *list = (const void *)(cache->block + cache->oldest);

		if (list->turn >= turn)
			return false;
		forget(cache, list);
		cache->oldest += list->bytes;
	}
	return true;
}

/* Where a list of so many bytes goes; NULL without room. */
static struct kept_list *place(struct list_cache *cache, size_t bytes)
{
	if (bytes > cache->limit || !make_block(cache))
		return NULL;
	if (cache->limit - cache->next < bytes) { /* from the start again: the newer ones are the older ones */
		if (!make_room(cache, SIZE_MAX))
			return NULL;
		cache->end = cache->next;
		cache->oldest = cache->next = 0;
	}
	if (!make_room(cache, bytes))
		return NULL;
	cache->next += bytes;
	return (void *)(cache->block + cache->next - bytes);
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

static struct kept_list *add(struct list_cache *cache, struct list_key key, size_t bytes)
{
	struct kept_list *list = place(cache, bytes);

	if (list)
		*list = (struct kept_list){.key = key, .bytes = bytes, .turn = cache->turn};
	return list;
}

struct kept_list *list_cache_add(struct list_cache *cache, struct list_key key, bool scores, size_t set_words)
{
	size_t room = (size_t)key.count + POSTING_SPARE;
	size_t posting_bytes = 2 * sizeof(uint32_t) + (scores ? sizeof(double) : 0);
	size_t set_bytes = set_words * (sizeof(uint64_t) + sizeof(uint32_t));
	size_t size = sizeof(struct kept_list) + room * posting_bytes + set_bytes;
	size_t bytes =
		(size + sizeof(double) - 1) / sizeof(double) * sizeof(double); /* so that the next stands straight */
	struct kept_list *list;

	pthread_mutex_lock(&cache->mutex);
	list = add(cache, key, bytes);
	pthread_mutex_unlock(&cache->mutex);
	if (list)
		divide(list, room, scores, set_words);
	return list;
}

void list_cache_keep(struct list_cache *cache, struct kept_list *list)
{
	struct kept_list **slot = &cache->slots[slot_of(hash_of(list->key))];

	pthread_mutex_lock(&cache->mutex);
	list->chain = *slot;
	list->found = true;
	*slot = list;
	pthread_mutex_unlock(&cache->mutex);
}
