#include "list.h"
#include "random.h"
#include "unit.h"

#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* The same of the list decoded whole, up to the first value that is damaged. */
static void drain_whole(struct span bytes, uint32_t count, uint32_t limit, bool impacts)
{
	struct posting_cursor cursor;
	struct posting_array array;
	int64_t before = -1;
	uint32_t value;

	if (bytes.n < count / 8 || posting_cursor_open(&cursor, bytes, count, limit, impacts) < 0)
		return;
	if (list_decode(&cursor, &array) == 0) {
		for (uint32_t i = 0; i < count && posting_array_value(&array, i, &value) > 0; i++) {
			assert_true(array.numbers[i] > before);
			assert_true(array.numbers[i] < limit);
			before = array.numbers[i];
		}
	}
	free(array.numbers);
}

/* Decodes a copy without a byte to spare: -1, or how many postings came, each in bounds and in order. */
static int drain(struct span bytes, uint32_t count, uint32_t limit, bool impacts)
{
	struct posting_cursor cursor;
	char *copy = malloc(bytes.n ? bytes.n : 1);
	int64_t before = -1;
	int total = 0;
	int status = -1;
	uint32_t number;
	uint32_t value;

	assert_non_null(copy);
	if (bytes.n)
		memcpy(copy, bytes.p, bytes.n);
	if (posting_cursor_open(&cursor, (struct span){copy, bytes.n}, count, limit, impacts) == 0) {
		while ((status = posting_cursor_next(&cursor, &number)) > 0) {
			assert_true(number > before);
			assert_true(number < limit);
			before = number;
			total++;
			if ((status = posting_cursor_value(&cursor, &value)) < 0)
				break;
		}
	}
	if (status < 0)
		assert_int_equal(posting_cursor_next(&cursor, &number), 0);
	drain_whole((struct span){copy, bytes.n}, count, limit, impacts);
	free(copy);
	assert_true((uint32_t)total <= count);
	return status < 0 ? -1 : total;
}

static int drain_list(const struct list *list)
{
	return drain(buf_span(&list->bytes), (uint32_t)list->count, list->limit, list->impacts);
}

static void every_truncation_is_noticed(void **state)
{
	struct list *list = test_malloc(sizeof *list);
	uint64_t seed = 2;

	(void)state;
	for (size_t i = 0; i + 1 < LIST_COUNTS; i++) {
		list_make(list, list_counts[i], LIST_SPARSE, (enum list_values)(i % LIST_VALUES), &seed);
		while (list->bytes.n) {
			list->bytes.n--;
			assert_int_equal(drain_list(list), -1);
		}
		buf_release(&list->bytes);
	}
	test_free(list);
}

static void what_is_left_over_is_noticed(void **state)
{
	struct list *list = test_malloc(sizeof *list);
	uint64_t seed = 3;

	(void)state;
	for (size_t i = 0; i < LIST_COUNTS; i++) {
		uint32_t count = (uint32_t)list_counts[i];
		struct span bytes;

		list_make(list, count, LIST_SPARSE, (enum list_values)(i % LIST_VALUES), &seed);
		bytes = buf_span(&list->bytes);
		assert_int_equal(drain_list(list), (int)count);
		assert_int_equal(drain(bytes, 0, list->limit, list->impacts), -1);
		assert_int_equal(drain(bytes, UINT32_MAX, list->limit, list->impacts), -1);
		assert_int_equal(drain(bytes, count, list->limit - 1, list->impacts), -1);
		assert_int_equal(drain(bytes, count, 0, list->impacts), -1);
		buf_add_byte(&list->bytes, 1);
		assert_int_equal(drain_list(list), -1);
		buf_release(&list->bytes);
	}
	test_free(list);
}

