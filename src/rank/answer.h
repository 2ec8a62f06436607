/* answer - what a search found, ready to be shown: the one thing that rank hands to output.
 *
 * Shape:  the facts of JSON version 1, in the same words (see kbsearch(1)), and the section's source text from which a
 *         snippet is cut.
 * Units:  lines from 1; score in the units of bm25.h; coverage 0 to 1.
 * Owner:  everything lives in the arena of the search that made it, until the next search or its end.
 */
#ifndef RANK_ANSWER_H
#define RANK_ANSWER_H

#include "span.h"
#include <stdint.h>

enum answer_mode {
	MODE_ALL,     /* every word of the query */
	MODE_SOME,    /* softened: some words */
	MODE_ANY,     /* asked for with --any */
	MODE_LITERAL, /* the query as a substring */
	MODE_PINYIN,  /* asked for with --pinyin */
};

/* Is it by words that sections match? */
static inline bool answer_mode_has_words(enum answer_mode mode)
{
	return mode != MODE_LITERAL && mode != MODE_PINYIN;
}

enum term_kind { TERM_WORD, TERM_PHRASE, TERM_CHAR, TERM_LITERAL, TERM_PREFIX, TERM_PINYIN, TERM_SYNONYM };

struct answer_term {
	struct span text; /* as folded; for TERM_LITERAL and TERM_PINYIN as typed */
	enum term_kind kind;
	uint64_t df; /* sections that hold it */
};

/* What a snippet marks: a folded text. */
struct needle {
	struct span text;
	double weight;
	bool whole_word; /* only where no letter or digit touches it: Latin words */
	bool exact;      /* compare the source bytes, not their fold (--no-fold) */
	bool weak;       /* mark it only where it touches another mark: single characters, function words */
};

/* Of a snippet, or a heading. */
struct snippet_range {
	uint32_t start; /* half-open, code points */
	uint32_t end;
};

/* Another section with the text of a hit. */
struct hit_copy {
	const char *path;
	struct span heading;
	uint32_t line_start;
	uint32_t line_end;
	char id[27];
};

struct hit {
	uint64_t rank; /* from 1 */
	double score;
	double coverage;
	char id[27];          /* 26 base32 characters and a NUL */
	const char *path;     /* as shown: relative to the current directory when below it, else absolute */
	const char *abs_path; /* absolute */
	struct span heading;
	const struct span *heading_path; /* the headings above and the section's own */
	size_t heading_path_count;
	const struct snippet_range *heading_marks; /* MODE_PINYIN: what of the heading matches, in code points */
	size_t heading_mark_count;
	struct span question;
	unsigned level;
	uint32_t line_start;
	uint32_t line_end;
	struct span text;               /* the section's source */
	uint32_t text_line;             /* line of its first byte: not after line_start */
	const struct span *subsections; /* of a hit without text of its own: the first headings right below it */
	size_t subsection_count;
	const struct span *matched_terms;
	size_t matched_count;
	const struct needle *needles; /* MODE_PINYIN: this hit's own, instead of the answer's */
	size_t needle_count;
	const struct score_step *steps; /* --explain: how the score comes about; else NULL */
	size_t step_count;
	const struct hit_copy *copies; /* as many as were asked for */
	size_t copy_count;
	size_t copy_total; /* that there are */
	bool bare;         /* --explain: nothing to read below its heading, so that it comes after the others */
	bool full;         /* has every content word of the query, or: */
	bool as_text;      /* the query as text, or its pieces (answer.in_pieces) */
	bool stale;        /* the file has changed since, or is gone */
};

struct answer_index {
	const char *path;
	uint64_t sections;
	uint64_t documents;
	const char *built; /* RFC 3339 */
};

struct why;
struct explanation;
struct score_step;

struct answer {
	struct span query;
	enum answer_mode mode;
	const struct answer_term *terms;
	size_t term_count;
	const struct span *dropped; /* words and clauses the first hit lacks, in MODE_SOME */
	size_t dropped_count;
	const struct span *suggestions;
	size_t suggestion_count;
	uint64_t total; /* sections that match by the rule `mode` */
	bool total_is_exact;
	bool in_pieces; /* of hits that match as text: each piece between the blanks of the query stands there, not the whole */
	const struct answer_index *indexes;
	size_t index_count;
	const struct hit *hits;
	size_t hit_count;
	const struct needle *needles;
	size_t needle_count;
	const struct explanation *explanation; /* --explain: of the query; else NULL */
	int64_t search_ns;                     /* --explain: until the sections were found and in order, */
	int64_t answer_ns;                     /* and until what is shown of them was read */
	const struct why *why;                 /* --why: of which file; else NULL */
};

#endif
