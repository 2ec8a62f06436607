/* unit_groups - the groups of frames that may hold a needle, by its units: the n-grams that are not Han.
 *
 * Shape:  the intersection of the posting lists of the needle's units (LAYER_UNITS). One or two letters at an end of the needle are no
 *         unit, for in the text a longer word may go on there. When many groups are left, such an end is used all the same:
 *         its groups are the union over all units that begin, or end, with these letters, found by a scan of the lexicon.
 * Units:  a bit set of group numbers (number_set.h, segment_groups()).
 * Owner:  the arena of the query.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   a posting list for each unit; a scan 10 ns for each term of the lexicon.
 */
#ifndef RANK_UNIT_GROUPS_H
#define RANK_UNIT_GROUPS_H

#include "index.h"

/* 1: *out is the bit set, or NULL for all groups; 0: a unit is nowhere, so neither is the needle; -1. `apart`: other lists narrow the
 * search already, do not scan for the ends. A needle of several lines may reach over the border of two groups: NULL. */
int unit_groups_find(struct segment_reader *segment, struct span needle, bool apart, struct arena *arena,
		     uint64_t **out, struct err *err);

#endif
