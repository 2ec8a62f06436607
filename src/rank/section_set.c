#include "section_set.h"

#include <string.h>

unsigned char *section_set_new(struct arena *arena, const struct segment_reader *segment, bool all)
{
	unsigned char *set = arena_array(arena, section_set_bytes(segment), 1);

	if (set && all)
		memset(set, 0xFF, section_set_bytes(segment));
	return set;
}

uint32_t section_set_next(const unsigned char *set, uint32_t section, uint32_t count)
{
	while (section < count && !section_set_has(set, section))
		section += set[section / 8] >> section % 8 ? 1 : 8 - section % 8;
	return section < count ? section : count;
}

uint64_t section_set_count(const unsigned char *set, const struct segment_reader *segment)
{
	uint64_t count = 0;

	for (uint32_t i = 0; i < segment->meta.section_count; i++)
		count += section_set_has(set, i);
	return count;
}

void section_set_and(unsigned char *set, const unsigned char *other, const struct segment_reader *segment)
{
	for (size_t i = 0; i < section_set_bytes(segment); i++)
		set[i] &= other[i];
}

void section_set_subtract(unsigned char *set, const unsigned char *other, const struct segment_reader *segment)
{
	for (size_t i = 0; i < section_set_bytes(segment); i++)
		set[i] &= (unsigned char)~other[i];
}

void section_set_or(unsigned char *set, const unsigned char *other, const struct segment_reader *segment)
{
	for (size_t i = 0; i < section_set_bytes(segment); i++)
		set[i] |= other[i];
}

void section_set_invert(unsigned char *set, const struct segment_reader *segment)
{
	for (size_t i = 0; i < section_set_bytes(segment); i++)
		set[i] = (unsigned char)~set[i];
}
