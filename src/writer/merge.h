/* merge - sorted runs of all batches as one sequence of terms.
 *
 * Shape:  merge_next() gives the terms in byte order; for each the postings of every channel, batch after batch,
 *         rebased to numbers of the segment.
 * Owner:  a term's data is valid until the next call; the runs are borrowed.
 * Errors: memory only: runs are ours.
 * Cost:   a heap of batches: log2(batches) comparisons a list.
 */
#ifndef WRITER_MERGE_H
#define WRITER_MERGE_H

#include "batch.h"
#include "posting.h"

struct merge_source;

struct merge {
	struct merge_source *sources; /* a heap: the least (term, channel, batch) first */
	size_t source_count;
	struct buf term;
	struct buf postings[CHANNEL_COUNT]; /* arrays of struct posting */
};

int merge_start(struct merge *merge, struct batch *batches, size_t count, struct err *err);

/* 1 and the next term in merge.term and merge.postings, 0 at the end. */
int merge_next(struct merge *merge, struct err *err);

void merge_release(struct merge *merge);

#endif
