#include "cursor.h"

#include "unit.h"

#define BYTES(literal)                                                                                                 \
	{                                                                                                              \
		literal, sizeof literal - 1                                                                            \
	}

static void integers_are_read_in_order(void **state)
{
	struct cursor c = cursor_of((struct span)BYTES("\1\2\3\4\5\6\7\x8\x9\xA\xB\xC\xD\xE\xF"));

	(void)state;
	assert_int_equal(cursor_u8(&c), 1);
	assert_int_equal(cursor_u16(&c), 0x0302);
	assert_int_equal(cursor_u32(&c), 0x07060504);
	assert_true(cursor_u64(&c) == 0x0F0E0D0C0B0A0908);
	assert_int_equal(cursor_left(&c), 0);
	assert_false(c.failed);
}

static uint64_t read_one(struct cursor *c, int kind)
{
	switch (kind) {
	case 0: return cursor_u8(c);
	case 1: return cursor_u16(c);
	case 2: return cursor_u32(c);
	case 3: return cursor_u64(c);
	case 4: return cursor_varint(c);
	case 5: return cursor_varint32(c);
	case 6: return cursor_bytes(c, 3).n;
	default: return cursor_text(c).n;
	}
}

static void no_read_passes_the_end_and_failure_sticks(void **state)
{
	/* 0xFF goes on as a varint, so that a short one is short for each kind of read. */
	static const unsigned char bytes[] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
	static const size_t needs[] = {1, 2, 4, 8, 9, 9, 3, 9};

	(void)state;
	for (int kind = 0; kind < 8; kind++) {
		for (size_t n = 0; n < needs[kind] && n <= sizeof bytes; n++) {
			struct cursor c = cursor_of((struct span){(const char *)bytes + sizeof bytes - n, n});

			assert_int_equal(read_one(&c, kind), 0);
			assert_true(c.failed);
			assert_int_equal(cursor_left(&c), 0);
			for (int next = 0; next < 8; next++)
				assert_int_equal(read_one(&c, next), 0);
		}
	}
}

static void an_empty_span_is_the_end(void **state)
{
	struct cursor c = cursor_of((struct span){NULL, 0});

	(void)state;
	assert_int_equal(cursor_left(&c), 0);
	assert_int_equal(cursor_bytes(&c, 0).n, 0);
	assert_false(c.failed);
	assert_int_equal(cursor_u8(&c), 0);
	assert_true(c.failed);
}

static void only_the_shortest_varint_counts(void **state)
{
	static const struct {
		struct span bytes;
		uint64_t value;
		bool good;
	} table[] = {
		{BYTES("\x00"), 0, true},
		{BYTES("\x7F"), 127, true},
		{BYTES("\x80\x01"), 128, true},
		{BYTES("\xFF\xFF\xFF\xFF\x0F"), UINT32_MAX, true},
		{BYTES("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"), UINT64_MAX, true},
		{BYTES("\x80\x00"), 0, false},
		{BYTES("\xFF\x80\x00"), 0, false},
		{BYTES("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x02"), 0, false},
		{BYTES("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x81\x00"), 0, false},
		{BYTES("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01"), 0, false},
		{BYTES("\x80"), 0, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct cursor c = cursor_of(table[i].bytes);

		assert_true(cursor_varint(&c) == table[i].value);
		assert_int_equal(c.failed, !table[i].good);
		assert_int_equal(cursor_left(&c), 0);
	}
}

static void a_varint_of_32_bits_has_32_bits(void **state)
{
	struct cursor good = cursor_of((struct span)BYTES("\xFF\xFF\xFF\xFF\x0F!"));
	struct cursor large = cursor_of((struct span)BYTES("\x80\x80\x80\x80\x10!"));

	(void)state;
	assert_true(cursor_varint32(&good) == UINT32_MAX);
	assert_int_equal(cursor_left(&good), 1);
	assert_int_equal(cursor_varint32(&large), 0);
	assert_true(large.failed);
	assert_int_equal(cursor_left(&large), 0);
}

static void a_text_is_as_long_as_it_says_or_nothing(void **state)
{
	struct cursor c = cursor_of((struct span)BYTES("\3abc\0\5xyz"));
	struct cursor huge = cursor_of((struct span)BYTES("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01xyz"));

	(void)state;
	assert_true(span_equal(cursor_text(&c), span_of("abc")));
	assert_int_equal(cursor_text(&c).n, 0);
	assert_false(c.failed);
	assert_int_equal(cursor_text(&c).n, 0);
	assert_true(c.failed);
	assert_int_equal(cursor_text(&huge).n, 0);
	assert_true(huge.failed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(integers_are_read_in_order),
		cmocka_unit_test(no_read_passes_the_end_and_failure_sticks),
		cmocka_unit_test(an_empty_span_is_the_end),
		cmocka_unit_test(only_the_shortest_varint_counts),
		cmocka_unit_test(a_varint_of_32_bits_has_32_bits),
		cmocka_unit_test(a_text_is_as_long_as_it_says_or_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
