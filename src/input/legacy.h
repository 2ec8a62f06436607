/* legacy - text in an encoding of Chinese, read by ICU.
 *
 * Shape:  one function, of which the programs link one or the other: legacy_icu.c for those that look at the text, and
 *         legacy_none.c, which gives none, for kbsearch, which has no ICU and asks only whether a file can be read (--why).
 * Errors: ERR_IO when this ICU lacks the encoding; ERR_MEMORY. What is no character becomes ENCODING_DAMAGE.
 */
#ifndef INPUT_LEGACY_H
#define INPUT_LEGACY_H

#include "encoding.h"
#include "err.h"

/* Appends the bytes as UTF-8; `shown` names the file in messages. */
int legacy_add(struct buf *out, struct span bytes, enum encoding encoding, const char *shown, struct err *err);

#endif
