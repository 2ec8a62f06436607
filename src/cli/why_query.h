/* why_query - what --why=FILE[:LINE] asks, and the part of its answer that the file system knows.
 *
 * Shape:  the searcher tells why a file of its indexes is a hit or none; of another file it is found out here why no index has
 *         it, by the rules of kbindex itself (writer/plan.h).
 * Owner:  why_query_release() frees; the answer is the searcher's.
 * Errors: ERR_USAGE for a line that cannot be; and what a search meets.
 */
#ifndef CLI_WHY_QUERY_H
#define CLI_WHY_QUERY_H

#include "arena.h"
#include "searcher.h"
#include "why.h"

struct why_query {
	struct why why;
	struct arena arena;
};

/* `named`: FILE, or FILE:LINE where there is no file of that whole name. */
int why_query_answer(struct why_query *query, struct searcher *searcher, const struct search_request *request,
		     const char *named, struct answer *answer, struct err *err);

void why_query_release(struct why_query *query);

#endif
