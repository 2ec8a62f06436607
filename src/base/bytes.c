#include "bytes.h"

#include <stdint.h>

/* A counter of one byte keeps as many lanes as the vector has bytes; 240 is the last multiple of 16 it can count to. */
enum { COUNT_STEP = 240 };

/* So many are looked at before it is asked whether to go on. */
enum { PAIR_STEP = 256 };

size_t bytes_count(struct span text, char byte)
{
	size_t count = 0;

	for (size_t at = 0; at < text.n; at += COUNT_STEP) {
		size_t n = text.n - at < COUNT_STEP ? text.n - at : COUNT_STEP;
		uint8_t here = 0;

		for (size_t i = 0; i < n; i++)
			here = (uint8_t)(here + (text.p[at + i] == byte));
		count += here;
	}
	return count;
}

bool bytes_have_pair(struct span text, char first, char second)
{
	uint8_t found = 0;

	for (size_t at = 0; at + 1 < text.n && !found; at += PAIR_STEP) {
		const char *p = text.p + at;
		size_t n = text.n - 1 - at < PAIR_STEP ? text.n - 1 - at : PAIR_STEP;

		for (size_t i = 0; i < n; i++)
			found = (uint8_t)(found | ((p[i] == first) & (p[i + 1] == second)));
	}
	return found;
}

/* Of the eight bytes, is one 10 or 11? Those become zero, and only a zero borrows from its high bit. */
static bool has_break(const char *p)
{
	uint64_t word;

	memcpy(&word, p, sizeof word);
	word = (word & 0xFEFEFEFEFEFEFEFEu) ^ 0x0A0A0A0A0A0A0A0Au;
	return ((word - 0x0101010101010101u) & ~word & 0x8080808080808080u) != 0;
}

size_t bytes_find_break(struct span text, size_t from)
{
	while (text.n - from >= 8 && !has_break(text.p + from))
		from += 8;
	while (from < text.n && text.p[from] != '\n' && text.p[from] != '\v')
		from++;
	return from;
}
