/* posting - one term's occurrences in one channel: numbers ascending, each with a frequency.
 *
 * Shape:  blocks of POSTING_BLOCK postings (the last may be short), each posting a varint of (delta << 1 | frequency is
 * 1), followed by the frequency where it is not 1. The delta is from the posting before, of the first from -1, less 1.
 *         A list of more than one block begins with a table: for each block, varints of the last number's delta to the
 *         last number of the block before (less 1) and of its bytes.
 * Units:  numbers are sections, or stored blocks in CHANNEL_BLOCK.
 * Owner:  the decoder borrows the bytes.
 * Errors: next and seek return -1 for bytes that are no such list: numbers out of order or not below `limit`, a
 *         frequency of 0, bytes missing or left over.
 * Cost:   a block is decoded as a whole; seek skips blocks by the table.
 */
#ifndef FORMAT_POSTING_H
#define FORMAT_POSTING_H

#include "buf.h"
#include "cursor.h"

enum { POSTING_BLOCK = 128 };

struct posting {
	uint32_t number;
	uint32_t frequency;
};

/* Appends the list; postings ascend strictly. */
void posting_encode(struct buf *out, const struct posting *postings, size_t count);

struct posting_decoder {
	struct cursor data;
	struct cursor table;
	uint32_t count;  /* of the list */
	uint32_t left;   /* postings in blocks not yet decoded */
	uint32_t limit;  /* numbers are below */
	int64_t before;  /* last number of the block before the next one, -1 at the start */
	uint32_t filled; /* postings in `block` */
	uint32_t next;   /* index in `block` of the one that next() gives */
	struct posting block[POSTING_BLOCK];
};

void posting_decoder_init(struct posting_decoder *decoder, struct span list, uint32_t count, uint32_t limit);

/* 1 and the next posting, 0 at the end, -1 for a damaged list. */
int posting_decoder_next(struct posting_decoder *decoder, struct posting *out);

/* The same for the first posting whose number is at least `number` and that next() has not given yet. */
int posting_decoder_seek(struct posting_decoder *decoder, uint32_t number, struct posting *out);

#endif
