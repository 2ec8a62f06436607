/* cursor - reading bytes of unknown honesty, never past their end.
 *
 * Shape:  p..end; each read moves p.
 * Errors: sticky: a read that would pass the end, or a varint that is too long or not the shortest, sets `failed`,
 *         returns 0 (or an empty span) and so does every later read. Many reads, one check.
 * Cost:   inline; one comparison a read.
 */
#ifndef BASE_CURSOR_H
#define BASE_CURSOR_H

#include "span.h"
#include <stdint.h>

struct cursor {
	const unsigned char *p;
	const unsigned char *end;
	bool failed;
};

static inline struct cursor cursor_of(struct span bytes)
{
	const unsigned char *p = (const unsigned char *)bytes.p;

	return (struct cursor){p, bytes.n ? p + bytes.n : p, false};
}

static inline size_t cursor_left(const struct cursor *c)
{
	return (size_t)(c->end - c->p);
}

static inline bool cursor_take(struct cursor *c, size_t n)
{
	if (c->failed || n > cursor_left(c)) {
		c->failed = true;
		c->p = c->end;
		return false;
	}
	c->p += n;
	return true;
}

static inline uint32_t load_u32(const unsigned char *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static inline uint64_t load_u64(const unsigned char *p)
{
	return load_u32(p) | (uint64_t)load_u32(p + 4) << 32;
}

/* What load_u32() and load_u64() read. */
static inline void store_u32(unsigned char *p, uint32_t value)
{
	for (unsigned i = 0; i < 4; i++)
		p[i] = (unsigned char)(value >> 8 * i);
}

static inline void store_u64(unsigned char *p, uint64_t value)
{
	for (unsigned i = 0; i < 8; i++)
		p[i] = (unsigned char)(value >> 8 * i);
}

static inline uint8_t cursor_u8(struct cursor *c)
{
	return cursor_take(c, 1) ? c->p[-1] : 0;
}

static inline uint16_t cursor_u16(struct cursor *c)
{
	return cursor_take(c, 2) ? (uint16_t)((unsigned)c->p[-2] | (unsigned)c->p[-1] << 8) : 0;
}

static inline uint32_t cursor_u32(struct cursor *c)
{
	return cursor_take(c, 4) ? load_u32(c->p - 4) : 0;
}

static inline uint64_t cursor_u64(struct cursor *c)
{
	return cursor_take(c, 8) ? load_u64(c->p - 8) : 0;
}

static inline struct span cursor_bytes(struct cursor *c, size_t n)
{
	return cursor_take(c, n) ? (struct span){(const char *)c->p - n, n} : (struct span){NULL, 0};
}

/* A varint of more than one byte, or none left: see cursor_varint(). */
uint64_t cursor_varint_long(struct cursor *c);

/* LEB128, at most 64 bits, shortest form only. */
static inline uint64_t cursor_varint(struct cursor *c)
{
	if (c->p < c->end && *c->p < 0x80)
		return *c->p++;
	return cursor_varint_long(c);
}

/* A varint that must fit 32 bits. */
static inline uint32_t cursor_varint32(struct cursor *c)
{
	uint64_t value = cursor_varint(c);

	if (value > UINT32_MAX) {
		c->failed = true;
		c->p = c->end;
		return 0;
	}
	return (uint32_t)value;
}

/* A span with a varint length before it. */
static inline struct span cursor_text(struct cursor *c)
{
	uint64_t n = cursor_varint(c);

	return cursor_bytes(c, n > SIZE_MAX ? SIZE_MAX : (size_t)n);
}

#endif
