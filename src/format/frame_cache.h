/* frame_cache - frames of a store that were decompressed once, for all threads that read it.
 *
 * Shape:  one block, no larger than the store has use for, that fills from the front, and a pointer for each frame. A frame that is here stays as it is
 *         until the end; once the block is full no other comes.
 * Owner:  the cache owns its frames; who found one may use it as long as the cache lasts.
 * Errors: none: without memory, or room, a frame is not kept.
 * Cost:   no lock. Of frames that two threads bring at once the second is not kept, and its room is lost.
 */
#ifndef FORMAT_FRAME_CACHE_H
#define FORMAT_FRAME_CACHE_H

#include "span.h"
#include <stdatomic.h>
#include <stdint.h>

/* With their text 32 MB: of all frames of 28 MB of text, or of the first that were asked for. A database manual of 12.8 MB has
 * 2,300 frames, and of 11,500 texts that 1,000 searches read 77 in 100 are in one of the last 2,048, 62 in the last 1,024. */
enum { FRAME_CACHE_BYTES = 32 << 20 };

/* The text of a frame, or the beginning of it. */
struct store_frame {
	uint32_t number;
	uint64_t start; /* of its text in that of the store */
	size_t size;    /* of its text; 0: none is here */
	struct span text;
};

struct frame_cache {
	_Atomic(const struct store_frame *) *frames; /* by number */
	char *block;
	size_t room;        /* of the block, */
	atomic_size_t used; /* of which so much is taken; more when it is full */
};

/* For a store of so many frames and so much text. NULL: no memory. */
struct frame_cache *frame_cache_new(uint32_t frame_count, uint64_t text_bytes);
void frame_cache_free(struct frame_cache *cache);

/* The frame, if it is kept, else NULL. */
static inline const struct store_frame *frame_cache_find(const struct frame_cache *cache, uint32_t number)
{
	return atomic_load_explicit(&cache->frames[number], memory_order_acquire);
}

/* Is there room for any more? */
static inline bool frame_cache_full(const struct frame_cache *cache)
{
	return atomic_load_explicit(&cache->used, memory_order_relaxed) >= cache->room;
}

/* Keeps a copy of a frame, all of whose text is there. */
void frame_cache_add(struct frame_cache *cache, const struct store_frame *frame);

#endif
