/* store_writer - writes the frames of a store and its index: what store.h reads.
 *
 * Shape:  the caller gathers sections, ends a frame where store_frame_end() says so, and adds the frames in order. The end of a
 *         batch of documents also ends a frame. This is not in store.h so that kbsearch is linked without zstd's compressor,
 *         two fifths of zstd's code.
 * Owner:  the struct owns its buffers and borrows the dictionary.
 * Errors: memory. After a failure the writer can only be reset or released.
 * Cost:   210 MB/s.
 */
#ifndef FORMAT_STORE_WRITER_H
#define FORMAT_STORE_WRITER_H

#include "buf.h"
#include "err.h"
#include "store_dictionary.h"

enum {
	/* Size of a place before store_index_encode(): two u64. */
	STORE_INDEX_BYTES = 16,
	/* A frame ends with the section that brings it to this size, unless that makes it longer than STORE_FRAME_MOST. Frames then
	 * have 6 KB on average and take 9 us to read. With 4 KB the store takes .0075 of the text more and a frame 6 us, with 8 KB
	 * .004 less and 11 us; a page of results reads ten. Ending frames with sections saves a ninth of the reads. */
	STORE_FRAME_LEAST = 4608,
	/* Where the last section would make the frame longer than that, it ends with the line that brings it to this size. */
	STORE_FRAME = 6 * 1024,
};

struct store_writer {
	const struct store_dictionary *dictionary; /* set by the caller before the first frame; NULL: none */
	struct buf recoded;                        /* the frame being compressed */
	struct buf frames;
	struct buf
		index; /* the places of the frames, without the last one for the end: the caller adds it by store_index_add() */
	uint64_t offset;  /* bytes of text in the frames */
	void *compressor; /* ZSTD_CCtx with the dictionary; survives a reset */
};

/* `text`: what is in no frame yet, up to the end of a section. Returns how much of it makes the next frame; 0: not enough yet, the next
 * section belongs to that frame, too. */
size_t store_frame_end(struct span text);

/* Compresses a frame and adds it; not an empty one. */
int store_add_frame(struct store_writer *writer, struct span text, struct err *err);

/* Empties the writer; it keeps its memory. */
void store_writer_reset(struct store_writer *writer);
void store_writer_release(struct store_writer *writer);

/* Adds a place, of STORE_INDEX_BYTES. */
void store_index_add(struct buf *index, uint64_t text_offset, uint64_t frame_offset);

/* Appends the chunk that holds the places, the one for the end included. */
void store_index_encode(struct buf *out, const struct buf *index);

#endif
