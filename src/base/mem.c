#include "mem.h"

#include <stdlib.h>

void *mem_resize(void *old, size_t count, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes))
		return NULL;
	return realloc(old, bytes ? bytes : 1);
}

void *mem_zero(size_t count, size_t size)
{
	return calloc(count ? count : 1, size);
}

void mem_free(void *block)
{
	free(block);
}
