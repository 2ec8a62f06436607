#include "list.h"
#include "number_set.h"
#include "random.h"
#include "unit.h"

#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static void check_next(const struct list *list, uint32_t values_of)
{
	struct posting_cursor cursor;
	char *copy = list_open(list, &cursor);
	uint32_t number;
	uint32_t value;

	assert_int_equal(cursor.impact.n, list->impacts && list->count > POSTING_BLOCK);
	for (size_t i = 0; i < list->count; i++) {
		assert_int_equal(posting_cursor_next(&cursor, &number), 1);
		assert_int_equal(number, list->postings[i].number);
		if (i % values_of)
			continue;
		assert_int_equal(posting_cursor_value(&cursor, &value), 1);
		assert_int_equal(value, list->postings[i].value);
	}
	assert_int_equal(posting_cursor_next(&cursor, &number), 0);
	assert_int_equal(posting_cursor_next(&cursor, &number), 0);
	assert_int_equal(posting_cursor_seek(&cursor, 0, &number), 0);
	assert_int_equal(posting_cursor_value(&cursor, &value), -1);
	free(copy);
}

/* The first posting from `from` on that is not before `number`. */
static size_t find(const struct list *list, size_t from, uint32_t number)
{
	while (from < list->count && list->postings[from].number < number)
		from++;
	return from;
}

static void check_seek(const struct list *list, uint32_t target)
{
	struct posting_cursor cursor;
	char *copy = list_open(list, &cursor);
	size_t at = find(list, 0, target);
	uint32_t number;
	uint32_t value;

	assert_int_equal(posting_cursor_seek(&cursor, target, &number), at < list->count);
	if (at < list->count) {
		assert_int_equal(number, list->postings[at].number);
		assert_int_equal(posting_cursor_value(&cursor, &value), 1);
		assert_int_equal(value, list->postings[at].value);
		assert_int_equal(posting_cursor_seek(&cursor, target, &number), 1); /* stays */
		assert_int_equal(posting_cursor_seek(&cursor, 0, &number), 1);
		assert_int_equal(number, list->postings[at].number);
	}
	free(copy);
}

static void check_seeks(const struct list *list)
{
	size_t step = list->count > 300 ? 37 : list->count > 5 ? 3 : 1;

	for (size_t i = 0; i < list->count; i += step) {
		uint32_t number = list->postings[i].number;

		check_seek(list, number);
		check_seek(list, number + 1);
		check_seek(list, number ? number - 1 : 0);
	}
	check_seek(list, 0);
	check_seek(list, list->limit - 1);
	check_seek(list, UINT32_MAX);
}

/* The impacts of the block where the cursor stands, at posting `at`. */
static void check_impact(const struct posting_cursor *cursor, const struct list *list, size_t at)
{
	size_t block = at / POSTING_BLOCK;
	struct span impact = posting_cursor_impact(cursor);

	assert_int_equal(impact.n, list->impacts && list->count > POSTING_BLOCK ? (block + 2) % 5 : 0);
	for (size_t i = 0; i < impact.n; i++)
		assert_int_equal((unsigned char)impact.p[i], block + 1);
}

/* next, seek, impact and value in any order give what a pointer into the array would. */
static void check_walk(const struct list *list, struct posting_decoded *decoded, uint64_t *seed)
{
	struct posting_cursor cursor;
	char *copy = list_open(list, &cursor);
	size_t at = SIZE_MAX; /* before the first */

	if (decoded && (list->count == 1 || random_below(seed, 2)))
		posting_cursor_open_decoded(&cursor, decoded, (uint32_t)list->count, list->limit);
	else if (decoded)
		posting_cursor_use(&cursor, decoded);
	for (;;) {
		size_t from = at == SIZE_MAX ? 0 : at;
		size_t ahead = random_below(seed, random_below(seed, 4) ? 6 : 700);
		size_t target = from + ahead < list->count ? from + ahead : list->count - 1;
		uint32_t posting = list->postings[target].number;
		uint32_t number = posting - (ahead % 3 == 0 && posting);
		uint32_t got;
		uint32_t value;

		if (random_below(seed, 2)) {
			at = at == SIZE_MAX ? 0 : at + 1;
			assert_int_equal(posting_cursor_next(&cursor, &got), at < list->count);
		} else {
			at = find(list, from, number);
			assert_int_equal(posting_cursor_seek(&cursor, number, &got), 1);
		}
		if (at == list->count)
			break;
		assert_int_equal(got, list->postings[at].number);
		if (!decoded)
			check_impact(&cursor, list, at);
		if (random_below(seed, 3))
			continue;
		assert_int_equal(posting_cursor_value(&cursor, &value), 1);
		assert_int_equal(value, list->postings[at].value);
	}
	free(copy);
}

