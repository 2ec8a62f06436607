/* allocator - malloc(3) and its kin, declared by <stdlib.h>, for a program that answers a question and ends.
 *
 * Shape:  kbsearch only, in place of musl's own, which is made to find bugs and to give back what is freed: for a query of
 *         a millisecond it calls the system 37 times and touches 40 more pages. Here small blocks are cut from one piece
 *         of memory after the other, and freed ones kept by size for the next of that size; large ones are mappings.
 * Units:  sizes in bytes. Small ones are rounded up to a size class, of which there are four a doubling: at most a fourth
 *         of a block is unused.
 * Owner:  small blocks are given back when the process ends. Any thread may free what another got.
 * Errors: NULL and ENOMEM.
 * Cost:   30 ns; the last block of a piece grows where it is.
 * Source: musl's manual, "Replacing malloc": a program may define these four, aligned_alloc() fails then. Size classes
 *         by the bits behind the first: jemalloc(3), "Size classes".
 */
#define _GNU_SOURCE /* mremap(2) */
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum {
	HEADER = 16,         /* before each block; what malloc(3) has to align to */
	SMALL = 128 * 1024,  /* larger ones are mappings, as glibc has it */
	PIECE = 1024 * 1024, /* asked of the system at once: a query takes half of that */
	CLASSES = 48,        /* class_of(SMALL) + 1 */
};

struct block {
	size_t size;        /* without this header */
	struct block *next; /* while it is free */
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct block *freed[CLASSES];
static char *top, *end; /* of the piece at hand, what is left */

static struct block *block_of(void *p)
{
	return (struct block *)(void *)((char *)p - HEADER);
}

static void *memory_of(struct block *block)
{
	return (char *)block + HEADER;
}

/* Multiples of 16 up to 64, then four sizes a doubling: 80, 96, 112, 128, 160, ... */
static unsigned class_of(size_t size)
{
	unsigned highest;

	if (size <= 64)
		return size ? (unsigned)(size - 1) / 16 : 0;
	highest = 63 - (unsigned)__builtin_clzl(size - 1);
	return 4 * (highest - 5) + ((size - 1) >> (highest - 2) & 3);
}

static size_t size_of(unsigned class)
{
	return class < 4 ? 16 * (size_t)(class + 1) : (size_t)(class % 4 + 5) << (class / 4 + 3);
}

static void *no_memory(void)
{
	errno = ENOMEM;
	return NULL;
}

static void *map(size_t bytes)
{
	void *mapping = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return mapping == MAP_FAILED ? NULL : mapping;
}

static void *take_large(size_t size)
{
	struct block *block = size <= PTRDIFF_MAX - HEADER ? map(size + HEADER) : NULL;

	if (!block)
		return no_memory();
	block->size = size;
	return memory_of(block);
}

/* From the end of the piece at hand, or of a new one; what is left of the old one is lost. */
static struct block *cut(size_t bytes)
{
	struct block *block;

	if ((size_t)(end - top) < bytes) {
		char *piece = map(PIECE);

		if (!piece)
			return NULL;
		top = piece;
		end = piece + PIECE;
	}
	block = (struct block *)(void *)top;
	top += bytes;
	return block;
}

/* *fresh: its memory is all zero. */
static void *take_small(size_t size, bool *fresh)
{
	unsigned class = class_of(size);
	struct block *block;

	pthread_mutex_lock(&mutex);
	block = freed[class];
	*fresh = !block;
	if (block)
		freed[class] = block->next;
	else
		block = cut(HEADER + size_of(class));
	pthread_mutex_unlock(&mutex);
	if (!block)
		return no_memory();
	block->size = size_of(class);
	return memory_of(block);
}

/* Where it is the last of the piece at hand. */
static bool grow_in_place(struct block *block, size_t size)
{
	size_t larger = size_of(class_of(size));
	bool grown;

	pthread_mutex_lock(&mutex);
	grown = (char *)memory_of(block) + block->size == top && (size_t)(end - top) >= larger - block->size;
	if (grown) {
		top += larger - block->size;
		block->size = larger;
	}
	pthread_mutex_unlock(&mutex);
	return grown;
}

void *malloc(size_t size)
{
	bool fresh;

	return size <= SMALL ? take_small(size, &fresh) : take_large(size);
}

void *calloc(size_t count, size_t size)
{
	size_t bytes;
	bool fresh = true;
	void *p;

	if (__builtin_mul_overflow(count, size, &bytes))
		bytes = SIZE_MAX;
	p = bytes <= SMALL ? take_small(bytes, &fresh) : take_large(bytes);
	if (p && !fresh)
		memset(p, 0, bytes);
	return p;
}

void free(void *p)
{
	struct block *block;
	unsigned class;

	if (!p)
		return;
	block = block_of(p);
	if (block->size > SMALL) {
		munmap(block, block->size + HEADER);
		return;
	}
	class = class_of(block->size);
	pthread_mutex_lock(&mutex);
	block->next = freed[class];
	freed[class] = block;
	pthread_mutex_unlock(&mutex);
}

static void *resize_large(struct block *block, size_t size)
{
	void *moved = size <= PTRDIFF_MAX - HEADER ? mremap(block, block->size + HEADER, size + HEADER, MREMAP_MAYMOVE)
						   : MAP_FAILED;

	if (moved == MAP_FAILED)
		return no_memory();
	block = moved;
	block->size = size;
	return memory_of(block);
}

void *realloc(void *p, size_t size)
{
	struct block *block;
	void *larger;

	if (!p)
		return malloc(size);
	block = block_of(p);
	if (block->size > SMALL && size > SMALL)
		return resize_large(block, size);
	if (size <= block->size || (size <= SMALL && grow_in_place(block, size)))
		return p;
	larger = malloc(size);
	if (larger) {
		memcpy(larger, p, block->size);
		free(p);
	}
	return larger;
}
