/* store - the source text of all sections, compressed in small frames that share a dictionary.
 *
 * Shape:  the texts of all documents, one after the other, cut into frames of whole lines (store_writer.h says where), so
 *         that what stands in one line stands in one frame. Four chunks:
 *           text        each frame, recoded (recode.h), a zstd frame without magic number, content size, checksum and id of
 *                       the dictionary: the index knows where it is and how much it gives, the pages have checksums
 *           index       a place for each frame and once more for the end, in groups of STORE_INDEX_GROUP, the last may have
 *                       fewer: offsets of the first one's text and frame (u64, u64), then for each how far its text and
 *                       its frame are from these (u32, u32)
 *           dictionary  a zstd dictionary, or nothing: small trees have none
 *           characters  the table of recode.h
 * Units:  offsets count bytes of the uncompressed text of the segment.
 * Owner:  store_read() appends to the caller's buffer; the store keeps the frame it decompressed last, after
 *         store_keep() STORE_KEPT of them, and borrows the container's bytes.
 * Errors: ERR_DAMAGED, also for a frame that does not give exactly the bytes the index says; ERR_MEMORY.
 * Cost:   a frame takes 9 us to open, and what is read of it 0.4 ns a byte; the first one 70 us more: 20 for the checksums
 *         of the dictionary's pages, 15 for its tables, the rest for memory touched for the first time. The choices below were
 *         measured: bench/README.md.
 * Source: RFC 8878 (zstd).
 */
#ifndef FORMAT_STORE_H
#define FORMAT_STORE_H

#include "container.h"
#include "recode.h"

enum {
	/* All frames but those that end with a long line have no more. */
	STORE_FRAME_MOST = 8 * 1024,
	/* Frames of the largest lines are some 2 GB: 32 bits hold their distances. */
	STORE_INDEX_GROUP = 32,
	/* Frames that LAYER_UNITS names together. Of a database manual's text the index takes .656 with groups of 3, .652 of 4,
	 * .650 of 5, .648 of 6; bench/README.md has what searches take. */
	STORE_GROUP = 6,
	/* A line is at most a file: SOURCE_LIMIT of input, and one frame more. A frame that claims more is damage. */
	STORE_FRAME_MAX = 65 * 1024 * 1024,
	/* Frames kept for a process that searches more than once, 15 MB: of 11,500 texts that 1,000 searches read in 12.8 MB of
	 * manuals 77 in 100 are in a frame that is there. With half as many they are 62, and 6 % of the time is lost. */
	STORE_KEPT = 2048,
};

/* A frame decompressed, and of its text as much as was asked for: of one that is kept, all. */
struct store_frame {
	uint32_t number;
	uint64_t start;
	size_t size; /* of its text; 0: none is here */
	struct buf text;
	struct cursor left; /* what of store.recoded is not in `text` yet */
};

struct store {
	struct container *container;
	struct chunk text;
	struct chunk index;
	struct chunk dictionary;
	struct chunk characters;
	uint32_t frame_count;
	uint64_t text_bytes;
	uint32_t found;           /* the frame last found: it holds text[found_range[0], found_range[1]) */
	uint64_t found_range[2];  /* both 0: none was found yet */
	struct store_frame last;  /* the frame last read, */
	struct store_frame *kept; /* or STORE_KEPT of them, by their number's remainder; NULL: nobody asked for that */
	struct buf recoded;       /* the frame that was decompressed last, as it was compressed */
	struct recode_reader recode; /* without `texts`: not read yet */
	void *decompressor;          /* ZSTD_DCtx and ZSTD_DDict in blocks of ours; made at the first read */
	void *digested;
};

/* names: the chunks text, index, dictionary, characters. */
int store_open(struct store *store, struct container *container, const uint32_t names[4], struct err *err);
void store_close(struct store *store);

/* From now on frames are kept after they were read; without memory for that they are not. */
void store_keep(struct store *store);

/* The table of characters: the store's. */
int store_recode(struct store *store, const struct recode_reader **out, struct err *err);

/* The frame that holds the byte at `offset` (below text_bytes). Cheap when it is the frame found last or the next. */
int store_find_frame(struct store *store, uint64_t offset, uint32_t *frame, struct err *err);

/* First byte of a frame; frame_count gives text_bytes. */
int store_frame_start(struct store *store, uint32_t frame, uint64_t *start, struct err *err);

/* Appends text[start, end) to `out`. */
int store_read(struct store *store, uint64_t start, uint64_t end, struct buf *out, struct err *err);

/* The same without a copy when all of it is in one frame: *out then borrows from the store until its next read; else it is
 * appended to `spare` and *out is there. */
int store_view(struct store *store, uint64_t start, uint64_t end, struct buf *spare, struct span *out, struct err *err);

/* Where a frame is in the file, all of it checked, and what it gives. */
struct store_place {
	struct span bytes;
	uint64_t start; /* of its text */
	size_t size;
};

/* Where a frame (below frame_count) is. */
int store_find_place(struct store *store, uint32_t frame, struct store_place *out, struct err *err);

/* What decompresses frames beside the store, which stays as it is: one for each thread. Zeroed is one that was not opened. */
struct store_decoder {
	void *context; /* ZSTD_DCtx */
	struct buf bytes;
};

/* Opened and closed by who has the store, and closed before it. */
int store_decoder_open(struct store_decoder *decoder, struct store *store, struct err *err);
void store_decoder_close(struct store_decoder *decoder);

/* A frame as it was compressed, for who goes through many and needs the text of few: recoded with store_recode(), where that
 * has characters. Borrowed from the decoder until its next read. */
int store_decoder_read(struct store_decoder *decoder, const struct store *store, const struct store_place *place,
		       struct span *out, struct err *err);

#endif
