/* posting - one term's occurrences: numbers ascending, each with a value.
 *
 * Shape:  a list of one posting is two varints, number and value. A list of 2 to POSTING_BLOCK postings is one block. A
 *         longer one is
 *           impacts  one byte of length, and the impacts of the whole list (impact.h); only in lists with impacts
 *           table    for each block: last number (u32), where the block ends (u32, bytes from the first block's start)
 *           blocks   all but the last of POSTING_BLOCK postings; in lists with impacts each begins with a byte of
 *                    length and its impacts
 *         A block without its impacts is of posting_block.h.
 * Units:  what numbers and values are the list's layer says (channel.h).
 * Owner:  the cursor borrows the bytes, and points into itself: it is not copied.
 * Errors: -1 for bytes that are no such list: a number that is not below `limit`, streams or blocks that end early or
 *         late, a table that does not agree with its blocks. Only what is decoded is checked, and values only when they
 *         are asked for. Numbers that come out rise and are below `limit`, whatever the bytes. After -1 the cursor stands
 *         at the end.
 * Cost:   numbers are decoded block by block, 0.6 ns each, values only of a block where one is asked for, 1.0 ns each; on
 *         processors without AVX2 and BMI2 1.5 and 2.3 (3.7 GHz); encoding 7 ns a posting. A seek gallops through the
 *         table, eight bytes a block, and decodes one block. Opening reads nothing but the length of the impacts. About
 *         1.2 KB a cursor.
 */
#ifndef FORMAT_POSTING_H
#define FORMAT_POSTING_H

#include "cursor.h"
#include "posting_block.h"

/* Appends the list; postings ascend strictly. `impacts`: NULL, or one buffer for each block and one more, the first, for
 * the whole list, each of at most 255 bytes; a list of one block has none in either case. */
void posting_encode(struct buf *out, const struct posting *postings, size_t count, const struct buf *impacts);

enum { POSTING_SPARE = POSTING_ROOM - POSTING_BLOCK };

/* A list of more than one posting, decoded whole. */
struct posting_decoded {
	uint32_t *numbers; /* room for POSTING_SPARE more than there are postings */
	uint32_t *values;  /* the same */
	uint64_t *set;     /* the numbers once more (number_set.h), */
	uint32_t *ranks;   /* and their ranks; or NULL */
	double *scores;    /* room for what whoever ranks makes of each posting; or NULL */
	double best;       /* of the scores; 0: there are none yet */
	uint32_t uses;     /* cursors that have gone over it */
};

/* All fields are the cursor's own but `impact`. */
struct posting_cursor {
	struct span impact;         /* of the whole list; empty in a list without, or of one block */
	const unsigned char *table; /* of more than one block, else NULL */
	struct span blocks;         /* all of them */
	uint32_t count;
	uint32_t limit;
	uint32_t block_count;
	bool impacts;
	bool has_values;               /* `values` are of this block */
	uint32_t block;                /* the next to decode: the one decoded is before it, if `filled` */
	uint32_t shallow;              /* the one posting_cursor_peek() looked at last */
	uint32_t filled;               /* postings in `numbers`: 0 before the first posting and at the end */
	uint32_t at;                   /* where the cursor stands in `numbers` */
	size_t start;                  /* where the decoded block begins in `blocks`, after its impacts, */
	size_t end;                    /* and where it ends */
	size_t value_bit;              /* where its streams of values begin, from its start */
	struct posting_decoded *whole; /* what it goes over instead of blocks, or NULL */
	const uint32_t *numbers;       /* of the block, or of all */
	const uint32_t *values;
	uint32_t number_room[POSTING_ROOM];
	uint32_t value_room[POSTING_ROOM];
};

/* Stands before the first posting. `limit`: numbers are below. */
int posting_cursor_open(struct posting_cursor *cursor, struct span list, uint32_t count, uint32_t limit, bool impacts);

/* Decodes the whole list, of more than one posting, with an opened cursor: numbers and values. 0 or -1 damaged. */
int posting_cursor_decode(struct posting_cursor *cursor, const struct posting_decoded *out);

/* An opened cursor goes over what was decoded of its list; it knows nothing of blocks then. */
void posting_cursor_use(struct posting_cursor *cursor, struct posting_decoded *whole);

/* What the inline functions below leave to do: the next block; a number after the decoded block, or among the decoded
 * numbers some way ahead; the values of the decoded block. */
int posting_cursor_advance(struct posting_cursor *cursor, uint32_t *number);
int posting_cursor_skip(struct posting_cursor *cursor, uint32_t number, uint32_t *found);
int posting_cursor_fill_values(struct posting_cursor *cursor);

/* To the next posting: 1 and its number, 0 at the end (and ever after), -1 damaged. */
static inline int posting_cursor_next(struct posting_cursor *cursor, uint32_t *number)
{
	if (cursor->at + 1 >= cursor->filled)
		return posting_cursor_advance(cursor, number);
	*number = cursor->numbers[++cursor->at];
	return 1;
}

/* To the first posting whose number is at least `number`, which may be where it stands: it never moves back. */
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

/* The value where the cursor stands: 1, or -1 damaged (or it stands nowhere). */
static inline int posting_cursor_value(struct posting_cursor *cursor, uint32_t *value)
{
	if (!cursor->has_values && posting_cursor_fill_values(cursor) < 0)
		return -1;
	*value = cursor->values[cursor->at];
	return 1;
}

/* Without decoding: the impacts of the block that a seek to `number` would come to, and the last number of that block;
 * 1, or 0 past the end, -1 damaged. Numbers must not fall from call to call. The impacts are empty where the list has
 * none: then nothing is known of the block. Of a list of one block nothing is known either: its last is limit - 1. */
int posting_cursor_peek(struct posting_cursor *cursor, uint32_t number, struct span *impact, uint32_t *last);

/* Where among decoded numbers, of which there are some, this one is or would be: the last that is not above it, or the first. Without
 * a branch that depends on them. */
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

/* A list decoded whole: numbers at once, values block by block where they are asked for. All fields are for reading. */
struct posting_array {
	struct posting_cursor *cursor; /* opened; used up */
	uint32_t *numbers;             /* cursor->count of them, */
	uint32_t *values;              /* and as many */
	uint16_t *value_bits;          /* for each block where its values begin, 0: they are decoded; NULL: all are */
};

/* The caller has set all fields: room for cursor->count + POSTING_SPARE numbers, for as many values, and for a block each
 * value_bits. Numbers that come out rise, as those of the cursor. 0 or -1 damaged. */
int posting_array_fill(struct posting_array *array);

int posting_array_fill_values(struct posting_array *array, uint32_t block);

/* Value `i`, which is below the count. */
static inline int posting_array_value(struct posting_array *array, uint32_t i, uint32_t *value)
{
	if (array->value_bits && array->value_bits[i / POSTING_BLOCK] &&
	    posting_array_fill_values(array, i / POSTING_BLOCK) < 0)
		return -1;
	*value = array->values[i];
	return 1;
}

#endif
