#include "large_pages.h"

#include "mem.h"
#include "unit.h"

#include <string.h>

/* Blocks that begin and end anywhere keep what is in them, and so does what is around them. */
static void advice_changes_nothing(void **state)
{
	enum { BYTES = 2 * LARGE_PAGES_LEAST };
	char *block = mem_resize(NULL, BYTES, 1);

	(void)state;
	assert_non_null(block);
	for (size_t i = 0; i < BYTES; i++)
		block[i] = (char)(i * 31 >> 8);
	large_pages_advise(block + 4097, LARGE_PAGES_LEAST + 12345);
	large_pages_advise(block, BYTES);
	large_pages_advise(block + 5, 10);
	large_pages_advise(block + 5, 0);
	for (size_t i = 0; i < BYTES; i++)
		if (block[i] != (char)(i * 31 >> 8))
			fail_msg("byte %zu was changed", i);
	mem_free(block);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(advice_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
