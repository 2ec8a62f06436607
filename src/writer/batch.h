/* batch - a slice of the input, analysed on its own: what one thread makes of some megabytes of documents.
 *
 * Shape:  everything a segment needs, numbered from zero: sections, heads, lengths, stored text, sorted runs of postings.
 *         A segment is made of its batches, whoever made them in whatever order.
 * Owner:  the batch owns all but the documents' paths, which are the plan's; a worker belongs to one thread. Both are
 *         zeroed to begin with and may be used for one slice after the other.
 * Errors: a file that cannot be read or decoded is a note, not an error; one that is gone, nothing at all: batch_build()
 *         fails only when the batch as a whole does (memory, ICU).
 * Cost:   memory: the text of the slice, the analysis of its largest document, and some 20 MB whatever its size.
 */
#ifndef WRITER_BATCH_H
#define WRITER_BATCH_H

#include "analyzer.h"
#include "gram_table.h"
#include "head_table.h"
#include "manifest.h"
#include "plan.h"
#include "sampler.h"
#include "section_table.h"
#include "segment.h"
#include "store_writer.h"
#include "word_table.h"

struct note {
	bool missing; /* the file is not in the index */
	const char *text;
};

struct batch {
	struct buf documents; /* array of struct manifest_document */
	struct buf sections;  /* array of struct section_record: start, head, document, parent relative to the batch */
	struct buf heads;
	struct buf texts;      /* array of uint64_t, a hash of each section's text, see batch.c */
	struct buf properties; /* as property_table_add() made them, documents relative to the batch */
	struct buf lengths;
	uint64_t length_sum[CHANNEL_LENGTHS];
	uint32_t length_count[CHANNEL_LENGTHS];
	struct store_writer store;
	struct run_writer runs[LAYER_COUNT];
	struct pattern_table patterns;
	struct buf notes;   /* array of struct note */
	struct arena arena; /* texts of notes */
};

struct batch_worker {
	struct analyzer *analyzer;
	struct word_table words;
	struct gram_table grams;
	struct head_table known_heads;
	struct arena arena;  /* of the current document */
	struct buf source;   /* text of the slice */
	struct buf heads;    /* of its sections: heading and question, before they are recoded */
	struct buf recoded;  /* one of these, afterwards */
	struct buf frames;   /* array of size_t: where in it each stored frame ends */
	struct buf tokens;   /* array of struct token */
	struct buf lists;    /* of words of headings and the name of the document, see batch.c */
	struct buf headings; /* array of struct known_text, one a section */
	struct buf folded;   /* a key and a value of front matter */
};

struct batch_input {
	const struct plan *plan;
	const struct user_words *words; /* of the user, or none */
	struct sampler *sampler;        /* where the dictionary comes from */
	bool update;                    /* of files that the index before has what is odd was told then */
	_Atomic uint64_t read;          /* bytes of source, for a progress display */
};

/* Makes a batch of slice number `slice`; what it held is forgotten. */
int batch_build(struct batch *batch, struct batch_worker *worker, struct batch_input *input, size_t slice,
		struct err *err);

void batch_release(struct batch *batch);
void batch_worker_release(struct batch_worker *worker);

#endif
