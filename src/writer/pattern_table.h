/* pattern_table - the patterns of some documents, each with a number and how often it was met.
 *
 * Shape:  a hash table from pattern_key() to the number; numbers count from 0 as patterns come, but 0 is always the
 *         pattern of a word that stands once in the body and nowhere else: nearly half of all.
 * Owner:  the table owns its memory; zeroed it is empty.
 * Errors: sticky: PATTERN_NONE and `failed` when memory is out.
 * Cost:   3 ns a look-up: some hundred patterns make nearly all of a language's text.
 */
#ifndef WRITER_PATTERN_TABLE_H
#define WRITER_PATTERN_TABLE_H

#include "buf.h"
#include "pattern.h"

#define PATTERN_NONE UINT32_MAX

/* The key of pattern 0. */
#define PATTERN_FIRST ((uint64_t)1 << 8 * CHANNEL_BODY)

struct pattern_count {
	uint64_t key;
	uint64_t count;
};

struct pattern_table {
	struct buf patterns; /* array of struct pattern_count, by number */
	uint32_t *slots;     /* number + 1, 0 is free */
	size_t slot_count;   /* a power of two */
	bool failed;
};

/* Counts the pattern `times` more; its number. */
uint32_t pattern_table_add(struct pattern_table *table, uint64_t key, uint64_t times);

/* Forgets all patterns, keeps the memory. */
void pattern_table_reset(struct pattern_table *table);

/* The patterns that occur, to `sorted` (an array of struct pattern_count), the most frequent first, of equals the lower
 * key; rank[number] is where it stands there. Sticky in `sorted`. */
void pattern_table_rank(const struct pattern_table *table, uint32_t *rank, struct buf *sorted);

void pattern_table_release(struct pattern_table *table);

#endif
