/* utc - moments as text.
 *
 * Shape:  RFC 3339 in UTC, to the second: 2026-11-24T23:35:28Z.
 * Units:  seconds since 1970, leap seconds not counted.
 * Cost:   no system call; gmtime_r(3) and strftime(3) read the file of the local time zone first, which is seven.
 */
#ifndef BASE_UTC_H
#define BASE_UTC_H

#include <stddef.h>
#include <stdint.h>

enum { UTC_BYTES = 21 }; /* with a NUL */

/* How long the text is; 0, and an empty text, outside the years 0 to 9999, for which RFC 3339 has no form. */
size_t utc_format(char to[UTC_BYTES], int64_t seconds);

#endif
