#define _GNU_SOURCE /* memmem(3) */
#include "needle_find.h"

#include "random.h"
#include "unit.h"

#include <string.h>

enum { TEXT_MAX = 300, NEEDLE_MAX = 90 };

/* A block of memory that ends with the text, so that a step behind it is told. */
static struct span copy(struct span text)
{
	char *p = test_malloc(text.n + 1);

	memcpy(p + 1, text.p, text.n);
	return (struct span){p + 1, text.n};
}

static void check(struct span text, struct span needle)
{
	struct span at_end = copy(text);
	const char *expected = memmem(at_end.p, at_end.n, needle.p, needle.n);

	assert_ptr_equal(needle_find(at_end, needle), expected);
	test_free((char *)at_end.p - 1);
}

static void it_is_found_wherever_it_is(void **state)
{
	(void)state;
	for (size_t n = 1; n <= NEEDLE_MAX; n += n < 20 ? 1 : 9)
		for (size_t size = 0; size <= TEXT_MAX; size += size < 40 ? 1 : 13)
			for (size_t at = 0; at + n <= size; at += 1 + size / 40) {
				char text[TEXT_MAX];
				char needle[NEEDLE_MAX];

				memset(text, 'x', sizeof text);
				memset(needle, 'n', n);
				memcpy(text + at, needle, n);
				check((struct span){text, size}, (struct span){needle, n});
				/* now its end is behind the end of the text */
				check((struct span){text, at + n - 1}, (struct span){needle, n});
			}
}

/* Of two letters, so that most places have both ends. */
static void it_is_where_memmem_says(void **state)
{
	uint64_t seed = 3;

	(void)state;
	for (unsigned round = 0; round < 20000; round++) {
		char text[TEXT_MAX];
		char needle[NEEDLE_MAX];
		size_t size = random_below(&seed, TEXT_MAX);
		size_t n = 1 + random_below(&seed, round % 4 ? 9 : NEEDLE_MAX);

		for (size_t i = 0; i < size; i++)
			text[i] = random_below(&seed, 2) ? 'a' : '\xE4';
		for (size_t i = 0; i < n; i++)
			needle[i] = random_below(&seed, 2) ? 'a' : '\xE4';
		if (round % 3 == 0 && n <= size)
			memcpy(text + random_below(&seed, (uint32_t)(size - n + 1)), needle, n);
		check((struct span){text, size}, (struct span){needle, n});
	}
}

static void an_empty_text_has_none(void **state)
{
	(void)state;
	assert_null(needle_find((struct span){0}, span_of("a")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_text_has_none),
		cmocka_unit_test(it_is_found_wherever_it_is),
		cmocka_unit_test(it_is_where_memmem_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
