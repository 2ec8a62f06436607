#include "arena.h"

#include "mem.h"

#include <stdalign.h>
#include <stdint.h>

/* 64 KiB: an ordinary document's sections fit in one block, and a block is one size class of the allocator. */
enum { BLOCK_BYTES = 64 * 1024 };

struct arena_block {
	struct arena_block *older;
	size_t capacity;
	alignas(max_align_t) char data[];
};

static struct arena_block *block_new(struct arena *arena, size_t bytes)
{
	size_t usual = arena->block ? arena->block : BLOCK_BYTES;
	size_t capacity = bytes > usual ? bytes : usual;
	struct arena_block *block;

	if (capacity > SIZE_MAX - sizeof *block)
		return NULL;
	block = mem_resize(NULL, sizeof *block + capacity, 1);
	if (!block)
		return NULL;
	block->capacity = capacity;
	block->older = arena->newest;
	arena->newest = block;
	arena->used = 0;
	return block;
}

/* `bytes` bytes from a place that `alignment` divides. */
static void *take(struct arena *arena, size_t bytes, size_t alignment)
{
	struct arena_block *block = arena->newest;
	size_t start = (arena->used + alignment - 1) & ~(alignment - 1);

	if (!block || start > block->capacity || bytes > block->capacity - start) {
		block = block_new(arena, bytes);
		start = 0;
	}
	if (!block) {
		arena->failed = true;
		return NULL;
	}
	arena->used = start + bytes;
	return block->data + start;
}

void *arena_alloc(struct arena *arena, size_t bytes)
{
	return take(arena, bytes, alignof(max_align_t));
}

char *arena_text(struct arena *arena, size_t bytes)
{
	return take(arena, bytes, 1);
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
	size_t bytes;
	void *items;

	if (__builtin_mul_overflow(count, size, &bytes)) {
		arena->failed = true;
		return NULL;
	}
	items = arena_alloc(arena, bytes);
	if (items)
		memset(items, 0, bytes);
	return items;
}

struct span arena_copy(struct arena *arena, struct span text)
{
	char *copy = arena_alloc(arena, text.n + 1);

	if (!copy)
		return (struct span){NULL, 0};
	if (text.n)
		memcpy(copy, text.p, text.n);
	copy[text.n] = '\0';
	return (struct span){copy, text.n};
}

static void free_down_to(struct arena *arena, struct arena_block *last)
{
	while (arena->newest && arena->newest != last) {
		struct arena_block *older = arena->newest->older;

		mem_free(arena->newest);
		arena->newest = older;
	}
	arena->used = 0;
	arena->failed = false;
}

void arena_rewind(struct arena *arena, struct arena_mark mark)
{
	bool failed = arena->failed;

	free_down_to(arena, mark.newest);
	arena->used = mark.used;
	arena->failed = failed;
}

void arena_reset(struct arena *arena)
{
	struct arena_block *first = arena->newest;

	while (first && first->older)
		first = first->older;
	free_down_to(arena, first);
}

void arena_release(struct arena *arena)
{
	free_down_to(arena, NULL);
}
