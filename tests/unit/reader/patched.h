/* patched - an index whose files are other than what the disk holds.
 *
 * Shape:  a table of calls that serves MANIFEST and the segment from memory, and everything else from the disk. Blocks
 *         handed out as mappings have exactly the size of the file, so that a sanitizer sees a read past its end.
 * Owner:  the caller fills and releases the two buffers; one index at a time.
 */
#ifndef TEST_PATCHED_H
#define TEST_PATCHED_H

#include "io.h"

extern struct patched {
	struct buf manifest;
	struct buf segment;
} patched;

extern const struct io patched_io;

#endif
