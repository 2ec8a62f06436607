#include "posting.h"

static void encode_block(struct buf *out, const struct posting *postings, size_t count, int64_t before)
{
	for (size_t i = 0; i < count; i++) {
		uint64_t delta = (uint64_t)((int64_t)postings[i].number - before - 1);
		bool once = postings[i].frequency == 1;

		buf_add_varint(out, delta << 1 | once);
		if (!once)
			buf_add_varint(out, postings[i].frequency);
		before = postings[i].number;
	}
}

void posting_encode(struct buf *out, const struct posting *postings, size_t count)
{
	struct buf blocks = {0};
	int64_t before = -1;

	for (size_t i = 0; i < count; i += POSTING_BLOCK) {
		size_t n = count - i < POSTING_BLOCK ? count - i : POSTING_BLOCK;
		size_t start = blocks.n;
		uint32_t last = postings[i + n - 1].number;

		encode_block(&blocks, postings + i, n, before);
		if (count > POSTING_BLOCK) {
			buf_add_varint(out, (uint64_t)((int64_t)last - before - 1));
			buf_add_varint(out, blocks.n - start);
		}
		before = last;
	}
	out->failed |= blocks.failed;
	buf_add_span(out, buf_span(&blocks));
	buf_release(&blocks);
}

/* The end of the table is where its varints end: two for each block. */
static void split_table(struct posting_decoder *decoder)
{
	uint32_t blocks = (decoder->count + POSTING_BLOCK - 1) / POSTING_BLOCK;

	if (decoder->count <= POSTING_BLOCK)
		return;
	decoder->table = decoder->data;
	for (uint32_t i = 0; i < 2 * blocks && !decoder->data.failed; i++)
		cursor_varint(&decoder->data);
	decoder->table.end = decoder->data.p;
}

void posting_decoder_init(struct posting_decoder *decoder, struct span list, uint32_t count, uint32_t limit)
{
	decoder->data = cursor_of(list);
	decoder->table = (struct cursor){0};
	decoder->count = decoder->left = count;
	decoder->limit = limit;
	decoder->before = -1;
	decoder->filled = decoder->next = 0;
	split_table(decoder);
}

/* One more block of `n` postings from `c`, which must end with it and at the number `last` (unless that is -1). */
static int decode_block(struct posting_decoder *decoder, struct cursor c, uint32_t n, int64_t last)
{
	int64_t number = decoder->before;

	for (uint32_t i = 0; i < n; i++) {
		uint64_t value = cursor_varint(&c);
		uint32_t frequency = value & 1 ? 1 : cursor_varint32(&c);

		if (c.failed || frequency == 0 || value >> 1 >= (uint64_t)((int64_t)decoder->limit - number - 1))
			return -1;
		number += 1 + (int64_t)(value >> 1);
		decoder->block[i] = (struct posting){(uint32_t)number, frequency};
	}
	if (c.p != c.end || (last >= 0 && number != last))
		return -1;
	decoder->before = number;
	decoder->left -= n;
	decoder->filled = n;
	decoder->next = 0;
	return 1;
}

/* Moves to the first block that may hold `number`: 1, or 0 when the list has ended, -1 damaged. */
static int load_block(struct posting_decoder *decoder, uint32_t number)
{
	while (decoder->left) {
		uint32_t n = decoder->left < POSTING_BLOCK ? decoder->left : POSTING_BLOCK;
		struct cursor block = decoder->data;
		int64_t last = -1;

		if (decoder->count > POSTING_BLOCK) {
			uint64_t delta = cursor_varint(&decoder->table);
			uint64_t bytes = cursor_varint(&decoder->table);

			if (decoder->table.failed || bytes > cursor_left(&decoder->data) ||
			    (n == decoder->left && bytes != cursor_left(&decoder->data)) ||
			    delta >= (uint64_t)((int64_t)decoder->limit - decoder->before - 1))
				return -1;
			last = decoder->before + 1 + (int64_t)delta;
			block.end = block.p + bytes;
			decoder->data.p = block.end;
			if (last < number) {
				decoder->before = last;
				decoder->left -= n;
				continue;
			}
		}
		return decode_block(decoder, block, n, last);
	}
	decoder->filled = decoder->next = 0;
	return 0;
}

int posting_decoder_next(struct posting_decoder *decoder, struct posting *out)
{
	if (decoder->next == decoder->filled) {
		int loaded = load_block(decoder, 0);

		if (loaded <= 0)
			return loaded;
	}
	*out = decoder->block[decoder->next++];
	return 1;
}

int posting_decoder_seek(struct posting_decoder *decoder, uint32_t number, struct posting *out)
{
	for (;;) {
		if (decoder->next < decoder->filled && decoder->block[decoder->filled - 1].number >= number) {
			while (decoder->block[decoder->next].number < number)
				decoder->next++;
			*out = decoder->block[decoder->next++];
			return 1;
		}
		decoder->next = decoder->filled;
		int loaded = load_block(decoder, number);

		if (loaded <= 0)
			return loaded;
	}
}
