/* spill - what a build holds until it is written in its place: in memory while there is little, else in a file that has
 * no name.
 *
 * Shape:  spill: one file for everything, made when it is first needed; pieces are read back by where they were put.
 *         spool: a stream of bytes that grows while others do, and is written out as a whole at the end.
 * Owner:  the spill owns its descriptor, a spool the bytes that are in memory; the commit is borrowed.
 * Errors: of the system; a spool's are sticky until spool_copy() or spool_flush() tells them.
 * Cost:   one write for each piece; pieces may be read by several threads at once.
 */
#ifndef WRITER_SPILL_H
#define WRITER_SPILL_H

#include "commit.h"

struct spill {
	struct commit *commit;
	int fd; /* -1: none yet */
	uint64_t end;
};

void spill_init(struct spill *spill, struct commit *commit);

/* Puts bytes into the file; *offset is where. */
int spill_write(struct spill *spill, struct span bytes, uint64_t *offset, struct err *err);

int spill_read(const struct spill *spill, uint64_t offset, void *to, size_t n, struct err *err);

void spill_release(struct spill *spill);

struct spool {
	struct buf tail;    /* what is in memory */
	struct buf extents; /* array of struct spool_extent: what is in the file, in order */
};

void spool_add(struct spool *spool, struct span bytes);

/* Puts what is in memory into the file. */
int spool_flush(struct spool *spool, struct spill *spill, struct err *err);

/* All of it, to the chunk being written. */
int spool_copy(const struct spool *spool, const struct spill *spill, struct container_writer *to, struct err *err);

/* All of it, appended to `out`. */
int spool_read(const struct spool *spool, const struct spill *spill, struct buf *out, struct err *err);

void spool_release(struct spool *spool);

#endif
