/* cover - chooses, from samples of a text, the content of the dictionary that its frames are compressed with.
 *
 * Shape:  greedy maximum coverage. The samples are cut into pieces of 512 bytes. A piece is represented by its anchors:
 *         its runs of six bytes whose hash is one in eight. An anchor is worth the number of samples that hold it, less one;
 *         a piece is worth the sum of its anchors. The best piece is taken and its anchors are worth nothing from then on,
 *         again and again. The best pieces are placed last, where zstd reaches them with the shortest offsets.
 * Errors: memory.
 * Cost:   5 ms for 2 MB of samples, less than half of what ZDICT_trainFromBuffer_fastCover() takes, and frames get 0.5 %
 *         smaller than with its dictionaries (bench/README.md). Equal samples give equal bytes.
 * Source: greedy cover by frequency: Liao, Petri, Moffat, Wirth, "Effective Construction of Relative Lempel-Ziv
 *         Dictionaries", WWW 2016.
 */
#ifndef FORMAT_COVER_H
#define FORMAT_COVER_H

#include "buf.h"
#include "err.h"

/* Appends at most `limit` bytes, fewer when the samples have nothing more in common. The samples lie one after the other in `samples`;
 * only their first 65,535 pieces (32 MB) are looked at. */
int cover_select(struct buf *out, size_t limit, struct span samples, const size_t *sizes, size_t count,
		 struct err *err);

#endif
