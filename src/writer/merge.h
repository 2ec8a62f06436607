/* merge - the sorted runs of all documents become the posting lists and lexicon entries of a segment, part by part.
 *
 * Shape:  merge_cut() cuts the keys of a layer into parts of about equal work, by the runs' samples. Parts are made by
 *         several threads, each with a merger of its own; what they give, one after the other, is the layer. Nothing in
 *         it depends on the threads.
 * Owner:  runs are borrowed, with what they point to; mergers and parts own their buffers and may be used again.
 * Errors: memory, and of reading runs back. Runs that were read back wrong are ERR_DAMAGED, never worse.
 * Cost:   some 10 ns a posting, 30 a list of a run. A merger holds the bytes of one part of all runs.
 * Source: Knuth, The Art of Computer Programming, volume 3, 5.4.1 (replacement by a heap).
 */
#ifndef WRITER_MERGE_H
#define WRITER_MERGE_H

#include "channel.h"
#include "impact.h"
#include "run.h"
#include "spill.h"

struct merge_run {
	char *bytes;     /* NULL: in the spill, */
	uint64_t offset; /* there */
	uint64_t length;
	const struct run_sample *samples;
	size_t sample_count;
	uint32_t base;            /* what is added to its numbers, */
	uint32_t limit;           /* which are below this */
	const uint32_t *patterns; /* of words: the segment's number of each of the batch's patterns */
	uint32_t pattern_count;
};

/* 512 KB. */
enum { MERGE_LENGTHS = 1 << 16 };

struct merge_layer {
	enum layer layer;
	const struct merge_run *runs; /* in the order of the documents */
	size_t run_count;
	const struct spill *spill;
	const struct pattern *patterns; /* of words: of the segment, and */
	unsigned char *const *lengths;  /* CHANNEL_LENGTHS bytes a section, in blocks of MERGE_LENGTHS sections */
};

/* Keys from `low` on, below `high` (0: to the end). */
struct merge_part {
	uint64_t low;
	uint64_t high;
};

/* Parts of about `bytes` of runs (and no less than some kilobytes of each run), to an array of struct merge_part: one at
 * least. Sticky in `parts`. */
void merge_cut(const struct merge_layer *layer, size_t bytes, struct buf *parts);

/* What the lexicon is to be told of one term; its bytes follow those of the term before in `texts`: key, then, when the
 * count is 1, the list. */
struct merge_entry {
	uint32_t key_bytes;
	uint32_t count;
	uint64_t list_bytes;
};

struct merge_result {
	struct buf lists;   /* all but those of one posting */
	struct buf entries; /* array of struct merge_entry */
	struct buf texts;
};

void merge_result_release(struct merge_result *result);

struct merge_source;
struct merge_key;

struct merger {
	struct merge_source *sources; /* by run */
	struct merge_key *heap;
	size_t capacity; /* of both */
	size_t heap_count;
	struct buf window;   /* bytes of spilled runs */
	struct buf postings; /* of the list at hand */
	struct buf strong;   /* of a word's: those that have a list of their own, */
	struct buf list;     /* and that list */
	struct buf impacts;  /* array of struct buf: of the list, then of each block */
	struct impact_writer of_list;
	struct impact_writer of_block;
};

/* Makes one part; what the result held is forgotten. */
int merge_make(struct merger *merger, const struct merge_layer *layer, const struct merge_part *part,
	       struct merge_result *result, struct err *err);

void merger_release(struct merger *merger);

#endif
