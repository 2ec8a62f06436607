#include "posting.h"

#include "number_set.h"

enum { ENTRY = 8 }; /* bytes in the table */

static void add_impact(struct buf *out, const struct buf *impact)
{
	out->failed |= impact->failed;
	buf_add_byte(out, (unsigned char)impact->n);
	buf_add_span(out, buf_span(impact));
}

static void put_u32(struct buf *out, size_t at, size_t value)
{
	out->failed |= value > UINT32_MAX;
	if (!out->failed)
		store_u32((unsigned char *)out->data + at, (uint32_t)value);
}

static void encode_blocks(struct buf *out, const struct posting *postings, size_t count, const struct buf *impacts)
{
	size_t block_count = (count + POSTING_BLOCK - 1) / POSTING_BLOCK;
	size_t table;
	size_t first;

	if (impacts)
		add_impact(out, impacts);
	table = out->n;
	first = table + block_count * ENTRY;
	if (!buf_reserve(out, block_count * ENTRY))
		return;
	out->n = first;
	for (size_t i = 0; i < block_count && !out->failed; i++) {
		size_t done = i * POSTING_BLOCK;
		uint32_t n = count - done < POSTING_BLOCK ? (uint32_t)(count - done) : POSTING_BLOCK;

		if (impacts)
			add_impact(out, impacts + 1 + i);
		posting_block_encode(out, postings + done, n, i ? postings[done - 1].number + 1 : 0);
		put_u32(out, table + i * ENTRY, postings[done + n - 1].number);
		put_u32(out, table + i * ENTRY + 4, out->n - first);
	}
}

void posting_encode(struct buf *out, const struct posting *postings, size_t count, const struct buf *impacts)
{
	if (count > POSTING_BLOCK) {
		encode_blocks(out, postings, count, impacts);
	} else if (count > 1) {
		posting_block_encode(out, postings, (uint32_t)count, 0);
	} else if (count == 1) {
		buf_add_varint(out, postings->number);
		buf_add_varint(out, postings->value);
	}
}

/* All fields, but those of what it goes over, and rooms. */
static void stand_before(struct posting_cursor *cursor, uint32_t count, uint32_t limit)
{
	cursor->impacts = false;
	cursor->impact = (struct span){NULL, 0};
	cursor->table = NULL;
	cursor->count = count;
	cursor->limit = limit;
	cursor->block_count = count / POSTING_BLOCK + (count % POSTING_BLOCK != 0);
	cursor->block = cursor->filled = cursor->at = 0;
	cursor->has_values = false;
	cursor->whole = NULL;
	cursor->numbers = cursor->number_room;
	cursor->values = cursor->value_room;
}

int posting_cursor_open(struct posting_cursor *cursor, struct span list, uint32_t count, uint32_t limit, bool impacts)
{
	struct cursor c = cursor_of(list);

	stand_before(cursor, count, limit);
	cursor->impacts = impacts && cursor->block_count > 1;
	if (cursor->impacts)
		cursor->impact = cursor_bytes(&c, cursor_u8(&c));
	if (cursor->block_count > 1) {
		cursor->table = c.p;
		cursor_take(&c, (size_t)cursor->block_count * ENTRY);
	}
	cursor->blocks = cursor_bytes(&c, cursor_left(&c));
	if (c.failed || count == 0 || count > limit) {
		cursor->block_count = 0;
		return -1;
	}
	return 0;
}

static inline uint32_t last_of(const struct posting_cursor *cursor, uint32_t block)
{
	return load_u32(cursor->table + (size_t)block * ENTRY);
}

static inline uint32_t end_of(const struct posting_cursor *cursor, uint32_t block)
{
	return load_u32(cursor->table + (size_t)block * ENTRY + 4);
}

static int end_here(struct posting_cursor *cursor, int status)
{
	cursor->block = cursor->block_count;
	cursor->filled = cursor->at = 0;
	cursor->has_values = false;
	return status;
}

/* The first block from `from` on whose last number is at least `number`. In a table that does not rise it is some block
 * of which that is true, and not of the one before it (unless that one is before `from`). */
static uint32_t find_block(const struct posting_cursor *cursor, uint32_t from, uint32_t number)
{
	uint32_t step = 1;
	uint32_t n;

	while (step <= cursor->block_count - from && last_of(cursor, from + step - 1) < number) {
		from += step;
		step *= 2;
	}
	n = cursor->block_count - from < step ? cursor->block_count - from : step;
	while (n) {
		uint32_t half = n / 2;

		if (last_of(cursor, from + half) < number) {
			from += half + 1;
			n -= half + 1;
		} else {
			n = half;
		}
	}
	return from;
}

