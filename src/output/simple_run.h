/* simple_run - characters in a row that mean nothing but themselves: most of any text.
 *
 * Shape:  a run is of characters that begin no mark of Markdown, are shown as they are, and are no parts of another (marks,
 *         joiners), with single blanks between them. Whatever looks odd ends it, and is looked at one by one (markup.c).
 * Units:  bytes; counts are of characters.
 * Cost:   ASCII 16 bytes at a time, Han three: a look at the tables of Unicode only for others. All is in this header: to call it
 *         for each run would be 1 % of what a hit with its snippet costs.
 */
#ifndef OUTPUT_SIMPLE_RUN_H
#define OUTPUT_SIMPLE_RUN_H

#include "byte_block.h"
#include "cursor.h"
#include "unicode.h"
#include "utf8.h"

/* Characters that begin nothing: outside Markdown, and in a line of it. */
enum { SIMPLE_RAW = 1, SIMPLE_LINE = 2 };

/* White space, of ASCII, from `from` on: where it ends. */
static inline size_t simple_run_blanks(const char *p, size_t from, size_t to)
{
	while (from < to && (unsigned char)p[from] <= ' ' && (p[from] == ' ' || (p[from] >= '\t' && p[from] <= '\r')))
		from++;
	return from;
}

#define S (SIMPLE_RAW | SIMPLE_LINE)
#define M SIMPLE_RAW

/* What begins something in a line: * [ \ ] _ ` | ~ */
static const unsigned char simple_ascii[256] = {
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* controls */
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* */
	0, S, S, S, S, S, S, S, S, S, M, S, S, S, S, S, /*   to / */
	S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, /* 0 to ? */
	S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, /* @ to O */
	S, S, S, S, S, S, S, S, S, S, S, M, M, M, S, M, /* P to _ */
	M, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, /* ` to o */
	S, S, S, S, S, S, S, S, S, S, S, S, M, S, M, 0, /* p to DEL */
};

#undef S
#undef M

/* A character of more than one byte at p that is well formed, no white space, and stands for itself: its bytes; 0: look
 * closer. */
static inline size_t simple_long(const char *p, size_t n)
{
	uint32_t code, record;
	bool valid;
	size_t used = utf8_next(p, n, &code, &valid);

	record = unicode_record(code);
	if (!valid || (record & UNICODE_CLASS_MASK) == CLASS_SPACE || (record & UNICODE_CLASS_MASK) == CLASS_MARK)
		return 0;
	if (unicode_entry(code) < UNICODE_SELF_ENTRIES)
		return used;
	return record >> UNICODE_COUNT_SHIFT & UNICODE_COUNT_MASK ? used : 0;
}

/* The bytes of a block that are not simple ASCII, nor a blank behind something else: see simple_ascii. */
static inline byte_block simple_stops(const char *p, unsigned where)
{
	byte_block bytes = byte_block_load(p);
	byte_block odd = (bytes < ' ') | (bytes == 0x7F) | ((bytes == ' ') & (byte_block_load(p - 1) == ' '));

	if (where & SIMPLE_LINE)
		odd |= (bytes == '*') | (bytes == '|') | (bytes == '~') |
		       ((bytes >= '[') & (bytes <= '`') & (bytes != '^'));
	return odd;
}

/* Simple ASCII, and single blanks, from `at` on: where they end. The byte before is there. */
static inline size_t simple_ascii_end(const char *p, size_t at, size_t to, unsigned where)
{
	for (; to - at >= BYTE_BLOCK; at += BYTE_BLOCK) {
		uint32_t stops = byte_block_bits(simple_stops(p + at, where));

		if (stops)
			return at + (size_t)__builtin_ctz(stops);
	}
	while (at < to && (simple_ascii[(unsigned char)p[at]] & where || (p[at] == ' ' && p[at - 1] != ' ')))
		at++;
	return at;
}

/* Han from U+4000 to U+9FFF, and what most often stands between: U+3001, U+3002, U+FF00 to U+FF3F. The low three bytes, which
 * are well formed if the last two are tails. */
static inline bool simple_is_han(uint32_t bytes)
{
	uint32_t three = bytes & 0xFFFFFF;

	return (three & 0xFF) - 0xE4 <= 0xE9 - 0xE4 || (three & 0xFFFF) == 0xBCEF || three == 0x8180E3 ||
	       three == 0x8280E3;
}

/* Such characters, which simple_long() would allow, but the last of the text: where they end. */
static inline size_t simple_han_end(const char *p, size_t at, size_t to)
{
	for (; to - at >= 4; at += 3) {
		uint32_t bytes = load_u32((const unsigned char *)p + at);

		if ((bytes & 0xC0C000) != 0x808000 || !simple_is_han(bytes))
			break;
	}
	return at;
}

/* The run that begins at `from` < `to`, which is no white space: where it ends, `from` for none. `where`: SIMPLE_RAW or
 * SIMPLE_LINE. *count is set: its characters. */
static inline size_t simple_run_end(const char *p, size_t from, size_t to, unsigned where, uint32_t *count)
{
	size_t at = from + (simple_ascii[(unsigned char)p[from]] & where ? 1 : 0);
	size_t tails = 0;

	while (at < to) {
		size_t ascii = at > from && !(p[at] & 0x80) ? simple_ascii_end(p, at, to, where) : at;
		size_t end = simple_han_end(p, ascii, to);

		tails += (end - ascii) / 3 * 2;
		if (end == at) {
			size_t length = (unsigned char)p[at] < 0x80 ? 0 : simple_long(p + at, to - at);

			if (length == 0)
				break;
			end += length;
			tails += length - 1;
		}
		at = end;
	}
	if (at > from && p[at - 1] == ' ')
		at--;
	*count = (uint32_t)(at - from - tails);
	return at;
}

#endif
