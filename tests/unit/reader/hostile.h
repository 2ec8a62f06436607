/* hostile - an index made to do harm is used: whatever its bytes are, under checksums that are right, it is refused, or answers.
 *
 * Shape:  the patched files (patched.h) are checked, opened, and asked every question. What index_check() calls sound must
 *         answer all of them; nothing may crash, hang or read past an end.
 */
#ifndef TEST_HOSTILE_H
#define TEST_HOSTILE_H

#include "sound.h"

/* Did it pass the check? What must not be fails the test. */
bool hostile_use(struct sound *sound);

#endif
