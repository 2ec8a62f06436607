#define _GNU_SOURCE /* memmem(3) */
#include "needle_find.h"

#include "fold_step.h"

#include <string.h>

/* Of longer ones too many bytes could be compared at each place, where a text is much the same all over. */
enum { SHORT = 64 };

static fold_block all(char byte)
{
	return (fold_block){0} + (signed char)byte;
}

const char *needle_find(struct span text, struct span needle)
{
	size_t last = needle.n - 1;
	size_t middle = needle.n / 2;
	fold_block bytes[] = {all(needle.p[0]), all(needle.p[middle]), all(needle.p[last])};
	size_t at = 0;

	for (; needle.n <= SHORT && text.n - at >= last + FOLD_BLOCK; at += FOLD_BLOCK) {
		const char *p = text.p + at;
		uint32_t places = fold_bits((fold_load(p) == bytes[0]) & (fold_load(p + middle) == bytes[1]) &
					    (fold_load(p + last) == bytes[2]));

		for (; places; places &= places - 1) {
			const char *place = p + __builtin_ctz(places);

			if (memcmp(place, needle.p, needle.n) == 0)
				return place;
		}
	}
	return memmem(text.p + at, text.n - at, needle.p, needle.n);
}
