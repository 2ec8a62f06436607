/* container - the file format under everything else: named chunks, with a checksum over every byte.
 *
 * Shape:  MANIFEST and segments are containers. All integers little-endian, no gaps and no padding between the parts:
 *
 *           head    16 bytes: magic (8: 93 4B 42 53 0D 0A 1A 0A), kind (u32), format version (u32)
 *           chunks  one after the other, in the order of the table
 *           sums    for each page, CONTAINER_PAGE bytes of head and chunks (the last may be short): checksum_32 (u32)
 *           roots   for each CONTAINER_PAGE bytes of the sums (the last may be short): checksum_32 (u32)
 *           table   24 bytes a chunk: name (u32), zero (u32), offset in the file (u64), length (u64)
 *           tail    64 bytes: required features (u32), optional features (u32), chunks (u32), zero (u32), offset of the
 *                   sums (u64), length of the file (u64), id (16), checksum_64 of roots, table and tail so far (u64),
 *                   checksum_64 of the file so far (u64)
 *
 *         The id is checksum_128 of the sums, so equal content has an equal id. Checksums are XXH3 with seed 0: of 64 bits
 *         (u64), the lower 32 of these (u32), and of 128 bits in xxhash's canonical form (high half first, big-endian).
 *         Version 1 has no features. A feature is a bit: a reader refuses a file with a required bit that it does not
 *         know, and passes over optional ones.
 * Owner:  the reader borrows the bytes of the file; of its own it has only a bit map of the pages it has verified.
 * Errors: ERR_FOREIGN when the bytes are no container of this kind; ERR_VERSION for another version or a required
 *         feature we do not know; ERR_DAMAGED for everything else, with path and offset.
 * Cost:   opening verifies roots, table and tail (a millionth of the file). A page is verified when it is first viewed, after the
 *         page of sums that holds its checksum: 0.3 us each.
 * Source: chunks as in git's chunk-format; a magic number with a high bit, CR LF, ^Z and LF as in PNG, which a copy in text mode
 *         would damage; checksums of checksums: Merkle, A digital signature based on a conventional encryption function, 1987.
 *
 * A reader refuses: a length that is not the file's; parts that do not fill the file exactly; a chunk that does not begin
 * where the one before it ends (the first: after the head), or a last one that does not end where the sums begin; a name
 * twice; more than CONTAINER_CHUNKS chunks; nonzero reserved fields; a page of sums that differs from its root; a page that
 * differs from its sum. A full check also compares the id and the checksum of the file.
 */
#ifndef FORMAT_CONTAINER_H
#define FORMAT_CONTAINER_H

#include "checksum.h"
#include "cursor.h"
#include "err.h"
#include "out.h"

enum {
	CONTAINER_PAGE = 4096, /* bytes under one checksum: a page of virtual memory */
	CONTAINER_CHUNKS = 32, /* limit for readers */
	CONTAINER_VERSION = 1,
};

#define CONTAINER_NAME(a, b, c, d) ((uint32_t)(a) | (uint32_t)(b) << 8 | (uint32_t)(c) << 16 | (uint32_t)(d) << 24)

struct container_writer {
	struct out *out;
	struct buf page; /* the page being filled */
	struct buf sums;
	struct buf table;
	void *whole; /* running checksum of the file */
	bool failed;
};

int container_begin(struct container_writer *writer, struct out *out, uint32_t kind, struct err *err);

/* Ends the chunk before, if any, and begins the chunk `name`. */
void container_chunk(struct container_writer *writer, uint32_t name);

void container_add(struct container_writer *writer, struct span bytes);

/* Adds a whole chunk. When the buffer has failed (buf.h) the writer fails. */
void container_add_chunk(struct container_writer *writer, uint32_t name, const struct buf *bytes);

/* Writes sums, roots, table and tail. The file is complete then, but `out` was not flushed and nothing was synced. */
int container_finish(struct container_writer *writer, struct checksum_128 *id, struct err *err);

void container_writer_release(struct container_writer *writer);

struct chunk {
	uint32_t name;
	uint64_t offset; /* in the file */
	uint64_t length;
};

struct container {
	struct span bytes;
	const char *path; /* borrowed, for messages */
	struct chunk chunks[CONTAINER_CHUNKS];
	unsigned chunk_count;
	struct checksum_128 id;
	uint64_t sums_offset;
	uint64_t page_count;
	uint64_t roots_offset;
	unsigned char *checked; /* a bit for each page that was verified, then one for each page of sums */
};

int container_open(struct container *container, struct span bytes, uint32_t kind, const char *path, struct err *err);
void container_close(struct container *container);

/* Is there a chunk of that name? */
bool container_has(const struct container *container, uint32_t name, struct chunk *out);

/* Finds a chunk that must be there: ERR_DAMAGED when it is not. */
int container_find(const struct container *container, uint32_t name, struct chunk *out, struct err *err);

/* Bytes of a chunk, borrowed from the file, after their pages were verified. A range that leaves the chunk is ERR_DAMAGED. */
int container_view(struct container *container, const struct chunk *chunk, uint64_t offset, uint64_t length,
		   struct span *out, struct err *err);

/* The full check: every page, the id, and the checksum of the whole file. */
int container_check(struct container *container, struct err *err);

/* Reports "PATH: damaged (what, at byte N): run kbindex --force", the one wording for bytes that are not what was written: always
 * -1, ERR_DAMAGED. */
int container_damaged(const struct container *container, uint64_t offset, const char *what, struct err *err);

#endif
