/* mapping - a whole file as bytes in memory.
 *
 * Shape:  files up to MAPPING_COPY bytes are read, larger ones are mapped read-only.
 * Owner:  mapping_release() ends it; the descriptor may be closed at once.
 * Errors: as io.h. A mapped file that is cut short by somebody else raises SIGBUS when touched: the programs catch it
 *         and report trouble; we ourselves never change a file in place.
 */
#ifndef BASE_MAPPING_H
#define BASE_MAPPING_H

#include "io.h"

/* 32 KiB: up to here one read costs less than to map and unmap, and a copy cannot fault. A copy of 40 KB takes ten page faults,
 * a mapping one. */
enum { MAPPING_COPY = 32 * 1024 };

struct mapping {
	struct span bytes;
	struct buf copy; /* holds the bytes when they were read */
};

int mapping_open(struct mapping *mapping, const struct io *io, int fd, const char *path, struct err *err);
void mapping_release(struct mapping *mapping, const struct io *io);

#endif
