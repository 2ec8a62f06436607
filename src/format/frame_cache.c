#include "frame_cache.h"

#include "large_pages.h"
#include "mem.h"

#include <stdalign.h>
#include <string.h>

/* What a frame takes: all that follow begin where a struct may. */
static size_t bytes_of(size_t text)
{
	return (sizeof(struct store_frame) + text + alignof(struct store_frame) - 1) &
	       ~(alignof(struct store_frame) - 1);
}

/* Twice what all frames take, for two threads may bring the same one; FRAME_CACHE_BYTES at most. */
static size_t room_for(uint32_t frame_count, uint64_t text_bytes)
{
	uint64_t bytes = 2 * (uint64_t)frame_count * bytes_of(1);

	if (bytes >= FRAME_CACHE_BYTES || text_bytes >= (FRAME_CACHE_BYTES - bytes) / 2)
		return FRAME_CACHE_BYTES;
	return (size_t)(bytes + 2 * text_bytes);
}

struct frame_cache *frame_cache_new(uint32_t frame_count, uint64_t text_bytes)
{
	struct frame_cache *cache = mem_zero(1, sizeof *cache);

	if (!cache)
		return NULL;
	cache->frames = mem_zero(frame_count, sizeof *cache->frames);
	cache->room = room_for(frame_count, text_bytes);
	cache->block = mem_resize(NULL, cache->room, 1);
	if (!cache->frames || !cache->block) {
		frame_cache_free(cache);
		return NULL;
	}
	large_pages_advise(cache->block, cache->room);
	return cache;
}

void frame_cache_free(struct frame_cache *cache)
{
	if (!cache)
		return;
	mem_free((void *)cache->frames);
	mem_free(cache->block);
	mem_free(cache);
}

void frame_cache_add(struct frame_cache *cache, const struct store_frame *frame)
{
	const struct store_frame *none = NULL;
	size_t bytes = bytes_of(frame->size);
	struct store_frame *kept;
	size_t at;

	/* one that never fits takes no room from the others */
	if (bytes > cache->room)
		return;
	at = atomic_fetch_add_explicit(&cache->used, bytes, memory_order_relaxed);
	if (at > cache->room - bytes)
		return;
	kept = (struct store_frame *)(void *)(cache->block + at);
	*kept = *frame;
	kept->text = (struct span){(char *)(kept + 1), frame->size};
	memcpy(kept + 1, frame->text.p, frame->size);
	atomic_compare_exchange_strong_explicit(&cache->frames[frame->number], &none, kept, memory_order_release,
						memory_order_relaxed);
}
