/* encoding - guesses in which encoding the bytes of a file are text.
 *
 * Shape:  a byte order mark says UTF-16. Else it is UTF-8, unless more than a quarter of the bytes that are not ASCII are no UTF-8
 *         and the file reads well in an encoding of Chinese, GB18030 or Big5. It does when
 *           - there is at most one byte that is no character, or a control, for a hundred characters (a file may be cut off);
 *           - six in ten characters are signs or of level 1, the half of each table that has the frequent ones;
 *           - half of them follow another one directly: Chinese comes in runs.
 *         Where both do, the one with the larger share of frequent characters is taken.
 *         Of 1,835 manual pages written in GB18030 or Big5, Simplified and Traditional, all were told but one in English, and
 *         1,655 of 1,657 single lines. Latin-1, whose letters stand between ASCII, and Cyrillic are not taken for Chinese;
 *         Korean and Japanese may be.
 * Cost:   linear. A file that is damaged as UTF-8 is read twice, of any other three bytes.
 * Source: GB/T 2312: rows 16 to 55 are the characters of level 1, 01 to 03 signs. Big5: A440 to C67E are those of level 1,
 *         A140 to A3BF signs. RFC 2781 for UTF-16.
 */
#ifndef INPUT_ENCODING_H
#define INPUT_ENCODING_H

#include "buf.h"

enum encoding { ENCODING_UTF8, ENCODING_UTF16LE, ENCODING_UTF16BE, ENCODING_GB18030, ENCODING_BIG5 };

/* `damaged`: how many of the bytes are no UTF-8. */
enum encoding encoding_of(struct span bytes, size_t damaged);

/* As iconv(1) and ICU call it. */
const char *encoding_name(enum encoding encoding);

/* What stands in UTF-8 for what is no character of another encoding: it is damage there too, which U+FFFD is not. */
enum { ENCODING_DAMAGE = 0xFF };

/* Appends UTF-16 as UTF-8, without its mark; what is no character becomes ENCODING_DAMAGE. */
void encoding_add_utf16(struct buf *out, struct span bytes, enum encoding encoding);

#endif
