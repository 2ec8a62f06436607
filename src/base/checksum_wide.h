/* checksum_wide - XXH3 in the widest steps of the processor at hand: the same sums, in half the instructions.
 *
 * Shape:  x86-64 with AVX2; elsewhere checksum_wide_usable() is false and nothing else is there to be called.
 * Cost:   beside the ordinary steps 0.5 of the instructions for 4 KB.
 */
#ifndef BASE_CHECKSUM_WIDE_H
#define BASE_CHECKSUM_WIDE_H

#include "processor.h"
#include "span.h"
#include <stdint.h>

#if defined __x86_64__ && defined __GNUC__
#define CHECKSUM_WIDE 1
#else
#define CHECKSUM_WIDE 0
#endif

static inline bool checksum_wide_usable(void)
{
	return processor_has_avx2();
}

uint64_t checksum_wide_64(struct span bytes);

#endif
