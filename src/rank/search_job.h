/* search_job - one search: from the typed query to candidates in order.
 *
 * Shape:  compile, resolve, match: every word; where too few sections have all of them, the query as a substring (substring.h),
 *         then sections with some. The best are scored a second time (rescore.h). A query in pinyin: pinyin_search.h.
 * Owner:  all but the candidates lives in the arena of the query; search_job_release() frees those.
 * Errors: ERR_DAMAGED, ERR_MEMORY, and what the analyzer meets.
 */
#ifndef RANK_SEARCH_JOB_H
#define RANK_SEARCH_JOB_H

#include "answer.h"
#include "literal.h"
#include "matcher.h"
#include "origin.h"
#include "searcher.h"

/* Other sections with the text of a candidate, in the order of sections, all of its part. */
struct copy_list {
	uint32_t *sections;
	size_t count;
};

/* A section that holds a plain query as text and is no whole match. */
struct substring {
	uint32_t part;
	uint32_t section;
};

struct search_job {
	/* set by the caller */
	const struct search_request *request;
	const struct parts *parts;
	const struct bm25 *bm25;
	struct analyzer *analyzer;
	const struct synonym_tables *tables;
	struct origins *origins;
	struct arena *arena;
	struct err *err;
	unsigned widened; /* so many times the candidates in order are four times as many: too many had the same text */
	/* found */
	size_t shown; /* candidates at the front of the top that are in order; 0: all of them */
	struct query query;
	struct atoms atoms;
	const struct pinyin_query *pinyin; /* of request->pinyin */
	struct filter *filters;            /* one a part */
	struct top top;                    /* best first */
	struct match_counts counts;
	uint64_t **matches;           /* number_set.h, one a part: the sections that match */
	struct buf substrings;        /* array of struct substring */
	const struct literal *pieces; /* what these hold instead of the whole query; or NULL */
	bool mixed;                   /* these are among the others, by their score */
	bool inexact;                 /* there may be more than were counted */
	bool opened;                  /* nothing has the query as typed: see atoms_open() */
	enum answer_mode mode;
	struct buf rescored;      /* request->explain: array of struct rescored, what the second look added */
	struct copy_list *copies; /* of copies.h, one a candidate; or NULL */
};

int search_job_run(struct search_job *job);

/* How many of `count` hits in order are shown. */
static inline size_t search_job_shown(const struct search_job *job, size_t count)
{
	return job->request->limit && job->request->limit < count ? (size_t)job->request->limit : count;
}

/* Nothing found yet; the top keeps `limit`. */
void search_job_forget(struct search_job *job, size_t limit);

/* What it asks of every segment. */
struct match_request search_job_request(const struct search_job *job, enum match_rule rule);

/* With fewer whole matches than this, partial ones are considered. */
uint64_t search_job_enough(const struct search_job *job);

/* In how many sections the clause stands. */
uint64_t search_job_clause_df(const struct search_job *job, size_t clause);

void search_job_release(struct search_job *job);

#endif
