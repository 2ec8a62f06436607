/* frame_search - in which of many frames of the store a needle stands.
 *
 * Shape:  frames are decompressed, folded and looked through by several threads, each of some of them; what comes out is the
 *         same for any number of threads. What does not reach from frame to frame (store.h: no line does) is in one of them.
 * Owner:  the search owns its threads' memory from run to run; the segment stays as it is meanwhile.
 * Errors: ERR_DAMAGED, ERR_MEMORY, ERR_IO when no thread can be started.
 * Cost:   10 us a frame, and 30 us a thread and run.
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
	/* its own */
	struct frame_searcher *searchers; /* one a thread; NULL: none yet */
	struct store_place *places;
	size_t count;
	bool *held;
};

/* held[i]: may frame number frames[i] hold the needle? Not: it does not. */
int frame_search_run(struct frame_search *search, const uint32_t *frames, size_t count, bool *held, struct err *err);

void frame_search_release(struct frame_search *search);

#endif
