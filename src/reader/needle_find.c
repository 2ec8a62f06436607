#define _GNU_SOURCE /* memmem(3) */
#include "needle_find.h"

#include "byte_block.h"

#include <string.h>

/* Of longer ones too many bytes could be compared at each place, where a text is much the same all over. */
enum { SHORT = 64 };

const char *needle_find(struct span text, struct span needle)
{
	size_t last = needle.n - 1;
	size_t middle = needle.n / 2;
	byte_block bytes[] = {byte_block_of(needle.p[0]), byte_block_of(needle.p[middle]),
			      byte_block_of(needle.p[last])};
	size_t at = 0;

	for (; needle.n <= SHORT && text.n - at >= last + BYTE_BLOCK; at += BYTE_BLOCK) {
		const char *p = text.p + at;
		uint32_t places =
			byte_block_bits((byte_block_load(p) == bytes[0]) & (byte_block_load(p + middle) == bytes[1]) &
					(byte_block_load(p + last) == bytes[2]));

		for (; places; places &= places - 1) {
			const char *place = p + __builtin_ctz(places);

			if (memcmp(place, needle.p, needle.n) == 0)
				return place;
		}
	}
	if (text.n - at < needle.n) /* or nowhere: an empty text may have no address */
		return NULL;
	return memmem(text.p + at, text.n - at, needle.p, needle.n);
}
