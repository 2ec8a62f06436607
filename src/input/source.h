/* source - a file's bytes as text we can trust: valid UTF-8, whatever the encoding of the file (encoding.h).
 *
 * Shape:  source_read() opens below a directory, checks, reads, decodes.
 * Owner:  the text is appended to the caller's buffer, and a NUL that is not counted.
 * Errors: not a regular file or unreadable (ERR_IO), over SOURCE_LIMIT as read or as decoded (ERR_LIMIT), or not text
 *         (ERR_ENCODING: over a tenth of the bytes are invalid or NUL): *err says what to do.
 *         Stray invalid bytes do not fail: each maximal subpart becomes U+FFFD and is counted.
 * Source: files are opened O_NONBLOCK|O_NOFOLLOW|O_NOCTTY and judged by fstat(2) afterwards, never before; read with
 *         read(2), never mapped, because they may change under us.
 */
#ifndef INPUT_SOURCE_H
#define INPUT_SOURCE_H

#include "encoding.h"
#include "io.h"

/* 64 MiB: md4c counts in 32 bits, and a larger "note" is a mistake worth naming. */
#define SOURCE_LIMIT ((size_t)64 << 20)

struct source_info {
	uint64_t size;    /* bytes as read from the file */
	int64_t mtime_ns; /* since 1970 */
	uint64_t hash;    /* checksum_64 of the bytes as read */
	enum encoding encoding;
	uint32_t replaced;   /* invalid sequences that became U+FFFD */
	uint32_t first_line; /* line of the first of them, from 1 */
};

/* Reads `path` (relative to the open directory `at`); `shown` names it in messages. Text is appended to `text`. */
int source_read(const struct io *io, int at, const char *path, const char *shown, struct buf *text,
		struct source_info *info, struct err *err);

#endif
