/* store - the source text of all sections, compressed in small frames with a common dictionary.
 *
 * Shape:  the texts of all documents, one after the other, cut into frames. A frame is a unit of compression: to read any of its
 *         text it is decompressed as a whole. Frames end where lines end (store_writer.h), so a line is always in one frame.
 *         Four chunks:
 *           text        each frame, recoded (recode.h), a zstd frame without magic number, content size, checksum and id of
 *                       the dictionary: the index knows where it is and how much it gives, the pages have checksums
 *           index       a place for each frame, and one for the end of the last, in groups of STORE_INDEX_GROUP, the last may have
 *                       fewer: offsets of the first one's text and frame (u64, u64), then for each how far its text and
 *                       its frame are from these (u32, u32)
 *           dictionary  a zstd dictionary, or nothing: small trees have none
 *           characters  the table of recode.h
 * Units:  offsets count bytes of the uncompressed text of the segment.
 * Owner:  the store borrows the container's bytes. It keeps the frame it decompressed last, and after store_keep() as many as a
 *         frame_cache has room for.
 * Errors: ERR_DAMAGED, also for a frame that does not give exactly the bytes the index says; ERR_MEMORY.
 * Cost:   decompressing a frame takes 9 us, and decoding the text wanted 0.4 ns a byte. The first frame takes 70 us more: 20 for the
 *         checksums of the dictionary's pages, 15 for its tables, the rest for memory touched for the first time. How the
 *         constants below were measured: bench/README.md.
 * Source: RFC 8878 (zstd).
 */
#ifndef FORMAT_STORE_H
#define FORMAT_STORE_H

#include "container.h"
#include "frame_cache.h"
#include "recode.h"

enum {
	/* Bytes of text in a frame, at most, unless it ends with a long line. */
	STORE_FRAME_MOST = 8 * 1024,
	/* Frames in a group of the index. Even 32 frames of the largest lines have some 2 GB, so 32 bits hold their distances. */
	STORE_INDEX_GROUP = 32,
	/* Frames in a group of LAYER_UNITS. Larger groups make a smaller index and more text to search: the index of a database
	 * manual takes .656 of its text with groups of 3, .652 of 4, .650 of 5, .648 of 6. Times: bench/README.md. */
	STORE_GROUP = 6,
	/* The limit for readers, in bytes of text. A line is at most a whole file: SOURCE_LIMIT of input, and one frame more. */
	STORE_FRAME_MAX = 65 * 1024 * 1024,
};

/* Decompresses frames, without changing the store. A zeroed one is not open. Frames may stand right behind a copy of the dictionary:
 * to zstd one goes on with the other, which saves a quarter of its time and pays from some thirty frames on. */
struct store_decoder {
	void *context;    /* ZSTD_DCtx in memory of ours */
	void *digested;   /* ZSTD_DDict, the same */
	struct buf bytes; /* the dictionary or nothing, and room behind it */
	struct buf large; /* a frame that has no room there */
};

struct store {
	struct container *container;
	struct chunk text;
	struct chunk index;
	struct chunk dictionary;
	struct chunk characters;
	uint32_t frame_count;
	uint64_t text_bytes;
	/* private */
	uint32_t found;               /* the frame found last: it holds text[found_range[0], found_range[1]) */
	uint64_t found_range[2];      /* both 0: none was found yet */
	struct store_frame last;      /* the frame read last; its text is decoded as far as it was asked for, */
	struct buf last_text;         /* to here, */
	struct cursor last_left;      /* and this is the rest of what the decoder gave */
	struct frame_cache *kept;     /* NULL without store_keep() */
	bool kept_is_ours;            /* else another store's */
	struct recode_reader recode;  /* without `texts`: not read yet */
	struct store_decoder decoder; /* opened at the first read */
};

/* names: the chunks text, index, dictionary, characters. */
int store_open(struct store *store, struct container *container, const uint32_t names[4], struct err *err);
void store_close(struct store *store);

/* Keeps frames from now on, for a process that runs more than one search. Without memory it does not. */
void store_keep(struct store *store);

/* The same, in one cache with another store over the same chunks, of another thread. That one is closed last. */
void store_keep_with(struct store *store, struct store *other);

/* The table of recode.h that the frames were written with; it belongs to the store. */
int store_recode(struct store *store, const struct recode_reader **out, struct err *err);

/* Finds the frame that holds the byte at `offset` (below text_bytes). Cheap when it is the frame found last, or the next. */
int store_find_frame(struct store *store, uint64_t offset, uint32_t *frame, struct err *err);

/* The offset where a frame's text starts; of frame_count, text_bytes. */
int store_frame_start(struct store *store, uint32_t frame, uint64_t *start, struct err *err);

/* Appends text[start, end) to `out`. */
int store_read(struct store *store, uint64_t start, uint64_t end, struct buf *out, struct err *err);

/* Reads text[start, end) without a copy when it is all in one frame: *out then borrows from the store until its next read. Else it is
 * appended to `spare`, and *out is that. */
int store_view(struct store *store, uint64_t start, uint64_t end, struct buf *spare, struct span *out, struct err *err);

/* A compressed frame in the file, its pages verified. */
struct store_place {
	struct span bytes;
	uint64_t start; /* offset of its text */
	size_t size;    /* of its text */
};

/* Finds a frame (below frame_count). */
int store_find_place(struct store *store, uint32_t frame, struct store_place *out, struct err *err);

/* One beside the store's own, for one of several threads. To be opened and closed by the thread that owns the store, and closed
 * before it. */
int store_decoder_open(struct store_decoder *decoder, struct store *store, struct err *err);
void store_decoder_close(struct store_decoder *decoder);

/* Decompresses a frame, but leaves it recoded (with the table of store_recode(), unless that is empty): for going through many frames
 * of which few are wanted as text. Borrowed from the decoder until its next read. */
int store_decoder_read(struct store_decoder *decoder, const struct store *store, const struct store_place *place,
		       struct span *out, struct err *err);

#endif
