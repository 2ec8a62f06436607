/* frame_search - finds out which of many frames of the store may hold a needle.
 *
 * Shape:  frames are decompressed, folded and searched, by several threads that take turns; the result is the same for any
 *         number of threads. A line never reaches over two frames (store.h), so a needle within one line is in one frame.
 * Owner:  the struct keeps the memory of its threads from run to run, until frame_search_release(). During a run nothing else
 *         may use the segment.
 * Errors: ERR_DAMAGED, ERR_MEMORY; ERR_IO when no thread can be started.
 * Cost:   8 us a frame, of which zstd takes half and folding a third; 30 us for each thread and run. A copy of the store's dictionary
 *         for each thread.
 */
#ifndef READER_FRAME_SEARCH_H
#define READER_FRAME_SEARCH_H

#include "segment_reader.h"

struct frame_searcher;

struct frame_search {
	/* set by the caller */
	struct segment_reader *segment;
	struct span needle; /* folded, not empty */
	unsigned threads;   /* at least 1 */
	/* private */
	struct frame_searcher *searchers; /* one for each thread; NULL before the first run */
	struct store_place *places;
	size_t count;
	bool *held;
};

/* Sets held[i] to false when frame number frames[i] certainly does not hold the needle. True is no proof: a frame that cannot be
 * folded the short way (folded_frame.h) counts as one that may. */
int frame_search_run(struct frame_search *search, const uint32_t *frames, size_t count, bool *held, struct err *err);

void frame_search_release(struct frame_search *search);

#endif
