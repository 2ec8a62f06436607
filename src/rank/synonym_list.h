/* synonym_list - where the synonyms of a query's words occur, as posting lists beside those of the words.
 *
 * Shape:  a synonym (alternative) that is cut into several words is taken to occur where all of these words do and all pairs of its
 *         adjacent Han characters (资料 and 料库 for 資料庫). In sections that do not have the typed word as well, frequencies
 *         (han_lists.h) or the text decide whether it really does, except when these sections are very many. In a search of
 *         titles the title decides; file names have no pairs. Its frequencies are those of its rarest word, so it weighs by
 *         fields as a word does.
 *         The synonyms of a word make one more posting list for each atom of it, of sections that the atom's own lists do not
 *         have. So a section has the atom or a synonym, one of them is scored, and the rest of a search sees no difference.
 * Owner:  the arena of the query; what is kept from search to search, synonym_cache.h.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   nothing for words without alternatives, a look-up in the lexicon for an alternative that is nowhere; else a walk
 *         over the lists of its words and pairs, the rarest first, and a literal search among what they have in common. What
 *         is kept is found.
 */
#ifndef RANK_SYNONYM_LIST_H
#define RANK_SYNONYM_LIST_H

#include "atom.h"

/* The postings of one alternative of the query in one part: numbers of sections, and of patterns as values. */
struct synonym_places {
	struct posting *postings;
	size_t count;
};

/* One alternative of the query. */
struct synonym_found {
	uint64_t count;                /* of sections that have it */
	struct synonym_places *places; /* one a part; NULL: they were not asked for */
};

struct synonym_lists {
	const struct query *query;
	const struct parts *parts;
	const struct bm25 *bm25;
	unsigned fields; /* bit set of those to look in */
	struct arena *arena;
	struct err *err;
	/* found */
	struct synonym_found *found; /* one an alternative */
	bool inexact; /* not all were verified: some sections may only have the pieces, apart from each other */
};

/* Finds out in how many sections each alternative of the query stands. */
int synonym_lists_find(struct synonym_lists *lists);

/* Adds the list of alternatives to an atom of word number `word`, and counts them in its df. */
int synonym_lists_add(struct synonym_lists *lists, struct atom *atom, unsigned word);

#endif
