/* layer_writer - the postings and lexicons of all layers, merged by several threads, written in order.
 *
 * Shape:  the last chunks of a segment but one: see segment.h.
 * Owner:  everything is borrowed.
 * Errors: memory, of the system.
 * Cost:   memory: for each thread what a merger takes, and for each result LAYER_PART_BYTES or so.
 */
#ifndef WRITER_LAYER_WRITER_H
#define WRITER_LAYER_WRITER_H

#include "merge.h"
#include "segment.h"

/* 512 KB of runs: some 5 ms of work. */
enum { LAYER_PART_BYTES = 512 * 1024 };

/* What the calling thread writes before the layers, while the others merge the first parts of them. */
struct layer_prelude {
	int (*write)(void *context, struct err *err);
	void *context;
};

/* Fills term_count of `meta`. */
int layer_writer_write(struct container_writer *container, struct spill *spill,
		       const struct merge_layer layers[LAYER_COUNT], struct layer_prelude prelude, unsigned jobs,
		       struct segment_meta *meta, struct err *err);

/* What is larger than the numbers of the format can count: ERR_LIMIT, and what to do. */
int layer_writer_too_large(struct err *err);

#endif
