/* folded_frame - a frame of the store, folded without decoding it to text first.
 *
 * Shape:  the store writes frequent characters as two-byte codes (recode.h). The fold of each of these is worked out once, in a
 *         table; folding a frame then is a table look-up for each code, and the text itself is never written out. Made for
 *         searching many frames for a needle that few of them hold.
 * Owner:  frame_folds owns the table; zero it before the first open. Once opened it is read-only: threads may share it.
 * Errors: opening: those of store.h. folded_frame_make(): false, see there.
 * Cost:   0.5 ns a byte of text; making the table 10 ns a character.
 */
#ifndef READER_FOLDED_FRAME_H
#define READER_FOLDED_FRAME_H

#include "store.h"

struct folded_character;

struct frame_folds {
	const struct recode_reader *recode;
	struct folded_character *characters; /* the folds, one for each code; NULL: not opened yet */
};

/* Makes the table. Does nothing when it is there already. */
int frame_folds_open(struct frame_folds *folds, struct store *store, struct err *err);
void frame_folds_close(struct frame_folds *folds);

/* Replaces `out` by the fold of a frame: the same bytes that fold_text() would make of its text. `bytes`: the frame as
 * store_decoder_read() gives it. False when there is no memory (then out->failed is set), and for the rare frame that this short way
 * cannot do: text that is not well-formed, or whose fold is far longer. The caller then has to look at the text itself. */
bool folded_frame_make(const struct frame_folds *folds, struct span bytes, struct buf *out);

#endif
