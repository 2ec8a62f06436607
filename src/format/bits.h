/* bits - writing and reading numbers of any width in bits, the lowest bit of each byte first.
 *
 * Shape:  the writer stores eight bytes at a time and holds the bits that do not fill them yet. The last byte ends with zeros.
 * Owner:  the caller owns the bytes, and gives the writer room for eight bytes more than it needs.
 * Errors: none. Reading past the end gives zeros, and touches no byte there.
 */
#ifndef FORMAT_BITS_H
#define FORMAT_BITS_H

#include "cursor.h"

struct bits_writer {
	unsigned char *p;
	uint64_t held;
	unsigned filled; /* bits in `held`, below 64 between calls */
};

/* Adds a number of `width` bits, at most 32; `value` has no others. */
static inline void bits_add(struct bits_writer *writer, uint64_t value, unsigned width)
{
	writer->held |= value << writer->filled;
	writer->filled += width;
	if (writer->filled >= 64) {
		store_u64(writer->p, writer->held);
		writer->p += 8;
		writer->filled -= 64;
		writer->held = value >> (width - writer->filled);
	}
}

/* Adds so many zeros, then a one. */
static inline void bits_add_unary(struct bits_writer *writer, uint32_t zeros)
{
	for (; zeros >= 31; zeros -= 31)
		bits_add(writer, 0, 31);
	bits_add(writer, (uint64_t)1 << zeros, zeros + 1);
}

/* Writes what is held: returns the end of the last byte. */
static inline unsigned char *bits_finish(struct bits_writer *writer)
{
	store_u64(writer->p, writer->held);
	return writer->p + (writer->filled + 7) / 8;
}

/* The slow path of bits_load(): fewer than eight bytes are left. */
static inline uint64_t bits_load_last(const unsigned char *p, size_t left)
{
	uint64_t word = 0;

	for (size_t i = 0; i < left; i++)
		word |= (uint64_t)p[i] << 8 * i;
	return word;
}

/* The 64 bits that begin with byte `at` of `n`; zeros past the end. */
static inline uint64_t bits_load(const unsigned char *bytes, size_t n, size_t at)
{
	if (at < n && n - at >= 8)
		return load_u64(bytes + at);
	return at < n ? bits_load_last(bytes + at, n - at) : 0;
}

#endif
