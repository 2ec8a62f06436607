/* segmenter - words of text that is written without blanks, as ICU finds them.
 *
 * Shape:  one run at a time; every byte of it is in one word. The analyzer hands over Han, kana, Hangul, Thai ... and the
 *         marks on them, but any text will do: the ends are those of ICU's word iterator on the same string, all of them.
 *         Two layers, as in ICU: the word rules (an automaton) cut the run, then Han and kana in each piece are cut where
 *         the path of least cost through the dictionary says. A run that holds what goes to another engine of ICU (Thai,
 *         Lao, Khmer, Burmese ...) or what is not in NFKC (no folded text has that) goes to foreign.h as a whole.
 *         Built with -Dsegmenter=icu, every run does.
 * Units:  the run is valid UTF-8, folded or not; ends are byte offsets in it.
 * Errors: ERR_MEMORY; those of foreign.h.
 * Cost:   84 to 170 MB/s, 6 to 9 times what ICU makes of the same runs (bench/README.md). 4.0 MB of tables, of which a
 *         word touches a few lines; 3 bytes a character of the longest piece. Opening costs nothing: the tables are part
 *         of the program.
 * Source: dictbe.cpp of ICU (CjkBreakEngine: costs, the rule for Katakana, which of equal paths); UAX #29.
 */
#ifndef ANALYSIS_SEGMENTER_H
#define ANALYSIS_SEGMENTER_H

#include "buf.h"
#include "err.h"

struct segmenter;

struct segmenter *segmenter_new(struct err *err);
void segmenter_free(struct segmenter *segmenter);

/* Appends where the words of `run`, which is not empty, end: an array of uint32_t, ascending; the last is run.n. */
int segmenter_cut(struct segmenter *segmenter, struct span run, struct buf *ends, struct err *err);

#endif
