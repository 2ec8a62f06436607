/* arena - many small allocations with one end.
 *
 * Shape:  a chain of blocks; arena_alloc() hands out aligned pieces of the newest.
 * Owner:  the arena owns every piece; arena_reset() and arena_release() end them all, arena_rewind() the last ones.
 * Errors: sticky: arena_alloc() returns NULL and sets `failed` when memory runs out.
 * Cost:   a few instructions an allocation; a reset keeps the first block.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "span.h"

struct arena_block;

/* For arenas that hold little: their blocks lie side by side, and few pages are touched. */
enum { ARENA_SMALL = 4000 };

struct arena {
	struct arena_block *newest;
	size_t used;  /* bytes of the newest block */
	size_t block; /* what a block has room for at least; 0: 64 KiB */
	bool failed;
};

/* A place in the arena, to go back to. */
struct arena_mark {
	struct arena_block *newest;
	size_t used;
};

/* `bytes` bytes, aligned for any type, not zeroed. */
void *arena_alloc(struct arena *arena, size_t bytes);

/* The same for characters, not aligned: of a short text a byte takes a byte. */
char *arena_text(struct arena *arena, size_t bytes);

/* `count` items of `size` bytes, zeroed; NULL also when the product overflows. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* A copy of a span, terminated by a NUL that is not counted; {NULL, 0} on failure. */
struct span arena_copy(struct arena *arena, struct span text);

static inline struct arena_mark arena_mark(const struct arena *arena)
{
	return (struct arena_mark){arena->newest, arena->used};
}

/* Ends all pieces that were handed out since the mark was made. */
void arena_rewind(struct arena *arena, struct arena_mark mark);

void arena_reset(struct arena *arena);
void arena_release(struct arena *arena);

#endif
