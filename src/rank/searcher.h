/* searcher - the library behind kbsearch: open, search, close.
 *
 * Shape:  several indexes answer as one: frequencies and lengths are added up before scoring.
 * Owner:  the searcher owns all; an answer lives until the next search or the end. One searcher serves one thread.
 * Errors: as index.h; ERR_ANALYSIS for an index whose words were cut in another way. After a failed search the searcher
 *         can be used again.
 * Cost:   opening reads the ends of the files. ICU is opened by the first query that only it can cut (foreign.h).
 */
#ifndef RANK_SEARCHER_H
#define RANK_SEARCHER_H

#include "answer.h"
#include "err.h"
#include "io.h"

struct searcher;

enum search_match {
	SEARCH_DEFAULT, /* all words, softened when too few sections have them */
	SEARCH_ALL,     /* all words, strictly */
	SEARCH_ANY,
};

struct search_request {
	struct span query;
	enum search_match match;
	bool literal;      /* the whole query is one substring */
	bool exact;        /* literal: compare bytes, not folds */
	bool no_synonyms;  /* words mean themselves only */
	bool pinyin;       /* the query is pinyin, and finds headings and file names */
	bool suggest;      /* say what else may have been meant when nothing matches whole */
	bool titles;       /* only headings and file names */
	bool files;        /* one hit a file, and limit counts files */
	bool without_text; /* leave out the text of hits, which only snippets need */
	bool without_hits; /* leave out all of a hit but rank and score */
	bool without_total; /* do not count: total may be too low, and is called inexact. Only bench/inprocess.c does without */
	bool explain;          /* fill answer.explanation, and the steps of each score */
	bool exact_total;      /* count exactly, even where that means to read every candidate of a substring */
	bool exhaustive;       /* score every match: slower, with the same answer. Tests compare the two */
	bool batch;            /* one of many searches: look at a file at most once a second */
	const char *path_glob; /* or NULL */
	uint64_t limit;        /* 0: all */
	uint64_t copies;       /* describe at most so many copies of a hit (copies.h) */
	const char *directory; /* the current directory, absolute: paths below it are shown relative to it; or NULL */
};

struct searcher *searcher_open(const struct io *io, const char *const *paths, size_t count, struct err *err);

/* Opens the same indexes once more, for another thread; lists and frames of text that one of the two decodes are kept for both. The
 * first closes its twin. ERR_MISSING when an index was replaced meanwhile, and would answer differently. */
struct searcher *searcher_twin(struct searcher *searcher, struct err *err);

/* Answers a request. */
int searcher_search(struct searcher *searcher, const struct search_request *request, struct answer *answer,
		    struct err *err);

struct index;

/* Index `number` of those that are searched, from 0; NULL when there are not so many. */
const struct index *searcher_index(const struct searcher *searcher, size_t number);

void searcher_close(struct searcher *searcher);

#endif
