#include "folding.h"

#include "unicode.h"
#include "utf8.h"

/* What one code point may become. */
enum { STEP_MAX = UNICODE_FOLD_MAX * 4 };

#define EACH_BYTE(value) ((value)*UINT64_C(0x0101010101010101))

/* Eight bytes of ASCII in lower case; false when they are not ASCII. */
static bool lower_eight(char *to, const char *from)
{
	uint64_t bytes, letters;

	memcpy(&bytes, from, sizeof(bytes));
	if (bytes & EACH_BYTE(0x80))
		return false;
	/* The high bit of a byte: at least 'A', and not more than 'Z'. */
	letters = (bytes + EACH_BYTE(0x80 - 'A')) & ~(bytes + EACH_BYTE(0x80 - 'Z' - 1)) & EACH_BYTE(0x80);
	bytes |= letters >> 2;
	memcpy(to, &bytes, sizeof(bytes));
	return true;
}

/* A character of three bytes, of a first byte that allows any two tails, that folds to itself. */
static bool folds_to_itself(const char *p, size_t n)
{
	const unsigned char *s = (const unsigned char *)p;

	if (n < 3 || s[0] < 0xE3 || s[0] > 0xEF || s[0] == 0xED || (s[1] & 0xC0) != 0x80 || (s[2] & 0xC0) != 0x80)
		return false;
	return unicode_entry((s[0] & 0x0Fu) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu)) < UNICODE_SELF_ENTRIES;
}

static void add_shift(struct buf *shifts, size_t folded, size_t source, bool one)
{
	struct folding_shift shift = {(uint32_t)folded, (uint32_t)source, one};
	size_t count = BUF_COUNT(shifts, struct folding_shift);

	if (count && BUF_AT(shifts, struct folding_shift, count - 1).folded == folded)
		BUF_AT(shifts, struct folding_shift, count - 1) = shift;
	else
		buf_add(shifts, &shift, sizeof(shift));
}

/* Any character; there is room for it. Returns the bytes it takes. */
static size_t fold_one(struct span text, size_t at, struct buf *folded, struct buf *shifts)
{
	uint32_t codes[UNICODE_FOLD_MAX];
	size_t start = folded->n;
	uint32_t code;
	bool valid;
	size_t used = utf8_next(text.p + at, text.n - at, &code, &valid);
	size_t count = unicode_fold(code, codes);

	for (size_t i = 0; i < count; i++)
		folded->n += utf8_put(folded->data + folded->n, codes[i]);
	if (valid && count == 1 && folded->n - start == used)
		return used;
	add_shift(shifts, start, at, true);
	add_shift(shifts, folded->n, at + used, false);
	return used;
}

/* Folds characters that keep their length, to `to`: how many bytes of the text, which are as many of the fold. */
static size_t fold_simple(char *to, struct span text)
{
	size_t i = 0;

	while (i < text.n) {
		unsigned char c = (unsigned char)text.p[i];

		if (c >= 0x80) {
			if (!folds_to_itself(text.p + i, text.n - i))
				break;
			memcpy(to + i, text.p + i, 3);
			i += 3;
		} else if (text.n - i >= 8 && lower_eight(to + i, text.p + i)) {
			i += 8;
		} else {
			to[i++] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
		}
	}
	return i;
}

void folding_make(struct span text, struct buf *folded, struct buf *shifts)
{
	size_t i = 0;

	add_shift(shifts, 0, 0, false);
	/* The simple steps write as much as they read: the room is enough for the rest of the text and one step. */
	while (i < text.n && buf_reserve(folded, text.n - i + STEP_MAX)) {
		size_t n = fold_simple(folded->data + folded->n, (struct span){text.p + i, text.n - i});

		folded->n += n;
		i += n;
		if (i < text.n)
			i += fold_one(text, i, folded, shifts);
	}
}

size_t folding_source(struct span text, const struct buf *shifts, size_t at)
{
	const struct folding_shift *all = (const struct folding_shift *)(const void *)shifts->data;
	size_t low = 0;
	size_t high = BUF_COUNT(shifts, struct folding_shift);
	size_t source;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (all[middle].folded <= at)
			low = middle;
		else
			high = middle;
	}
	source = all[low].source;
	if (all[low].one)
		return source;
	/* What keeps its length is well formed. */
	for (source += at - all[low].folded;
	     source > all[low].source && ((unsigned char)text.p[source] & 0xC0) == 0x80;)
		source--;
	return source;
}
