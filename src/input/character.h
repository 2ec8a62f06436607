/* character - the few classes of characters that matter when text is cut into sections.
 *
 * Shape:  UTF-8 in, answers out; no state, no locale.
 * Source: blocks of the Unicode Standard. Coarse on purpose: what is a word is analysis's business; here it only tells
 *         a table of contents from text, and Chinese hard-wrapped lines from others.
 */
#ifndef INPUT_CHARACTER_H
#define INPUT_CHARACTER_H

#include "span.h"
#include <stdint.h>

/* How many bytes the blank takes that begins at text.p: white space of ASCII, U+00A0 or U+3000; 0 when none does. */
size_t character_blank(struct span text);

/* Without the blanks at both ends. */
struct span character_trim(struct span text);

/* Does the line have nothing but what CommonMark takes for blanks, which those of other scripts are not? */
static inline bool character_is_blank_line(struct span line)
{
	return span_trim(line, " \t\r").n == 0;
}

/* A Han character, or the punctuation of Chinese text: two of them at the ends of two lines have no blank between. */
bool character_is_chinese(uint32_t code);

/* A letter, a digit or an ideograph of any script. */
bool character_is_word(uint32_t code);

/* Is there one in the text? */
bool character_has_word(struct span text);

#endif
