#include "numeral.h"

enum { BYTES = 3 }; /* each character is of the first plane */

static const char digits[] = "零一二三四五六七八九";
static const char units[] = "十百千万";

/* The character of `list` at p, or -1. */
static int place_in(const char *list, const char *p)
{
	for (int i = 0; list[(size_t)i * BYTES]; i++)
		if (memcmp(list + (size_t)i * BYTES, p, BYTES) == 0)
			return i;
	return -1;
}

static int digit_at(const char *p)
{
	if (memcmp(p, "两", BYTES) == 0)
		return 2;
	return memcmp(p, "〇", BYTES) == 0 ? 0 : place_in(digits, p);
}

/* Whatever stands there, however odd: how many characters. */
static size_t read_any(struct span text, unsigned *number)
{
	static const unsigned values[] = {10, 100, 1000, 10000};
	unsigned digit = 0;
	size_t count = 0;

	*number = 0;
	for (; text.n >= (count + 1) * BYTES && count * BYTES <= NUMERAL_BYTES_MAX; count++) {
		const char *p = text.p + count * BYTES;
		int next = digit_at(p);
		int unit = place_in(units, p);

		if (next < 0 && unit < 0)
			break;
		if (unit >= 0)
			*number += (digit ? digit : 1) * values[unit];
		digit = next >= 0 ? (unsigned)next : 0;
	}
	*number += digit;
	return count;
}

/* Is it what should be written? */
static bool is_same(const char *p, struct span written)
{
	for (size_t i = 0; i < written.n; i += BYTES)
		if (memcmp(p + i, written.p + i, BYTES) != 0 &&
		    (digit_at(p + i) < 0 || digit_at(p + i) != digit_at(written.p + i)))
			return false;
	return true;
}

size_t numeral_read(struct span text, size_t at, unsigned *number)
{
	struct span rest = {text.p + at, text.n - at};
	char written[NUMERAL_BYTES_MAX];
	size_t n = BYTES * read_any(rest, number);

	if (n == 0 || *number > NUMERAL_MAX || numeral_write(*number, written) != n)
		return at;
	return is_same(rest.p, (struct span){written, n}) ? at + n : at;
}

/* Adds the character at `place` of the list. */
static char *put(char *to, const char *list, size_t place)
{
	memcpy(to, list + place * BYTES, BYTES);
	return to + BYTES;
}

size_t numeral_write(unsigned number, char to[NUMERAL_BYTES_MAX])
{
	unsigned value = 10000;
	char *end = to;
	bool gap = false;

	if (number == 0)
		end = put(end, digits, 0);
	for (size_t unit = 4; value; value /= 10, unit--) {
		unsigned digit = number / value % 10;

		if (digit && gap)
			end = put(end, digits, 0);
		gap = end > to && !digit;
		if (digit && (digit > 1 || value != 10 || end > to))
			end = put(end, digits, digit);
		if (digit && unit)
			end = put(end, units, unit - 1);
	}
	return (size_t)(end - to);
}
