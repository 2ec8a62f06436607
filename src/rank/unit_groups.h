/* unit_groups - the groups of stored frames that may hold a needle, by its units: grams that are not Han.
 *
 * Shape:  the groups that every unit of the needle names. One or two letters at its ends are no units, for the text may go on
 *         with more: where many groups are left, those of all units that begin (or end) with them are found by going through
 *         the lexicon.
 * Units:  a set of numbers of groups (number_set.h, segment_groups()).
 * Owner:  the arena of the query.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   a list a unit; going through the lexicon 10 ns a term of it.
 */
#ifndef RANK_UNIT_GROUPS_H
#define RANK_UNIT_GROUPS_H

#include "index.h"

/* 1 and the set, or NULL for all groups; 0: a unit is nowhere, and so is the needle. `apart`: other lists say more than what the
 * lexicon has of the ends. Of a needle of several lines, which may reach from one group into the next, no set is made. */
int unit_groups_find(struct segment_reader *segment, struct span needle, bool apart, struct arena *arena,
		     uint64_t **out, struct err *err);

#endif
