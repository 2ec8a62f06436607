/* copy_table - which sections have the same text: each names the next one.
 *
 * Shape:  one chunk, 8 bytes a section that has copies, in the order of sections; integers little-endian:
 *           section  u32
 *           next     u32: the next section with the same text; of the last one, the first
 *         So those of one text, two at least, form a ring that rises and falls once.
 *         What the same text is, the writer decides and the format does not say (batch.c): readers take its word.
 * Owner:  the writer's buffers are the caller's; the table borrows from the container.
 * Errors: ERR_DAMAGED. No allocation when reading.
 * Cost:   a look-up is a binary search; nothing where no section has copies. Manuals have 0 to 3 % of such sections, or 12 %
 *         where the same page is there for every version: .0014 of the text then.
 *
 * A reader refuses: a size that is no multiple of 8; sections that do not rise or are not below the count, a next one that
 * is not below it or has no entry. It does so when it comes to these bytes. Going round a ring is for the caller to end:
 * after as many steps as there are entries. That rings close and rise, a full check sees.
 */
#ifndef FORMAT_COPY_TABLE_H
#define FORMAT_COPY_TABLE_H

#include "container.h"

enum { COPY_TABLE_ENTRY = 8 };

/* Appends the chunk. `texts`: a hash for each section, 0 for one that is not compared. */
void copy_table_encode(struct buf *out, const uint64_t *texts, uint32_t count);

struct copy_table {
	struct container *container;
	struct chunk chunk;
	uint32_t count;
	uint32_t section_count;
};

int copy_table_open(struct copy_table *table, struct container *container, uint32_t name, uint32_t section_count,
		    struct err *err);

/* The section that comes after this one: 1, 0 when it has no copies, -1. */
int copy_table_next(const struct copy_table *table, uint32_t section, uint32_t *next, struct err *err);

/* All of it. */
int copy_table_check(const struct copy_table *table, struct err *err);

#endif
