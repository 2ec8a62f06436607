/* cover - which pieces of some samples are worth being shared by all frames of a store.
 *
 * Shape:  the samples are cut into pieces of some hundred bytes. A piece is worth what it has in common with other samples:
 *         its anchors (runs of six bytes, every eighth of them, chosen by their hash) each count as often as they stand in
 *         a sample besides the first. The best piece is taken, its anchors count nothing from then on, and so forth. The
 *         best pieces come last, where zstd reaches them with the shortest offsets.
 * Errors: memory.
 * Cost:   5 ms for 2 MB of samples, less than half of what ZDICT_trainFromBuffer_fastCover() takes, and frames get 0.5 %
 *         smaller than with its dictionaries (bench/README.md). Equal samples give equal bytes.
 * Source: the idea of greedy cover by frequency: Liao, Petri, Moffat, Wirth, "Effective Construction of Relative Lempel-Ziv
 *         Dictionaries", WWW 2016.
 */
#ifndef FORMAT_COVER_H
#define FORMAT_COVER_H

#include "buf.h"
#include "err.h"

/* Appends at most `limit` bytes of the samples, which lie one after the other. Only the first 65,535 pieces are looked at,
 * 32 MB. Less is appended when the samples have nothing more in common. */
int cover_select(struct buf *out, size_t limit, struct span samples, const size_t *sizes, size_t count,
		 struct err *err);

#endif
