/* unfold - which code points fold to one that is looked for: the way to find folded text in text that is not.
 *
 * Shape:  code points by their lowest bits, as a set that may have more than it should but lacks none. A table made at build
 *         time (gen/make_tables.c) has, for the lowest bits of what is folded to, those of what folds there.
 * Cost:   adding one: two loads, and one for each of what folds to it, two on average for Han, sixty for a letter of ASCII.
 *         30 KB of tables, of which a call touches two lines.
 */
#ifndef ANALYSIS_UNFOLD_H
#define ANALYSIS_UNFOLD_H

#include "unicode.h"

enum {
	UNFOLD_BITS =
		12, /* those of the last two bytes of UTF-8: a dozen characters are mistaken for others once in 100 */
	UNFOLD_BUCKETS = 1 << UNFOLD_BITS,
};

extern const uint16_t unfold_starts[UNFOLD_BUCKETS + 1];
extern const uint16_t unfold_sources[];

/* Starts zeroed. */
struct unfold_set {
	uint64_t words[UNFOLD_BUCKETS / 64];
};

static inline void unfold_set_add(struct unfold_set *set, uint32_t code)
{
	set->words[code / 64 % (UNFOLD_BUCKETS / 64)] |= UINT64_C(1) << code % 64;
}

static inline bool unfold_set_has(const struct unfold_set *set, uint32_t code)
{
	return set->words[code / 64 % (UNFOLD_BUCKETS / 64)] >> code % 64 & 1;
}

/* Adds all code points in whose fold `code` stands, itself among them. */
void unfold(struct unfold_set *set, uint32_t code);

#endif
