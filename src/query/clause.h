/* clause - the typed query, cut at its blanks and quotes.
 *
 * Shape:  blanks (U+3000 too) separate clauses; "..." and “...” make one clause of what is inside; one '-' (or －) at
 *         the start of a clause, before a letter, a Han character or a quote, makes it one that must not match.
 * Owner:  clauses borrow from the query; the array is the arena's.
 * Errors: memory only: no input is a syntax error. A quote that is never closed is text; a '-' before anything else is
 *         text (`--where`, `-3`).
 */
#ifndef QUERY_CLAUSE_H
#define QUERY_CLAUSE_H

#include "arena.h"
#include "err.h"

struct clause {
	struct span text; /* without quotes and sign; never empty */
	bool quoted;
	bool negated;
};

int clause_split(struct span query, struct arena *arena, struct clause **out, size_t *count, struct err *err);

#endif
