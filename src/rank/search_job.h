/* search_job - one search: from the typed query to candidates in order.
 *
 * Shape:  compile the query, look up its terms, match. First come sections with every word; where these are too few, sections that hold
 *         the query as a substring (substring.h), and sections with some of the words. Then the best get their second look
 *         (rescore.h). A query in pinyin takes another way: pinyin_search.h.
 * Owner:  everything lives in the arena of the query, but for the buffers that search_job_release() frees.
 * Errors: ERR_DAMAGED, ERR_MEMORY, and those of the analyzer.
 */
#ifndef RANK_SEARCH_JOB_H
#define RANK_SEARCH_JOB_H

#include "answer.h"
#include "literal.h"
#include "matcher.h"
#include "origin.h"
#include "searcher.h"

/* The other sections with the text of a candidate, in the order of their numbers; all in the same part. */
struct copy_list {
	uint32_t *sections;
	size_t count;
};

/* A section that holds the query, or all its pieces, as text, but is no whole match by words. */
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
	unsigned
		widened; /* how often the search was widened, to four times the candidates, because too many had the same text */
	/* found */
	size_t shown; /* how many candidates at the front of the top are put in order; 0: all */
	struct query query;
	struct atoms atoms;
	const struct pinyin_query *pinyin; /* of request->pinyin */
	struct filter *filters;            /* one for each part */
	struct top top;                    /* sorted at the end: best first */
	struct match_counts counts;
	uint64_t **matches;    /* for each part a bit set (number_set.h): the sections that match */
	struct buf substrings; /* array of struct substring */
	const struct literal
		*pieces; /* the pieces that those hold, where they do not hold the whole query; else NULL */
	bool mixed;      /* are those ranked among the others by score, instead of after them? */
	bool inexact;    /* more sections may match than were counted */
	bool opened;     /* compounds and characters were opened, because nothing matched: atoms_open() */
	enum answer_mode mode;
	struct buf rescored;      /* with request->explain: array of struct rescored, what the second look added */
	struct copy_list *copies; /* made by copies.h, one for each candidate; or NULL */
};

/* Runs the search. */
int search_job_run(struct search_job *job);

/* How many of `count` candidates in order are shown. */
static inline size_t search_job_shown(const struct search_job *job, size_t count)
{
	return job->request->limit && job->request->limit < count ? (size_t)job->request->limit : count;
}

/* Empties top and counts; the top keeps `limit` candidates from now on. */
void search_job_forget(struct search_job *job, size_t limit);

/* The request that the job makes to every segment. */
struct match_request search_job_request(const struct search_job *job, enum match_rule rule);

/* How many whole matches are enough: with fewer, partial matches are considered. */
uint64_t search_job_enough(const struct search_job *job);

/* In how many sections the clause holds. */
uint64_t search_job_clause_df(const struct search_job *job, size_t clause);

void search_job_release(struct search_job *job);

#endif
