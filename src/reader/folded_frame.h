/* folded_frame - the fold of a whole frame of stored text, made from its recoded form.
 *
 * Shape:  the characters of the store's table are folded once; a frame then costs a look into that for each of them, and
 *         is never written out as text. For who looks for something in many frames that is in few.
 * Owner:  the folds and the frame folded last are the struct's, zeroed at the start.
 * Errors: as store.h.
 * Cost:   zstd's 6 us a frame, and 0.3 ns a byte; the first one 10 ns a character of the table more.
 */
#ifndef READER_FOLDED_FRAME_H
#define READER_FOLDED_FRAME_H

#include "store.h"

struct folded_character;

struct folded_frame {
	struct folded_character *characters; /* one for each of the store's table; NULL: not made yet */
	struct buf text;
};

/* What fold_text() makes of the frame's text: 1; or 0, if it is no well-formed text or grows too much: nobody writes either, and
 * the text itself has to be asked. */
int folded_frame_read(struct folded_frame *folded, struct store *store, uint32_t frame, struct span *out,
		      struct err *err);

void folded_frame_release(struct folded_frame *folded);

#endif
