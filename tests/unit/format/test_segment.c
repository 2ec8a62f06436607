#include "segment.h"

#include "unit.h"

static struct segment_meta some_meta(void)
{
	struct segment_meta meta = {.section_count = 0xFFFFFFFE,
				    .document_count = 7,
				    .term_count = {0x123456789ABCDEF0, 5, UINT64_MAX},
				    .text_bytes = UINT64_MAX};

	for (unsigned i = 0; i < sizeof meta.fingerprint.bytes; i++)
		meta.fingerprint.bytes[i] = (unsigned char)(i * 17);
	for (unsigned i = 0; i < CHANNEL_LENGTHS; i++) {
		meta.length_sum[i] = ((uint64_t)i << 40) + 3;
		meta.length_count[i] = UINT32_MAX - 1 - i;
	}
	return meta;
}

static void assert_meta(const struct segment_meta *a, const struct segment_meta *b)
{
	assert_memory_equal(a->fingerprint.bytes, b->fingerprint.bytes, sizeof a->fingerprint.bytes);
	assert_int_equal(a->section_count, b->section_count);
	assert_int_equal(a->document_count, b->document_count);
	assert_memory_equal(a->term_count, b->term_count, sizeof a->term_count);
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

static void totals_that_cannot_be_are_refused(void **state)
{
	struct segment_meta meta = some_meta();
	struct segment_meta back;
	struct buf bytes = {0};

	(void)state;
	meta.section_count = 100;
	for (unsigned i = 0; i < CHANNEL_LENGTHS; i++)
		meta.length_count[i] = 100;
	segment_meta_encode(&bytes, &meta);
	assert_int_equal(segment_meta_decode(&back, buf_span(&bytes)), 0);
	buf_reset(&bytes);
	meta.length_count[CHANNEL_LENGTHS - 1] = 101;
	segment_meta_encode(&bytes, &meta);
	assert_int_equal(segment_meta_decode(&back, buf_span(&bytes)), -1);
	buf_release(&bytes);
}

/* Where each number stands: the header is the specification. */
static void totals_stand_where_they_should(void **state)
{
	struct segment_meta meta = some_meta();
	struct buf bytes = {0};
	const unsigned char *p;

	(void)state;
	segment_meta_encode(&bytes, &meta);
	p = (const unsigned char *)bytes.data;
	assert_int_equal(bytes.n, 16 + 4 + 4 + 8 * LAYER_COUNT + 8 + 12 * CHANNEL_LENGTHS);
	assert_memory_equal(p, meta.fingerprint.bytes, 16);
	assert_int_equal(load_u32(p + 16), meta.section_count);
	assert_int_equal(load_u32(p + 20), meta.document_count);
	assert_int_equal(load_u64(p + 24 + 8 * LAYER_GRAMS), meta.term_count[LAYER_GRAMS]);
	p += 24 + 8 * LAYER_COUNT;
	assert_int_equal(load_u64(p), meta.text_bytes);
	assert_int_equal(load_u64(p + 8 + 8 * CHANNEL_HAN), meta.length_sum[CHANNEL_HAN]);
	assert_int_equal(load_u32(p + 8 + 8 * CHANNEL_LENGTHS + 4 * CHANNEL_NAME), meta.length_count[CHANNEL_NAME]);
	buf_release(&bytes);
}

static void chunks_of_layers_have_names_of_their_own(void **state)
{
	(void)state;
	assert_int_equal(segment_layer_chunks[LAYER_UNITS][2], CONTAINER_NAME('U', 'L', 'I', 'X'));
	for (unsigned i = 0; i < LAYER_COUNT * 3; i++)
		for (unsigned k = 0; k < i; k++)
			assert_int_not_equal(segment_layer_chunks[i / 3][i % 3], segment_layer_chunks[k / 3][k % 3]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(totals_are_read_back_or_refused),
		cmocka_unit_test(totals_that_cannot_be_are_refused),
		cmocka_unit_test(totals_stand_where_they_should),
		cmocka_unit_test(chunks_of_layers_have_names_of_their_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
