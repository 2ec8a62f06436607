/* mem - the one entry to the heap.
 *
 * Owner:  the caller frees with mem_free() what it got from mem_resize().
 * Errors: NULL when there is no memory or the size overflows; the old block then stays valid.
 * Source: a test program that defines mem_resize() itself replaces this one (it sits alone in its object file), which
 *         is how every allocation is made to fail in turn.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

/* realloc() for `count` items of `size` bytes, checked for overflow; old may be NULL; count 0 gives a valid block. */
void *mem_resize(void *old, size_t count, size_t size);

/* A new block, all bytes zero. */
void *mem_zero(size_t count, size_t size);

void mem_free(void *block);

#endif
