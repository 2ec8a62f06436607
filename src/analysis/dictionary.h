/* dictionary - ICU's words of Han and kana and its word rules, as tables that need no ICU.
 *
 * Shape:  made at build time from the installed ICU (gen/make_dictionary.c). Three parts:
 *         Characters: two-stage tables. dictionary_plain() is not 0 for what the dictionary engine cuts (Han, kana, ー), see
 *         there; dictionary_kind() is for everything, and dictionary_kinds tells what a kind means.
 *         Words: a double array. A word of one character is in dictionary_first. To go on from a node with `base` by a
 *         character with number `id`, look at dictionary_labels[base + id]: it is `id` if there is such a word or the
 *         beginning of one, and then dictionary_nodes[base + id] is its node. No two nodes have one base, so the number
 *         alone tells whose child a node is. Most looks end at a label that is another: they touch no node.
 *         Rules: a deterministic automaton, row by row, of ICU's word rules (UAX #29 and its additions).
 * Units:  a cost is ICU's: less is likelier.
 * Cost:   2 bytes a label, 4 a node, 0.6 million of both. Numbers are given by frequency, so that what is frequent
 *         stands together.
 * Source: ICU's brkitr data: cjdict, a UCharsTrie (ucharstrie.h of its C++ API describes the form), and word.brk.
 */
#ifndef ANALYSIS_DICTIONARY_H
#define ANALYSIS_DICTIONARY_H

#include <stdbool.h>
#include <stdint.h>

#define DICTIONARY_HIDDEN __attribute__((visibility("hidden")))

enum {
	DICTIONARY_BLOCK_BITS = 7,
	DICTIONARY_CHARACTERS = 0x110000,
	DICTIONARY_BLOCKS = DICTIONARY_CHARACTERS >> DICTIONARY_BLOCK_BITS,
	/* What dictionary_plain() gives: a number, and which of up to four categories of the rules. */
	DICTIONARY_ID_BITS = 14,
	DICTIONARY_ID_MASK = (1 << DICTIONARY_ID_BITS) - 1,
	DICTIONARY_PLAIN_CATEGORIES = 4,
	/* Number 0 ends a part; 1 is every character that is in no word. From 2 stand Katakana in order of code points,
	 * because a run of them is a word in its own way. */
	DICTIONARY_UNKNOWN = 1,
	DICTIONARY_KATAKANA = 2,
	DICTIONARY_KATAKANA_FIRST = 0x30A1,
	DICTIONARY_KATAKANA_COUNT = 0x30FE - 0x30A1 + 1,
	/* A node, also in dictionary_first: cost 10 bits, base 22. No word: DICTIONARY_NO_WORD. No children: base 0. */
	DICTIONARY_COST_BITS = 10,
	DICTIONARY_COST_MASK = (1 << DICTIONARY_COST_BITS) - 1,
	DICTIONARY_NO_WORD = DICTIONARY_COST_MASK,
	DICTIONARY_BASE_SHIFT = DICTIONARY_COST_BITS,
	/* Of a character that is no word; none costs more. */
	DICTIONARY_COST_UNKNOWN = 255,
	DICTIONARY_WORD_MAX = 19, /* characters: ICU looks no further */
	/* States and categories fit a byte. */
	DICTIONARY_STATE_START = 1,
	DICTIONARY_STATE_STOP = 0,
	DICTIONARY_ROW = 64, /* bytes: the next state by category; the last byte says whether the state accepts */
	DICTIONARY_ACCEPTS = DICTIONARY_ROW - 1,
};

/* What a kind is, beside its category. */
enum {
	DICTIONARY_IS_FOREIGN = 1, /* another engine cuts it, or it is not normalized */
	DICTIONARY_IS_ORPHAN =
		2, /* belongs to an engine by the rules, yet none takes it: nor what is common after it */
	DICTIONARY_IS_COMMON = 4, /* of no script */
};

struct dictionary_kind {
	uint8_t category;
	uint8_t flags;
};

extern const uint8_t dictionary_plain_blocks[] DICTIONARY_HIDDEN;
extern const uint16_t dictionary_plains[] DICTIONARY_HIDDEN;
extern const uint8_t dictionary_kind_blocks[] DICTIONARY_HIDDEN;
extern const uint8_t dictionary_kind_entries[] DICTIONARY_HIDDEN;
extern const struct dictionary_kind dictionary_kinds[] DICTIONARY_HIDDEN;
extern const uint8_t dictionary_states[] DICTIONARY_HIDDEN;
extern const uint8_t dictionary_plain_states[DICTIONARY_PLAIN_CATEGORIES] DICTIONARY_HIDDEN;
extern const uint32_t dictionary_first[] DICTIONARY_HIDDEN;
extern const uint16_t dictionary_labels[] DICTIONARY_HIDDEN;
extern const uint32_t dictionary_nodes[] DICTIONARY_HIDDEN;

/* Changes whenever a table does: part of the fingerprint of an index. */
extern const uint64_t dictionary_hash DICTIONARY_HIDDEN;

/* Of a character that is cut by this dictionary: its number, and from DICTIONARY_ID_BITS its category; or 0. */
static inline unsigned dictionary_plain(uint32_t code)
{
	unsigned block = dictionary_plain_blocks[code >> DICTIONARY_BLOCK_BITS];

	return dictionary_plains[block << DICTIONARY_BLOCK_BITS | (code & ((1u << DICTIONARY_BLOCK_BITS) - 1))];
}

static inline struct dictionary_kind dictionary_kind(uint32_t code)
{
	unsigned block = dictionary_kind_blocks[code >> DICTIONARY_BLOCK_BITS];

	return dictionary_kinds[dictionary_kind_entries[block << DICTIONARY_BLOCK_BITS |
							(code & ((1u << DICTIONARY_BLOCK_BITS) - 1))]];
}

#endif
