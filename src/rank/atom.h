/* atom - the terms that a query looks up in the index, each with its weight.
 *
 * Shape:  most words are one atom. A compound whose parts say as much as the whole (node.js), or that no section has as typed, becomes
 *         an atom for each part, all of which are needed, and one for the whole, which only adds to the score.
 * Owner:  an array in the arena of the query.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 */
#ifndef RANK_ATOM_H
#define RANK_ATOM_H

#include "bm25.h"
#include "query.h"
#include "term.h"

struct atom {
	struct span text;
	unsigned word;   /* index in query.words */
	unsigned fields; /* bit set of the fields it is looked for in */
	bool lone;       /* one Han character, found inside other words, too, through `grams` */
	bool needed;     /* a section has the word only if it has this atom */
	struct term words;
	struct term grams;
	struct synonym_part *synonyms; /* the list of its synonyms in each part (synonym_list.h); NULL: none */
	uint64_t df;                   /* document frequency, with its synonyms */
	double idf;
	double factor; /* idf * weight * count */
};

struct atoms {
	struct atom *items;
	size_t count;
	uint64_t content;       /* a bit for each content word (no function word): a whole match has them all */
	unsigned content_count; /* content words outside of clauses, and wanted clauses */
	double content_idf;     /* sum of the idf of all content words */
	uint64_t free;          /* a bit for each word outside of clauses */
	double idf[QUERY_WORDS];
	uint64_t df[QUERY_WORDS]; /* of the words as typed, without synonyms */
	uint64_t *synonym_df;     /* of each synonym of the query */
	bool inexact;             /* frequencies of synonyms may be too high: synonym_lists.inexact */
};

/* Makes the atoms of the query and looks them up. `fields`: bit set of the fields to look in. */
int atoms_resolve(struct atoms *atoms, const struct query *query, const struct parts *parts, const struct bm25 *bm25,
		  unsigned fields, struct arena *arena, struct err *err);

/* Adds the known parts of compounds that have unknown ones to the query, as words of their own, and lets an unknown word of one Han
 * character that is all the query is about stand inside of others: is there any? Then it must be resolved again. */
bool atoms_open(const struct atoms *atoms, struct query *query);

/* Coverage: the share of content_idf that the words of the bit set have; 0 to 1. */
double atoms_coverage(const struct atoms *atoms, uint64_t matched);

#endif
