#include "utf8.h"

static bool is_tail(unsigned char byte, unsigned char low, unsigned char high)
{
	return byte >= low && byte <= high;
}

size_t utf8_next_long(const char *p, size_t n, uint32_t *code, bool *valid)
{
	const unsigned char *s = (const unsigned char *)p;
	unsigned char low = 0x80;
	unsigned char high = 0xBF;
	size_t tails;
	uint32_t c;

	*code = UTF8_REPLACEMENT;
	*valid = false;
	if (s[0] >= 0xC2 && s[0] <= 0xDF) {
		tails = 1;
		c = s[0] & 0x1Fu;
	} else if (s[0] >= 0xE0 && s[0] <= 0xEF) {
		tails = 2;
		c = s[0] & 0x0Fu;
		low = s[0] == 0xE0 ? 0xA0 : low;   /* overlong */
		high = s[0] == 0xED ? 0x9F : high; /* surrogates */
	} else if (s[0] >= 0xF0 && s[0] <= 0xF4) {
		tails = 3;
		c = s[0] & 0x07u;
		low = s[0] == 0xF0 ? 0x90 : low;   /* overlong */
		high = s[0] == 0xF4 ? 0x8F : high; /* past U+10FFFF */
	} else {
		return 1;
	}
	for (size_t i = 1; i <= tails; i++) {
		if (i >= n || !is_tail(s[i], low, high))
			return i;
		c = c << 6 | (s[i] & 0x3Fu);
		low = 0x80;
		high = 0xBF;
	}
	*code = c;
	*valid = true;
	return tails + 1;
}

size_t utf8_put(char to[4], uint32_t code)
{
	if (code < 0x80) {
		to[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		to[0] = (char)(0xC0 | code >> 6);
		to[1] = (char)(0x80 | (code & 0x3F));
		return 2;
	}
	if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
		code = UTF8_REPLACEMENT;
	if (code < 0x10000) {
		to[0] = (char)(0xE0 | code >> 12);
		to[1] = (char)(0x80 | (code >> 6 & 0x3F));
		to[2] = (char)(0x80 | (code & 0x3F));
		return 3;
	}
	to[0] = (char)(0xF0 | code >> 18);
	to[1] = (char)(0x80 | (code >> 12 & 0x3F));
	to[2] = (char)(0x80 | (code >> 6 & 0x3F));
	to[3] = (char)(0x80 | (code & 0x3F));
	return 4;
}

void utf8_add(struct buf *buf, uint32_t code)
{
	char *to = buf_reserve(buf, 4);

	if (to)
		buf->n += utf8_put(to, code);
}

enum { STEP = 64 };

/* Are the STEP bytes at p (two good ones are before them) well-formed, and ordinary? NUL and the leads with rules of
 * their own in table 3-7 are not: those of four bytes, E0 and ED. No branches: the compiler judges a vector at a time. */
static bool step_is_ordinary(const char *p)
{
	uint8_t bad = 0;

	for (size_t i = 0; i < STEP; i++) {
		int8_t c = (int8_t)p[i];
		int8_t last = (int8_t)p[i - 1];
		int8_t second_last = (int8_t)p[i - 2];
		uint8_t tail = c < (int8_t)0xC0;
		uint8_t wanted =
			((last < 0) & (last >= (int8_t)0xC0)) | ((second_last < 0) & (second_last >= (int8_t)0xE0));
		uint8_t odd = (c == 0) | (c == (int8_t)0xC0) | (c == (int8_t)0xC1) | (c == (int8_t)0xE0) |
			      (c == (int8_t)0xED) | ((uint8_t)c >= 0xF0);

		bad = (uint8_t)(bad | (tail ^ wanted) | odd);
	}
	return !bad;
}

/* Goes on from `at`, a character at a time, to `end` or past it by one that it cuts; false at what is no text. */
static bool pass_text(struct span text, size_t *at, size_t end)
{
	uint32_t code;
	bool valid;

	while (*at < end) {
		*at += utf8_next(text.p + *at, text.n - *at, &code, &valid);
		if (!valid || code == 0)
			return false;
	}
	return true;
}

bool utf8_is_text(struct span text)
{
	size_t at = 0;

	while (at < text.n) {
		size_t left = text.n - at;

		if (at >= 2 && left > STEP && step_is_ordinary(text.p + at)) {
			at += STEP;
		} else {
			size_t end = at + (left < STEP ? left : STEP);

			/* The last step may have cut a character: back to before that, to where one begins. */
			at = at < 3 ? 0 : utf8_floor(text, at - 3);
			if (!pass_text(text, &at, end))
				return false;
		}
	}
	return true;
}

size_t utf8_count(struct span text)
{
	size_t count = 0;
	uint32_t code;
	bool valid;

	for (size_t i = 0; i < text.n; count++)
		i += utf8_next(text.p + i, text.n - i, &code, &valid);
	return count;
}

size_t utf8_floor(struct span text, size_t at)
{
	if (at >= text.n)
		return text.n;
	while (at > 0 && ((unsigned char)text.p[at] & 0xC0) == 0x80)
		at--;
	return at;
}
