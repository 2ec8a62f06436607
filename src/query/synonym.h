/* synonym - words that stand for what was typed.
 *
 * Shape:  where plain text of a query holds a member of a group, from where a word begins to where one ends, the others of the
 *         group are alternatives of these words: the longest member from left to right, in each of the tables.
 * Owner:  texts of alternatives are the tables'; their words the arena's.
 * Errors: memory, or what the analyzer meets.
 */
#ifndef QUERY_SYNONYM_H
#define QUERY_SYNONYM_H

#include "query.h"

/* Adds the alternatives of the words in `tokens`, which are the query's already. */
void synonym_find(struct query *query, const struct synonym_tables *tables, const struct token *tokens, size_t count,
		  struct arena *arena);

/* Cuts them: once all are found, for it ends the tokens that they were found in. */
int synonym_cut(struct query *query, struct analyzer *analyzer, struct arena *arena, struct err *err);

#endif
