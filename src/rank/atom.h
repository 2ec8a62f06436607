/* atom - the terms a query looks up, each with its weight: what the words of a query become once the index is known.
 *
 * Shape:  a word is one atom. A compound whose parts say as much (node.js), or that no section holds as typed, is an atom a
 *         part, which all must be there, and one for the whole, which only adds to the score, as parts of parts do.
 * Owner:  an array in the arena of the query.
 */
#ifndef RANK_ATOM_H
#define RANK_ATOM_H

#include "bm25.h"
#include "query.h"
#include "term.h"

struct atom {
	struct span text;
	unsigned word;   /* index in query.words */
	unsigned fields; /* bit set of those it is looked for in */
	bool lone;       /* a character that is looked for anywhere in the text: `grams` is its other term */
	bool needed;     /* the word is matched only where this is */
	struct term words;
	struct term grams;
	const struct posting_list *synonyms; /* of its alternatives, one a part: see synonym_list.h; NULL: none */
	uint64_t df;                         /* theirs too */
	double idf;
	double factor; /* idf * weight * count */
};

struct atoms {
	struct atom *items;
	size_t count;
	uint64_t content;       /* a bit for each content word that a whole match has */
	unsigned content_count; /* of those outside of clauses, and clauses that are wanted */
	double content_idf;     /* of all of them */
	uint64_t free;          /* a bit for each word that stands outside of clauses */
	double idf[QUERY_WORDS];
	uint64_t df[QUERY_WORDS]; /* of the words as typed */
	uint64_t *synonym_df;     /* of the query's synonyms */
	bool inexact;             /* some of those may stand in fewer sections */
};

/* `fields`: bit set of those to look in. */
int atoms_resolve(struct atoms *atoms, const struct query *query, const struct parts *parts, const struct bm25 *bm25,
		  unsigned fields, struct arena *arena, struct err *err);

/* Adds the known parts of compounds that have unknown ones to the query, as words of their own, and lets an unknown word of one Han
 * character that is all the query is about stand inside of others: is there any? Then it must be resolved again. */
bool atoms_open(const struct atoms *atoms, struct query *query);

/* The share of the content words' idf that the words of the bit set have. */
double atoms_coverage(const struct atoms *atoms, uint64_t matched);

#endif
