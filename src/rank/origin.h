/* origin - where the document of a hit is in the file system, and whether it still is what was indexed.
 *
 * Shape:  a hash table of the documents that were hits so far: several hits of an answer, and of a batch of answers, share one.
 * Units:  nanoseconds of the monotonic clock.
 * Owner:  the table owns the paths; origins_release() frees all. A zeroed struct is an empty table.
 * Errors: ERR_MEMORY. A file that is gone or unreadable is no error: it has changed.
 * Cost:   a look-up; at first, and when what is known is too old, one fstatat(2). Only when the time differs but not the size
 *         is the file read and its hash compared.
 */
#ifndef RANK_ORIGIN_H
#define RANK_ORIGIN_H

#include "index.h"

struct origin {
	const struct index *index; /* NULL: a free slot */
	const char *path;          /* absolute */
	struct span below;         /* the same below its root */
	int64_t checked;           /* when `stale` was found out */
	uint32_t document;
	bool stale; /* the file has other bytes, or is gone */
};

struct origins {
	struct arena arena;
	struct buf scratch;
	struct origin *slots;
	size_t slot_count; /* a power of two */
	size_t used;
};

/* What is known of the document, and was at `since` or later; NULL for nothing. */
const struct origin *origins_known(const struct origins *origins, const struct index *index, uint32_t number,
				   int64_t since);

/* What the files were at `since` or later, `now` at the latest; *out is valid until the next call. */
int origins_find(struct origins *origins, struct index *index, uint32_t number,
		 const struct manifest_document *document, int64_t since, int64_t now, const struct origin **out,
		 struct err *err);

void origins_release(struct origins *origins);

#endif