/* Where the bytes of a block are in `blocks`, and its impacts, which are before them. */
static int find_bytes(const struct posting_cursor *cursor, uint32_t block, size_t *start, size_t *end,
		      struct span *impact)
{
	size_t n = cursor->blocks.n;

	*impact = (struct span){NULL, 0};
	*start = cursor->table && block ? end_of(cursor, block - 1) : 0;
	*end = cursor->table ? end_of(cursor, block) : n;
	if (*end > n || *start >= *end || (block + 1 == cursor->block_count && *end != n))
		return -1;
	if (cursor->impacts) {
		size_t bytes = (unsigned char)cursor->blocks.p[(*start)++];

		if (bytes >= *end - *start)
			return -1;
		*impact = (struct span){cursor->blocks.p + *start, bytes};
		*start += bytes;
	}
	return 0;
}

static struct posting_block block_of(const struct posting_cursor *cursor)
{
	return (struct posting_block){(const unsigned char *)cursor->blocks.p + cursor->start,
				      cursor->end - cursor->start, cursor->blocks.n - cursor->start};
}

/* The numbers of a block; values are not decoded yet: room for something else. */
static int decode_block(struct posting_cursor *cursor, uint32_t block, uint32_t n, uint32_t *numbers)
{
	uint32_t from = block ? last_of(cursor, block - 1) + 1 : 0;
	struct posting_block bytes;
	struct span impact;

	if (find_bytes(cursor, block, &cursor->start, &cursor->end, &impact) < 0 || (block && from == 0))
		return -1;
	bytes = block_of(cursor);
	if (posting_block_numbers(&bytes, n, from, cursor->limit, numbers, cursor->value_room, &cursor->value_bit) < 0)
		return -1;
	return cursor->table && numbers[n - 1] != last_of(cursor, block) ? -1 : 0;
}

static inline uint32_t count_of(const struct posting_cursor *cursor, uint32_t block)
{
	uint32_t left = cursor->count - block * POSTING_BLOCK;

	return left < POSTING_BLOCK ? left : POSTING_BLOCK;
}

static int decode_single(struct posting_cursor *cursor)
{
	struct cursor c = cursor_of(cursor->blocks);

	cursor->number_room[0] = cursor_varint32(&c);
	cursor->value_room[0] = cursor_varint32(&c);
	cursor->has_values = true;
	return c.failed || cursor_left(&c) || cursor->number_room[0] >= cursor->limit ? -1 : 0;
}

/* The next block, and the cursor at its first posting. */
static int load(struct posting_cursor *cursor)
{
	uint32_t block = cursor->block;
	uint32_t n = cursor->whole ? cursor->count : count_of(cursor, block);
	int status = 0;

	cursor->has_values = cursor->whole != NULL;
	if (!cursor->whole)
		status = cursor->count == 1 ? decode_single(cursor)
					    : decode_block(cursor, block, n, cursor->number_room);
	if (status < 0)
		return end_here(cursor, -1);
	cursor->block = block + 1;
	cursor->filled = n;
	cursor->at = 0;
	return 1;
}

int posting_cursor_advance(struct posting_cursor *cursor, uint32_t *number)
{
	if (cursor->block == cursor->block_count)
		return end_here(cursor, 0);
	if (load(cursor) < 0)
		return -1;
	*number = cursor->numbers[0];
	return 1;
}

/* The first of the decoded numbers from `at` on that is at least `number`; the last is. */
static uint32_t search(const struct posting_cursor *cursor, uint32_t number)
{
	const uint32_t *at = cursor->numbers + cursor->at;
	uint32_t n = cursor->filled - cursor->at;

	while (n > 1) {
		uint32_t half = n / 2;

		at += half & -(uint32_t)(at[half - 1] < number); /* no branch: nobody could foretell it */
		n -= half;
	}
	return (uint32_t)(at - cursor->numbers);
}

/* The same where the list is decoded and its numbers are ranked: nothing needs to be searched. */
static int skip_ranked(struct posting_cursor *cursor, uint32_t number, uint32_t *found)
{
	const struct posting_decoded *whole = cursor->whole;
	uint32_t at = number < cursor->limit ? number_set_before(whole->set, whole->ranks, number) : cursor->count;

	if (cursor->filled == 0 && load(cursor) < 0)
		return -1;
	if (at >= cursor->count)
		return end_here(cursor, 0);
	cursor->at = at > cursor->at ? at : cursor->at;
	*found = cursor->numbers[cursor->at];
	return 1;
}

