/* pool - the batches of a plan, built by several threads.
 *
 * Shape:  each thread takes the next slice until none is left; the results stand in slice order.
 * Owner:  the caller owns the batches, also after a failure.
 * Errors: the first failure stops all threads and is told.
 */
#ifndef WRITER_POOL_H
#define WRITER_POOL_H

#include "batch.h"
#include "build.h"

/* batches: one for each slice of the plan, zeroed. */
int pool_build(struct batch *batches, const struct plan *plan, const struct build_request *request, struct err *err);

#endif
