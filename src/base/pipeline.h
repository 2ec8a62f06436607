/* pipeline - numbered tasks done by several threads, their results taken by the caller in the order of the numbers.
 *
 * Shape:  each thread takes the next number until none is left. A result stays in its slot until the caller has taken it;
 *         there are pipeline_slots() of them, so nobody runs further ahead of the caller than that. A single job that has neither
 *         `start` nor `tick` is done in the calling thread, and so is all where no thread can be started: without `tick`.
 * Owner:  workers and slots are the caller's, made and released by it: each is used by one thread at a time.
 * Errors: the first failure, of a task or of `take`, stops all and is told; every thread has ended when the call returns.
 * Cost:   some 30 us a thread.
 */
#ifndef BASE_PIPELINE_H
#define BASE_PIPELINE_H

#include "err.h"
#include <stddef.h>

struct pipeline {
	size_t tasks;
	unsigned jobs; /* threads, at least 1 */
	void *context;
	/* In the calling thread, when the others have begun; NULL: nothing. */
	int (*start)(void *context, struct err *err);
	/* Does a task as worker number `worker` (below `jobs`) and leaves its result in slot number `slot`. */
	int (*work)(void *context, unsigned worker, size_t task, size_t slot, struct err *err);
	/* In the calling thread: takes the result of the next task; NULL: nothing is to be taken. */
	int (*take)(void *context, size_t task, size_t slot, struct err *err);
	/* In the calling thread, some ten times a second; NULL: nothing. */
	void (*tick)(void *context);
};

/* How many results may wait: each thread has one at work, and two more are done or being taken. */
static inline size_t pipeline_slots(unsigned jobs)
{
	return (size_t)jobs + 2;
}

int pipeline_run(const struct pipeline *pipeline, struct err *err);

#endif
