/* synonym_list - where the synonyms of a query's words occur, as posting lists beside those of the words.
 *
 * Shape:  a synonym (alternative) that is cut into several words is taken to occur where all of these words do and all pairs of its
 *         adjacent Han characters (资料 and 料库 for 資料庫). In sections that do not have the typed word as well, frequencies
 *         (han_lists.h) or the text decide whether it really does, except when these sections are very many. In a search of
 *         titles the title decides; file names have no pairs. Its frequencies are those of its rarest word, so it weighs by
 *         fields as a word does.
 *         The synonyms of a word make one more posting list for each atom of it, of sections that the atom's own lists do not
 *         have. So a section has the atom or a synonym, one of them is scored, and the rest of a search sees no difference.
 * Owner:  the arena of the query.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   nothing for words without alternatives, a look-up in the lexicon for an alternative that is nowhere; else a walk
 *         over the lists of its words and pairs, the rarest first, and a literal search among what they have in common.
 */
#ifndef RANK_SYNONYM_LIST_H
#define RANK_SYNONYM_LIST_H

#include "atom.h"

/* The postings of one alternative in one part: numbers of sections, and of patterns as values. */
struct synonym_places {
	struct posting *postings;
	size_t count;
};

struct synonym_lists {
	const struct query *query;
	const struct parts *parts;
	const struct bm25 *bm25;
	struct arena *arena;
	struct err *err;
	struct synonym_places *places; /* alternative i in part p is at [i * parts->count + p] */
	bool inexact; /* not all were verified: some sections may only have the pieces, apart from each other */
};

/* Finds the places of all alternatives of the query. `fields`: bit set of the fields to look in. */
int synonym_lists_find(struct synonym_lists *lists, unsigned fields);

/* How many sections have the alternative. */
uint64_t synonym_lists_count(const struct synonym_lists *lists, size_t alternative);

/* Adds the list of alternatives to an atom of word number `word`, and counts them in its df. */
int synonym_lists_add(struct synonym_lists *lists, struct atom *atom, unsigned word);

#endif
