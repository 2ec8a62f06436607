#include "checksum.h"

#include "checksum_wide.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t checksum_64(struct span bytes)
{
	return checksum_wide_usable() ? checksum_wide_64(bytes) : XXH3_64bits(bytes.p, bytes.n);
}

uint32_t checksum_32(struct span bytes)
{
	return (uint32_t)checksum_64(bytes);
}

struct checksum_128 checksum_128(struct span bytes)
{
	XXH128_canonical_t canonical;
	struct checksum_128 out;

	XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes.p, bytes.n));
	memcpy(out.bytes, canonical.digest, sizeof out.bytes);
	return out;
}
