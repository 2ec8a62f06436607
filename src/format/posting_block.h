/* posting_block - up to POSTING_BLOCK postings, compressed: what posting lists are made of.
 *
 * Shape:  header   one byte: k in the lower five bits, v in the upper three
 *         bits     four streams without gaps, the least bit of each byte first, zeros to the end of the last byte (Rice codes, split):
 *                  the low k bits of each gap; gap >> k in unary (so many 0, then 1); the low v bits of each value;
 *                  value >> v in unary, all from POSTING_ESCAPE on as POSTING_ESCAPE
 *         escapes  for each value with value >> v >= POSTING_ESCAPE, in order, a varint: (value >> v) - POSTING_ESCAPE
 *         A gap is the number less the one before, less 1; before the first number of a list stands -1. v is
 *         POSTING_ZEROS when all values are 0: there are no streams of values then, nor escapes. The encoder takes the k
 *         and the v that give the fewest bits, the lowest of equals; a decoder takes any.
 * Owner:  borrows the bytes.
 * Errors: -1 for numbers that are not below the limit, for streams that end early, and for a block that does not end where
 *         they do. Whatever the bytes, numbers rise. Values are only looked at when they are asked for.
 * Cost:   see posting.h.
 * Source: Golomb-Rice codes (Rice and Plaunt 1971) in split streams; Lemire and Boytsov 2015 for decoding in blocks. The
 *         high parts of gaps are those of Elias and Fano (1974): the position of the i-th one bit, less i, is the sum of the
 *         first i of them.
 */
#ifndef FORMAT_POSTING_BLOCK_H
#define FORMAT_POSTING_BLOCK_H

#include "buf.h"

enum {
	POSTING_BLOCK = 128,
	POSTING_ROOM =
		POSTING_BLOCK + 8, /* for arrays to decode to: loops write eight at a time, and so past the end */
	POSTING_ESCAPE =
		14, /* a quotient (value >> v) from here on is an exception, which costs its 15 bits and a varint */
	POSTING_ZEROS = 7, /* the v that says: all values are 0 */
	/* The limit for readers, so that a hostile block cannot make them scan far. The encoder never needs more than a byte,
	 * 31 + 2 bits for each gap (k 31), and 6 + 15 bits and five bytes for each value (v 6): 1,505 bytes. */
	POSTING_BLOCK_BYTES = 2048,
};

struct posting {
	uint32_t number;
	uint32_t value;
};

/* Appends a block of `n` postings, at least one. `from`: the least their first number can be, which is the number before plus 1. */
void posting_block_encode(struct buf *out, const struct posting *postings, uint32_t n, uint32_t from);

struct posting_block {
	const unsigned char *bytes;
	size_t n; /* how many; at least one */
	size_t readable; /* how many may be read there, the n and what lies behind: so that wide loads need no care near the end */
	bool plain; /* for tests: without the loops of posting_wide.h */
};

/* Decodes the numbers, and finds where the values begin (*value_bit). `numbers` and `scratch` have room for POSTING_ROOM. 0, -1. */
int posting_block_numbers(const struct posting_block *block, uint32_t n, uint32_t from, uint32_t limit,
			  uint32_t *numbers, uint32_t *scratch, size_t *value_bit);

/* Decodes the values. `values` and `scratch` have room for POSTING_ROOM. 0, -1. */
int posting_block_values(const struct posting_block *block, uint32_t n, size_t value_bit, uint32_t *values,
			 uint32_t *scratch);

#endif
