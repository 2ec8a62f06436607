/* records - a chunk of equal small records, read at random without asking the container each time.
 *
 * Shape:  record i is RECORD_BYTES bytes at i * RECORD_BYTES of the chunk. Records are checked in groups of a page.
 * Owner:  borrows the container's bytes; records_close() frees the map of groups.
 * Errors: records_at() is NULL with ERR_DAMAGED. The number must be below `count`.
 * Cost:   a bit test and an address; the first of a group checks its pages.
 */
#ifndef READER_RECORDS_H
#define READER_RECORDS_H

#include "container.h"

enum { RECORD_BYTES = 8, RECORDS_GROUP = CONTAINER_PAGE / RECORD_BYTES };

struct records {
	struct container *container;
	struct chunk chunk;
	const unsigned char *base;
	uint32_t count;
	unsigned char *checked; /* a bit for each group */
};

/* The chunk `name`: a whole number of records. */
int records_open(struct records *records, struct container *container, uint32_t name, struct err *err);
void records_close(struct records *records);

int records_check(struct records *records, uint32_t number, struct err *err);

static inline bool records_checked(const struct records *records, uint32_t number)
{
	uint32_t group = number / RECORDS_GROUP;

	return records->checked[group / 8] >> group % 8 & 1;
}

static inline const unsigned char *records_at(struct records *records, uint32_t number, struct err *err)
{
	if (!records_checked(records, number) && records_check(records, number, err) < 0)
		return NULL;
	return records->base + (size_t)number * RECORD_BYTES;
}

#endif
