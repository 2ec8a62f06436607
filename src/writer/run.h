/* run - sorted posting lists of one layer and some of the documents, on their way to being merged.
 *
 * Shape:  lists in the order of their keys; of each: varint of the key less the key before; in LAYER_WORDS varint length
 *         of the word and its bytes but the first eight, which are the key; varint count of postings; then for each
 *         posting a varint of its gap (number less the one before, less 1; before the first stands -1) times two, plus
 *         one where the value is not 0, and then a varint of the value less 1.
 *         A key is 64 bits: of a word its first eight bytes, as a number (run_word_key()): words with the same key
 *         follow each other in the order of their bytes; of a gram see gram_table.h. Values: channel.h; of words the
 *         numbers of pattern_table.h. Samples, every RUN_SAMPLE bytes or so, let a reader begin in the middle.
 * Units:  numbers count from the first section (or stored frame) of the batch.
 * Owner:  the writer owns its buffers, a reader borrows bytes.
 * Errors: sticky, see run_failed(); the reader says -1 for bytes that are no such run (they may come back from a disk).
 */
#ifndef WRITER_RUN_H
#define WRITER_RUN_H

#include "buf.h"
#include "posting.h"

/* Little against the window that a merge has of one run, much against the 16 bytes that a sample takes. */
enum { RUN_SAMPLE = 2048 };

struct run_sample {
	uint64_t key;    /* of the list before `offset` */
	uint64_t offset; /* where a list begins, from the start of the run */
};

/* Where a run is in what a writer has written. */
struct run_extent {
	uint64_t start;
	uint64_t bytes;
	size_t first_sample;
	size_t samples;
};

struct run_writer {
	struct buf bytes;       /* one run after the other */
	struct buf samples;     /* array of struct run_sample */
	struct buf runs;        /* array of struct run_extent */
	uint64_t key;           /* of the list before */
	struct run_extent open; /* the run being written */
	size_t sampled;         /* where the last sample is */
};

void run_begin(struct run_writer *run);

/* Counts the run, unless it has no lists. */
void run_end(struct run_writer *run);

/* Adds a list: keys (and words) ascend, numbers ascend. `word` is empty in other layers. */
void run_add(struct run_writer *run, uint64_t key, struct span word, const struct posting *postings, size_t count);

bool run_failed(const struct run_writer *run);
void run_reset(struct run_writer *run);
void run_release(struct run_writer *run);

/* The first eight bytes, the first highest; a shorter word is filled with zeros. */
uint64_t run_word_key(struct span word);

/* A word, but for what its key says. */
struct run_word {
	uint64_t length;
	struct span rest; /* behind the first eight bytes */
};

/* Order of two words with the same key. */
static inline int run_word_compare(const struct run_word *a, const struct run_word *b)
{
	int order = span_compare(a->rest, b->rest);

	return order ? order : (a->length > b->length) - (a->length < b->length);
}

/* Appends the whole word. */
void run_word_add(struct buf *to, uint64_t key, const struct run_word *word);

struct run_reader {
	const unsigned char *p;
	const unsigned char *end;
	bool words;
	uint64_t key; /* of the list that was read last, or of the sample where the reader began */
	struct run_word word;
	uint32_t count;
};

/* To the next list: 1, 0 at the end, -1 damaged. */
int run_next(struct run_reader *reader);

/* The postings of that list, each number plus `base`, to `out`, which has room for reader->count. -1 when bytes or numbers
 * (below `limit`, before `base` is added) are not what they must be. */
int run_read(struct run_reader *reader, uint32_t base, uint32_t limit, struct posting *out);

#endif
