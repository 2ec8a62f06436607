#include "arena.h"

#include "unit.h"

#include <stdalign.h>

enum { BLOCK = 64 * 1024 };

static bool is_aligned(const void *p)
{
	return (uintptr_t)p % alignof(max_align_t) == 0;
}

static void pieces_are_aligned_and_apart(void **state)
{
	static const size_t sizes[] = {0, 1, 15, 16, 17, 1000, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 1};
	enum { COUNT = sizeof sizes / sizeof *sizes };
	struct arena arena = {0};
	unsigned char *pieces[COUNT];

	(void)state;
	for (size_t i = 0; i < COUNT; i++) {
		pieces[i] = arena_alloc(&arena, sizes[i]);
		assert_non_null(pieces[i]);
		assert_true(is_aligned(pieces[i]));
		memset(pieces[i], (int)i, sizes[i]);
	}
	for (size_t i = 0; i < COUNT; i++)
		for (size_t k = 0; k < sizes[i]; k++)
			assert_int_equal(pieces[i][k], i);
	arena_release(&arena);
	assert_null(arena.newest);
}

static void texts_take_their_bytes_and_what_follows_is_aligned(void **state)
{
	struct arena arena = {0};
	char *first = arena_text(&arena, 3);
	char *second = arena_text(&arena, 5);
	char *aligned = arena_alloc(&arena, 8);
	char *third = arena_text(&arena, 1);

	(void)state;
	assert_ptr_equal(second, first + 3);
	assert_ptr_equal(aligned, first + 16);
	assert_ptr_equal(third, aligned + 8);
	/* a text that does not fit begins a block, and so does what is aligned behind one that just did */
	assert_int_equal(arena.used, 25);
	assert_non_null(arena_text(&arena, BLOCK - 26));
	assert_int_equal(arena.used, BLOCK - 1);
	assert_true(is_aligned(arena_alloc(&arena, 1)));
	assert_int_equal(arena.used, 1);
	arena_release(&arena);
}

static void arrays_are_zeroed_even_in_used_memory(void **state)
{
	struct arena arena = {0};
	uint32_t *numbers;

	(void)state;
	memset(arena_alloc(&arena, 4000), 0xFF, 4000);
	arena_reset(&arena);
	numbers = arena_array(&arena, 1000, sizeof *numbers);
	for (size_t i = 0; i < 1000; i++)
		assert_int_equal(numbers[i], 0);
	arena_release(&arena);
}

static void copies_are_terminated(void **state)
{
	struct arena arena = {0};
	struct span copy = arena_copy(&arena, (struct span){"abcdef", 3});
	struct span empty = arena_copy(&arena, (struct span){NULL, 0});

	(void)state;
	assert_string_equal(copy.p, "abc");
	assert_int_equal(copy.n, 3);
	assert_string_equal(empty.p, "");
	assert_int_equal(empty.n, 0);
	arena_release(&arena);
}

static void a_reset_gives_the_first_block_again(void **state)
{
	struct arena arena = {0};
	void *first = arena_alloc(&arena, 10);
	void *again;

	(void)state;
	for (int i = 0; i < 5; i++)
		assert_non_null(arena_alloc(&arena, BLOCK));
	arena_reset(&arena);
	again = arena_alloc(&arena, 10);
	assert_ptr_equal(first, again);
	arena_reset(&arena);
	arena_release(&arena);
	arena_reset(&arena);
	arena_release(&arena);
}

static void a_rewind_ends_what_came_after_the_mark(void **state)
{
	struct arena arena = {0};
	char *kept = arena_alloc(&arena, 10);
	struct arena_mark mark = arena_mark(&arena);
	void *ended = arena_alloc(&arena, 10);
	struct arena_mark last;

	(void)state;
	memset(kept, 'k', 10);
	for (int i = 0; i < 5; i++)
		assert_non_null(arena_alloc(&arena, BLOCK));
	arena_rewind(&arena, mark);
	assert_ptr_equal(arena_alloc(&arena, 10), ended);
	/* a failure is not forgotten */
	last = arena_mark(&arena);
	assert_null(arena_alloc(&arena, SIZE_MAX));
	arena_rewind(&arena, last);
	assert_true(arena.failed);
	for (int i = 0; i < 10; i++)
		assert_int_equal(kept[i], 'k');
	arena_release(&arena);
	/* of an arena that had nothing */
	mark = arena_mark(&arena);
	assert_non_null(arena_alloc(&arena, 1));
	arena_rewind(&arena, mark);
	assert_null(arena.newest);
	arena_release(&arena);
}

static void small_blocks_hold_what_is_larger_too(void **state)
{
	struct arena arena = {.block = ARENA_SMALL};
	char *first = arena_alloc(&arena, 1000);
	char *second = arena_alloc(&arena, 1000);
	struct arena_block *block = arena.newest;
	char *large;

	(void)state;
	assert_ptr_equal(second, first + 1008);
	assert_non_null(arena_alloc(&arena, ARENA_SMALL - 1000));
	assert_true(arena.newest != block);
	large = arena_alloc(&arena, BLOCK);
	assert_non_null(large);
	memset(large, 1, BLOCK);
	arena_release(&arena);
	assert_int_equal(arena.block, ARENA_SMALL);
}

static void impossible_sizes_fail_and_stick(void **state)
{
	struct arena arena = {0};

	(void)state;
	assert_null(arena_alloc(&arena, SIZE_MAX));
	assert_true(arena.failed);
	arena_release(&arena);
	assert_false(arena.failed);
	assert_null(arena_alloc(&arena, SIZE_MAX - 15));
	assert_true(arena.failed);
	arena_release(&arena);
	assert_null(arena_array(&arena, SIZE_MAX / 2, 3));
	assert_true(arena.failed);
	assert_non_null(arena_alloc(&arena, 1));
	assert_true(arena.failed);
	arena_reset(&arena);
	assert_false(arena.failed);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_are_aligned_and_apart),
		cmocka_unit_test(texts_take_their_bytes_and_what_follows_is_aligned),
		cmocka_unit_test(arrays_are_zeroed_even_in_used_memory),
		cmocka_unit_test(copies_are_terminated),
		cmocka_unit_test(a_reset_gives_the_first_block_again),
		cmocka_unit_test(a_rewind_ends_what_came_after_the_mark),
		cmocka_unit_test(small_blocks_hold_what_is_larger_too),
		cmocka_unit_test(impossible_sizes_fail_and_stick),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
