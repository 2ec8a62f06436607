/* query - what a query asks for, in the terms of the index.
 *
 * Shape:  words and grams (Han characters, and pairs of adjacent ones), which score; and clauses, which say where a section must have them or
 *         something else: phrases, prefixes, alternatives, fields, and what must not be there. Plain text at the top makes
 *         words only. Words come from all clauses that may match, in order; grams too.
 *         A query with nothing to look for (punctuation, or only exclusions) is one literal.
 * Owner:  everything is the arena's, or the query's text. The arrays have room for as many as there may be; of memory that
 *         nothing is written to no page is touched.
 * Errors: memory, or what the analyzer and the keys meet.
 */
#ifndef QUERY_QUERY_H
#define QUERY_QUERY_H

#include "analyzer.h"
#include "condition.h"
#include "synonyms.h"

enum {
	QUERY_WORDS = 64,   /* distinct words that count, a bit each in a uint64_t; a longer query is a pasted text */
	QUERY_PARTS = 8,    /* as many as the scanner makes of a compound before it gives up the whole */
	QUERY_CLAUSES = 64, /* and leaves of them: each is a search of its own; what comes after them is only words */
	QUERY_SYNONYMS = 16,
	SYNONYM_WORDS = 8, /* of one: longer ones are no words */
	QUERY_GRAMS = 128, /* of 64 characters in a row: more than a sentence */
};

struct query_word {
	struct span text;               /* folded */
	struct span shown;              /* the same to be read: 著名 where the text is 着名, see variant.h */
	struct span twin;               /* folded: another way to write it (第四条 for 第4条), or empty */
	struct span parts[QUERY_PARTS]; /* of a compound */
	unsigned part_count;
	unsigned inner; /* a bit for each part that is of another one, as git of github in GitHub.com */
	/* the parts are the whole but for its signs: node.js = node + js; not gpt-3 = gpt, nor GitHub = git + hub: who writes
	 * github does not write the parts */
	bool parts_suffice;
	bool content;  /* not a function word */
	bool free;     /* stands outside of clauses somewhere */
	bool optional; /* stands in alternatives only: a whole match can do without */
	bool lone;     /* one Han character, the only word of its clause: looked for inside of words too */
	bool han;
	unsigned count; /* how often it stands in the query */
};

struct query_clause {
	struct condition *condition;
	struct span name; /* how an answer calls it: a phrase as it is shown, others as query_print() writes them */
	bool filter;    /* paths, front matter, what must not be: never given up. Others count as a content word does */
	uint64_t words; /* a bit for each word of the query that it holds: where it stands, they do */
};

/* Is the clause one text, that can be counted beside the words? */
static inline bool query_clause_is_term(const struct query_clause *clause)
{
	return !clause->filter && clause->condition->scope == SCOPE_TEXT &&
	       (clause->condition->kind == CONDITION_PHRASE || clause->condition->kind == CONDITION_PREFIX);
}

/* Where synonyms are looked up. */
struct synonym_tables {
	const struct synonyms *items;
	size_t count;
};

/* What stands for words of the query: see synonym.h. */
struct query_synonym {
	struct span text;                 /* folded */
	struct span words[SYNONYM_WORDS]; /* as it is cut */
	unsigned word_count;
	uint64_t typed; /* a bit for each word that it stands for, all of them together */
};

struct query_gram {
	struct span text;
	unsigned count;
	bool pair;     /* of characters, not one */
	bool function; /* stands in function words, and in no other */
};

/* Two adjacent characters where they are typed. */
struct query_pair {
	unsigned gram;          /* its index */
	unsigned characters[2]; /* theirs; where one did not fit, that of the pair */
	bool joined;            /* begins with the character that the one before ends with */
};

struct query {
	struct span text;    /* as typed, blanks trimmed */
	struct span literal; /* what is looked for as a substring: the one clause without its quotes, else the text */
	struct span literal_folded; /* its fold */
	struct query_word *words;
	size_t word_count;
	struct query_clause *clauses;
	size_t clause_count;
	size_t wanted_count;       /* those that are no filters */
	struct condition **leaves; /* phrases and prefixes that may stand in a hit */
	size_t leaf_count;
	struct query_synonym *synonyms;
	size_t synonym_count;
	struct query_gram *grams;
	size_t gram_count;
	struct query_pair *pairs; /* in the order of the text, equal ones again */
	size_t pair_count;
	struct span *runs; /* folded clauses of more than one word: marked as a whole in snippets */
	size_t run_count;
	bool is_literal; /* there is nothing but the literal to look for */
};

/* `keys`: see clause.h. `tables`: of synonyms; NULL: none. */
int query_compile(struct query *query, struct span text, const struct query_keys *keys,
		  const struct synonym_tables *tables, struct analyzer *analyzer, struct arena *arena, struct err *err);

/* The whole text as one substring: no blank, quote or sign in it means anything. */
int query_compile_literal(struct query *query, struct span text, struct arena *arena, struct err *err);

/* The bit of the word with this folded text; 0: the query has none, or it did not fit. */
uint64_t query_word_bit(const struct query *query, struct span text);

/* One Han character. */
bool query_is_character(struct span folded);

/* What was understood, in the query language: words as they were cut, then the clauses. */
void query_print(const struct query *query, struct buf *out);

/* One of its conditions. */
void query_print_condition(const struct condition *condition, struct buf *out);

#endif