static void malformed_lists_are_refused(void **state)
{
	static const struct {
		const char *what;
		uint32_t count;
		uint32_t limit;
		size_t n;
		const char *bytes;
	} table[] = {
		{"nothing", 1, 7, 0, ""},
		{"number at the limit", 1, 7, 2, "\x07\x00"},
		{"no value", 1, 7, 1, "\x06"},
		{"number above 32 bits", 1, UINT32_MAX, 6, "\x80\x80\x80\x80\x10\x00"},
		{"value above 32 bits", 1, 7, 6, "\x00\x80\x80\x80\x80\x10"},
		{"varint not the shortest", 1, 7, 3, "\x00\x81\x00"},
		{"left over", 1, 7, 3, "\x00\x00\x00"},
		{"a block without bytes", 2, 7, 0, ""},
		{"a header alone", 2, 7, 1, "\xE0"},
		{"one gap for two", 2, 7, 2, "\xE0\x01"},
		{"number at the limit, unary", 2, 7, 2, "\xE0\xA0"},
		{"number far above, k 31", 2, UINT32_MAX, 9, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x0F"},
		{"bits after the end", 2, 7, 2, "\xE0\x07"},
		{"bytes after the end", 2, 7, 3, "\xE0\x03\x00"},
		{"no values", 2, 7, 2, "\x00\x03"},
		{"one value for two", 2, 7, 2, "\x00\x07"},
		{"bits after values", 2, 7, 2, "\x00\x1F"},
		{"bytes after values", 2, 7, 3, "\x00\x0F\x00"},
		{"a quotient of fifteen", 2, 7, 4, "\x00\x07\x00\x04"},
		{"no escape", 2, 7, 4, "\x00\x07\x00\x02"},
		{"one escape too many", 2, 7, 6, "\x00\x07\x00\x02\x00\x00"},
		{"escape not the shortest", 2, 7, 6, "\x00\x07\x00\x02\x80\x00"},
		{"escape above 32 bits", 2, 7, 9, "\x00\x07\x00\x02\xF2\xFF\xFF\xFF\x0F"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(table); i++) {
		struct span bytes = {table[i].bytes, table[i].n};

		if (drain(bytes, table[i].count, table[i].limit, false) != -1)
			fail_msg("%s", table[i].what);
	}
	assert_int_equal(drain((struct span){"\x00\x07\x00\x02\xF1\xFF\xFF\xFF\x0F", 9}, 2, 7, false), 2);
	assert_int_equal(drain((struct span){"\xE0\x50", 2}, 2, 7, false), 2);
}

/* `blocks` of the numbers from 0 to 127, each after the one before, under a table that may lie. */
static void make_blocks(struct buf *out, const uint32_t *table, size_t blocks)
{
	buf_reset(out);
	for (size_t i = 0; i < 2 * blocks; i++)
		buf_add_u32(out, table[i]);
	for (size_t i = 0; i < blocks; i++) {
		buf_add_byte(out, POSTING_ZEROS << 5);
		for (size_t j = 0; j < POSTING_BLOCK / 8; j++)
			buf_add_byte(out, 0xFF);
	}
}

static void tables_that_lie_are_refused(void **state)
{
	static const uint32_t honest[] = {127, 17, 255, 34};
	static const uint32_t table[][4] = {
		{126, 17, 255, 34},        {128, 17, 255, 34},        {127, 16, 255, 34},
		{127, 18, 255, 34},        {127, 17, 254, 34},        {127, 17, 256, 34},
		{127, 17, 255, 33},        {127, 17, 255, 35},        {127, 0, 255, 34},
		{127, 34, 255, 34},        {127, 17, 255, 0},         {127, UINT32_MAX, 255, 34},
		{UINT32_MAX, 17, 255, 34}, {127, 17, UINT32_MAX, 34}, {127, 17, 255, UINT32_MAX},
		{255, 17, 127, 34},
	};
	struct buf list = {0};

	(void)state;
	make_blocks(&list, honest, 2);
	assert_int_equal(drain(buf_span(&list), 256, 256, false), 256);
	for (size_t i = 0; i < COUNT(table); i++) {
		make_blocks(&list, table[i], 2);
		if (drain(buf_span(&list), 256, 256, false) != -1)
			fail_msg("table %zu", i);
	}
	buf_release(&list);
}

/* The third block is sound but for standing past the limit, where only a seek that skips gets to. */
static void no_table_leads_past_the_limit(void **state)
{
	static const uint32_t table[] = {255, 17, 511, 34, 639, 51};
	struct posting_cursor cursor;
	struct buf list = {0};
	uint32_t found;

	(void)state;
	make_blocks(&list, table, 3);
	/* More postings than there are numbers: told at once. */
	assert_int_equal(posting_cursor_open(&cursor, buf_span(&list), 384, 256, false), -1);
	assert_int_equal(posting_cursor_open(&cursor, buf_span(&list), 384, 630, false), 0);
	assert_int_equal(posting_cursor_seek(&cursor, 600, &found), -1);
	assert_int_equal(posting_cursor_seek(&cursor, 600, &found), 0);
	assert_int_equal(posting_cursor_open(&cursor, buf_span(&list), 384, 640, false), 0);
	assert_int_equal(posting_cursor_seek(&cursor, 600, &found), 1);
	assert_int_equal(found, 600);
	buf_release(&list);
}

static void impacts_that_run_past_a_block_are_refused(void **state)
{
	struct list *list = test_malloc(sizeof *list);
	uint64_t seed = 6;
	size_t first;

	(void)state;
	list_fill(list, 257, LIST_DENSE, 0, &seed);
	list_encode(list, true);
	first = 1 + 1 + 3 * 8;
	assert_int_equal(list->bytes.data[first], 2);
	for (unsigned n = 19; n < 256; n++) {
		list->bytes.data[first] = (char)n;
		assert_int_equal(drain_list(list), -1);
	}
	buf_release(&list->bytes);
	test_free(list);
}

/* Seeks and impacts, too, stay in bounds, whatever the bytes. */
static void leap(const struct list *list, uint32_t count, uint64_t *seed)
{
	struct posting_cursor cursor;
	struct span impact;
	uint32_t number = 0;
	uint32_t found;
	uint32_t value;

	if (posting_cursor_open(&cursor, buf_span(&list->bytes), count, list->limit, list->impacts) < 0)
		return;
	while (random_below(seed, 20)) {
		if (posting_cursor_seek(&cursor, number, &found) <= 0)
			break;
		assert_true(found >= number && found < list->limit);
		impact = posting_cursor_impact(&cursor);
		for (size_t i = 0; i < impact.n; i++)
			value = (unsigned char)impact.p[i];
		if (random_below(seed, 2) && posting_cursor_value(&cursor, &value) < 0)
			break;
		number = found + random_below(seed, 1 + list->limit / 8);
	}
	(void)value;
}

static void every_flip_of_a_bit_stays_in_bounds(void **state)
{
	struct list *list = test_malloc(sizeof *list);
	struct list *exact = test_malloc(sizeof *exact);
	uint64_t seed = 4;

	(void)state;
	for (size_t i = 0; i < LIST_COUNTS * LIST_VALUES; i++) {
		size_t count = list_counts[i % LIST_COUNTS];

		if (count == LIST_LONGEST)
			count = 700;
		list_make(list, count, (enum list_shape)(i % LIST_SHAPES), (enum list_values)(i % LIST_VALUES), &seed);
		*exact = *list;
		exact->bytes.data = test_malloc(list->bytes.n);
		memcpy(exact->bytes.data, list->bytes.data, list->bytes.n);
		for (size_t bit = 0; bit<8 * list->bytes.n; bit += list->bytes.n> 1000 ? 7 : 1) {
			exact->bytes.data[bit / 8] = (char)(list->bytes.data[bit / 8] ^ 1 << bit % 8);
			drain_list(exact);
			leap(exact, (uint32_t)count, &seed);
			exact->bytes.data[bit / 8] = list->bytes.data[bit / 8];
		}
		test_free(exact->bytes.data);
		buf_release(&list->bytes);
	}
	test_free(exact);
	test_free(list);
}

/* Bytes changed at will, most often where lengths and tables stand, and counts that are wrong. */
static void damage_never_leads_astray(void **state)
{
	struct list *list = test_malloc(sizeof *list);
	uint64_t seed = 7;

	(void)state;
	for (int round = 0; round < 300; round++) {
		size_t count = list_counts[random_below(&seed, LIST_COUNTS - 1)];

		list_make(list, count, (enum list_shape)random_below(&seed, LIST_SHAPES),
			  (enum list_values)random_below(&seed, LIST_VALUES), &seed);
		for (int i = 0; i < 40; i++) {
			uint32_t n = i % 2 && list->bytes.n > 24 ? 24 : (uint32_t)list->bytes.n;
			size_t at = random_below(&seed, n);
			char saved = list->bytes.data[at];

			list->bytes.data[at] = (char)random_below(&seed, 256);
			drain_list(list);
			leap(list, (uint32_t)count + random_below(&seed, 2), &seed);
			if (i % 3)
				list->bytes.data[at] = saved;
		}
		buf_release(&list->bytes);
	}
	test_free(list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_truncation_is_noticed),
		cmocka_unit_test(what_is_left_over_is_noticed),
		cmocka_unit_test(malformed_lists_are_refused),
		cmocka_unit_test(tables_that_lie_are_refused),
		cmocka_unit_test(no_table_leads_past_the_limit),
		cmocka_unit_test(impacts_that_run_past_a_block_are_refused),
		cmocka_unit_test(every_flip_of_a_bit_stays_in_bounds),
		cmocka_unit_test(damage_never_leads_astray),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
