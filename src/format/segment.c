#include "segment.h"

const uint32_t segment_layer_chunks[LAYER_COUNT][3] = {
	[LAYER_WORDS] = {CONTAINER_NAME('W', 'P', 'O', 'S'), CONTAINER_NAME('W', 'L', 'E', 'X'),
			 CONTAINER_NAME('W', 'L', 'I', 'X')},
	[LAYER_GRAMS] = {CONTAINER_NAME('G', 'P', 'O', 'S'), CONTAINER_NAME('G', 'L', 'E', 'X'),
			 CONTAINER_NAME('G', 'L', 'I', 'X')},
	[LAYER_UNITS] = {CONTAINER_NAME('U', 'P', 'O', 'S'), CONTAINER_NAME('U', 'L', 'E', 'X'),
			 CONTAINER_NAME('U', 'L', 'I', 'X')},
};

void segment_meta_encode(struct buf *out, const struct segment_meta *meta)
{
	buf_add(out, meta->fingerprint.bytes, sizeof meta->fingerprint.bytes);
	buf_add_u32(out, meta->section_count);
	buf_add_u32(out, meta->document_count);
	for (unsigned i = 0; i < LAYER_COUNT; i++)
		buf_add_u64(out, meta->term_count[i]);
	buf_add_u64(out, meta->text_bytes);
	for (unsigned i = 0; i < CHANNEL_LENGTHS; i++)
		buf_add_u64(out, meta->length_sum[i]);
	for (unsigned i = 0; i < CHANNEL_LENGTHS; i++)
		buf_add_u32(out, meta->length_count[i]);
}

int segment_meta_decode(struct segment_meta *out, struct span bytes)
{
	struct cursor c = cursor_of(bytes);
	struct span fingerprint = cursor_bytes(&c, sizeof out->fingerprint.bytes);

	if (fingerprint.p)
		memcpy(out->fingerprint.bytes, fingerprint.p, fingerprint.n);
	out->section_count = cursor_u32(&c);
	out->document_count = cursor_u32(&c);
	for (unsigned i = 0; i < LAYER_COUNT; i++)
		out->term_count[i] = cursor_u64(&c);
	out->text_bytes = cursor_u64(&c);
	for (unsigned i = 0; i < CHANNEL_LENGTHS; i++)
		out->length_sum[i] = cursor_u64(&c);
	for (unsigned i = 0; i < CHANNEL_LENGTHS; i++) {
		out->length_count[i] = cursor_u32(&c);
		if (out->length_count[i] > out->section_count)
			return -1;
	}
	return c.failed || c.p != c.end ? -1 : 0;
}
