/* why - why one section of a file is a hit, or is none.
 *
 * Shape:  searcher_why() answers the query, finds the file's section among all hits, and looks at what of the query stands
 *         there. Whether a file that no index has could be in one is for the caller to find out (writer/plan.h): the verdicts
 *         for that are here, so that all are shown in one place.
 * Units:  lines from 1; scores as in bm25.h.
 * Owner:  everything is the searcher's, until its next search.
 * Errors: those of searcher_search(). That a file is in no index is a verdict, not an error.
 * Cost:   one search, two when the section is not among the hits that are shown; and what presence.h takes.
 */
#ifndef RANK_WHY_H
#define RANK_WHY_H

#include "presence.h"
#include "searcher.h"

enum why_verdict {
	/* the section */
	WHY_HIT,
	WHY_PATH,     /* --path leaves the file out */
	WHY_EXCLUDED, /* it has what a '-' leaves out */
	WHY_LACKS,    /* words or phrases that a hit must have */
	WHY_ENOUGH,   /* it has some of the words, and enough sections have all */
	WHY_LITERAL,  /* no section has all words, but some have the query as it stands */
	/* no section */
	WHY_BLANK,   /* there is no text in the file */
	WHY_NO_LINE, /* the file ended before this line */
	/* no index has the file. What `detail` says: */
	WHY_UNLISTED,   /* (not found out yet) */
	WHY_ADDED,      /* it would be indexed now */
	WHY_REFUSED,    /* for what it holds: why */
	WHY_UNREADABLE, /* by the system: why */
	WHY_ABSENT,     /* no such file */
	WHY_OUTSIDE,    /* of every directory that is indexed: these */
	WHY_DIRECTORY,  /* how many of its files are indexed */
	WHY_HIDDEN,     /* the hidden name */
	WHY_LINK,       /* where the symbolic link leads */
	WHY_SPECIAL,    /* neither a file nor a directory */
	WHY_KIND,       /* no Markdown and no text, by its name */
	WHY_GLOB,       /* the pattern that leaves it out; empty: none lets it in */
	WHY_DEEP,       /* too many directories down */
	WHY_VERDICTS
};

struct why {
	enum why_verdict verdict;
	struct span detail;
	const char *file;           /* as it is shown; set by the caller where there is no section */
	bool stale;                 /* it has other bytes than when it was indexed, or is gone */
	bool gone;                  /* the file is not there any more; set by the caller */
	const char *index;          /* the one that has the file, or would; NULL: none */
	uint32_t line;              /* that was asked for; 0: none */
	uint32_t last_line;         /* WHY_NO_LINE: of the file when it was indexed */
	const struct hit *section;  /* NULL: there is none; its rank is 0 when it is no hit */
	const struct hit *original; /* it is shown with this one, which has the same text; NULL: by itself */
	bool shown;                 /* its rank is within the limit */
	uint64_t last_rank;         /* of the last hit that is shown, and its score; 0: there is none */
	double last_score;
	enum tier tier;      /* WHY_HIT: of the section, */
	enum tier last_tier; /* and of that last hit */
	uint64_t best_rank;  /* of the best other section of the file, and its line; 0: no other is a hit */
	uint32_t best_line;
	const struct presence *items;
	size_t item_count;
};

/* Why is the section at `line` (0: the best) of the file with this absolute path a hit, or not? The answer's hits are that
 * one or none. The request's limit says what is shown. */
int searcher_why(struct searcher *searcher, const struct search_request *request, struct span path, uint32_t line,
		 struct answer *answer, struct why *why, struct err *err);

#endif
