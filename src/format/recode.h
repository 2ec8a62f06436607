/* recode - text with its frequent characters in two bytes instead of three, before it is compressed.
 *
 * Shape:  a table of up to RECODE_MAX characters of three bytes, the most frequent first: number n is written as the bytes
 *         80 + n / 256 and n % 256. No character of UTF-8 begins with 80 to C1, so these stand among the others, which
 *         stay as they are: at the beginning of a character the byte tells which it is:
 *           00-7F  itself
 *           80-C1  one of the table, with the byte after it
 *           C2-F4  the first of 2 (to DF), 3 (to EF) or 4 bytes that stand as they are
 *           FF     the byte after it is meant: what is no UTF-8
 *         The bytes of a table: a u16 a character, little-endian.
 *         With an empty table text stays as it is: nothing is escaped, and neither side is asked.
 * Owner:  the tables own what they hold; zeroed is a table without characters.
 * Errors: memory; the reader refuses characters that have not three bytes, and bytes that are none of the above or end
 *         before they should.
 * Cost:   0.5 ns a byte to write, 0.4 to read. A table takes 128 KB to write, 4 bytes a character to read.
 * Source: the idea of ranks in one or two bytes from end-tagged dense codes (Brisaboa et al., 2003). Why it saves: an
 *         order-0 coder of bytes spends 13 bits on a Han character of UTF-8 and 10 on its rank; see bench/README.md.
 */
#ifndef FORMAT_RECODE_H
#define FORMAT_RECODE_H

#include "buf.h"
#include "cursor.h"

enum {
	RECODE_FIRST = 0x80,
	RECODE_MAX = (0xC2 - RECODE_FIRST) * 256,
	/* A rarer one of the samples costs its two bytes and saves less. */
	RECODE_LEAST = 3,
};

struct recode_writer {
	uint16_t *codes; /* by character: its two bytes, the first in the low half; 0 for none. NULL: no table */
};

/* Chooses the characters by how often they stand in `samples`, and appends the table's bytes to `table`. -1: no memory. */
int recode_choose(struct recode_writer *writer, struct span samples, struct buf *table);
void recode_writer_release(struct recode_writer *writer);

/* Appends `text`, which may be any bytes; characters begin and end in it. */
void recode_add(const struct recode_writer *writer, struct span text, struct buf *out);

struct recode_reader {
	uint32_t *texts; /* the three bytes of each, the first lowest */
	uint32_t count;
};

/* 1 for bytes that are a table, 0 for others, -1 no memory. */
int recode_open(struct recode_reader *reader, struct span table);
void recode_close(struct recode_reader *reader);

/* Text of the bytes at the cursor to `to`, until there are `wanted` bytes of it, or some more, or the cursor's end: how
 * many, at most `room`. RECODE_SLACK bytes after the room are there and may be touched. What is no such text, or more than
 * the room, fails the cursor. */
enum { RECODE_SLACK = 8 };
size_t recode_read(const struct recode_reader *reader, struct cursor *c, char *to, size_t room, size_t wanted);

#endif
