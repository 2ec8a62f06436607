/* pinyin_pattern - a query typed in pinyin, as something that can be looked for in a heading.
 *
 * Shape:  each character of a text may be typed as one of its readings (shang), as the initial of one (s, sh), or as itself; the
 *         last one as the beginning of a reading (mosh). Letters and digits are typed as they are. What is neither in the
 *         text may be left out, blanks always are. A blank or an apostrophe in the query stands between two
 *         characters: xi'an is not xian. ü is typed ü, v or u. Query and text are folded.
 * Units:  offsets are bytes of the text as it is handed in.
 * Cost:   some 12 instructions a character of text and reading: the places of the query that are reached so far are bits of one
 *         number. Compiling: 20 us, 11 KB.
 * Source: the bit-parallel automaton of Shift-And (Baeza-Yates and Gonnet, 1992), with steps of more than one place.
 */
#ifndef QUERY_PINYIN_PATTERN_H
#define QUERY_PINYIN_PATTERN_H

#include "pinyin.h"
#include "span.h"

enum { PINYIN_PATTERN_MAX = 63 }; /* characters, without blanks: a bit each, and one for the end */

struct pinyin_pattern {
	uint32_t codes[PINYIN_PATTERN_MAX];
	unsigned count;
	uint64_t apart;                   /* bit p: a blank stood before place p */
	uint64_t whole[PINYIN_SYLLABLES]; /* bit p: the syllable stands at place p */
	uint64_t begun[PINYIN_SYLLABLES]; /* bit p: what is left at place p begins the syllable */
	uint64_t ascii[128];              /* bit p: the character stands at place p */
	uint64_t digraph;                 /* bit p: zh, ch or sh stands at place p */
	uint64_t wide;                    /* bit p: what stands at place p is not ASCII */
	uint8_t length[PINYIN_SYLLABLES];
};

/* 1; 0 when nothing is left of the query; -1 when it is too long. */
int pinyin_pattern_compile(struct pinyin_pattern *pattern, struct span query);

/* Does it stand anywhere in the text? *characters: how many that have to be typed the text has, when it does. */
bool pinyin_pattern_in(const struct pinyin_pattern *pattern, struct span text, unsigned *characters);

struct pinyin_match {
	size_t start;
	size_t end;
	bool at_start; /* nothing that has to be typed is before it, */
	bool at_end;   /* or after it */
	bool word_start;
};

/* Where it stands best in a text that it is in: first where a word starts, else first. `starts`: where words do, ascending. */
struct pinyin_match pinyin_pattern_find(const struct pinyin_pattern *pattern, struct span text, const uint32_t *starts,
					size_t start_count);

#endif
