/* store_writer - the frames of a store, and its index: what store.h reads.
 *
 * Shape:  the caller cuts the text into frames where store_frame_end() says, section after section, and hands them over
 *         in order. A batch of documents ends a frame wherever it ends. Apart from the reader, so that kbsearch is linked without zstd's compressor,
 *         which is two fifths of its code.
 * Owner:  the struct owns its buffers; it borrows the dictionary.
 * Errors: memory. A writer that failed is to be reset or released.
 * Cost:   210 MB/s.
 */
#ifndef FORMAT_STORE_WRITER_H
#define FORMAT_STORE_WRITER_H

#include "buf.h"
#include "err.h"
#include "store_dictionary.h"

enum {
	/* Of a place as the writer holds it. */
	STORE_INDEX_BYTES = 16,
	/* A frame ends with the section that makes it so long, unless that makes it longer than STORE_FRAME_MOST. They have 6 KB on
	 * average: frames of 4 KB take .0075 of the text more and 6 us to open, of 8 KB .004 less and 11 us; a page of results
	 * opens ten. Because they end with sections, a ninth fewer are opened. */
	STORE_FRAME_LEAST = 4608,
	/* In a longer section it ends with the line that makes so many bytes. */
	STORE_FRAME = 6 * 1024,
};

struct store_writer {
	const struct store_dictionary *dictionary; /* set by the caller before the first frame; NULL: none */
	struct buf recoded;                        /* the frame at hand */
	struct buf frames;
	struct buf index; /* lacks its last record, see store_index_add() */
	uint64_t offset;  /* text bytes in the frames */
	void *compressor; /* ZSTD_CCtx, with that dictionary: kept at a reset */
};

/* Where the frame ends that begins with `text`, which ends with a section; 0 when what follows belongs to the frame too. */
size_t store_frame_end(struct span text);

/* Adds one frame, not empty. */
int store_add_frame(struct store_writer *writer, struct span text, struct err *err);

/* Empty again, but with its memory. */
void store_writer_reset(struct store_writer *writer);
void store_writer_release(struct store_writer *writer);

/* One place more: held as STORE_INDEX_BYTES, two u64. */
void store_index_add(struct buf *index, uint64_t text_offset, uint64_t frame_offset);

/* The chunk of these places, the end's included. */
void store_index_encode(struct buf *out, const struct buf *index);

#endif
