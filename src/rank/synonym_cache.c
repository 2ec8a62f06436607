#include "synonym_cache.h"

#include "checksum.h"

enum { SLOTS = 1024 }; /* a power of two; some groups of words are in most queries, and there are hundreds */

static struct synonym_entry **slot_of(const struct synonym_cache *cache, struct span key)
{
	return &cache->slots[checksum_64(key) & (SLOTS - 1)];
}

void synonym_cache_release(struct synonym_cache *cache)
{
	arena_release(&cache->arena);
	*cache = (struct synonym_cache){0};
}

void synonym_cache_turn(struct synonym_cache *cache)
{
	bool on = cache->on;

	if (cache->bytes > SYNONYM_CACHE_BYTES || cache->arena.failed)
		synonym_cache_release(cache);
	cache->on = on;
}

const struct synonym_entry *synonym_cache_find(const struct synonym_cache *cache, struct span key)
{
	const struct synonym_entry *entry = cache->slots ? *slot_of(cache, key) : NULL;

	while (entry && !span_equal(entry->key, key))
		entry = entry->chain;
	return entry;
}

void synonym_cache_add(struct synonym_cache *cache, struct span key, const struct synonym_entry *entry, size_t bytes)
{
	struct synonym_entry *kept;
	struct span copy;

	if (!cache->on)
		return;
	if (!cache->slots)
		cache->slots = arena_array(&cache->arena, SLOTS, sizeof(struct synonym_entry *));
	kept = arena_alloc(&cache->arena, sizeof *kept);
	copy = arena_copy(&cache->arena, key);
	if (cache->arena.failed)
		return;
	*kept = *entry;
	kept->key = copy;
	kept->chain = *slot_of(cache, key);
	*slot_of(cache, key) = kept;
	cache->bytes += sizeof *kept + key.n + bytes;
}
