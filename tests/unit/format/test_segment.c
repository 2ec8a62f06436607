#include "segment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct segment_meta some_meta(void)
{
	struct segment_meta meta = {.section_count = 0xFFFFFFFE,
				    .document_count = 7,
				    .term_count = 0x123456789ABCDEF0,
				    .text_bytes = UINT64_MAX};

	for (unsigned i = 0; i < sizeof meta.fingerprint.bytes; i++)
		meta.fingerprint.bytes[i] = (unsigned char)(i * 17);
	for (unsigned i = 0; i < CHANNEL_LENGTHS; i++) {
		meta.length_sum[i] = ((uint64_t)i << 40) + 3;
		meta.length_count[i] = UINT32_MAX - i;
	}
	return meta;
}

static void assert_meta(const struct segment_meta *a, const struct segment_meta *b)
{
	assert_memory_equal(a->fingerprint.bytes, b->fingerprint.bytes, sizeof a->fingerprint.bytes);
	assert_int_equal(a->section_count, b->section_count);
	assert_int_equal(a->document_count, b->document_count);
	assert_int_equal(a->term_count, b->term_count);
	assert_int_equal(a->text_bytes, b->text_bytes);
	assert_memory_equal(a->length_sum, b->length_sum, sizeof a->length_sum);
	assert_memory_equal(a->length_count, b->length_count, sizeof a->length_count);
}

static void totals_are_read_back_or_refused(void **state)
{
	struct segment_meta meta = some_meta();
	struct segment_meta back;
	struct buf bytes = {0};

	(void)state;
	segment_meta_encode(&bytes, &meta);
	assert_int_equal(segment_meta_decode(&back, buf_span(&bytes)), 0);
	assert_meta(&back, &meta);
	for (size_t n = 0; n < bytes.n; n++)
		assert_int_equal(segment_meta_decode(&back, (struct span){bytes.data, n}), -1);
	buf_add_byte(&bytes, 0);
	assert_int_equal(segment_meta_decode(&back, buf_span(&bytes)), -1);
	buf_release(&bytes);
}

static void records_are_read_back(void **state)
{
	static const struct section_record table[] = {
		{0},
		{UINT64_MAX, UINT32_MAX, UINT32_MAX, SECTION_RECORD_NO_PARENT, UINT32_MAX, UINT32_MAX, UINT32_MAX,
		 UINT32_MAX, UINT16_MAX, UINT16_MAX},
		{0x0102030405060708, 0x11121314, 0x21222324, 0x31323334, 0x41424344, 0x51525354, 0x61626364, 0x71727374,
		 0x8182, 0x9192},
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct section_record back;
		struct buf bytes = {0};

		section_record_encode(&bytes, &table[i]);
		assert_int_equal(bytes.n, SECTION_BYTES);
		back = section_record_decode(bytes.data);
		assert_memory_equal(&back, &table[i], sizeof back);
		buf_release(&bytes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(totals_are_read_back_or_refused),
		cmocka_unit_test(records_are_read_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
