/* query - what a query asks for, in the terms of the index.
 *
 * Shape:  words and grams (Han characters, and pairs of adjacent ones), which score; and clauses, which say where a section must have
 *         them, or something else: phrases, prefixes, alternatives, fields, exclusions. Plain text at the top of a query makes
 *         words only. Words and grams come from all clauses that a hit may have, in order.
 *         A query with nothing to look for (punctuation, or only exclusions) is one literal.
 * Owner:  everything is the arena's, or the query's text. Arrays have room for the most there may be; pages of memory that are not
 *         filled are not touched.
 * Errors: memory; those of the analyzer and of the keys.
 */
#ifndef QUERY_QUERY_H
#define QUERY_QUERY_H

#include "analyzer.h"
#include "condition.h"
#include "synonyms.h"

enum {
	QUERY_WORDS = 64, /* distinct words that count: a bit for each in a uint64_t. A longer query is a pasted text */
	QUERY_PARTS = 8,  /* parts of a compound: with more the scanner makes no compound of them */
	QUERY_CLAUSES =
		64, /* clauses, and leaves of them: each costs a search of its own. Any after these are only words */
	QUERY_SYNONYMS = 16, /* synonyms of all words together */
	SYNONYM_WORDS = 8,   /* words that a synonym may be cut into: longer ones are left out */
	QUERY_GRAMS = 128,   /* those of 64 characters in a row: more than a sentence */
};

struct query_word {
	struct span text;               /* folded */
	struct span shown;              /* as a person would write it: 著名 where `text` is 着名, see variant.h */
	struct span twin;               /* another way to write it, folded (第四条 for 第4条); or empty */
	struct span parts[QUERY_PARTS]; /* of a compound */
	unsigned part_count;
	unsigned inner; /* a bit for each part that is a part of another part, such as git of github in GitHub.com */
	/* The parts say as much as the whole: node.js is node and js. Not so gpt-3, whose 3 is no part; nor GitHub, for many write
	 * github, which has no parts. */
	bool parts_suffice;
	bool content;   /* not a function word */
	bool free;      /* stands outside of clauses, at least once */
	bool optional;  /* stands in alternatives (OR) only: a whole match need not have it */
	bool lone;      /* one Han character, the only word of its clause: also found inside of words */
	bool han;       /* of Han characters */
	unsigned count; /* how often it stands in the query */
};

struct query_clause {
	struct condition *condition;
	struct span name; /* what an answer calls it: a phrase as it is shown, others as query_print() writes them */
	bool filter; /* path, front matter or exclusion: a hit must have it. Others are wanted, as a content word is */
	uint64_t words; /* a bit for each word of the query inside it: where the clause holds, these words are */
};

/* Is the clause a phrase or prefix, which an answer lists among the terms? */
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

/* A synonym of words of the query: see synonym.h. */
struct query_synonym {
	struct span text;                 /* folded */
	struct span words[SYNONYM_WORDS]; /* the words it is cut into */
	unsigned word_count;
	uint64_t typed; /* a bit for each word of the query that it stands for: for all of them together */
};

struct query_gram {
	struct span text;
	unsigned count;
	bool pair;     /* a pair of characters, not a single one */
	bool function; /* occurs in function words only */
};

/* Two adjacent characters, at one place of the query. */
struct query_pair {
	unsigned gram;          /* index of the pair in query.grams */
	unsigned characters[2]; /* indexes of its characters there; where there was no room for one, that of the pair */
	bool joined;            /* it begins with the character that the pair before ends with */
};

struct query {
	struct span text;    /* as typed, blanks trimmed */
	struct span literal; /* the query as a substring: the text, without the quotes when it is one quoted clause */
	struct span literal_folded; /* the same, folded */
	struct query_word *words;
	size_t word_count;
	struct query_clause *clauses;
	size_t clause_count;
	size_t wanted_count;       /* clauses that are no filters */
	struct condition **leaves; /* the phrases and prefixes of all conditions that a hit may have */
	size_t leaf_count;
	struct query_synonym *synonyms;
	size_t synonym_count;
	struct query_gram *grams;
	size_t gram_count;
	struct query_pair *pairs; /* in the order of the text; equal ones come again */
	size_t pair_count;
	struct span *runs; /* clauses of more than one word, folded: snippets mark them as a whole */
	size_t run_count;
	bool is_literal; /* there is nothing to look for but the literal */
};

/* Compiles a query. `keys`: see clause.h. `tables`: where to look up synonyms; NULL: nowhere. */
int query_compile(struct query *query, struct span text, const struct query_keys *keys,
		  const struct synonym_tables *tables, struct analyzer *analyzer, struct arena *arena, struct err *err);

/* Compiles the whole text as one substring: no blank, quote or sign in it has a meaning. */
int query_compile_literal(struct query *query, struct span text, struct arena *arena, struct err *err);

/* The bit of the word with this folded text; 0: the query does not have it, or had no room for it. */
uint64_t query_word_bit(const struct query *query, struct span text);

/* Is the text one Han character? */
bool query_is_character(struct span folded);

/* Appends what was understood, in the query language: the words as they were cut, then the clauses. */
void query_print(const struct query *query, struct buf *out);

/* Appends a condition, in the query language. */
void query_print_condition(const struct condition *condition, struct buf *out);

#endif
