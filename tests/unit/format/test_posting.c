#include "posting.h"
#include "random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static const size_t counts[] = {1, 2, 127, 128, 129, 255, 256, 257, 1000};

/* A list and what it should decode to. */
struct list {
	struct posting postings[1000];
	size_t count;
	uint32_t limit; /* just above the last number */
	struct buf bytes;
};

enum shape { DENSE, SPARSE, FAR, FREQUENT, SHAPES };

static uint32_t frequency_of(enum shape shape, uint64_t *seed)
{
	static const uint32_t large[] = {1, 2, 127, 128, 16383, 16384, UINT32_MAX - 1, UINT32_MAX};

	if (shape == FREQUENT)
		return large[random_below(seed, 8)];
	return random_below(seed, 4) ? 1 : 1 + random_below(seed, 300);
}

static void make_list(struct list *list, size_t count, enum shape shape, uint64_t *seed)
{
	uint32_t gap = shape == DENSE ? 1 : shape == FAR ? UINT32_MAX / (uint32_t)count : 50;
	uint32_t number = shape == DENSE ? 0 : random_below(seed, gap);

	list->count = count;
	for (size_t i = 0; i < count; i++) {
		list->postings[i] = (struct posting){number, frequency_of(shape, seed)};
		list->limit = number + 1;
		number += shape == DENSE ? 1 : 1 + random_below(seed, gap - 1);
	}
	list->bytes = (struct buf){0};
	posting_encode(&list->bytes, list->postings, count);
	assert_false(list->bytes.failed);
}

static void assert_same(struct posting a, struct posting b)
{
	assert_int_equal(a.number, b.number);
	assert_int_equal(a.frequency, b.frequency);
}

static void check_next(const struct list *list)
{
	struct posting_decoder decoder;
	struct posting got;

	posting_decoder_init(&decoder, buf_span(&list->bytes), (uint32_t)list->count, list->limit);
	for (size_t i = 0; i < list->count; i++) {
		assert_int_equal(posting_decoder_next(&decoder, &got), 1);
		assert_same(got, list->postings[i]);
	}
	assert_int_equal(posting_decoder_next(&decoder, &got), 0);
	assert_int_equal(posting_decoder_next(&decoder, &got), 0);
	assert_int_equal(posting_decoder_seek(&decoder, 0, &got), 0);
}

/* The first posting from `from` on that is not before `number`. */
static size_t find(const struct list *list, size_t from, uint32_t number)
{
	while (from < list->count && list->postings[from].number < number)
		from++;
	return from;
}

static void check_seek(const struct list *list, uint32_t number)
{
	struct posting_decoder decoder;
	struct posting got;
	size_t at = find(list, 0, number);

	posting_decoder_init(&decoder, buf_span(&list->bytes), (uint32_t)list->count, list->limit);
	assert_int_equal(posting_decoder_seek(&decoder, number, &got), at < list->count);
	if (at < list->count)
		assert_same(got, list->postings[at]);
}

static void check_seeks(const struct list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		uint32_t number = list->postings[i].number;

		check_seek(list, number);
		check_seek(list, number + 1);
		check_seek(list, number ? number - 1 : 0);
	}
	check_seek(list, 0);
	check_seek(list, UINT32_MAX);
}

/* next and seek in any order give what a pointer into the array would. */
static void check_walk(const struct list *list, uint64_t *seed)
{
	struct posting_decoder decoder;
	size_t at = 0;

	posting_decoder_init(&decoder, buf_span(&list->bytes), (uint32_t)list->count, list->limit);
	for (;;) {
		uint32_t ahead = random_below(seed, 300);
		size_t target = at + ahead < list->count ? at + ahead : list->count - 1;
		uint32_t number = list->postings[target].number - (ahead % 3 == 0 && list->postings[target].number);
		struct posting got;
		int status;

		if (random_below(seed, 2)) {
			status = posting_decoder_next(&decoder, &got);
		} else {
			status = posting_decoder_seek(&decoder, number, &got);
			at = find(list, at, number);
		}
		assert_int_equal(status, at < list->count);
		if (status == 0)
			return;
		assert_same(got, list->postings[at++]);
	}
}

