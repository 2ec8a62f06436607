#include "section_set.h"

uint64_t *section_set_new(struct arena *arena, const struct segment_reader *segment, bool all)
{
	uint64_t *set = arena_array(arena, section_set_words(segment), sizeof *set);

	if (set && all)
		number_set_invert(set, segment->meta.section_count);
	return set;
}
