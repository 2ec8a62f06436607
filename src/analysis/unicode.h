/* unicode - what the program must know of a code point: its class, its folded form, whether it is wide.
 *
 * Shape:  two-stage tables, generated at build time from the installed ICU (gen/make_tables.c), so that neither program
 *         opens ICU to fold. An entry below UNICODE_SELF_ENTRIES says all: the class, wide or not, folds to itself.
 *         Any other is the number of a record that adds the folded form.
 * Fold:   for each code point alone: NFKC_Casefold, then Traditional to Simplified where the character is not good
 *         Simplified text itself (not in GB 2312, with a short list of exceptions in the generator). A variant, which is
 *         good Simplified text in some words and Traditional for another character in others (著名, but 看著 for 看着),
 *         folds to that other one everywhere; variant.h knows which is meant. Never across code points, so the fold of a
 *         substring is a substring of the fold. Default-ignorable code points fold to nothing. What is folded folds to
 *         itself.
 * Cost:   two loads, a third where folding changes something; 42 KB of tables serve all common Han characters.
 * Source: Unicode Character Database through ICU; UAX #31 (NFKC_Casefold); UAX #11 (width); GB 2312-80.
 */
#ifndef ANALYSIS_UNICODE_H
#define ANALYSIS_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum char_class {
	CLASS_SYMBOL, /* punctuation, symbols, controls, unassigned */
	CLASS_SPACE,
	CLASS_DIGIT,  /* decimal digits of any script */
	CLASS_LETTER, /* letters of scripts that put blanks between words: Latin, Greek, Cyrillic ... */
	CLASS_MARK,   /* combining marks and joiners: they stay with what is before them */
	CLASS_HAN,    /* Han ideographs */
	CLASS_SCRIPT, /* letters whose words only ICU can find: kana, Hangul, Thai, Lao, Khmer ... */
};

/* The longest folded form, in code points (U+FDFA). */
enum { UNICODE_FOLD_MAX = 18 };

enum { UNICODE_LAST = 0x10FFFF };

/* Layout of the tables, shared with their generator. A record holds, from its lowest bit: class 3, wide 1, count of the
 * folded form 5, value 21: the folded code point when the count is 1, else where it stands in unicode_expansions; and
 * whether it is a variant. */
enum {
	UNICODE_BLOCK_BITS = 7,
	UNICODE_CLASS_MASK = 7,
	UNICODE_WIDE_BIT = 8,
	UNICODE_SELF_ENTRIES = 16,
	UNICODE_COUNT_SHIFT = 4,
	UNICODE_COUNT_MASK = 31,
	UNICODE_VALUE_SHIFT = 9,
	UNICODE_VALUE_MASK = (1 << 21) - 1,
	UNICODE_VARIANT_BIT = 1 << 30,
};

extern const uint16_t unicode_blocks[];
extern const uint16_t unicode_entries[];
extern const uint32_t unicode_records[];
extern const uint32_t unicode_expansions[];

/* Changes whenever a table does: part of the fingerprint of an index. */
extern const uint64_t unicode_tables_hash;

/* code <= UNICODE_LAST */
static inline unsigned unicode_entry(uint32_t code)
{
	unsigned block = unicode_blocks[code >> UNICODE_BLOCK_BITS];

	return unicode_entries[block << UNICODE_BLOCK_BITS | (code & ((1u << UNICODE_BLOCK_BITS) - 1))];
}

/* The same. Class, wide bit, and for what does not fold to itself the rest of its record. */
static inline uint32_t unicode_record(uint32_t code)
{
	unsigned entry = unicode_entry(code);

	return entry < UNICODE_SELF_ENTRIES ? entry : unicode_records[entry - UNICODE_SELF_ENTRIES];
}

/* Of the code point itself, not of its folded form. code <= UNICODE_LAST */
static inline enum char_class unicode_class(uint32_t code)
{
	return (enum char_class)(unicode_record(code) & UNICODE_CLASS_MASK);
}

/* Of the words of scripts with blanks between them. A mark counts: it changes the letter before it. */
static inline bool unicode_in_word(enum char_class class)
{
	return class == CLASS_LETTER || class == CLASS_DIGIT || class == CLASS_MARK;
}

/* `set` ends with 0. */
static inline bool unicode_is_one_of(uint32_t code, const uint32_t *set)
{
	while (*set && *set != code)
		set++;
	return *set;
}

/* Do two bytes of UTF-8 begin one of U+4E00 to U+9FFF? They are of three bytes and Han, all of them, and nearly all Han
 * characters that are written. */
static inline bool unicode_begins_han(const char *p)
{
	unsigned both = (unsigned)(unsigned char)p[0] << 8 | (unsigned char)p[1];

	return both - 0xE4B8 <= 0xE9BF - 0xE4B8;
}

/* Takes two columns of a terminal. code <= UNICODE_LAST */
static inline bool unicode_is_wide(uint32_t code)
{
	return unicode_record(code) & UNICODE_WIDE_BIT;
}

/* One of those that variant.h tells apart. code <= UNICODE_LAST */
static inline bool unicode_is_variant(uint32_t code)
{
	return unicode_record(code) & UNICODE_VARIANT_BIT;
}

/* The folded form: how many code points (0 to UNICODE_FOLD_MAX) were written to `to`. */
size_t unicode_fold(uint32_t code, uint32_t to[UNICODE_FOLD_MAX]);

/* The same without a copy: *value is the code point if it is one, else where they stand in unicode_expansions. */
size_t unicode_fold_value(uint32_t code, uint32_t *value);

#endif
