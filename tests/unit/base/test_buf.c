#include "buf.h"

#include "cursor.h"
#include "unit.h"

static void bytes_are_kept_at_every_size(void **state)
{
	(void)state;
	for (size_t n = 0; n < 300; n++) {
		struct buf buf = {0};

		for (size_t i = 0; i < n; i++)
			buf_add_byte(&buf, (unsigned char)i);
		assert_int_equal(buf.n, n);
		for (size_t i = 0; i < n; i++)
			assert_int_equal((unsigned char)buf.data[i], (unsigned char)i);
		assert_false(buf.failed);
		buf_release(&buf);
		assert_null(buf.data);
	}
}

static void text_of_all_kinds_is_appended(void **state)
{
	struct buf buf = {0};

	(void)state;
	buf_add_text(&buf, "a");
	buf_add_span(&buf, (struct span){NULL, 0});
	buf_add(&buf, NULL, 0);
	buf_add_span(&buf, span_of("bc"));
	buf_printf(&buf, "-%d-%s", 42, "");
	buf_printf(&buf, "%200d", 7);
	assert_int_equal(buf.n, 3 + 4 + 200);
	assert_memory_equal(buf.data, "abc-42- ", 8);
	assert_int_equal(buf.data[buf.n - 1], '7');
	buf_release(&buf);
}

static void a_string_is_terminated_but_not_longer(void **state)
{
	struct buf buf = {0};

	(void)state;
	assert_string_equal(buf_string(&buf), "");
	buf_add_text(&buf, "ab");
	assert_string_equal(buf_string(&buf), "ab");
	buf_add_text(&buf, "c");
	assert_string_equal(buf_string(&buf), "abc");
	assert_int_equal(buf.n, 3);
	buf_release(&buf);
}

static void reserved_bytes_do_not_count(void **state)
{
	struct buf buf = {0};
	char *room = buf_reserve(&buf, 1000);

	(void)state;
	assert_non_null(room);
	memset(room, 'x', 1000);
	assert_int_equal(buf.n, 0);
	assert_ptr_equal(buf_reserve(&buf, 1000), room);
	buf_release(&buf);
}

static void integers_are_little_endian(void **state)
{
	struct buf buf = {0};

	(void)state;
	buf_add_u16(&buf, 0x0102);
	buf_add_u32(&buf, 0x03040506);
	buf_add_u64(&buf, 0x0708090A0B0C0D0E);
	assert_int_equal(buf.n, 14);
	assert_memory_equal(buf.data, "\2\1\6\5\4\3\xE\xD\xC\xB\xA\x9\x8\x7", 14);
	buf_release(&buf);
}

/* Cursor and buffer are each other's test: see test_cursor.c for what a varint must not be. */
static void varints_take_seven_bits_a_byte(void **state)
{
	struct buf buf = {0};

	(void)state;
	for (unsigned bits = 0; bits < 64; bits++) {
		uint64_t edge = (uint64_t)1 << bits;

		for (int offset = -1; offset <= 1; offset++) {
			uint64_t value = edge + (uint64_t)(int64_t)offset;
			size_t expected = 1;
			struct cursor cursor;

			for (uint64_t rest = value >> 7; rest; rest >>= 7)
				expected++;
			buf_reset(&buf);
			buf_add_varint(&buf, value);
			assert_int_equal(buf.n, expected);
			cursor = cursor_of(buf_span(&buf));
			assert_true(cursor_varint(&cursor) == value);
			assert_false(cursor.failed);
			assert_int_equal(cursor_left(&cursor), 0);
		}
	}
	buf_release(&buf);
}

static void counted_bytes_follow_their_count(void **state)
{
	struct buf buf = {0};

	(void)state;
	buf_add_counted(&buf, span_of("ab"));
	buf_add_counted(&buf, span_of(""));
	assert_true(span_equal(buf_span(&buf), (struct span){"\2ab\0", 4}));
	buf_release(&buf);
}

static void a_failure_sticks_until_reset(void **state)
{
	struct buf buf = {0};

	(void)state;
	buf_add_text(&buf, "kept");
	assert_null(buf_reserve(&buf, SIZE_MAX - 2));
	assert_true(buf.failed);
	buf_add_text(&buf, "lost");
	buf_add_varint(&buf, 1);
	buf_printf(&buf, "lost");
	assert_string_equal(buf_string(&buf), "");
	assert_int_equal(buf.n, 4);
	assert_memory_equal(buf.data, "kept", 4);
	buf_reset(&buf);
	assert_false(buf.failed);
	buf_add_text(&buf, "again");
	assert_string_equal(buf_string(&buf), "again");
	buf_release(&buf);
}

static void half_the_address_space_is_too_much(void **state)
{
	struct buf buf = {0};

	(void)state;
	assert_null(buf_reserve(&buf, SIZE_MAX / 2 + 1));
	assert_true(buf.failed);
	buf_release(&buf);
}

static void records_are_an_array(void **state)
{
	struct record {
		int a;
		char b;
	};
	struct buf buf = {0};

	(void)state;
	for (int i = 0; i < 100; i++) {
		struct record record = {i, (char)i};

		buf_add(&buf, &record, sizeof record);
	}
	assert_int_equal(BUF_COUNT(&buf, struct record), 100);
	assert_int_equal(BUF_AT(&buf, struct record, 99).a, 99);
	buf_release(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_are_kept_at_every_size),
		cmocka_unit_test(text_of_all_kinds_is_appended),
		cmocka_unit_test(a_string_is_terminated_but_not_longer),
		cmocka_unit_test(reserved_bytes_do_not_count),
		cmocka_unit_test(integers_are_little_endian),
		cmocka_unit_test(varints_take_seven_bits_a_byte),
		cmocka_unit_test(counted_bytes_follow_their_count),
		cmocka_unit_test(a_failure_sticks_until_reset),
		cmocka_unit_test(half_the_address_space_is_too_much),
		cmocka_unit_test(records_are_an_array),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
