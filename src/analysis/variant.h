/* variant - which of two characters one means that is good Simplified text in some words, and in others Traditional.
 *
 * Shape:  著 is itself in 著名 and 着 in 看著; 乾 is itself in 乾隆 and 干 in 餅乾. Folding makes one of the two (unicode.h),
 *         so words are found across scripts, but the word rules and the dictionary must see the right one: 着名 is no
 *         word. Four are themselves where nothing near is Traditional, else the other character except in listed
 *         words; the rest are the other character only in listed words. A list decides on the folded text, so both
 *         scripts of its neighbours do.
 * Cost:   some 0.3 us a variant; one character in 300 of Traditional text is one, in 10,000 of Simplified.
 * Effect: bench/README.md.
 * Source: lists of our own; the general table of standard characters (通用规范汉字表, 2013) for 乾 藉 瞭 夥.
 */
#ifndef ANALYSIS_VARIANT_H
#define ANALYSIS_VARIANT_H

#include "fold.h"
#include "scan.h"

/* What the variant means where it stands: itself, or what it folds to. */
uint32_t variant_meaning(const struct scan_text *text, const struct fold_variant *variant);

/* Appends the text, folded, with its variants as they are meant: for people to read, who would take 着名 for a mistake.
 * Errors are sticky in the buffer. */
void variant_show(struct span source, struct buf *shown);

/* Appends text that may come from folded terms, with the characters of listed words as Simplified text has them: 沈阳 for
 * 沉阳. Errors are sticky in the buffer. */
void variant_spell(struct span text, struct buf *out);

#endif
