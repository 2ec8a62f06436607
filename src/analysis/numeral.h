/* numeral - numbers as Chinese writes them: 四, 十二, 一百零三.
 *
 * Shape:  0 to NUMERAL_MAX, in characters of folded text, as numeral_write() has them, but 两 and 〇 may stand for 二 and 零.
 *         So what could mean two numbers (一百二) is none, nor are digits in a row (二〇二四).
 */
#ifndef ANALYSIS_NUMERAL_H
#define ANALYSIS_NUMERAL_H

#include "span.h"

/* The longest is 九万九千九百九十九. */
enum { NUMERAL_MAX = 99999, NUMERAL_BYTES_MAX = 27 };

/* The number that begins at `at`: where it ends, or `at` where there is none. */
size_t numeral_read(struct span text, size_t at, unsigned *number);

/* The numeral of a number, at most NUMERAL_MAX: how many bytes. */
size_t numeral_write(unsigned number, char to[NUMERAL_BYTES_MAX]);

#endif
