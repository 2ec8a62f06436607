#include "segment.h"

void segment_meta_encode(struct buf *out, const struct segment_meta *meta)
{
	buf_add(out, meta->fingerprint.bytes, sizeof meta->fingerprint.bytes);
	buf_add_u32(out, meta->section_count);
	buf_add_u32(out, meta->document_count);
	buf_add_u64(out, meta->term_count);
	buf_add_u64(out, meta->text_bytes);
	for (unsigned i = 0; i < CHANNEL_LENGTHS; i++) {
		buf_add_u64(out, meta->length_sum[i]);
		buf_add_u32(out, meta->length_count[i]);
	}
}

int segment_meta_decode(struct segment_meta *out, struct span bytes)
{
	struct cursor c = cursor_of(bytes);
	struct span fingerprint = cursor_bytes(&c, sizeof out->fingerprint.bytes);

	if (fingerprint.p)
		memcpy(out->fingerprint.bytes, fingerprint.p, fingerprint.n);
	out->section_count = cursor_u32(&c);
	out->document_count = cursor_u32(&c);
	out->term_count = cursor_u64(&c);
	out->text_bytes = cursor_u64(&c);
	for (unsigned i = 0; i < CHANNEL_LENGTHS; i++) {
		out->length_sum[i] = cursor_u64(&c);
		out->length_count[i] = cursor_u32(&c);
	}
	return c.failed || c.p != c.end ? -1 : 0;
}

void section_record_encode(struct buf *out, const struct section_record *record)
{
	buf_add_u64(out, record->start);
	buf_add_u32(out, record->head);
	buf_add_u32(out, record->document);
	buf_add_u32(out, record->parent);
	buf_add_u32(out, record->line_first);
	buf_add_u32(out, record->line_start);
	buf_add_u32(out, record->line_end);
	buf_add_u32(out, record->occurrence);
	buf_add_u16(out, record->level);
	buf_add_u16(out, record->flags);
}

struct section_record section_record_decode(const char bytes[SECTION_BYTES])
{
	struct cursor c = cursor_of((struct span){bytes, SECTION_BYTES});
	struct section_record record;

	record.start = cursor_u64(&c);
	record.head = cursor_u32(&c);
	record.document = cursor_u32(&c);
	record.parent = cursor_u32(&c);
	record.line_first = cursor_u32(&c);
	record.line_start = cursor_u32(&c);
	record.line_end = cursor_u32(&c);
	record.occurrence = cursor_u32(&c);
	record.level = cursor_u16(&c);
	record.flags = cursor_u16(&c);
	return record;
}
