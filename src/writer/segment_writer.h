/* segment_writer - batches in order become one segment file.
 *
 * Shape:  the chunks of segment.h, one after the other, as a stream.
 * Owner:  the batches stay the caller's.
 * Errors: memory; what writing meets is in *err of the out.
 * Cost:   one pass over the batches; the lexicon is held in memory, postings are not.
 */
#ifndef WRITER_SEGMENT_WRITER_H
#define WRITER_SEGMENT_WRITER_H

#include "batch.h"

int segment_write(struct out *out, struct batch *batches, size_t count, const struct checksum_128 *fingerprint,
		  struct checksum_128 *id, struct segment_meta *meta, struct err *err);

#endif
