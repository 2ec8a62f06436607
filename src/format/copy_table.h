/* copy_table - sections with the same text, each pointing to the next.
 *
 * Shape:  one chunk, 8 bytes a section that has copies, in the order of sections; integers little-endian:
 *           section  u32
 *           next     u32: the next section with the same text; of the last one, the first
 *         So the sections of one text, at least two, form a ring: next, next, ..., last, and back to the first.
 *         When two texts count as the same is not part of the format. The writer decides (writer/batch.c), readers believe it.
 * Owner:  the writer's buffers are the caller's. The table borrows from the container and allocates nothing.
 * Errors: ERR_DAMAGED.
 * Cost:   a look-up is a binary search, and nothing where no section has copies. In manuals 0 to 3 % of the sections have
 *         copies; 12 % in one that has the same pages for each version, where the table has .0014 of the size of the text.
 *
 * A reader refuses: a size that is no multiple of 8; sections that do not rise or are not below the count, a next one that
 * is not below it or has no entry. It does so when it comes to these bytes. A damaged ring may never come back to where it
 * began: who follows it must stop after as many steps as there are entries. Only the full check verifies that rings close.
 */
#ifndef FORMAT_COPY_TABLE_H
#define FORMAT_COPY_TABLE_H

#include "container.h"

enum { COPY_TABLE_ENTRY = 8 };

/* Appends the chunk to `out`. `texts`: a hash of each section's text, or 0 for a section that is not to be compared. */
void copy_table_encode(struct buf *out, const uint64_t *texts, uint32_t count);

struct copy_table {
	struct container *container;
	struct chunk chunk;
	uint32_t count;
	uint32_t section_count;
};

int copy_table_open(struct copy_table *table, struct container *container, uint32_t name, uint32_t section_count,
		    struct err *err);

/* The next section with the same text: 1, 0 when this one has no copies, -1. */
int copy_table_next(const struct copy_table *table, uint32_t section, uint32_t *next, struct err *err);

/* The full check. */
int copy_table_check(const struct copy_table *table, struct err *err);

#endif
