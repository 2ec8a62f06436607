#include "list.h"
#include "random.h"
#include "unit.h"

#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

const size_t list_counts[LIST_COUNTS] = {1, 2, 3, 4, 5, 127, 128, 129, 255, 256, 257, LIST_LONGEST};

static uint32_t gap_of(enum list_shape shape, size_t count, uint64_t *seed)
{
	switch (shape) {
	case LIST_HALF: return random_below(seed, 3);
	case LIST_SPARSE: return random_below(seed, 40);
	case LIST_FAR: return random_below(seed, (uint32_t)((UINT32_MAX - count) / count));
	case LIST_SKEWED: return random_below(seed, 100) ? random_below(seed, 2) : random_below(seed, 100000);
	default: return 0;
	}
}

static uint32_t value_of(enum list_values values, uint64_t *seed)
{
	static const uint32_t edges[] = {0,         1, 13, 14, 15, 127 + 14, 128 + 14, 895, 896, 16398, UINT32_MAX - 1,
					 UINT32_MAX};

	switch (values) {
	case LIST_SMALL: return random_below(seed, 3);
	case LIST_PATTERNS: return random_below(seed, 10) ? random_below(seed, 16) : random_below(seed, 3000);
	case LIST_EDGES: return edges[random_below(seed, COUNT(edges))];
	case LIST_LARGE: return UINT32_MAX - random_below(seed, 2);
	case LIST_RARE: return random_below(seed, 128) == 0;
	default: return 0;
	}
}

void list_fill(struct list *list, size_t count, enum list_shape shape, enum list_values values, uint64_t *seed)
{
	uint32_t number = gap_of(shape, count, seed);

	list->count = count;
	for (size_t i = 0; i < count; i++) {
		list->postings[i] = (struct posting){number, value_of(values, seed)};
		list->limit = number + 1;
		number += 1 + gap_of(shape, count, seed);
	}
}

void list_encode(struct list *list, bool impacts)
{
	struct buf buffers[LIST_LONGEST / POSTING_BLOCK + 2] = {{0}};

	list->impacts = impacts;
	list->bytes = (struct buf){0};
	for (size_t i = 0; i < COUNT(buffers); i++) {
		for (size_t n = 0; n < (i + 1) % 5; n++)
			buf_add_byte(&buffers[i], (unsigned char)i);
	}
	posting_encode(&list->bytes, list->postings, list->count, impacts ? buffers : NULL);
	assert_false(list->bytes.failed);
	for (size_t i = 0; i < COUNT(buffers); i++)
		buf_release(&buffers[i]);
}

void list_make(struct list *list, size_t count, enum list_shape shape, enum list_values values, uint64_t *seed)
{
	list_fill(list, count, shape, values, seed);
	list_encode(list, random_below(seed, 2));
}

char *list_open(const struct list *list, struct posting_cursor *cursor)
{
	char *copy = malloc(list->bytes.n);

	assert_non_null(copy);
	memcpy(copy, list->bytes.data, list->bytes.n);
	assert_int_equal(posting_cursor_open(cursor, (struct span){copy, list->bytes.n}, (uint32_t)list->count,
					     list->limit, list->impacts),
			 0);
	return copy;
}

int list_decode(struct posting_cursor *cursor, struct posting_array *array)
{
	size_t room = (size_t)cursor->count + POSTING_SPARE;
	char *all = malloc(2 * room * sizeof(uint32_t) + cursor->block_count * sizeof(uint16_t));

	assert_non_null(all);
	*array = (struct posting_array){.cursor = cursor,
					.numbers = (uint32_t *)(void *)all,
					.values = (uint32_t *)(void *)all + room,
					.value_bits = (uint16_t *)(void *)((uint32_t *)(void *)all + 2 * room)};
	return posting_array_fill(array);
}