/* Decoded whole: all numbers, and values in any order. */
static void check_array(const struct list *list, uint64_t *seed)
{
	struct posting_cursor cursor;
	struct posting_array array;
	char *copy = list_open(list, &cursor);

	assert_int_equal(list_decode(&cursor, &array), 0);
	for (size_t i = 0; i < list->count; i++)
		assert_int_equal(array.numbers[i], list->postings[i].number);
	for (int round = 0; round < 200; round++) {
		uint32_t at = random_below(seed, (uint32_t)list->count);
		uint32_t value;

		assert_int_equal(posting_array_value(&array, at, &value), 1);
		assert_int_equal(value, list->postings[at].value);
		assert_int_equal(posting_find(array.numbers, (uint32_t)list->count, array.numbers[at]), at);
		assert_int_equal(posting_find(array.numbers, (uint32_t)list->count, array.numbers[at] - (at > 0)),
				 at - (at > 0));
	}
	free(array.numbers);
	free(copy);
}

/* A cursor over what was decoded before finds what one over the bytes finds; with a set of its numbers as well. */
static void check_decoded(const struct list *list, uint64_t *seed)
{
	size_t room = list->count + POSTING_SPARE;
	size_t words = number_set_words(list->limit);
	struct posting_decoded decoded = {.numbers = test_malloc(room * sizeof(uint32_t)),
					  .values = test_malloc(room * sizeof(uint32_t))};
	struct posting_cursor cursor;
	char *copy = list_open(list, &cursor);

	decoded.numbers[0] = list->postings[0].number; /* a list of one is not decoded, but may be made */
	decoded.values[0] = list->postings[0].value;
	if (list->count > 1)
		assert_int_equal(posting_cursor_decode(&cursor, &decoded), 0);
	check_walk(list, &decoded, seed);
	if (words < 10000) {
		decoded.set = test_calloc(words, sizeof(uint64_t));
		decoded.ranks = test_malloc(words * sizeof(uint32_t));
		number_set_add_all(decoded.set, decoded.numbers, list->count);
		number_set_rank(decoded.set, words, decoded.ranks);
		check_walk(list, &decoded, seed);
		test_free(decoded.set);
		test_free(decoded.ranks);
	}
	free(copy);
	test_free(decoded.numbers);
	test_free(decoded.values);
}

static void equals_the_naive_model(void **state)
{
	struct list *list = test_malloc(sizeof *list);
	uint64_t seed = 1;

	(void)state;
	for (size_t i = 0; i < LIST_COUNTS; i++) {
		for (unsigned shape = LIST_DENSE; shape < LIST_SHAPES * LIST_VALUES; shape++) {
			list_make(list, list_counts[i], (enum list_shape)(shape % LIST_SHAPES),
				  (enum list_values)(shape / LIST_SHAPES), &seed);
			check_next(list, 1);
			check_next(list, 100);
			check_next(list, LIST_LONGEST + 1);
			check_seeks(list);
			check_array(list, &seed);
			for (int round = 0; round < 5; round++) {
				check_walk(list, NULL, &seed);
				check_decoded(list, &seed);
			}
			buf_release(&list->bytes);
		}
	}
	test_free(list);
}

static void extreme_numbers_come_back(void **state)
{
	static const struct posting table[][2] = {
		{{0, 0}, {UINT32_MAX - 1, UINT32_MAX}},
		{{UINT32_MAX - 2, UINT32_MAX}, {UINT32_MAX - 1, 0}},
		{{0, UINT32_MAX}, {1, UINT32_MAX}},
		{{1u << 31, 1}, {UINT32_MAX - 1, 1}},
	};
	struct list *list = test_malloc(sizeof *list);

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		memcpy(list->postings, table[i], sizeof table[i]);
		for (list->count = 1; list->count <= 2; list->count++) {
			list->limit = UINT32_MAX;
			list_encode(list, false);
			check_next(list, 1);
			buf_release(&list->bytes);
		}
	}
	test_free(list);
}

/* Impacts are of the block where the cursor stands: without one, or in a list of one block, there are none. */
static void impacts_are_of_a_block_of_several(void **state)
{
	struct list *list = test_malloc(sizeof *list);
	struct posting_cursor cursor;
	uint64_t seed = 9;
	uint32_t number;

	(void)state;
	list_fill(list, POSTING_BLOCK + 1, LIST_DENSE, 0, &seed);
	list_encode(list, true);
	assert_int_equal(posting_cursor_open(&cursor, buf_span(&list->bytes), (uint32_t)list->count, list->limit, true),
			 0);
	assert_int_equal(posting_cursor_impact(&cursor).n, 0);
	assert_int_equal(posting_cursor_next(&cursor, &number), 1);
	assert_int_equal(posting_cursor_impact(&cursor).n, 2);
	assert_int_equal(posting_cursor_seek(&cursor, list->limit, &number), 0);
	assert_int_equal(posting_cursor_impact(&cursor).n, 0);
	buf_release(&list->bytes);
	list->count = POSTING_BLOCK;
	list_encode(list, true);
	assert_int_equal(posting_cursor_open(&cursor, buf_span(&list->bytes), (uint32_t)list->count, list->limit, true),
			 0);
	assert_int_equal(posting_cursor_next(&cursor, &number), 1);
	assert_int_equal(cursor.impact.n, 0);
	assert_int_equal(posting_cursor_impact(&cursor).n, 0);
	buf_release(&list->bytes);
	test_free(list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equals_the_naive_model),
		cmocka_unit_test(extreme_numbers_come_back),
		cmocka_unit_test(impacts_are_of_a_block_of_several),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
