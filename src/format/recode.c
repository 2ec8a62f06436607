#include "recode.h"

#include "mem.h"

#include <stdlib.h>
#include <string.h>

enum {
	CHARACTERS = 1 << 16,
	ESCAPE = 0xFF,
};

static const uint64_t not_ascii = 0x8080808080808080;

/* The three bytes at p as an integer, and one more if there is one. */
static inline uint32_t load(const char *p, const char *end)
{
	const unsigned char *bytes = (const unsigned char *)p;

	return end - p >= 4 ? load_u32(bytes) : (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16;
}

/* Do three of them look like a character? */
static inline bool is_three(uint32_t bytes)
{
	return (bytes & 0xC0C0F0) == 0x8080E0;
}

static inline uint32_t character_of(uint32_t bytes)
{
	return (bytes & 0x0F) << 12 | (bytes >> 2 & 0xFC0) | (bytes >> 16 & 0x3F);
}

struct frequency {
	uint32_t count;
	uint32_t character;
};

static int compare_frequencies(const void *a, const void *b)
{
	const struct frequency *x = a;
	const struct frequency *y = b;

	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return (x->character > y->character) - (x->character < y->character);
}

static void count_characters(struct span samples, struct frequency *frequencies)
{
	for (uint32_t i = 0; i < CHARACTERS; i++)
		frequencies[i] = (struct frequency){0, i};
	/* no other begins within one */
	for (size_t i = 0, used; i + 3 <= samples.n; i += used) {
		uint32_t bytes = load(samples.p + i, samples.p + samples.n);

		used = is_three(bytes) ? 3 : 1;
		frequencies[character_of(bytes)].count += used == 3;
	}
}

/* Has it three bytes in UTF-8? */
static bool is_character(uint32_t character)
{
	return character >= 0x800 && (character < 0xD800 || character > 0xDFFF);
}

static size_t keep_frequent(struct frequency *frequencies)
{
	size_t count = 0;

	for (uint32_t i = 0; i < CHARACTERS; i++)
		if (frequencies[i].count >= RECODE_LEAST && is_character(i))
			frequencies[count++] = frequencies[i];
	qsort(frequencies, count, sizeof *frequencies, compare_frequencies);
	return count < RECODE_MAX ? count : RECODE_MAX;
}

int recode_choose(struct recode_writer *writer, struct span samples, struct buf *table)
{
	struct frequency *frequencies = mem_resize(NULL, CHARACTERS, sizeof *frequencies);
	size_t count = 0;

	*writer = (struct recode_writer){mem_zero(CHARACTERS, sizeof *writer->codes)};
	if (frequencies && writer->codes) {
		count_characters(samples, frequencies);
		count = keep_frequent(frequencies);
	}
	for (size_t i = 0; i < count; i++) {
		writer->codes[frequencies[i].character] = (uint16_t)((RECODE_FIRST + i / 256) | i % 256 << 8);
		buf_add_u16(table, (uint16_t)frequencies[i].character);
	}
	table->failed |= !frequencies || !writer->codes;
	mem_free(frequencies);
	return table->failed ? -1 : 0;
}

void recode_writer_release(struct recode_writer *writer)
{
	mem_free(writer->codes);
	writer->codes = NULL;
}

/* How many bytes the character that begins with it has in both forms; 0 for a byte that begins none. */
static unsigned plain_length(unsigned char first)
{
	if (first < 0x80)
		return 1;
	if (first < 0xC2 || first > 0xF4)
		return 0;
	return first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

/* What is not in the table. */
static char *add_plain(char *to, const char *p, const char *end, size_t *length)
{
	unsigned n = plain_length((unsigned char)*p);

	if (n == 0 || n > (size_t)(end - p)) {
		*to++ = (char)ESCAPE;
		n = 1;
	}
	memcpy(to, p, n);
	*length = n;
	return to + n;
}

/* The bytes below 80 from p on, eight at a time; at least eight are there. Bytes after them are written over. */
static inline size_t copy_ascii(char *to, const char *p, const char *end)
{
	const char *start = p;

	while (end - p >= 8) {
		uint64_t word = load_u64((const unsigned char *)p);

		memcpy(to, p, 8);
		if (word & not_ascii)
			return (size_t)(p - start) + (size_t)__builtin_ctzll(word & not_ascii) / 8;
		p += 8;
		to += 8;
	}
	return (size_t)(p - start);
}

void recode_add(const struct recode_writer *writer, struct span text, struct buf *out)
{
	const char *p = text.p;
	const char *end = p + text.n;
	char *room;
	char *to;

	if (text.n == 0)
		return;
	/* each byte may be an escape and itself */
	room = to = buf_reserve(out, 2 * text.n + 8);
	if (!to)
		return;
	while (p < end) {
		const char *before = p;
		size_t n = copy_ascii(to, p, end);

		p += n;
		to += n;
		while (end - p >= 3) {
			uint32_t bytes = load(p, end);
			uint16_t code = writer->codes[character_of(bytes)];

			if (!code || !is_three(bytes))
				break;
			to[0] = (char)code;
			to[1] = (char)(code >> 8);
			p += 3;
			to += 2;
		}
		if (p == before) {
			to = add_plain(to, p, end, &n);
			p += n;
		}
	}
	out->n += (size_t)(to - room);
}

int recode_open(struct recode_reader *reader, struct span table)
{
	*reader = (struct recode_reader){0};
	if (table.n % 2 || table.n / 2 > RECODE_MAX)
		return 0;
	reader->texts = mem_resize(NULL, table.n / 2, sizeof *reader->texts);
	if (!reader->texts)
		return -1;
	for (; reader->count < table.n / 2; reader->count++) {
		const unsigned char *p = (const unsigned char *)table.p + 2 * (size_t)reader->count;
		uint32_t character = (uint32_t)p[0] | (uint32_t)p[1] << 8;

		if (!is_character(character)) {
			recode_close(reader);
			return 0;
		}
		reader->texts[reader->count] =
			0x8080E0 | character >> 12 | (character & 0xFC0) << 2 | (character & 0x3F) << 16;
	}
	return 1;
}

void recode_close(struct recode_reader *reader)
{
	mem_free(reader->texts);
	*reader = (struct recode_reader){0};
}

/* Those of the table from *p on, as far as there is room: where the text goes on. */
static inline char *read_table(const struct recode_reader *reader, const unsigned char **p, const unsigned char *end,
			       char *to, const char *limit)
{
	const uint32_t *texts = reader->texts;
	const unsigned char *at = *p;

	while (end - at >= 2 && limit - to >= 3) {
		/* of any other byte the number is past all tables */
		uint32_t number = (uint32_t)(unsigned char)(*at - RECODE_FIRST) << 8 | at[1];

		if (number >= reader->count)
			break;
		store_u32((unsigned char *)to, texts[number]);
		at += 2;
		to += 3;
	}
	*p = at;
	return to;
}

/* One that stands as it is. */
static inline char *read_plain(const unsigned char **p, const unsigned char *end, char *to, const char *limit)
{
	unsigned n = plain_length(**p);

	if (n == 0) {
		if (*(*p)++ != ESCAPE)
			return NULL;
		n = 1;
	}
	if (n > (size_t)(end - *p) || n > (size_t)(limit - to))
		return NULL;
	memcpy(to, *p, n);
	*p += n;
	return to + n;
}

size_t recode_read(const struct recode_reader *reader, struct cursor *c, char *to, size_t room, size_t wanted)
{
	const char *start = to;
	const char *limit = to + room;

	while (cursor_left(c) && (size_t)(to - start) < wanted) {
		size_t left = cursor_left(c);
		size_t most = (size_t)(limit - to);
		size_t n = copy_ascii(to, (const char *)c->p, (const char *)c->p + (left < most ? left : most));
		const unsigned char *before = c->p;

		c->p += n;
		to = read_table(reader, &c->p, c->end, to + n, limit);
		if (c->p == before)
			to = read_plain(&c->p, c->end, to, limit);
		if (!to) {
			c->failed = true;
			return 0;
		}
	}
	return (size_t)(to - start);
}
