/* scan - words, numbers and compounds of text that is written with blanks.
 *
 * Shape:  a compound is segments of letters, digits and their marks, joined by single . _ - ' ’ / & + @ that stand
 *         directly between two of them; a '.' before it belongs to it (.NET, .gitignore) unless it ends something else.
 *         A segment of one to three letters may end in ++ (and a version: C++11) or #.
 *         The pieces of a compound are the whole, then its parts: each segment, without its ++ or # too, and the pieces
 *         of a segment at the borders of camelCase and of two or more letters with digits. What says nothing alone is
 *         no part: fewer than four digits (the 3 of GPT-3 is no section number), two letters after an apostrophe, the
 *         segments of R&D, AT&T, I/O (all of one or two letters, one of them alone).
 *         A compound of more than 8 segments or 64 bytes (an address, a path) is no word: its segments are.
 * Units:  byte offsets in the folded text.
 * Errors: sticky in the buffer of pieces.
 */
#ifndef ANALYSIS_SCAN_H
#define ANALYSIS_SCAN_H

#include "buf.h"
#include "unicode.h"

/* The folded text and, because folding takes away the case that camelCase needs, the text it was made from. */
struct scan_text {
	struct span folded;
	struct span source;
	const uint32_t *map; /* of fold.h */
};

struct scan_piece {
	uint32_t start;
	uint32_t end;
	bool part; /* of the last piece that is none */
};

/* unicode_class() of ASCII: code < 0x80. */
static inline enum char_class scan_ascii_class(uint32_t code)
{
	if ((code | 0x20) - 'a' < 26)
		return CLASS_LETTER;
	if (code - '0' < 10)
		return CLASS_DIGIT;
	return code == ' ' || code - '\t' < 5 ? CLASS_SPACE : CLASS_SYMBOL;
}

/* What most compounds are: letters of ASCII in one case, or digits, that nothing is joined to. Returns where it ends: then
 * it is the only piece; or `at`: then scan_compound() must look. `at` as there. */
size_t scan_plain_word(const struct scan_text *text, size_t at);

/* The compound that begins at `at`: its pieces are appended to `pieces`, an array of struct scan_piece. Returns where
 * it ends, or `at` where none begins. `at` is never inside a compound: one scan ends where the next may begin. */
size_t scan_compound(const struct scan_text *text, size_t at, struct buf *pieces);

#endif
