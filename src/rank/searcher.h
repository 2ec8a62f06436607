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
	bool literal;          /* the whole query is one substring */
	bool exact;            /* literal: compare bytes, not folds */
	bool no_synonyms;      /* words mean themselves only */
	bool pinyin;           /* the query is pinyin, and finds headings and file names */
	bool suggest;          /* say what else may have been meant when nothing matches whole */
	bool titles;           /* only headings and file names */
	bool files;            /* one hit a file, and limit counts files */
	bool without_text;     /* hits need no text */
	bool without_hits;     /* only their scores */
	bool without_total;    /* nobody asks how many match: total may then be too low, and says so */
	bool explain;          /* tell how the answer comes about */
	bool exact_total;      /* whatever it costs */
	bool exhaustive;       /* score every match: slower, and the same answer */
	bool batch;            /* one of many: a file need not be looked at more than once a second */
	const char *path_glob; /* or NULL */
	uint64_t limit;        /* 0: all */
	uint64_t copies;       /* of a hit are described at most so many; they are one hit anyway */
	const char *directory; /* the current one, absolute: paths below it are shown relative to it; or NULL */
};

struct searcher *searcher_open(const struct io *io, const char *const *paths, size_t count, struct err *err);

/* Another one over the same indexes, for another thread; the frames of text that one reads are kept for both. The first closes
 * it. An index that was replaced meanwhile would answer otherwise: that is ERR_MISSING. */
struct searcher *searcher_twin(struct searcher *searcher, struct err *err);

int searcher_search(struct searcher *searcher, const struct search_request *request, struct answer *answer,
		    struct err *err);

/* The indexes that are searched, from 0; NULL for no more. */
struct index;
const struct index *searcher_index(const struct searcher *searcher, size_t number);

void searcher_close(struct searcher *searcher);

#endif
