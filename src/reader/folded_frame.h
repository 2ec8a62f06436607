/* folded_frame - the fold of a whole frame of stored text, made from its recoded form.
 *
 * Shape:  the characters of the store's table are folded once; a frame then costs a look into that for each of them, and
 *         is never written out as text. For who looks for something in many frames that is in few.
 * Owner:  the table of folds is the struct's, zeroed before; several threads may read it at once.
 * Errors: as store.h.
 * Cost:   0.8 ns a byte of text; the table 10 ns a character.
 */
#ifndef READER_FOLDED_FRAME_H
#define READER_FOLDED_FRAME_H

#include "store.h"

struct folded_character;

struct frame_folds {
	const struct recode_reader *recode;
	struct folded_character *characters; /* one for each of its table; NULL: not opened */
};

/* Once is enough. */
int frame_folds_open(struct frame_folds *folds, struct store *store, struct err *err);
void frame_folds_close(struct frame_folds *folds);

/* What fold_text() makes of the text of a frame, of which these are the bytes that store_decoder_read() gave, to `out`. False: no
 * memory; or it is no well-formed text or grows too much, which nobody writes, and the text itself has to be asked. */
bool folded_frame_make(const struct frame_folds *folds, struct span bytes, struct buf *out);

#endif
