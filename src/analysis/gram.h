/* gram - the character layer: what makes every substring findable.
 *
 * Shape:  of folded text, in order: each Han character, each pair of adjacent Han characters; of letters and digits of other
 *         scripts each three adjacent ones, and one or two that stand alone; each character that is neither Han nor ASCII
 *         (three of the Basic Multilingual Plane only: above it each character is by itself); each two adjacent ASCII
 *         signs; and each letter or digit of ASCII with the ASCII sign or the Han character beside it. No gram reaches
 *         across anything else, so the grams of a substring are grams of the text: all but GRAM_SHORT at its ends, which
 *         the text may go on with (gram_is_cut()).
 *         Keys, as the lexicons have them: of Han grams UTF-16BE, 2 to 8 bytes; of the others the text itself, where
 *         GRAM_ANY_HAN stands for the Han character beside a letter.
 * Owner:  a gram's text is a part of the folded text.
 * Cost:   gram_next(): one decode and one class look-up a character.
 */
#ifndef ANALYSIS_GRAM_H
#define ANALYSIS_GRAM_H

#include "buf.h"
#include "unicode.h"

enum gram_kind {
	GRAM_HAN,   /* one Han character */
	GRAM_PAIR,  /* two adjacent ones */
	GRAM_THREE, /* three letters or digits that are not Han */
	GRAM_SHORT, /* one or two of them with none before or behind */
	GRAM_ONE,   /* a character that is neither Han nor ASCII */
	GRAM_SIGNS, /* two ASCII signs */
	GRAM_EDGE,  /* a letter or digit of ASCII, and beside it an ASCII sign or a Han character */
};

static inline bool gram_is_han(enum gram_kind kind)
{
	return kind <= GRAM_PAIR;
}

struct gram {
	enum gram_kind kind;
	struct span text;
};

/* What runs are of. */
enum gram_class {
	GRAM_CLASS_NONE,
	GRAM_CLASS_HAN,
	GRAM_CLASS_LETTER,
	GRAM_CLASS_SIGN, /* ASCII, not blank */
};

/* One character makes so many at most: it ends a run, and is two itself. */
enum { GRAM_DUE = 3 };

struct gram_scan {
	struct span text;
	size_t at;
	size_t starts[3];          /* of the characters before, the last one last, as far as they are of this run */
	unsigned run;              /* how many characters of one kind stand directly before `at`, at most 3 */
	enum gram_class class;     /* their kind */
	struct gram due[GRAM_DUE]; /* found, not given out yet: the next one last */
	unsigned due_count;
};

struct gram_scan gram_scan_of(struct span folded);

/* The next gram: false at the end. */
bool gram_next(struct gram_scan *scan, struct gram *out);

/* Is it a GRAM_SHORT at an end of what is scanned? As a part of more text that is no gram. */
static inline bool gram_is_cut(const struct gram_scan *scan, const struct gram *gram)
{
	return gram->kind == GRAM_SHORT &&
	       (gram->text.p == scan->text.p || gram->text.p + gram->text.n == scan->text.p + scan->text.n);
}

/* The gram's key; `to` is room for it where it is not the text itself. */
struct span gram_key(const struct gram *gram, char to[8]);

/* What grams are made of, for who makes many at once: folded code points, those of Han with GRAM_CODE_HAN added, and
 * GRAM_CODE_BREAK for whatever stands between. A code of Han is below GRAM_HAN_LIMIT, any other below 2^16. */
#define GRAM_CODE_HAN   0x80000000u
#define GRAM_CODE_BREAK 0u
#define GRAM_HAN_LIMIT  0x40000u
#define GRAM_ANY_HAN    0x4E00u

/* The code of a folded code point. */
uint32_t gram_code(uint32_t code);

/* The code of an ASCII character, folded or not. */
extern const char gram_ascii[128];

static inline bool gram_is_sign(uint32_t code)
{
	return code > ' ' && code < 0x7F && !gram_ascii[code];
}

/* The Han character at p (n bytes are there) when it has three bytes and folds to itself, as nearly all of them: its code
 * point, else 0. */
static inline uint32_t gram_plain_han(const unsigned char *p, size_t n)
{
	uint32_t code;

	/* lead bytes of U+1000 to U+CFFF, where every such sequence is well-formed */
	if (n < 3 || p[0] <= 0xE0 || p[0] >= 0xED || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80)
		return 0;
	code = (p[0] & 0xFu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
	return unicode_entry(code) < UNICODE_SELF_ENTRIES && unicode_class(code) == CLASS_HAN ? code : 0;
}

/* Codes of Han in the order of their keys, as numbers below GRAM_HAN_LIMIT; and back. */
static inline uint32_t gram_order(uint32_t code)
{
	if (code < 0xD800)
		return code;
	return code < 0x10000 ? code - 0xE000 + 0x3D800 : code - 0x10000 + 0xD800;
}

static inline uint32_t gram_order_code(uint32_t order)
{
	if (order < 0xD800)
		return order;
	return order < 0x3D800 ? order - 0xD800 + 0x10000 : order - 0x3D800 + 0xE000;
}

/* Writes a code point as UTF-16BE: 2 or 4 bytes. */
size_t gram_put(char *to, uint32_t code);

#endif
