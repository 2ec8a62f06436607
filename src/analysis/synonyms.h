/* synonyms - groups of words that stand for each other in queries.
 *
 * Shape:  a table: how many members there are (u32); for each the number of its group (u32); the members, folded, as a list
 *         of user_words.h. Little-endian. A member is in one group only. No groups: no bytes at all.
 *         Made of text: a group a line, its members apart by blanks; lines that begin with '#' are comments.
 * Owner:  borrows the table.
 * Errors: a table that lies finds other words or none, as user_words.h; synonyms_check() tells.
 * Cost:   a look-up is that of user_words.h; going through a group looks at every number: 0.2 us for the shipped table.
 */
#ifndef ANALYSIS_SYNONYMS_H
#define ANALYSIS_SYNONYMS_H

#include "err.h"
#include "user_words.h"

struct synonyms {
	struct user_words members;
	const unsigned char *groups;
};

/* The regional vocabulary that the programs come with, share/regional.synonyms. */
extern const struct span synonyms_regional;

/* Appends the table of a text. A line or word that cannot be taken is told and passed over: `note` with its number (from 1)
 * and why; it may be NULL. */
int synonyms_encode(struct buf *table, struct span text,
		    void (*note)(void *context, unsigned line, const char *why, struct span word), void *context,
		    struct err *err);

/* False: this is no such table. */
bool synonyms_open(struct synonyms *synonyms, struct span table);

bool synonyms_check(const struct synonyms *synonyms);

uint32_t synonyms_group(const struct synonyms *synonyms, uint32_t member);

/* The next member of the group from number `from` on: members.count when there is none. */
uint32_t synonyms_next(const struct synonyms *synonyms, uint32_t group, uint32_t from);

#endif
