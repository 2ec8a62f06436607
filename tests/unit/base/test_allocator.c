/* Compiled with malloc() and its kin under names of their own, so that the test has both: its own and the allocator's. */
#include "unit.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCKS = 200, STEPS = 20000, LARGEST_SMALL = 128 * 1024 };

struct held {
	unsigned char *p;
	size_t size;
	unsigned char mark;
};

static uint32_t next(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

/* Mostly small, now and then around the size from which on blocks are mappings. */
static size_t some_size(uint32_t *seed)
{
	switch (next(seed) % 8) {
	case 0: return LARGEST_SMALL - 8 + next(seed) % 16;
	case 1: return next(seed) % 20000;
	default: return next(seed) % 300;
	}
}

static bool all(const unsigned char *p, size_t size, unsigned char value)
{
	for (size_t i = 0; i < size; i++) {
		if (p[i] != value)
			return false;
	}
	return true;
}

static bool fill(struct held *held, size_t size, unsigned char mark)
{
	*held = (struct held){held->p, size, mark};
	memset(held->p, mark, size);
	return (uintptr_t)held->p % 16 == 0;
}

/* One block is taken, resized or given back; false: it does not hold what it must. */
static bool step(struct held *held, uint32_t *seed)
{
	size_t size = some_size(seed);
	size_t kept = held->size < size ? held->size : size;
	unsigned char mark = (unsigned char)next(seed);

	if (!held->p) {
		held->p = next(seed) % 2 ? calloc(size, 1) : malloc(size);
		return held->p && fill(held, size, mark);
	}
	if (!all(held->p, held->size, held->mark))
		return false;
	if (next(seed) % 2) {
		held->p = realloc(held->p, size);
		return held->p && all(held->p, kept, held->mark) && fill(held, size, mark);
	}
	free(held->p);
	*held = (struct held){0};
	return true;
}

static void *take_and_give(void *seed_of_thread)
{
	uint32_t seed = *(uint32_t *)seed_of_thread;
	struct held held[BLOCKS] = {{0}};
	bool good = true;

	for (int i = 0; i < STEPS && good; i++)
		good = step(&held[next(&seed) % BLOCKS], &seed);
	for (int i = 0; i < BLOCKS; i++)
		free(held[i].p);
	return good ? seed_of_thread : NULL;
}

static void blocks_keep_what_was_written(void **state)
{
	uint32_t seed = 1;

	(void)state;
	assert_non_null(take_and_give(&seed));
}

static void threads_do_not_share_blocks(void **state)
{
	pthread_t threads[4];
	uint32_t seeds[4] = {2, 3, 4, 5};
	void *good;

	(void)state;
	for (int i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, take_and_give, &seeds[i]), 0);
	for (int i = 0; i < 4; i++) {
		assert_int_equal(pthread_join(threads[i], &good), 0);
		assert_non_null(good);
	}
}

static void what_is_given_back_is_used_again(void **state)
{
	unsigned char *first = malloc(1000);
	unsigned char *again;

	(void)state;
	memset(first, 0xA5, 1000);
	free(first);
	again = calloc(10, 100);
	assert_ptr_equal(again, first);
	assert_true(all(again, 1000, 0));
	free(again);
}

static void sizes_that_cannot_be_are_refused(void **state)
{
	void *small = malloc(10);
	void *large = malloc(1 << 20);
	volatile size_t most = SIZE_MAX; /* or the compiler warns of what is meant here */

	(void)state;
	errno = 0;
	assert_null(malloc(most));
	assert_int_equal(errno, ENOMEM);
	assert_null(malloc(most - 15));
	assert_null(calloc(most / 2, 3));
	assert_null(realloc(small, most));
	assert_null(realloc(large, most));
	free(small);
	free(large);
	free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_keep_what_was_written),
		cmocka_unit_test(threads_do_not_share_blocks),
		cmocka_unit_test(what_is_given_back_is_used_again),
		cmocka_unit_test(sizes_that_cannot_be_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
