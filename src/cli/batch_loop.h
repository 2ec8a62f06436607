/* batch_loop - one query a line in, one JSON object a line out, in order.
 *
 * Shape:  start-up is paid once. A blank line, or one that cannot be searched, is answered by an error object. Lines that are
 *         read together, 64 KB at most, are shared among threads, each with a searcher of its own over the same index.
 * Errors: the exit status: STATUS_DONE whatever the lines were, STATUS_TROUBLE for trouble with a stream, or without memory
 *         or threads.
 * Cost:   answers are written before the program waits for more input, so it serves a pipe as well as a file. Threads are begun
 *         for each 64 KB, some 30 us each; for a few lines none are.
 */
#ifndef CLI_BATCH_LOOP_H
#define CLI_BATCH_LOOP_H

#include "render.h"
#include "searcher.h"

/* A longer line is answered by an error. */
enum { BATCH_LINE_MAX = 1 << 20 };

int batch_loop(struct searcher *searcher, const struct search_request *request, const struct render_options *options,
	       struct err *err);

#endif