static void equals_the_naive_model(void **state)
{
	struct list *list = test_malloc(sizeof *list);
	uint64_t seed = 1;

	(void)state;
	for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
		for (enum shape shape = DENSE; shape < SHAPES; shape++) {
			make_list(list, counts[i], shape, &seed);
			check_next(list);
			check_seeks(list);
			for (int round = 0; round < 20; round++)
				check_walk(list, &seed);
			buf_release(&list->bytes);
		}
	}
	test_free(list);
}

static void bytes_are_as_documented(void **state)
{
	static const struct posting postings[] = {{0, 1}, {1, 1}, {5, 3}, {105, 200}};
	static const unsigned char expected[] = {1, 1, 3 << 1, 3, (99 << 1 & 0x7F) | 0x80, 99 << 1 >> 7, 0xC8, 1};
	struct buf bytes = {0};

	(void)state;
	posting_encode(&bytes, postings, 4);
	assert_int_equal(bytes.n, sizeof expected);
	assert_memory_equal(bytes.data, expected, sizeof expected);
	buf_release(&bytes);
}

static void no_postings_no_bytes(void **state)
{
	struct buf bytes = {0};

	(void)state;
	posting_encode(&bytes, NULL, 0);
	assert_int_equal(bytes.n, 0);
	buf_release(&bytes);
}

/* Decodes a copy without a byte to spare: -1, or how many postings came, each in bounds and in order. */
static int drain(const char *bytes, size_t n, uint32_t count, uint32_t limit)
{
	struct posting_decoder decoder;
	struct posting got;
	char *copy = malloc(n ? n : 1);
	int64_t before = -1;
	int total = 0;
	int status;

	assert_non_null(copy);
	if (n)
		memcpy(copy, bytes, n);
	posting_decoder_init(&decoder, (struct span){copy, n}, count, limit);
	while ((status = posting_decoder_next(&decoder, &got)) > 0) {
		assert_true(got.number > before);
		assert_true(got.number < limit);
		assert_true(got.frequency > 0);
		before = got.number;
		total++;
	}
	free(copy);
	assert_true((uint32_t)total <= count);
	return status < 0 ? -1 : total;
}

static void every_truncation_is_noticed(void **state)
{
	struct list *list = test_malloc(sizeof *list);
	uint64_t seed = 2;

	(void)state;
	for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
		make_list(list, counts[i], SPARSE, &seed);
		for (size_t n = 0; n < list->bytes.n; n++)
			assert_int_equal(drain(list->bytes.data, n, (uint32_t)list->count, list->limit), -1);
		buf_release(&list->bytes);
	}
	test_free(list);
}

static void what_is_left_over_is_noticed(void **state)
{
	struct list *list = test_malloc(sizeof *list);
	uint64_t seed = 3;

	(void)state;
	for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
		uint32_t count = (uint32_t)counts[i];

		make_list(list, count, SPARSE, &seed);
		assert_int_equal(drain(list->bytes.data, list->bytes.n, count, list->limit), (int)count);
		if (count > 1)
			assert_int_equal(drain(list->bytes.data, list->bytes.n, count - 1, list->limit), -1);
		assert_int_equal(drain(list->bytes.data, list->bytes.n, count + 1, list->limit), -1);
		assert_int_equal(drain(list->bytes.data, list->bytes.n, UINT32_MAX, list->limit), -1);
		assert_int_equal(drain(list->bytes.data, list->bytes.n, count, list->limit - 1), -1);
		assert_int_equal(drain(list->bytes.data, list->bytes.n, count, 0), -1);
		buf_add_byte(&list->bytes, 1);
		assert_int_equal(drain(list->bytes.data, list->bytes.n, count, list->limit), -1);
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
		{"number at the limit", 1, 7, 1, "\x0F"},
		{"second number at the limit", 2, 7, 2, "\x0B\x03"},
		{"frequency 0", 1, 7, 2, "\x00\x00"},
		{"frequency missing", 1, 7, 1, "\x00"},
		{"frequency above 32 bits", 1, 7, 6, "\x00\x80\x80\x80\x80\x10"},
		{"number above 32 bits", 1, UINT32_MAX, 5, "\x81\x80\x80\x80\x20"},
		{"number of 63 bits", 1, UINT32_MAX, 10, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"},
		{"varint not the shortest", 1, 7, 2, "\x81\x00"},
		{"frequency not the shortest", 1, 7, 3, "\x00\x82\x00"},
		{"varint of eleven bytes", 1, 7, 11, "\x81\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01"},
		{"varint without an end", 1, 7, 3, "\x81\x80\x80"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		if (drain(table[i].bytes, table[i].n, table[i].count, table[i].limit) != -1)
			fail_msg("%s", table[i].what);
	}
}

/* Blocks of 128 postings of a byte each, under a table of two varints a block: last number and bytes. */
static void make_blocks(struct buf *out, const unsigned *table, size_t blocks)
{
	buf_reset(out);
	for (size_t i = 0; i < 2 * blocks; i++)
		buf_add_varint(out, table[i]);
	for (size_t i = 0; i < blocks * POSTING_BLOCK; i++)
		buf_add_byte(out, 1);
}

static void tables_that_lie_are_refused(void **state)
{
	static const unsigned honest[] = {127, 128, 127, 128};
	static const unsigned table[][4] = {
		{126, 128, 127, 128}, {128, 128, 127, 128}, {127, 127, 127, 129},        {127, 129, 127, 127},
		{127, 128, 126, 128}, {127, 128, 128, 128}, {127, 128, 127, 127},        {127, 128, 127, 129},
		{127, 0, 127, 256},   {127, 256, 127, 0},   {127, 128, 127, 0xFFFFFFFF}, {0xFFFFFFFF, 128, 127, 128},
	};
	struct buf list = {0};

	(void)state;
	make_blocks(&list, honest, 2);
	assert_int_equal(drain(list.data, list.n, 256, 256), 256);
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		make_blocks(&list, table[i], 2);
		if (drain(list.data, list.n, 256, 256) != -1)
			fail_msg("table %zu", i);
	}
	buf_release(&list);
}

