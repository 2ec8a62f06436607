/* records - a chunk that is an array of fixed-size records, for fast random access.
 *
 * Shape:  record i is the RECORD_BYTES bytes at i * RECORD_BYTES. container_view() checks the pages it hands out on every call;
 *         here one bit remembers that a whole group of records, as large as a page, was checked.
 * Owner:  borrows the container's bytes; records_close() frees the bits.
 * Errors: records_at() returns NULL with ERR_DAMAGED. The caller sees to it that the number is below `count`.
 * Cost:   a bit test and an addition; the first access to a group verifies its pages.
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
	unsigned char *checked; /* a bit for each group: its pages were verified */
};

/* Opens the chunk `name`, which must be a whole number of records. */
int records_open(struct records *records, struct container *container, uint32_t name, struct err *err);
void records_close(struct records *records);

/* Verifies the group of a record: what records_at() leaves to do. */
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
