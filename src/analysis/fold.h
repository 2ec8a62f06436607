/* fold - text with the differences of script, width and case taken out.
 *
 * Shape:  UTF-8 in, UTF-8 out, code point by code point (unicode.h), with a map back when asked for. Each ill-formed
 *         part of the text folds as U+FFFD.
 * Units:  the map holds, for each byte of the folded text, the byte offset in `text` where the character begins that
 *         made it, and one entry more: text.n.
 * Owner:  output is appended to the caller's buffers (reset them first).
 * Errors: sticky in the buffers.
 * Cost:   430 to 700 MB/s of Markdown, with a map.
 */
#ifndef ANALYSIS_FOLD_H
#define ANALYSIS_FOLD_H

#include "buf.h"

/* A character that variant.h tells apart. */
struct fold_variant {
	uint32_t at;   /* offset in the folded text */
	uint32_t code; /* as it is written in the source */
};

/* `map` is an array of uint32_t, or NULL. */
void fold_text(struct span text, struct buf *folded, struct buf *map);

/* The same, and where variants stand, in order: an array of struct fold_variant. */
void fold_with_variants(struct span text, struct buf *folded, struct buf *map, struct buf *variants);

#endif
