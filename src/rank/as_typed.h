/* as_typed - code comes first where it stands as it was typed.
 *
 * Shape:  words know no signs: COUNT(*) is count, and `git commit --amend` three words anywhere. So where a query is code, those of the
 *         best RESCORED by words that hold all of it as text, folded, come before the others of their class: each scores as much
 *         more as the best of all has. Code is a query without clauses, of nothing but ASCII, that has letters and signs and
 *         is no word as it stands, as node.js and C++ are. Beside Chinese it is not preferred: README.md.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   nothing for other queries; else that of literal.h among so few sections.
 */
#ifndef RANK_AS_TYPED_H
#define RANK_AS_TYPED_H

#include "search_job.h"

/* Before the second look, which adds to all. */
int as_typed_prefer(struct search_job *job);

#endif