int posting_cursor_skip(struct posting_cursor *cursor, uint32_t number, uint32_t *found)
{
	if (cursor->whole && cursor->whole->ranks && (cursor->filled || cursor->block < cursor->block_count))
		return skip_ranked(cursor, number, found);
	if (cursor->filled == 0 || cursor->numbers[cursor->filled - 1] < number) {
		if (cursor->table)
			cursor->block = find_block(cursor, cursor->block, number);
		if (cursor->block == cursor->block_count)
			return end_here(cursor, 0);
		if (load(cursor) < 0)
			return -1;
		if (cursor->numbers[cursor->filled - 1] < number)
			return end_here(cursor, cursor->table ? -1 : 0);
	}
	cursor->at = search(cursor, number);
	*found = cursor->numbers[cursor->at];
	return 1;
}

/* Decoding writes past the end of a block: the next one comes after it. */
int posting_cursor_decode(struct posting_cursor *cursor, const struct posting_decoded *out)
{
	for (uint32_t i = 0; i < cursor->block_count; i++) {
		size_t at = (size_t)i * POSTING_BLOCK;
		uint32_t n = count_of(cursor, i);
		struct posting_block bytes;

		if (decode_block(cursor, i, n, out->numbers + at) < 0)
			return -1;
		bytes = block_of(cursor);
		if (posting_block_values(&bytes, n, cursor->value_bit, out->values + at, cursor->value_room) < 0)
			return -1;
	}
	return 0;
}

void posting_cursor_use(struct posting_cursor *cursor, struct posting_decoded *whole)
{
	whole->uses++;
	cursor->whole = whole;
	cursor->numbers = whole->numbers;
	cursor->values = whole->values;
	cursor->table = NULL;
	cursor->block_count = 1;
	cursor->block = cursor->filled = cursor->at = 0;
}

void posting_cursor_open_decoded(struct posting_cursor *cursor, struct posting_decoded *whole, uint32_t count,
				 uint32_t limit)
{
	stand_before(cursor, count, limit);
	posting_cursor_use(cursor, whole);
}

int posting_cursor_fill_values(struct posting_cursor *cursor)
{
	uint32_t scratch[POSTING_ROOM];
	struct posting_block block;

	if (cursor->filled == 0)
		return -1;
	block = block_of(cursor);
	if (posting_block_values(&block, cursor->filled, cursor->value_bit, cursor->value_room, scratch) < 0)
		return end_here(cursor, -1);
	cursor->has_values = true;
	return 0;
}

struct span posting_cursor_impact(const struct posting_cursor *cursor)
{
	struct span impact = {NULL, 0};
	size_t start;
	size_t end;

	if (cursor->table && cursor->filled)
		find_bytes(cursor, cursor->block - 1, &start, &end, &impact); /* as when it was decoded */
	return impact;
}

int posting_array_fill(struct posting_array *array)
{
	struct posting_cursor *cursor = array->cursor;

	if (cursor->count == 1) {
		array->value_bits[0] = 0;
		if (decode_single(cursor) < 0)
			return -1;
		array->numbers[0] = cursor->number_room[0];
		array->values[0] = cursor->value_room[0];
		return 0;
	}
	for (uint32_t i = 0; i < cursor->block_count; i++) {
		if (decode_block(cursor, i, count_of(cursor, i), array->numbers + (size_t)i * POSTING_BLOCK) < 0)
			return -1;
		/* Of a block of at most POSTING_BLOCK_BYTES, and after its header: no 0. */
		array->value_bits[i] = (uint16_t)cursor->value_bit;
	}
	return 0;
}

int posting_array_fill_values(struct posting_array *array, uint32_t block)
{
	struct posting_cursor *cursor = array->cursor;
	uint32_t n = count_of(cursor, block);
	struct posting_block bytes;
	struct span impact;

	if (find_bytes(cursor, block, &cursor->start, &cursor->end, &impact) < 0)
		return -1;
	bytes = block_of(cursor);
	/* Decoding writes past the end: not into the next block's. */
	if (posting_block_values(&bytes, n, array->value_bits[block], cursor->value_room, cursor->number_room) < 0)
		return -1;
	memcpy(array->values + (size_t)block * POSTING_BLOCK, cursor->value_room, n * sizeof *array->values);
	array->value_bits[block] = 0;
	return 0;
}
