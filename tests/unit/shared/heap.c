#include "heap.h"

#include "mem.h"

#include <stdlib.h>
#include <string.h>

struct heap heap;

void heap_fail(unsigned call, bool stays)
{
	heap.calls = 0;
	heap.stays = stays;
	heap.failing = call;
}

bool heap_heal(void)
{
	bool failed = heap.failing && heap.calls >= heap.failing;

	heap.failing = 0;
	return failed;
}

void *mem_resize(void *old, size_t count, size_t size)
{
	unsigned call = ++heap.calls;
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes) ||
	    (heap.failing && (heap.stays ? call >= heap.failing : call == heap.failing)))
		return NULL;
	if (bytes > heap.largest)
		heap.largest = bytes;
	heap.blocks += old == NULL;
	return realloc(old, bytes ? bytes : 1);
}

void *mem_zero(size_t count, size_t size)
{
	void *block = mem_resize(NULL, count, size);

	return block ? memset(block, 0, count * size) : NULL;
}

void mem_free(void *block)
{
	heap.blocks -= block != NULL;
	free(block);
}
