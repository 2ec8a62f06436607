/* segment_writer - batches in order become one segment file.
 *
 * Shape:  the chunks of segment.h, one after the other, as a stream. Compressed text is written as the batches come; what
 *         comes after it in the file is held, in memory up to `memory` bytes, else in a temporary file. When all batches
 *         are there, the sorted runs are merged by several threads.
 * Owner:  batches stay the caller's; the writer copies what it keeps.
 * Errors: memory, of the system, ERR_LIMIT for what the numbers of the format cannot count. What the file meets is in
 *         *err of the out.
 * Cost:   memory: 8 bytes a section, 16 a stored frame, 4 a KB of text for samples of runs, `memory`, and for each
 *         thread a part of the merge.
 */
#ifndef WRITER_SEGMENT_WRITER_H
#define WRITER_SEGMENT_WRITER_H

#include "batch.h"
#include "merge.h"

/* 32 MB: all that a tree of 50 MB needs. */
#define SEGMENT_WRITER_MEMORY ((size_t)32 << 20)

struct segment_writer {
	struct container_writer container;
	struct spill spill;
	size_t memory; /* bytes that may be held */
	size_t held;   /* of runs */
	struct segment_meta meta;
	uint64_t heads_bytes;
	uint64_t frames_bytes;
	uint32_t frame_count;
	struct buf frames; /* their places, as store_index_add() holds them */
	struct spool heads;
	struct spool groups; /* of the table of sections */
	struct spool texts;  /* u64 a section, as the batches have them */
	struct spool properties;
	struct section_table_writer sections;
	struct buf lengths;           /* array of unsigned char *: see merge.h */
	struct buf runs[LAYER_COUNT]; /* arrays of struct merge_run */
	struct arena arena;           /* what they point to, but their bytes */
	struct pattern_table patterns;
	struct buf maps; /* array of struct pattern_map, one a batch */
};

/* What is analysed with, the caller puts into writer->meta.fingerprint. */
int segment_writer_begin(struct segment_writer *writer, struct out *out, struct commit *commit, size_t memory,
			 struct err *err);

int segment_writer_add(struct segment_writer *writer, const struct batch *batch, struct err *err);

/* All the rest, by `jobs` threads; the totals are in writer->meta then. */
int segment_writer_finish(struct segment_writer *writer, const struct store_dictionary *dictionary, unsigned jobs,
			  struct checksum_128 *id, struct err *err);

void segment_writer_release(struct segment_writer *writer);

#endif
