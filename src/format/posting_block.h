/* posting_block - up to POSTING_BLOCK postings in bits: what posting lists are made of.
 *
 * Shape:  header   one byte: k in the lower five bits, v in the upper three
 *         bits     four streams without gaps, the least bit of each byte first, zeros to the end of the last byte:
 *                  the low k bits of each gap; gap >> k in unary (so many 0, then 1); the low v bits of each value;
 *                  value >> v in unary, all from POSTING_ESCAPE on as POSTING_ESCAPE
 *         escapes  for each value with value >> v >= POSTING_ESCAPE, in order, a varint: (value >> v) - POSTING_ESCAPE
 *         A gap is the number less the one before, less 1; before the first number of a list stands -1. v is
 *         POSTING_ZEROS when all values are 0: there are no streams of values then, nor escapes. The encoder takes the k
 *         and the v that give the fewest bits, the lowest of equals; a decoder takes any.
 * Owner:  borrows the bytes.
 * Errors: -1 for numbers that are not below the limit, streams that end early, and where the block does not end with
 *         them. Numbers rise, whatever the bytes. Values are looked at only when they are asked for.
 * Cost:   in the header of posting.h.
 * Source: Golomb-Rice codes (Rice and Plaunt 1971) in split streams; Lemire and Boytsov 2015 for decoding in blocks. The
 *         high parts of gaps are those of Elias and Fano (1974): where the i-th one stands, less i, is their sum.
 */
#ifndef FORMAT_POSTING_BLOCK_H
#define FORMAT_POSTING_BLOCK_H

#include "buf.h"

enum {
	POSTING_BLOCK = 128,
	POSTING_ROOM = POSTING_BLOCK + 8, /* of arrays to decode to: that is done by eight and may write so many more */
	POSTING_ESCAPE = 14, /* a quotient from here on is an exception: 15 bits are what it costs to say so */
	POSTING_ZEROS = 7,
	/* The most the encoder can need is a byte, 31 + 2 bits a gap (k 31), 6 + 15 bits and five bytes a value (v 6), in
	 * all 1,505 bytes; and a limit for what a decoder scans of hostile ones. */
	POSTING_BLOCK_BYTES = 2048,
};

struct posting {
	uint32_t number;
	uint32_t value;
};

/* Appends a block of `n` postings, at least one, whose numbers are at least `from`: the one before, plus 1. */
void posting_block_encode(struct buf *out, const struct posting *postings, uint32_t n, uint32_t from);

struct posting_block {
	const unsigned char *bytes;
	size_t n;        /* of them, at least one */
	size_t readable; /* so many from there may be read, though not believed: the more, the fewer are read one by one */
	bool plain;      /* not by the loops of posting_wide.h, which give the same */
};

/* Gives the numbers, and where the values begin; `scratch` and `numbers` are of POSTING_ROOM. */
int posting_block_numbers(const struct posting_block *block, uint32_t n, uint32_t from, uint32_t limit,
			  uint32_t *numbers, uint32_t *scratch, size_t *value_bit);

/* `values` and `scratch` are of POSTING_ROOM. */
int posting_block_values(const struct posting_block *block, uint32_t n, size_t value_bit, uint32_t *values,
			 uint32_t *scratch);

#endif
