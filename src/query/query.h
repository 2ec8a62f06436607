/* query - what a query asks for, in the terms of the index.
 *
 * Shape:  from the clauses that may match: distinct words in order, phrases, and pairs of adjacent Han characters;
 *         from those that must not: phrases. A query without a word (punctuation, or only negated clauses) has
 *         word_count 0: it can only be searched as a literal.
 * Owner:  everything is the arena's.
 * Errors: memory, or what the analyzer meets.
 */
#ifndef QUERY_QUERY_H
#define QUERY_QUERY_H

#include "analyzer.h"
#include "clause.h"

enum {
	QUERY_WORDS = 64,   /* distinct words that count, a bit each in a uint64_t; a longer query is a pasted text */
	QUERY_PARTS = 8,    /* as many as the scanner makes of a compound before it gives up the whole */
	QUERY_PHRASES = 64, /* each is a search of its own; what comes after them is only words */
	QUERY_PAIRS = 64,   /* the pairs of as many characters: more than a sentence */
};

struct query_word {
	struct span text;               /* folded */
	struct span shown;              /* the same to be read: 著名 where the text is 着名, see variant.h */
	struct span parts[QUERY_PARTS]; /* of a compound */
	unsigned part_count;
	bool parts_suffice; /* the parts are the whole but for its signs: node.js = node + js; not gpt-3 = gpt */
	bool content;       /* not a function word */
	bool free;          /* stands outside of quotes somewhere */
	bool lone;          /* a clause of just one Han character: it is looked for inside of words too */
	bool han;
	unsigned count; /* how often it stands in the query */
};

struct query_phrase {
	struct span folded;
	struct span shown; /* as in query_word */
	bool negated;
	uint64_t words; /* a bit for each word of the query that it holds: where the phrase stands, they do */
};

struct query_pair {
	struct span text;
	unsigned count;
};

struct query {
	struct span text;    /* as typed, blanks trimmed */
	struct span literal; /* what is looked for as a substring: the one clause without its quotes, else the text */
	struct span literal_folded; /* its fold */
	struct query_word words[QUERY_WORDS];
	size_t word_count;
	struct query_phrase phrases[QUERY_PHRASES];
	size_t phrase_count;
	struct query_pair pairs[QUERY_PAIRS];
	size_t pair_count;
	struct span *runs; /* folded clauses of more than one word: marked as a whole in snippets */
	size_t run_count;
};

int query_compile(struct query *query, struct span text, struct analyzer *analyzer, struct arena *arena,
		  struct err *err);

/* The whole text as one substring: no blank, quote or sign in it means anything. */
int query_compile_literal(struct query *query, struct span text, struct arena *arena, struct err *err);

#endif
