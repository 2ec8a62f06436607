/* presence - what of a query stands in one section: as words, inside of longer ones, as text, or not at all.
 *
 * Shape:  an item a word, phrase and exclusion of the query, in its order; of a literal query one, and of one in pinyin, of which
 *         only the search can say whether it is there.
 * Owner:  the arena of the query.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   for those who ask why: posting lists are opened anew, the section's text is folded and cut.
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
	FOUND_TEXT,     /* only as text: over the borders of words, in markup */
	FOUND_OTHERWISE /* only in another script, width or case, which --no-fold tells apart */
};

struct presence {
	struct span text; /* folded, to be read; as typed for a literal */
	enum presence_kind kind;
	enum presence_found found;
	bool needed;                        /* a whole match has it */
	struct span synonym;                /* FOUND_WORD: what stands there in its place; empty when it does itself */
	struct span inside;                 /* FOUND_INSIDE: that word, folded */
	uint32_t frequency[CHANNEL_FIELDS]; /* FOUND_WORD: how often in each field; in none for a character of a word */
	bool elsewhere;                     /* with --title: as a word, but not in a heading or file name */
	uint32_t line; /* where it is missing: of the first section of the file that has it; or 0 */
};

/* One section of a document, and the document's sections. */
struct presence_place {
	uint32_t part;
	uint32_t section;
	uint32_t first;
	uint32_t end;
};

int presence_find(const struct search_job *job, const struct presence_place *place, struct presence **out,
		  size_t *count, struct err *err);

/* Which words each of the document's sections has, [0] those of its first. */
int presence_words(const struct search_job *job, const struct presence_place *place, uint64_t **out, struct err *err);

#endif
