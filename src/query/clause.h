/* clause - the typed query, cut at its blanks, quotes, signs and parentheses.
 *
 * Shape:  blanks (U+3000 too) separate clauses. "..." and “...” make one of what is inside. OR and | by themselves, and
 *         parentheses, are clauses of their own. What may stand before a clause belongs to it: one '-' at the start, after a
 *         blank or an opening parenthesis, before a letter, a Han character, a quote or an opening parenthesis; and a field,
 *         `title:`, `path:` or a key that the caller knows. A '*' after a run that has no other makes it a prefix. Signs of
 *         full width mean the same.
 *         A parenthesis opens a group where a clause could begin and closes one where a clause ends. It is text when its
 *         partner is missing or stands in the same run with more text behind it: f(x), （可选）步骤, :-).
 * Owner:  clauses borrow from the query; the array is the arena's.
 * Errors: memory, and those of the caller's keys: no input is a syntax error. A quote that is never closed is text; so is a
 *         '-' before anything else (`--where`, `-3`), and a colon with nothing or another colon after it.
 * Cost:   three passes at the most, each of which looks at a byte a bounded number of times.
 */
#ifndef QUERY_CLAUSE_H
#define QUERY_CLAUSE_H

#include "arena.h"
#include "err.h"

enum clause_kind {
	CLAUSE_TEXT,
	CLAUSE_QUOTED,
	CLAUSE_PREFIX,
	CLAUSE_OR,
	CLAUSE_OPEN,
	CLAUSE_CLOSE,
};

/* Where a clause is looked for. */
enum scope {
	SCOPE_TEXT,
	SCOPE_TITLE, /* headings and file names */
	SCOPE_PATH,
	SCOPE_KEY, /* of front matter */
};

enum { CLAUSE_DEPTH = 32 }; /* of groups in groups; deeper parentheses are text */

struct clause {
	enum clause_kind kind;
	struct span text; /* without quotes, signs and field; not empty but for parentheses */
	bool negated;
	enum scope scope;
	struct span key; /* of SCOPE_KEY, as typed */
};

/* Which keys of front matter can be asked for: 1 this one can, 0 it cannot, negative failed. */
struct query_keys {
	int (*has)(void *context, struct span key, struct err *err);
	void *context;
};

/* `keys` may be NULL: none. */
int clause_split(struct span query, const struct query_keys *keys, struct arena *arena, struct clause **out,
		 size_t *count, struct err *err);

#endif
