#include "bytes.h"

#include "unit.h"

/* Sizes past what the functions take at a time, each text at each of eight alignments and at the end of its memory. */
enum { TEXT_MAX = 530, ALIGNMENTS = 8 };

static char text[TEXT_MAX + ALIGNMENTS];

static void counts_are_those_of_a_loop(void **state)
{
	(void)state;
	for (size_t n = 0; n <= TEXT_MAX; n++) {
		struct span all = {text + n % ALIGNMENTS, n};

		memset(text, 'x', sizeof text);
		assert_int_equal(bytes_count(all, 'x'), n);
		assert_int_equal(bytes_count(all, '\n'), 0);
		for (size_t i = 0; i < n; i += 3)
			text[n % ALIGNMENTS + i] = '\x80';
		assert_int_equal(bytes_count(all, '\x80'), (n + 2) / 3);
	}
}

static void a_pair_is_found_wherever_it_is(void **state)
{
	(void)state;
	for (size_t n = 0; n <= TEXT_MAX; n += n < 40 ? 1 : 7) {
		struct span all = {text + n % ALIGNMENTS, n};

		memset(text, '[', sizeof text);
		assert_int_equal(bytes_have_pair(all, '[', '['), n > 1);
		for (size_t i = 0; i < n; i++) {
			memset(text, 'x', sizeof text);
			text[n % ALIGNMENTS + i] = ']';
			text[n % ALIGNMENTS + i + 1] = ':'; /* perhaps behind the end */
			assert_int_equal(bytes_have_pair(all, ']', ':'), i + 1 < n);
			assert_false(bytes_have_pair(all, ':', ']'));
			assert_false(bytes_have_pair(all, ']', ']'));
		}
	}
}

static void the_first_break_is_found_from_anywhere(void **state)
{
	static const char none[] = {'\t', '\f', '\r', 8, 0, 'x', '\x8A', '\x8B', 0x4A, '\x09'};

	(void)state;
	for (size_t n = 0; n <= 70; n++) {
		for (size_t at = 0; at <= n; at++) {
			struct span all = {text + n % ALIGNMENTS, n};

			for (size_t i = 0; i < sizeof text; i++)
				text[i] = none[i % sizeof none];
			text[n % ALIGNMENTS + at] = at % 2 ? '\n' : '\v'; /* behind the end when at == n */
			text[n % ALIGNMENTS + (at + n) / 2 + 1] = '\n';   /* a later one */
			for (size_t from = 0; from <= at; from++)
				assert_int_equal(bytes_find_break(all, from), at);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_are_those_of_a_loop),
		cmocka_unit_test(a_pair_is_found_wherever_it_is),
		cmocka_unit_test(the_first_break_is_found_from_anywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
