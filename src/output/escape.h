/* escape - text of unknown origin, made safe to look at.
 *
 * Shape:  writes `text` with every character that could move the cursor, hide or reorder text in a visible form: \xNN
 *         for bytes (C0, DEL, what is not UTF-8), \uNNNN and \UNNNNNNNN for code points: C1, bidirectional controls
 *         (U+061C, 200E/F, 202A-202E, 2066-2069), U+2028/2029, U+FEFF, tags (U+E0000-E007F).
 * Errors: sticky in the buffer.
 * Source: Unicode TR36; ECMA-48 for the controls.
 */
#ifndef OUTPUT_ESCAPE_H
#define OUTPUT_ESCAPE_H

#include "buf.h"

/* One line: newline and tab are escaped too. */
void escape_line(struct buf *out, struct span text);

/* Many lines: newline and tab pass; a carriage return before a newline is left out. */
void escape_text(struct buf *out, struct span text);

/* Columns on a terminal that the code point takes: 0 (marks, default-ignorable), 2 (wide) or 1. code <= U+10FFFF */
unsigned escape_columns(uint32_t code);

#endif
