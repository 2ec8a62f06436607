/* pinyin - how Han characters are read: syllables without tones.
 *
 * Shape:  a table made at build time from the installed ICU (gen/make_pinyin.c): a number for each code point from
 *         PINYIN_FIRST on, a syllable or a list of syllables; and for each syllable its characters. ü is written v.
 * Units:  a syllable is its number, below pinyin_syllable_count; in order of the alphabet.
 * Cost:   55 KB for the characters of the first plane, the same for those of the syllables, 4 KB of syllables. Nothing is read
 *         before the first call.
 * Source: ICU's transliterators Han-Latin and Han-Latin/Names (the Unihan database's kMandarin, and surnames), which know one
 *         reading a character; the others of some two hundred common characters are a list in the generator.
 */
#ifndef ANALYSIS_PINYIN_H
#define ANALYSIS_PINYIN_H

#include <stddef.h>
#include <stdint.h>

enum {
	PINYIN_FIRST = 0x3400,
	PINYIN_LAST = 0x9FFF,
	PINYIN_SYLLABLE_MAX = 6, /* zhuang */
	PINYIN_READINGS = 4,     /* of one character */
	PINYIN_SYLLABLES = 512,  /* more than there are */
	/* An entry: 0 for none; a syllable's number and 1; or from here on the place of a list, whose last number has this bit
	 * too. */
	PINYIN_LIST = 0x8000,
};

extern const uint16_t pinyin_entries[PINYIN_LAST - PINYIN_FIRST + 1];
extern const uint16_t pinyin_lists[];
extern const char pinyin_syllables[][PINYIN_SYLLABLE_MAX + 1];
extern const unsigned pinyin_syllable_count;
/* Syllable i has the characters from pinyin_starts[i] on, up to those of the next. */
extern const uint16_t pinyin_starts[];
extern const uint16_t pinyin_characters[];

/* The readings of a folded code point, the usual one first: how many, 0 for what is no Han character or a rare one. */
size_t pinyin_readings(uint32_t code, uint16_t out[PINYIN_READINGS]);

#endif
