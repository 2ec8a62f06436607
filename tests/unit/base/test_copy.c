/* Compiled with memcpy() and memmove() under names of their own; what they must do is written down byte by byte. */
#include "unit.h"

#include <stdbool.h>
#include <string.h>

enum { AROUND = 16, LONGEST = 200, ROOM = LONGEST + 6 * AROUND };

static void fill(unsigned char *room)
{
	for (size_t i = 0; i < ROOM; i++)
		room[i] = (unsigned char)(i * 7 + i / 256);
}

/* As if all were read before any is written. */
static void move_by_bytes(unsigned char *room, size_t to, size_t from, size_t n)
{
	unsigned char read[ROOM];

	for (size_t i = 0; i < n; i++)
		read[i] = room[from + i];
	for (size_t i = 0; i < n; i++)
		room[to + i] = read[i];
}

static bool alike(const unsigned char *a, const unsigned char *b)
{
	for (size_t i = 0; i < ROOM; i++) {
		if (a[i] != b[i])
			return false;
	}
	return true;
}

/* Every length at every distance up to four blocks, forward and backward: nothing else is touched. */
static void blocks_may_overlap(void **state)
{
	unsigned char room[ROOM];
	unsigned char expected[ROOM];

	(void)state;
	for (size_t n = 0; n <= LONGEST; n++) {
		for (size_t to = 0; to <= 4 * AROUND; to++) {
			fill(room);
			fill(expected);
			move_by_bytes(expected, to, 2 * AROUND, n);
			assert_ptr_equal(memmove(room + to, room + 2 * AROUND, n), room + to);
			assert_true(alike(room, expected));
		}
	}
}

static void blocks_apart_are_copied(void **state)
{
	unsigned char from[ROOM];
	unsigned char to[ROOM];
	unsigned char expected[ROOM];

	(void)state;
	fill(from);
	for (size_t n = 0; n <= LONGEST; n++) {
		for (size_t i = 0; i < ROOM; i++)
			to[i] = expected[i] = 0xEE;
		for (size_t i = 0; i < n; i++)
			expected[5 + i] = from[3 + i];
		assert_ptr_equal(memcpy(to + 5, from + 3, n), to + 5);
		assert_true(alike(to, expected));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_may_overlap),
		cmocka_unit_test(blocks_apart_are_copied),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
