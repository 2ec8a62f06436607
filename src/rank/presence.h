/* presence - for --why: what of a query a section has: as words, inside of longer words, as text only, or not at all.
 *
 * Shape:  an item for each word, phrase and exclusion of the query, in its order. A literal query has one item, and so has one in
 *         pinyin; of that only the search can say whether it is there.
 * Owner:  the arena of the query.
 * Errors: ERR_DAMAGED, ERR_MEMORY, and those of the analyzer.
 * Cost:   only paid for --why: posting lists are opened again, the section's text is folded and cut into words.
 */
#ifndef RANK_PRESENCE_H
#define RANK_PRESENCE_H

#include "match_walk.h"
#include "search_job.h"

enum presence_kind { PRESENCE_WORD, PRESENCE_PHRASE, PRESENCE_EXCLUDED, PRESENCE_LITERAL, PRESENCE_PINYIN };

enum presence_found {
	FOUND_NOWHERE,
	FOUND_WORD,     /* as the query asks for it */
	FOUND_INSIDE,   /* only inside of a longer word */
	FOUND_TEXT,     /* only as text: across the borders of words, or in markup */
	FOUND_OTHERWISE /* only in another script, width or case, which --no-fold tells apart */
};

struct presence {
	struct span text; /* folded, to be read; as typed for a literal */
	enum presence_kind kind;
	enum presence_found found;
	bool needed;         /* must a whole match have it? */
	struct span synonym; /* FOUND_WORD: the synonym that is there instead; empty when it is there itself */
	struct span inside;  /* FOUND_INSIDE: the longer word, folded */
	uint32_t frequency
		[CHANNEL_FIELDS]; /* FOUND_WORD: how often in each field; all 0 for a character inside a word */
	bool elsewhere;           /* with --title: there as a word, but not in a heading or file name */
	uint32_t line;            /* of a missing one: line of the first section of the file that has it; 0: none has */
};

/* A section, and the sections [first, end) of its document. */
struct presence_place {
	uint32_t part;
	uint32_t section;
	uint32_t first;
	uint32_t end;
};

/* Makes the items for a section. */
int presence_find(const struct search_job *job, const struct presence_place *place, struct presence **out,
		  size_t *count, struct err *err);

/* For each section of the document, from the first: a bit for each word of the query that it has. */
int presence_words(const struct search_job *job, const struct presence_place *place, uint64_t **out, struct err *err);

#endif
