/* radix - sorting many integers that carry what they stand for in their lower bits.
 *
 * Shape:  least digit first, stable, on 64-bit items: only the bits from `from` up to `end` are looked at.
 * Owner:  both arrays are the caller's; the result is in one of them.
 * Cost:   1 to 2 ns an item and digit; a digit that is the same in all items costs a read.
 * Source: Knuth, The Art of Computer Programming, volume 3, 5.2.5.
 */
#ifndef WRITER_RADIX_H
#define WRITER_RADIX_H

#include <stddef.h>
#include <stdint.h>

/* The widest digit. */
enum { RADIX_BITS = 9 };

/* `spare` has room for `count` items, fewer than 2^32; digits are `width` bits. Returns the array that holds the result. */
uint64_t *radix_sort(uint64_t *items, uint64_t *spare, size_t count, unsigned from, unsigned end, unsigned width);

#endif
