/* synonym_list - where the alternatives of a query's words stand, as posting lists beside those of the words.
 *
 * Shape:  an alternative of several words may stand in a section that has all of them and all pairs of adjacent Han characters in it
 *         (资料 and 料库 for 資料庫). Where the word that was typed does not stand as well, frequencies or the text decide;
 *         of very many such sections they are taken for granted. Where titles are searched, these decide, and of file names
 *         there are no pairs. Its posting is that of its rarest word, so it weighs by fields as a word does.
 *         For each atom of a word that it stands for, the alternatives make one list of the sections that the atom's own
 *         lists do not have: a section has an atom or its alternative, one of them is scored, and everything that asks for
 *         the word is answered by either.
 * Owner:  the arena of the query.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   nothing for words without alternatives, a look-up in the lexicon for an alternative that is nowhere; else a walk
 *         over the lists of its words and pairs, the rarest first, and a literal search among what they have in common.
 */
#ifndef RANK_SYNONYM_LIST_H
#define RANK_SYNONYM_LIST_H

#include "atom.h"

/* Where one alternative stands in one part: numbers of sections and of patterns. */
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
	struct synonym_places *places; /* of alternative i in part p: [i * parts->count + p] */
	bool inexact;                  /* the pieces of some may stand apart */
};

/* Finds the places of all alternatives of the query, in the fields of the bit set. */
int synonym_lists_find(struct synonym_lists *lists, unsigned fields);

/* Sections that have the alternative. */
uint64_t synonym_lists_count(const struct synonym_lists *lists, size_t alternative);

/* Gives an atom of word number `word` its list of alternatives, and counts these in its df. */
int synonym_lists_add(struct synonym_lists *lists, struct atom *atom, unsigned word);

#endif
