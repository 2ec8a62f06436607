#include "entry_cache.h"

#include "mem.h"
#include "spread.h"

static struct entry_slot *slot_of(struct entry_cache *cache, const struct lexicon *lexicon, struct span key)
{
	uint64_t hash = checksum_64(key) ^ spread((uintptr_t)lexicon);

	return &cache->slots[hash >> 32 & (ENTRY_CACHE_SLOTS - 1)];
}

static bool is_of(const struct entry_slot *slot, const struct lexicon *lexicon, struct span key)
{
	return slot->lexicon == lexicon && slot->key_bytes == key.n && memcmp(slot->key, key.p, key.n) == 0;
}

/* What a lexicon said: `found` 1 or 0. */
static void keep(struct entry_slot *slot, const struct lexicon *lexicon, struct span key,
		 const struct lexicon_entry *entry, int found)
{
	*slot = (struct entry_slot){.lexicon = lexicon, .key_bytes = (uint8_t)key.n};
	memcpy(slot->key, key.p, key.n);
	if (!found)
		return;
	slot->count = entry->count;
	slot->offset = entry->offset;
	slot->bytes = (uint32_t)entry->bytes;
	slot->list_bytes = (uint8_t)entry->list.n;
	if (entry->list.n)
		memcpy(slot->list, entry->list.p, entry->list.n);
}

void entry_cache_release(struct entry_cache *cache)
{
	mem_free(cache->slots);
	*cache = (struct entry_cache){0};
}

int entry_cache_find(struct entry_cache *cache, struct lexicon *lexicon, struct span key, struct lexicon_entry *out,
		     struct err *err)
{
	struct entry_slot *slot;
	int found;

	if (cache->on && !cache->slots)
		cache->slots = mem_zero(ENTRY_CACHE_SLOTS, sizeof *cache->slots);
	if (!cache->on || !cache->slots || key.n > ENTRY_CACHE_KEY)
		return lexicon_find(lexicon, key, out, err);
	slot = slot_of(cache, lexicon, key);
	if (!is_of(slot, lexicon, key)) {
		found = lexicon_find(lexicon, key, out, err);
		if (found >= 0 && (!found || out->bytes <= UINT32_MAX))
			keep(slot, lexicon, key, out, found);
		return found;
	}
	*out = (struct lexicon_entry){key, slot->count, {slot->list, slot->list_bytes}, slot->offset, slot->bytes};
	return slot->count > 0;
}
