#include "word_list.h"

#include "unit.h"

/* Two lists of so many bytes each; what is in them is for posting.h. */
static void encode(struct buf *out, uint32_t strong, size_t strong_bytes, size_t weak_bytes)
{
	buf_reset(out);
	word_list_head(out, strong, strong_bytes);
	for (size_t i = 0; i < strong_bytes; i++)
		buf_add_byte(out, 's');
	for (size_t i = 0; i < weak_bytes; i++)
		buf_add_byte(out, 'w');
}

/* Up to a block all are in one list, whatever its bytes look like. */
static void a_block_is_one_list(void **state)
{
	static const uint32_t counts[] = {1, 2, 127, POSTING_BLOCK};
	struct posting_list lists[WORD_LISTS];
	struct buf bytes = {0};

	(void)state;
	encode(&bytes, 1, 2, 3);
	for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
		assert_int_equal(word_list_split(buf_span(&bytes), counts[i], lists), 1);
		assert_ptr_equal(lists[0].bytes.p, bytes.data);
		assert_int_equal(lists[0].bytes.n, bytes.n);
		assert_int_equal(lists[0].count, counts[i]);
		assert_false(lists[0].strong);
	}
	buf_release(&bytes);
}

static void more_are_two_lists(void **state)
{
	static const struct {
		uint32_t count;
		uint32_t strong;
		size_t strong_bytes;
		size_t weak_bytes;
	} table[] = {
		{129, 1, 2, 100},
		{129, 128, 90, 2},
		{300, 127, 64, 64},
		{300, 128, 128, 1},
		{1000, 129, 16384, 500},
		{UINT32_MAX, 300, 1, 1000},
		{UINT32_MAX, UINT32_MAX - 1, 7, 1},
	};
	struct posting_list lists[WORD_LISTS];
	struct buf bytes = {0};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		encode(&bytes, table[i].strong, table[i].strong_bytes, table[i].weak_bytes);
		assert_int_equal(word_list_split(buf_span(&bytes), table[i].count, lists), 2);
		assert_true(lists[0].strong && !lists[1].strong);
		assert_int_equal(lists[0].count, table[i].strong);
		assert_int_equal(lists[1].count, table[i].count - table[i].strong);
		assert_int_equal(lists[0].bytes.n, table[i].strong_bytes);
		assert_int_equal(lists[1].bytes.n, table[i].weak_bytes);
		assert_int_equal(lists[0].bytes.p[0], 's');
		assert_int_equal(lists[1].bytes.p[0], 'w');
		assert_ptr_equal(lists[1].bytes.p + lists[1].bytes.n, bytes.data + bytes.n);
	}
	buf_release(&bytes);
}

static void one_of_them_may_be_empty(void **state)
{
	struct posting_list lists[WORD_LISTS];
	struct buf bytes = {0};

	(void)state;
	encode(&bytes, 0, 0, 10);
	assert_int_equal(word_list_split(buf_span(&bytes), 200, lists), 1);
	assert_true(!lists[0].strong && lists[0].count == 200 && lists[0].bytes.n == 10);
	encode(&bytes, 200, 10, 0);
	assert_int_equal(word_list_split(buf_span(&bytes), 200, lists), 1);
	assert_true(lists[0].strong && lists[0].count == 200 && lists[0].bytes.n == 10);
	buf_release(&bytes);
}

static void malformed_heads_are_refused(void **state)
{
	static const struct {
		const char *what;
		struct span bytes;
	} table[] = {
		{"nothing", {"", 0}},
		{"no size", {"\x05", 1}},
		{"a count that does not end", {"\x80", 1}},
		{"a size that does not end", {"\x05\x80", 2}},
		{"a strong list that ends late", {"\x05\x04sss", 5}},
		{"a size of 2^63", {"\x05\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01ssw", 14}},
		{"more strong ones than all", {"\xC9\x01\x01sw", 5}},
		{"a count of 33 bits", {"\x85\x80\x80\x80\x10\x01sw", 8}},
		{"strong ones without bytes", {"\x05\x00w", 3}},
		{"bytes of no strong ones", {"\x00\x01sw", 4}},
		{"no weak ones, and bytes of them", {"\xC8\x01\x01sw", 5}},
		{"weak ones without bytes", {"\x05\x01s", 3}},
		{"neither has bytes", {"\x00\x00", 2}},
	};
	struct posting_list lists[WORD_LISTS];

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		if (word_list_split(table[i].bytes, 200, lists) != -1)
			fail_msg("%s", table[i].what);
}

/* Whatever the bytes: lists lie within them, and hold all the postings. */
static void any_bytes_are_split_or_refused(void **state)
{
	struct posting_list lists[WORD_LISTS];
	unsigned split = 0;

	(void)state;
	for (unsigned value = 0; value < 1u << 16; value++) {
		const char bytes[6] = {(char)value, (char)(value >> 8), 1, 2, 3, 4};

		for (size_t n = 0; n <= sizeof bytes; n++) {
			int count = word_list_split((struct span){bytes, n}, 200, lists);
			uint32_t postings = 0;

			for (int i = 0; i < count; i++) {
				assert_true(lists[i].bytes.n > 0 && lists[i].count > 0);
				assert_true(lists[i].bytes.p >= bytes &&
					    lists[i].bytes.p + lists[i].bytes.n <= bytes + n);
				postings += lists[i].count;
			}
			assert_int_equal(postings, count > 0 ? 200 : 0);
			split += count > 0;
		}
	}
	assert_true(split > 500);
}

static void strong_is_what_stands_out(void **state)
{
	static const bool strong[CHANNEL_FIELDS] = {
		[CHANNEL_HEADING] = true, [CHANNEL_QUESTION] = true, [CHANNEL_LEAD] = true};

	(void)state;
	for (unsigned fields = 1; fields < 1 << CHANNEL_FIELDS; fields++) {
		struct pattern pattern = {.fields = (uint8_t)fields};
		bool any = false;

		for (unsigned i = 0; i < CHANNEL_FIELDS; i++)
			any |= strong[i] && (fields >> i & 1);
		assert_int_equal(word_list_is_strong(&pattern), any);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_block_is_one_list),
		cmocka_unit_test(more_are_two_lists),
		cmocka_unit_test(one_of_them_may_be_empty),
		cmocka_unit_test(malformed_heads_are_refused),
		cmocka_unit_test(any_bytes_are_split_or_refused),
		cmocka_unit_test(strong_is_what_stands_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
