#include "store.h"

#include <zstd.h>

static int end_block(struct store_writer *writer, struct err *err)
{
	size_t bound = ZSTD_compressBound(writer->pending.n);
	char *to = buf_reserve(&writer->frames, bound);
	size_t n;

	if (!writer->compressor)
		writer->compressor = ZSTD_createCCtx();
	if (!to || !writer->compressor)
		return err_memory(err, "compress text");
	n = ZSTD_compressCCtx(writer->compressor, to, bound, writer->pending.data, writer->pending.n, STORE_LEVEL);
	if (ZSTD_isError(n))
		return err_memory(err, "compress text");
	store_index_add(&writer->index, writer->offset, writer->frames.n);
	if (writer->index.failed)
		return err_memory(err, "compress text");
	writer->frames.n += n;
	writer->offset += writer->pending.n;
	buf_reset(&writer->pending);
	return 0;
}

int store_add_line(struct store_writer *writer, struct span line, uint32_t *block, struct err *err)
{
	*block = (uint32_t)(writer->index.n / STORE_INDEX_BYTES);
	buf_add_span(&writer->pending, line);
	if (writer->pending.failed)
		return err_memory(err, "store text");
	return writer->pending.n >= STORE_BLOCK ? end_block(writer, err) : 0;
}

int store_finish(struct store_writer *writer, struct err *err)
{
	return writer->pending.n ? end_block(writer, err) : 0;
}

void store_writer_release(struct store_writer *writer)
{
	buf_release(&writer->pending);
	buf_release(&writer->frames);
	buf_release(&writer->index);
	ZSTD_freeCCtx(writer->compressor);
	writer->compressor = NULL;
}

void store_index_add(struct buf *index, uint64_t text_offset, uint64_t frame_offset)
{
	buf_add_u64(index, text_offset);
	buf_add_u64(index, frame_offset);
}

static int read_index(struct store *store, uint32_t block, uint64_t out[2], struct err *err)
{
	struct span bytes;
	struct cursor c;

	if (container_view(store->container, &store->index, (uint64_t)block * STORE_INDEX_BYTES, STORE_INDEX_BYTES,
			   &bytes, err) < 0)
		return -1;
	c = cursor_of(bytes);
	out[0] = cursor_u64(&c);
	out[1] = cursor_u64(&c);
	return 0;
}

int store_open(struct store *store, struct container *container, uint32_t text, uint32_t index, struct err *err)
{
	uint64_t first[2];
	uint64_t end[2];

	*store = (struct store){.container = container};
	if (container_find(container, text, &store->text, err) < 0 ||
	    container_find(container, index, &store->index, err) < 0)
		return -1;
	if (store->index.length < STORE_INDEX_BYTES || store->index.length % STORE_INDEX_BYTES ||
	    store->index.length / STORE_INDEX_BYTES > UINT32_MAX)
		return container_damaged(container, store->index.offset, "size of the text index", err);
	store->block_count = store->cached = (uint32_t)(store->index.length / STORE_INDEX_BYTES - 1);
	if (read_index(store, 0, first, err) < 0 || read_index(store, store->block_count, end, err) < 0)
		return -1;
	/* Else the first bytes of the text would be looked for before the block that comes first. */
	if (first[0] != 0)
		return container_damaged(container, store->index.offset, "start of the text", err);
	store->text_bytes = end[0];
	return 0;
}

void store_close(struct store *store)
{
	buf_release(&store->block);
	ZSTD_freeDCtx(store->decompressor);
	store->decompressor = NULL;
}

int store_block_start(struct store *store, uint32_t block, uint64_t *start, struct err *err)
{
	uint64_t at[2];

	if (read_index(store, block, at, err) < 0)
		return -1;
	*start = at[0];
	return 0;
}

int store_find_block(struct store *store, uint64_t offset, uint32_t *block, struct err *err)
{
	uint32_t low = 0;
	uint32_t high = store->block_count;

	if (offset >= store->text_bytes || store->block_count == 0)
		return container_damaged(store->container, store->index.offset, "a section outside the text", err);
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		uint64_t start;

		if (store_block_start(store, middle, &start, err) < 0)
			return -1;
		if (start <= offset)
			low = middle;
		else
			high = middle;
	}
	*block = low;
	return 0;
}

static int damaged_block(struct store *store, uint64_t frame, struct err *err)
{
	store->cached = store->block_count;
	return container_damaged(store->container, store->text.offset + frame, "a block of text", err);
}

/* Decompresses a block into the cache. */
static int load_block(struct store *store, uint32_t block, struct err *err)
{
	uint64_t here[2];
	uint64_t next[2];
	struct span frame;
	char *to;
	size_t n;

	if (block == store->cached)
		return 0;
	if (read_index(store, block, here, err) < 0 || read_index(store, block + 1, next, err) < 0)
		return -1;
	if (here[0] >= next[0] || next[0] - here[0] > STORE_BLOCK_MAX || here[1] > next[1])
		return damaged_block(store, 0, err);
	if (container_view(store->container, &store->text, here[1], next[1] - here[1], &frame, err) < 0)
		return -1;
	/* The frame's own header must agree before any memory is set aside for it. */
	n = (size_t)(next[0] - here[0]);
	if (ZSTD_getFrameContentSize(frame.p, frame.n) != n)
		return damaged_block(store, here[1], err);
	if (!store->decompressor)
		store->decompressor = ZSTD_createDCtx();
	store->cached = store->block_count;
	buf_reset(&store->block);
	to = buf_reserve(&store->block, n);
	if (!to || !store->decompressor)
		return err_memory(err, "read text");
	if (ZSTD_decompressDCtx(store->decompressor, to, n, frame.p, frame.n) != n)
		return damaged_block(store, here[1], err);
	store->block.n = n;
	store->cached = block;
	store->cached_start = here[0];
	return 0;
}

int store_read(struct store *store, uint64_t start, uint64_t end, struct buf *out, struct err *err)
{
	uint32_t block;

	if (start >= end)
		return 0;
	if (end > store->text_bytes)
		return container_damaged(store->container, store->index.offset, "a section outside the text", err);
	if (store_find_block(store, start, &block, err) < 0)
		return -1;
	for (; start < end; block++) {
		uint64_t block_end;
		uint64_t n;

		if (load_block(store, block, err) < 0)
			return -1;
		block_end = store->cached_start + store->block.n;
		n = (end < block_end ? end : block_end) - start;
		buf_add(out, store->block.data + (start - store->cached_start), (size_t)n);
		start += n;
	}
	return out->failed ? err_memory(err, "read text") : 0;
}
