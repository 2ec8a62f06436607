/* posting - a posting list: ascending numbers (of sections, or of groups of frames), each with a value (such as a frequency).
 *
 * Shape:  a list of one posting is two varints, number and value. A list of 2 to POSTING_BLOCK postings is one block. A
 *         longer one is
 *           impacts  one byte of length, and the impacts of the whole list (impact.h); only in lists with impacts
 *           table    for each block: last number (u32), where the block ends (u32, bytes from the first block's start)
 *           blocks   all but the last of POSTING_BLOCK postings; in lists with impacts each begins with a byte of
 *                    length and its impacts
 *         A block without its impacts is of posting_block.h.
 *         The table is a skip list of one level: a seek finds its block without decoding those before it.
 * Units:  the layer of the list says what its numbers and values mean (channel.h).
 * Owner:  the cursor borrows the bytes. It points into itself, so it must not be copied.
 * Errors: -1 for bytes that are no such list: a number that is not below `limit`, streams or blocks that end early or
 *         late, a table that does not agree with its blocks. Only what gets decoded is verified. But whatever the bytes, the
 *         numbers that come out rise and are below `limit`. After -1 the cursor stands at the end.
 * Cost:   numbers are decoded a block at a time, 0.6 ns each; values only for a block where one is asked for, 1.0 ns each; on
 *         processors without AVX2 and BMI2 1.5 and 2.3 ns (at 3.7 GHz). Encoding: 7 ns a posting. A seek gallops through the
 *         table, eight bytes a block, and decodes one block. Opening reads only the length of the impacts. A cursor has
 *         about 1.2 KB.
 */
#ifndef FORMAT_POSTING_H
#define FORMAT_POSTING_H

#include "cursor.h"
#include "posting_block.h"

/* Appends a list; its numbers must ascend strictly. `impacts`: NULL, or encoded impacts of at most 255 bytes each: impacts[0] of the
 * whole list, then one for each block. A list of one block is written without them in any case. */
void posting_encode(struct buf *out, const struct posting *postings, size_t count, const struct buf *impacts);

/* Arrays to decode to need room for so many more: the loops write eight at a time. */
enum { POSTING_SPARE = POSTING_ROOM - POSTING_BLOCK };

/* A list, decoded whole. */
struct posting_decoded {
	uint32_t *numbers;     /* room for POSTING_SPARE more than there are postings */
	uint32_t *values;      /* the same */
	uint64_t *set;         /* the numbers as a bit set (number_set.h); or NULL */
	uint32_t *ranks;       /* of the set: at which index of the arrays a number is; or NULL */
	double *scores;        /* room for the score of each posting, which rank/ fills; or NULL */
	_Atomic double best;   /* the highest of the scores, once these are filled; 0 before */
	_Atomic uint32_t uses; /* how many cursors were put on it */
	_Atomic bool rated;    /* somebody fills the scores, or did */
};

/* A walk over a list. All fields but `impact` are private. */
struct posting_cursor {
	struct span impact;         /* encoded, of the whole list; empty when the list has none */
	const unsigned char *table; /* NULL in a list of one block */
	struct span blocks;         /* the bytes of all blocks */
	uint32_t count;
	uint32_t limit;
	uint32_t block_count;
	bool impacts;     /* does each block begin with its impacts? */
	bool has_values;  /* are the values of the decoded block decoded, too? */
	uint32_t block;   /* the next block to decode; the decoded one is the one before */
	uint32_t filled;  /* postings in the decoded block; 0: none is, before the first posting and at the end */
	uint32_t at;      /* where the cursor stands in `numbers` */
	size_t start;     /* where the decoded block begins in `blocks`, after its impacts */
	size_t end;       /* where it ends */
	size_t value_bit; /* where its streams of values begin, in bits from its start */
	struct posting_decoded *whole; /* the list was decoded already: walked instead of the blocks; or NULL */
	const uint32_t *numbers;       /* of the decoded block, or of `whole` */
	const uint32_t *values;
	uint32_t number_room[POSTING_ROOM];
	uint32_t value_room[POSTING_ROOM];
};

/* Opens a list of `count` postings; the cursor stands before the first. All numbers must be below `limit`. `impacts`: is it a list
 * with impacts? */
