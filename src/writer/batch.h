/* batch - a slice of the input, analysed on its own: what one thread makes of some megabytes of documents.
 *
 * Shape:  everything a segment needs, numbered from zero: sections, heads, lengths, stored text, sorted postings. A
 *         segment is the concatenation of its batches, whoever made them in whatever order.
 * Owner:  the batch owns all but the documents' paths, which are the plan's.
 * Errors: a file that cannot be read or decoded is a note, not an error: batch_build() fails only when the batch as a
 *         whole does (memory, ICU).
 * Cost:   memory: the text of the largest document, its analysis, and 12 bytes a posting until sorted.
 */
#ifndef WRITER_BATCH_H
#define WRITER_BATCH_H

#include "analyzer.h"
#include "manifest.h"
#include "plan.h"
#include "run.h"
#include "segment.h"
#include "store.h"

struct note {
	bool missing; /* the file is not in the index */
	const char *text;
};

struct batch {
	struct buf documents; /* array of struct manifest_document */
	struct buf sections;  /* array of struct section_record: start, head, document, parent relative to the batch */
	struct buf heads;
	struct buf lengths;
	uint64_t length_sum[CHANNEL_LENGTHS];
	uint32_t length_count[CHANNEL_LENGTHS];
	struct store_writer store;
	struct run run;
	struct buf notes;   /* array of struct note */
	struct arena arena; /* texts of notes */
};

/* `read` counts bytes of source for a progress display; other threads may look at it. */
int batch_build(struct batch *batch, const struct plan *plan, const struct plan_slice *slice, struct analyzer *analyzer,
		_Atomic uint64_t *read, struct err *err);

void batch_release(struct batch *batch);

#endif
