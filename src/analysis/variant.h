/* variant - what a character means that is good Simplified text in some words, and Traditional script in others.
 *
 * Shape:  著 is itself in 著名, and stands for 着 in 看著; 乾 is itself in 乾隆, and stands for 干 in 餅乾. Folding gives both the same
 *         form (unicode.h), so words are found across scripts. But the word rules and the dictionary must see the one that is
 *         meant: 着名 is no word. Four such characters are themselves unless something near them is Traditional; then they are
 *         the other one, except in listed words. The rest are the other one in listed words only. Words are listed folded, so
 *         their other characters may be of either script.
 * Owner:  results are appended to the caller's buffer.
 * Cost:   some 0.3 us for such a character; one character in 300 of Traditional text is one, in 10,000 of Simplified.
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
