/* batch_loop - one query a line in, one JSON object a line out, in order.
 *
 * Shape:  start-up is paid once. A blank line, or one that cannot be searched, is answered by an error object.
 * Errors: the exit status: STATUS_DONE whatever the lines were, STATUS_TROUBLE for trouble with a stream.
 * Cost:   answers are written before the program waits for more input, so it serves a pipe as well as a file.
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
