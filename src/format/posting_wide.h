/* posting_wide - the inner loops of posting_block, for processors with AVX2 and BMI2.
 *
 * Shape:  each function gives exactly what the plain loop of the same name in posting_block.c gives; a block is decoded by either.
 * Errors: as in posting_block.c.
 * Cost:   0.6 ns a number where the plain loops take 1.5, 1.0 ns a value where they take 2.3 (full blocks of gaps of 12 on
 *         average, and values of which one in twenty has an escape; 3.7 GHz).
 */
#ifndef FORMAT_POSTING_WIDE_H
#define FORMAT_POSTING_WIDE_H

#include "posting_block.h"

#if defined __x86_64__ && defined __GNUC__
#define POSTING_WIDE 1
#else
#define POSTING_WIDE 0
#endif

/* May the functions below be called on this processor? */
bool posting_wide_usable(void);

size_t posting_wide_ones(const struct posting_block *block, size_t from, uint32_t *at, uint32_t n);

/* Widths up to POSTING_WIDE_BITS; how many were unpacked: all, or those that may be read so. */
enum { POSTING_WIDE_BITS = 14 };
uint32_t posting_wide_unpack(const struct posting_block *block, size_t bit, unsigned width, uint32_t *out, uint32_t n);

void posting_wide_gaps(uint32_t *numbers, const uint32_t *low, unsigned k, uint32_t n, uint32_t from);

int posting_wide_values(uint32_t *values, const uint32_t *low, unsigned v, uint32_t n);

uint32_t posting_wide_escapes(const uint32_t *values, uint32_t n, unsigned v, uint8_t *list);

#endif
