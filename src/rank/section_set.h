/* section_set - a set of sections of one segment (number_set.h).
 *
 * Owner:  the arena it was made in.
 * Errors: NULL without memory.
 */
#ifndef RANK_SECTION_SET_H
#define RANK_SECTION_SET_H

#include "number_set.h"
#include "segment_reader.h"

static inline size_t section_set_words(const struct segment_reader *segment)
{
	return number_set_words(segment->meta.section_count);
}

/* Of none, or of all sections. */
uint64_t *section_set_new(struct arena *arena, const struct segment_reader *segment, bool all);

#endif
