/* word_rules - ICU's word rules as an automaton, and which characters go to which of its engines.
 *
 * Errors: dies where this ICU has another form than the one described in rbbidata.h (version 6), or treats Han and kana
 *         in a way that the segmenter does not follow.
 * Source: rbbidata.h and rbbi.cpp of ICU (tables), dictbe.cpp (the engines and their sets).
 */
#ifndef ANALYSIS_GEN_WORD_RULES_H
#define ANALYSIS_GEN_WORD_RULES_H

#include "dictionary.h"

#include <unicode/ucptrie.h>
#include <unicode/udata.h>

struct rules {
	unsigned categories;
	unsigned dictionary; /* the first category whose characters go to an engine */
	unsigned states;
	uint8_t rows[256][DICTIONARY_ROW];
	UCPTrie *category_of; /* in the file */
	UDataMemory *file;
};

struct characters {
	struct dictionary_kind of[DICTIONARY_CHARACTERS];
	bool plain[DICTIONARY_CHARACTERS];
	uint8_t plain_category[DICTIONARY_CHARACTERS]; /* index in plain_categories */
	uint8_t plain_categories[DICTIONARY_PLAIN_CATEGORIES];
	unsigned plain_category_count;
};

/* rules_release() closes what stays open. */
void read_rules(struct rules *rules);

void rules_release(struct rules *rules);

void read_characters(struct characters *c, const struct rules *rules);

/* What the segmenter takes for granted of plain characters: the automaton accepts after each of them, and is then in a
 * state that depends on the last one alone, or in one that goes on in the same way. That state, by category. */
void check_plain(const struct characters *c, const struct rules *rules, uint8_t states[DICTIONARY_PLAIN_CATEGORIES]);

/* What of the engine is told by no table. */
void check_engine(void);

#endif
