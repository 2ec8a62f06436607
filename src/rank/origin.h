/* origin - where the document of a hit is in the file system, and whether it is still what was indexed.
 *
 * Shape:  a hash table of the documents of all hits so far, since the hits of an answer, and of a batch of answers, share documents.
 * Units:  nanoseconds of the monotonic clock.
 * Owner:  the table owns the paths; origins_release() frees it. A zeroed struct is an empty table.
 * Errors: ERR_MEMORY. A file that is gone or unreadable is no error: it counts as changed.
 * Cost:   a look-up; and one fstatat(2) the first time, and when the last one is too long ago. Only when a file has another time but
 *         the same size is it read, and its hash compared.
 */
#ifndef RANK_ORIGIN_H
#define RANK_ORIGIN_H

#include "index.h"

struct origin {
	const struct index *index; /* NULL: a free slot */
	const char *path;          /* absolute */
	struct span below;         /* the path relative to its root */
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

/* What was found out about the document at `since` or later; NULL when nothing was. */
const struct origin *origins_known(const struct origins *origins, const struct index *index, uint32_t number,
				   int64_t since);

/* The same, but looks at the file, now, when nothing was found out since. *out is valid until the next call. */
int origins_find(struct origins *origins, struct index *index, uint32_t number,
		 const struct manifest_document *document, int64_t since, int64_t now, const struct origin **out,
		 struct err *err);

void origins_release(struct origins *origins);

#endif
