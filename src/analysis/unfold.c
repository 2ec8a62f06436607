#include "unfold.h"

void unfold(struct unfold_set *set, uint32_t code)
{
	uint32_t bucket = code % UNFOLD_BUCKETS;

	unfold_set_add(set, code);
	for (size_t i = unfold_starts[bucket]; i < unfold_starts[bucket + 1]; i++)
		unfold_set_add(set, unfold_sources[i]);
}
