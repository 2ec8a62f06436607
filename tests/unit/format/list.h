/* list - posting lists of all shapes, and what they should decode to.
 *
 * Owner:  the list owns its bytes: buf_release(&list->bytes).
 */
#ifndef TEST_LIST_H
#define TEST_LIST_H

#include "posting.h"

enum { LIST_LONGEST = 5000 };

struct list {
	struct posting postings[LIST_LONGEST];
	size_t count;
	uint32_t limit; /* just above the last number */
	bool impacts;
	struct buf bytes;
};

/* How the numbers lie, and from what the values are drawn. */
enum list_shape { LIST_DENSE, LIST_HALF, LIST_SPARSE, LIST_FAR, LIST_SKEWED, LIST_SHAPES };
enum list_values { LIST_ZEROS, LIST_SMALL, LIST_PATTERNS, LIST_EDGES, LIST_LARGE, LIST_RARE, LIST_VALUES };

/* At the edges of blocks. */
#define LIST_COUNTS 12
extern const size_t list_counts[LIST_COUNTS];

/* The postings alone; the bytes of them; both, with impacts or not. Impacts tell themselves apart: of the list and then of
 * its blocks the i-th from 0 has (i + 1) % 5 bytes, all i. */
void list_fill(struct list *list, size_t count, enum list_shape shape, enum list_values values, uint64_t *seed);
void list_encode(struct list *list, bool impacts);
void list_make(struct list *list, size_t count, enum list_shape shape, enum list_values values, uint64_t *seed);

/* A cursor over a copy of exactly the list's size, so that a sanitizer sees every read past it; free() what it returns. */
char *list_open(const struct list *list, struct posting_cursor *cursor);

/* Decodes all of an opened cursor's list: 0 or -1. free() what it returns in array->numbers, and no other. */
int list_decode(struct posting_cursor *cursor, struct posting_array *array);

#endif
