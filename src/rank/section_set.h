/* section_set - a set of sections of one segment, a bit each.
 *
 * Shape:  bit n % 8 of byte n / 8. Bits behind the last section mean nothing.
 * Owner:  the arena it was made in.
 * Errors: section_set_new() returns NULL without memory.
 */
#ifndef RANK_SECTION_SET_H
#define RANK_SECTION_SET_H

#include "segment_reader.h"

static inline size_t section_set_bytes(const struct segment_reader *segment)
{
	return segment->meta.section_count / 8 + 1;
}

/* Of none, or of all sections. */
unsigned char *section_set_new(struct arena *arena, const struct segment_reader *segment, bool all);

static inline bool section_set_has(const unsigned char *set, uint32_t section)
{
	return set[section / 8] >> section % 8 & 1;
}

static inline void section_set_add(unsigned char *set, uint32_t section)
{
	set[section / 8] |= (unsigned char)(1u << section % 8);
}

/* The first member of the set from `section` on; `count` when there is none. */
uint32_t section_set_next(const unsigned char *set, uint32_t section, uint32_t count);

uint64_t section_set_count(const unsigned char *set, const struct segment_reader *segment);

/* Those of `set` that are in `other` too; that are not; with those of `other`; all others. */
void section_set_and(unsigned char *set, const unsigned char *other, const struct segment_reader *segment);
void section_set_subtract(unsigned char *set, const unsigned char *other, const struct segment_reader *segment);
void section_set_or(unsigned char *set, const unsigned char *other, const struct segment_reader *segment);
void section_set_invert(unsigned char *set, const struct segment_reader *segment);

#endif
