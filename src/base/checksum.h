/* checksum - XXH3 over index bytes.
 *
 * Units:  bytes in, 32, 64 or 128 bits out.
 * Cost:   some 18 GB/s; compiled in from xxhash's header, so that no library is loaded at start.
 * Source: https://xxhash.com, XXH3 specification.
 */
#ifndef BASE_CHECKSUM_H
#define BASE_CHECKSUM_H

#include "span.h"
#include <stdint.h>

uint32_t checksum_32(struct span bytes);
uint64_t checksum_64(struct span bytes);

struct checksum_128 {
	unsigned char bytes[16];
};

/* In the canonical (big-endian) form of xxhash. */
struct checksum_128 checksum_128(struct span bytes);

#endif
