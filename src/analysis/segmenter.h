/* segmenter - words of text that is written without blanks.
 *
 * Shape:  one run at a time: Han, kana, Hangul, Thai ... and the marks on them, nothing else (analyzer.h finds runs).
 *         Every byte of a run is in one word. Runs share nothing, so another engine can take this one's place run by
 *         run; equal means equal ends.
 * Units:  the run is folded, valid UTF-8; ends are byte offsets in it.
 * Errors: ERR_MEMORY; ERR_ANALYSIS when ICU refuses.
 * Cost:   ICU cuts 15 to 35 MB/s, runs alone as fast as whole texts (measured: 37 and 28 MB/s on a technical manual, 17
 *         and 17 on an encyclopaedia), and takes some 2 ms to open.
 * Source: ICU's word rules (UAX #29) and its Chinese and Japanese dictionary.
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
