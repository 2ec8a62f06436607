/* condition - what a section must have, as a tree: the clauses of a query with their OR, '-' and parentheses.
 *
 * Shape:  leaves are texts, inner nodes ALL and ANY; a node may be negated. The root is an ALL of what stands at the top; no
 *         other ALL that is not negated is a child of an ALL. OR binds closer than a blank: a b OR c is a and (b or c). It is
 *         text at the ends of a group. A field before a group is that of all clauses in it that have none of their own.
 * Owner:  nodes live in the arena, texts in the query.
 * Errors: memory only.
 */
#ifndef QUERY_CONDITION_H
#define QUERY_CONDITION_H

#include "clause.h"
#include <stdint.h>

enum condition_kind {
	CONDITION_ALL,
	CONDITION_ANY,
	CONDITION_WORDS,  /* a run of text: its words stand there; with SCOPE_PATH a glob, with SCOPE_KEY a value */
	CONDITION_PHRASE, /* the text stands there in one piece */
	CONDITION_PREFIX, /* a word that begins so */
};

struct condition {
	enum condition_kind kind;
	enum scope scope; /* of a leaf */
	bool negated;
	struct span text;        /* of a leaf, as typed */
	struct span key;         /* of SCOPE_KEY, as typed */
	struct condition *first; /* of the children of ALL and ANY, at least two but for the root */
	struct condition *next;  /* of the same parent */
	/* by query_compile(): */
	struct span folded; /* the text, or the value as the index has it (SCOPE_KEY) */
	struct span shown;  /* the folded text to be read, see variant.h; of a filter as typed */
	uint64_t words;     /* of CONDITION_WORDS: a bit for each word of the query that it has */
	bool is_word;       /* of CONDITION_PREFIX: it is one Latin word as far as it goes */
};

/* NULL without memory. */
struct condition *condition_parse(const struct clause *clauses, size_t count, struct arena *arena);

/* Path and front matter, and whatever is made of them alone: never given up. */
bool condition_is_filter(const struct condition *condition);

/* Nothing that it asks for must be there. */
bool condition_excludes(const struct condition *condition);

/* How many leaves it has. */
size_t condition_leaves(const struct condition *condition);

#endif