int posting_cursor_open(struct posting_cursor *cursor, struct span list, uint32_t count, uint32_t limit, bool impacts);

/* Decodes all numbers and values of an opened list of more than one posting. 0, -1 damaged. */
int posting_cursor_decode(struct posting_cursor *cursor, const struct posting_decoded *out);

/* Lets an opened cursor walk the decoded form of its list from now on. There are no blocks, and no impacts of blocks, then. */
void posting_cursor_use(struct posting_cursor *cursor, struct posting_decoded *whole);

/* Opens a cursor over numbers and values that were never a list of bytes: `count` of them, at least one, rising and below `limit`. */
void posting_cursor_open_decoded(struct posting_cursor *cursor, struct posting_decoded *whole, uint32_t count,
				 uint32_t limit);

/* The slow paths of the inline functions below: on to the next block; a seek that leaves the block, or goes far ahead in it; decoding
 * the values of the block. */
int posting_cursor_advance(struct posting_cursor *cursor, uint32_t *number);
int posting_cursor_skip(struct posting_cursor *cursor, uint32_t number, uint32_t *found);
int posting_cursor_fill_values(struct posting_cursor *cursor);

/* Moves to the next posting: 1 and its number, 0 at the end (and ever after), -1 damaged. */
static inline int posting_cursor_next(struct posting_cursor *cursor, uint32_t *number)
{
	if (cursor->at + 1 >= cursor->filled)
		return posting_cursor_advance(cursor, number);
	*number = cursor->numbers[++cursor->at];
	return 1;
}

/* Moves to the first posting whose number is at least `number`: 1, 0, -1 as above. Never moves back; may stay where it is. */
static inline int posting_cursor_seek(struct posting_cursor *cursor, uint32_t number, uint32_t *found)
{
	for (uint32_t i = cursor->at; i < cursor->filled && i - cursor->at < 4; i++) {
		if (cursor->numbers[i] >= number) {
			cursor->at = i;
			*found = cursor->numbers[i];
			return 1;
		}
	}
	return posting_cursor_skip(cursor, number, found);
}

/* The value of the posting where the cursor stands: 1, or -1 damaged (or it stands nowhere). */
static inline int posting_cursor_value(struct posting_cursor *cursor, uint32_t *value)
{
	if (!cursor->has_values && posting_cursor_fill_values(cursor) < 0)
		return -1;
	*value = cursor->values[cursor->at];
	return 1;
}

/* The impacts of the block where the cursor stands, encoded; empty when it has none. Those of the whole list: cursor->impact. */
struct span posting_cursor_impact(const struct posting_cursor *cursor);

/* The index of the last of some ascending numbers (at least one) that is not above `number`; 0 when all are above. A binary search
 * without a branch that depends on the numbers, which the processor could not predict. */
static inline uint32_t posting_find(const uint32_t *numbers, uint32_t count, uint32_t number)
{
	const uint32_t *at = numbers;

	while (count > 1) {
		uint32_t half = count / 2;

		at += at[half] <= number ? half : 0;
		count -= half;
	}
	return (uint32_t)(at - numbers);
}

/* A list whose numbers are decoded at once, and its values block by block when they are asked for. All fields may be read. */
struct posting_array {
	struct posting_cursor *cursor; /* opened; cannot be walked any more */
	uint32_t *numbers;             /* cursor->count of them, */
	uint32_t *values;              /* and as many */
	uint16_t *value_bits;          /* by block: where its values begin, or 0 when they are decoded. NULL: all are */
};

/* Decodes the numbers. The caller has set all fields: room for cursor->count + POSTING_SPARE numbers, for as many values, and for
 * value_bits of each block. Numbers rise, whatever the bytes. 0, -1 damaged. */
int posting_array_fill(struct posting_array *array);

/* Decodes the values of a block: what posting_array_value() leaves to do. */
int posting_array_fill_values(struct posting_array *array, uint32_t block);

/* The value of posting `i`, which is below the count: 1, -1 damaged. */
static inline int posting_array_value(struct posting_array *array, uint32_t i, uint32_t *value)
{
	if (array->value_bits && array->value_bits[i / POSTING_BLOCK] &&
	    posting_array_fill_values(array, i / POSTING_BLOCK) < 0)
		return -1;
	*value = array->values[i];
	return 1;
}

#endif
