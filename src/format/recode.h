/* recode - text with its frequent characters as two-byte codes instead of three bytes of UTF-8: done before compression.
 *
 * Shape:  a table of up to RECODE_MAX characters of three bytes, the most frequent first: number n is written as the bytes
 *         80 + n / 256 and n % 256. No character of UTF-8 begins with 80 to C1, so codes and plain UTF-8 can be mixed; the
 *         first byte of a character tells which it is:
 *           00-7F  itself
 *           80-C1  one of the table, with the byte after it
 *           C2-F4  the first of 2 (to DF), 3 (to EF) or 4 bytes that stand as they are
 *           FF     the byte after it is meant: what is no UTF-8
 *         The bytes of a table: a u16 a character, little-endian.
 *         With an empty table text stays as it is, without escapes; callers then do not use the functions below at all.
 * Owner:  the tables own their memory. A zeroed one is empty.
 * Errors: memory. The reader refuses a table with characters that do not have three bytes, and text with bytes that are none of
 *         the above or that ends within a character.
 * Cost:   0.5 ns a byte to write, 0.4 to read. A table takes 128 KB to write, 4 bytes a character to read.
 * Source: frequency ranks in one or two bytes, as in the end-tagged dense codes of Brisaboa et al., 2003. It saves because zstd
 *         codes what it does not find repeated byte by byte: 13 bits for a Han character in UTF-8, 10 for its rank
 *         (bench/README.md).
 */
#ifndef FORMAT_RECODE_H
#define FORMAT_RECODE_H

#include "buf.h"
#include "cursor.h"

enum {
	RECODE_FIRST = 0x80,
	RECODE_MAX = (0xC2 - RECODE_FIRST) * 256,
	/* How often a character must occur in the samples: a rarer one saves less than its two bytes in the table cost. */
	RECODE_LEAST = 3,
};

struct recode_writer {
	uint16_t *codes; /* by character: its code, the first byte in the low half; 0 for none. NULL: an empty table */
};

/* Makes a table of the characters that are frequent in `samples`, and appends its bytes to `table`. -1: no memory. */
int recode_choose(struct recode_writer *writer, struct span samples, struct buf *table);
void recode_writer_release(struct recode_writer *writer);

/* Appends the codes of `text`, which may be any bytes but must not begin or end within a character. */
void recode_add(const struct recode_writer *writer, struct span text, struct buf *out);

struct recode_reader {
	uint32_t *texts; /* the three bytes of each, the first lowest */
	uint32_t count;
};

/* Opens the bytes of a table: 1, 0 when they are none, -1 no memory. */
int recode_open(struct recode_reader *reader, struct span table);
void recode_close(struct recode_reader *reader);

/* Decodes from the cursor to `to` until there are at least `wanted` bytes of text, or the cursor is at its end. Returns how many bytes
 * of text came, at most `room`. `to` must have RECODE_SLACK bytes more than `room`, which may be overwritten. Bytes that are no such
 * text, or give more than `room`, fail the cursor. */
enum { RECODE_SLACK = 8 };
size_t recode_read(const struct recode_reader *reader, struct cursor *c, char *to, size_t room, size_t wanted);

#endif
