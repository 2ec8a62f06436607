/* gram - the character layer: what makes every substring findable.
 *
 * Shape:  from folded text, in order: each Han character, each pair of adjacent Han characters, and each three
 *         adjacent letters or digits of other scripts. No gram reaches across anything else, so the grams of a
 *         substring are grams of the text.
 * Owner:  a gram's text is a part of the folded text.
 * Cost:   one decode and one class look-up a character.
 */
#ifndef ANALYSIS_GRAM_H
#define ANALYSIS_GRAM_H

#include "span.h"
#include <stdint.h>

enum gram_kind {
	GRAM_HAN,   /* one Han character */
	GRAM_PAIR,  /* two adjacent ones */
	GRAM_THREE, /* three letters or digits that are not Han */
};

struct gram {
	enum gram_kind kind;
	struct span text;
};

struct gram_scan {
	struct span text;
	size_t at;
	size_t starts[2]; /* of the two characters before, as far as they are of this run */
	unsigned run;     /* how many characters of one kind stand directly before `at`, at most 2 */
	bool han;         /* their kind */
	size_t pair;      /* where a pair that is due next ends, or 0 */
};

struct gram_scan gram_scan_of(struct span folded);

/* The next gram: false at the end. */
bool gram_next(struct gram_scan *scan, struct gram *out);

#endif
