#include "encoding.h"

#include "utf8.h"

enum {
	/* Limits of encoding.h. Not all bytes of Chinese text need to be damaged UTF-8: pairs whose second one is below C0 may pass. */
	DAMAGED_IN = 4,
	WRONG_IN = 100,
	COMMON_OF_TEN = 6,
};

static const char *const names[] = {[ENCODING_UTF8] = "UTF-8",
				    [ENCODING_UTF16LE] = "UTF-16LE",
				    [ENCODING_UTF16BE] = "UTF-16BE",
				    [ENCODING_GB18030] = "GB18030",
				    [ENCODING_BIG5] = "Big5"};

const char *encoding_name(enum encoding encoding)
{
	return names[encoding];
}

/* How well bytes read in an encoding. */
struct guess {
	size_t characters; /* beside ASCII */
	size_t common;     /* of them */
	size_t following;  /* another at once */
	size_t wrong;      /* bytes that are no character, and controls */
};

static bool within(char byte, unsigned from, unsigned to)
{
	return (unsigned char)byte >= from && (unsigned char)byte <= to;
}

static bool is_control(char byte)
{
	return within(byte, 0, 8) || within(byte, 0x0E, 0x1F) || byte == 0x7F;
}

static size_t count_wrong(struct guess *guess)
{
	guess->wrong++;
	return 1;
}

/* The character at p, of n > 0 bytes: how many it takes. */
static size_t step_gb18030(struct guess *guess, const char *p, size_t n)
{
	if (n < 2 || !within(p[0], 0x81, 0xFE))
		return count_wrong(guess);
	if (n >= 4 && within(p[1], '0', '9') && within(p[2], 0x81, 0xFE) && within(p[3], '0', '9')) {
		guess->characters++;
		return 4;
	}
	if (!within(p[1], 0x40, 0xFE) || p[1] == 0x7F)
		return count_wrong(guess);
	guess->characters++;
	guess->common += within(p[1], 0xA1, 0xFE) && (within(p[0], 0xA1, 0xA3) || within(p[0], 0xB0, 0xD7));
	return 2;
}

static size_t step_big5(struct guess *guess, const char *p, size_t n)
{
	if (n < 2 || !within(p[0], 0x81, 0xFE) || !(within(p[1], 0x40, 0x7E) || within(p[1], 0xA1, 0xFE)))
		return count_wrong(guess);
	guess->characters++;
	guess->common += within(p[0], 0xA1, 0xC6);
	return 2;
}

static struct guess guess_as(struct span bytes, size_t (*step)(struct guess *, const char *, size_t))
{
	struct guess guess = {0};
	bool in_run = false;

	while (bytes.n) {
		size_t before = guess.characters;
		size_t n = 1;

		if ((unsigned char)*bytes.p >= 0x80)
			n = step(&guess, bytes.p, bytes.n);
		else
			guess.wrong += is_control(*bytes.p);
		guess.following += in_run && guess.characters > before;
		in_run = guess.characters > before;
		bytes.p += n;
		bytes.n -= n;
	}
	return guess;
}

/* Common characters in a thousand, or 0 where the bytes are no text in the encoding. Chinese stands in runs, of two at least in
 * the mean; a degree sign of Latin-1 and the letter behind it would be one character alone. */
static size_t share_of(struct guess guess)
{
	if (!guess.characters || guess.wrong > guess.characters / WRONG_IN ||
	    guess.common * 10 < guess.characters * COMMON_OF_TEN || guess.following * 2 < guess.characters)
		return 0;
	return guess.common * 1000 / guess.characters;
}

enum encoding encoding_of(struct span bytes, size_t damaged)
{
	size_t beyond_ascii = 0;
	size_t gb18030, big5;

	if (span_starts(bytes, span_of("\xFF\xFE")))
		return ENCODING_UTF16LE;
	if (span_starts(bytes, span_of("\xFE\xFF")))
		return ENCODING_UTF16BE;
	for (size_t i = 0; damaged && i < bytes.n; i++)
		beyond_ascii += (unsigned char)bytes.p[i] >= 0x80;
	if (damaged <= beyond_ascii / DAMAGED_IN)
		return ENCODING_UTF8;
	gb18030 = share_of(guess_as(bytes, step_gb18030));
	big5 = share_of(guess_as(bytes, step_big5));
	if (!gb18030 && !big5)
		return ENCODING_UTF8;
	return big5 > gb18030 ? ENCODING_BIG5 : ENCODING_GB18030;
}

static uint32_t unit_at(struct span bytes, size_t at, bool big)
{
	uint32_t first = (unsigned char)bytes.p[at];
	uint32_t second = (unsigned char)bytes.p[at + 1];

	return big ? first << 8 | second : second << 8 | first;
}

void encoding_add_utf16(struct buf *out, struct span bytes, enum encoding encoding)
{
	bool big = encoding == ENCODING_UTF16BE;
	size_t at = 2;

	while (at + 2 <= bytes.n) {
		uint32_t code = unit_at(bytes, at, big);
		uint32_t low = at + 4 <= bytes.n ? unit_at(bytes, at + 2, big) : 0;
		bool pair = (code & 0xFC00) == 0xD800 && (low & 0xFC00) == 0xDC00;

		if (pair)
			utf8_add(out, 0x10000 + ((code & 0x3FF) << 10) + (low & 0x3FF));
		else if ((code & 0xF800) == 0xD800)
			buf_add_byte(out, ENCODING_DAMAGE);
		else
			utf8_add(out, code);
		at += pair ? 4 : 2;
	}
	if (at < bytes.n)
		buf_add_byte(out, ENCODING_DAMAGE);
}
