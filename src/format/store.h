/* store - the source text of all sections, compressed.
 *
 * Shape:  the texts of all documents, one after the other, cut into blocks of whole lines: a block ends with the line
 *         that reaches STORE_BLOCK bytes, so that what stands in one line stands in one block. Two chunks:
 *           text   each block a zstd frame (level STORE_LEVEL, content size in its header; no checksum of its own)
 *           index  for each block and once more for the end: u64 offset of the text, u64 offset of the frame
 * Units:  offsets count bytes of the uncompressed text of the segment.
 * Owner:  store_read() appends to the caller's buffer; the store keeps the block it decompressed last.
 * Errors: ERR_DAMAGED, also for a frame that does not give exactly the bytes the index says; ERR_MEMORY.
 * Cost:   16 KiB is 16 to 20 us to open; reading sections in ascending order opens each block once.
 * Source: RFC 8878 (zstd).
 */
#ifndef FORMAT_STORE_H
#define FORMAT_STORE_H

#include "container.h"

enum {
	STORE_BLOCK = 16 * 1024,
	STORE_LEVEL = 3,
	STORE_INDEX_BYTES = 16,
	/* A line is at most a file: SOURCE_LIMIT of input, and one block more. A frame that claims more is damage. */
	STORE_BLOCK_MAX = 65 * 1024 * 1024,
};

struct store_writer {
	struct buf pending; /* text of the block being filled */
	struct buf frames;
	struct buf index;
	uint64_t offset; /* text bytes already in frames */
	void *compressor;
};

/* Adds one line, its newline included; *block is the number of the block it went to, counted from the writer's first. */
int store_add_line(struct store_writer *writer, struct span line, uint32_t *block, struct err *err);

/* Ends the last block. After that the buffers are final; index lacks its last record, see store_index_add(). */
int store_finish(struct store_writer *writer, struct err *err);

void store_writer_release(struct store_writer *writer);

/* One record of the index. */
void store_index_add(struct buf *index, uint64_t text_offset, uint64_t frame_offset);

struct store {
	struct container *container;
	struct chunk text;
	struct chunk index;
	uint32_t block_count;
	uint64_t text_bytes;
	struct buf block; /* the block last read */
	uint32_t cached;  /* its number, or block_count */
	uint64_t cached_start;
	void *decompressor;
};

int store_open(struct store *store, struct container *container, uint32_t text, uint32_t index, struct err *err);
void store_close(struct store *store);

/* The block that holds the byte at `offset` (below text_bytes). */
int store_find_block(struct store *store, uint64_t offset, uint32_t *block, struct err *err);

/* First byte of a block; block_count gives text_bytes. */
int store_block_start(struct store *store, uint32_t block, uint64_t *start, struct err *err);

/* Appends text[start, end) to `out`. */
int store_read(struct store *store, uint64_t start, uint64_t end, struct buf *out, struct err *err);

#endif
