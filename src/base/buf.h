/* buf - owned bytes that grow.
 *
 * Shape:  data[0..n); also used as an array of equal records (see BUF_AT).
 * Owner:  the struct owns its bytes; buf_release() frees them; a zeroed struct is an empty buffer.
 * Errors: sticky: when memory runs out `failed` is set, the content stays as it was and later additions do nothing.
 *         Many calls, one check at the end.
 * Cost:   amortised constant for each byte added.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "span.h"
#include <stdint.h>

struct buf {
	char *data;
	size_t n;
	size_t capacity;
	bool failed;
};

void buf_release(struct buf *buf);

/* Empties, keeps the memory; a failure is forgotten. */
void buf_reset(struct buf *buf);

/* What buf_reserve() does where there is no room, or there was none before. */
char *buf_grow(struct buf *buf, size_t n);

/* Room for `n` more bytes at data + n of the buffer: their address, or NULL (and failed). Does not count them. */
static inline char *buf_reserve(struct buf *buf, size_t n)
{
	return !buf->failed && n <= buf->capacity - buf->n ? buf->data + buf->n : buf_grow(buf, n);
}

static inline void buf_add(struct buf *buf, const void *bytes, size_t n)
{
	char *to = n ? buf_reserve(buf, n) : NULL;

	if (!to)
		return;
	memcpy(to, bytes, n);
	buf->n += n;
}

static inline void buf_add_span(struct buf *buf, struct span span)
{
	buf_add(buf, span.p, span.n);
}

void buf_add_text(struct buf *buf, const char *text);
__attribute__((format(printf, 2, 3))) void buf_printf(struct buf *buf, const char *format, ...);

static inline void buf_add_byte(struct buf *buf, unsigned char byte)
{
	char *to = buf_reserve(buf, 1);

	if (!to)
		return;
	*to = (char)byte;
	buf->n++;
}

/* Integers as they stand in index files: little-endian, and LEB128 for varints. */
void buf_add_u16(struct buf *buf, uint16_t value);
void buf_add_u32(struct buf *buf, uint32_t value);
void buf_add_u64(struct buf *buf, uint64_t value);
void buf_add_varint(struct buf *buf, uint64_t value);

/* How many bytes follow, and these. */
void buf_add_counted(struct buf *buf, struct span span);

/* A terminating NUL after the content, not counted in n; the content as a C string, "" after a failure. */
const char *buf_string(struct buf *buf);

static inline struct span buf_span(const struct buf *buf)
{
	return (struct span){buf->data, buf->n};
}

/* The buffer as an array of `type`. */
#define BUF_AT(buf, type, index) (((type *)(void *)(buf)->data)[index])
#define BUF_COUNT(buf, type)     ((buf)->n / sizeof(type))

#endif