/* The third block is sound but for standing past the limit, where only a seek that skips gets to. */
static void no_table_leads_past_the_limit(void **state)
{
	static const unsigned table[] = {255, 128, 255, 128, 127, 128};
	struct posting_decoder decoder;
	struct posting got;
	struct buf list = {0};

	(void)state;
	make_blocks(&list, table, 3);
	posting_decoder_init(&decoder, buf_span(&list), 384, 256);
	assert_int_equal(posting_decoder_seek(&decoder, 600, &got), -1);
	buf_release(&list);
}

/* However the bytes are changed: an error, or numbers that rise below the limit. Seeks, too, stay in bounds. */
static void check_damaged(struct list *list, uint64_t *seed)
{
	struct posting_decoder decoder;
	uint32_t count = (uint32_t)list->count + (random_below(seed, 20) == 0);
	uint32_t number = 0;
	struct posting got;

	drain(list->bytes.data, list->bytes.n, count, list->limit);
	posting_decoder_init(&decoder, buf_span(&list->bytes), count, list->limit);
	while (posting_decoder_seek(&decoder, number, &got) > 0) {
		assert_true(got.number >= number);
		assert_true(got.number < list->limit);
		number = got.number + 1 + random_below(seed, 1 + list->limit / 8);
	}
}

static void damage_never_leads_astray(void **state)
{
	struct list *list = test_malloc(sizeof *list);
	uint64_t seed = 4;

	(void)state;
	for (int round = 0; round < 400; round++) {
		enum shape shape = (enum shape)random_below(&seed, SHAPES);

		make_list(list, counts[random_below(&seed, sizeof counts / sizeof counts[0])], shape, &seed);
		for (int i = 0; i < 50; i++) {
			size_t at = random_below(&seed, i % 2 && list->bytes.n > 16 ? 16 : (uint32_t)list->bytes.n);
			char saved = list->bytes.data[at];

			list->bytes.data[at] = (char)random_below(&seed, 256);
			check_damaged(list, &seed);
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
		cmocka_unit_test(equals_the_naive_model),       cmocka_unit_test(bytes_are_as_documented),
		cmocka_unit_test(no_postings_no_bytes),         cmocka_unit_test(every_truncation_is_noticed),
		cmocka_unit_test(what_is_left_over_is_noticed), cmocka_unit_test(malformed_lists_are_refused),
		cmocka_unit_test(tables_that_lie_are_refused),  cmocka_unit_test(no_table_leads_past_the_limit),
		cmocka_unit_test(damage_never_leads_astray),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
