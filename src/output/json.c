#include "json.h"

#include "cursor.h"
#include "utf8.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>

static void before_value(struct json *json)
{
	if (json->named)
		json->named = false;
	else if (json->filled[json->depth])
		buf_add_byte(json->out, ',');
	json->filled[json->depth] = true;
}

static void enter(struct json *json, unsigned char mark)
{
	before_value(json);
	assert(json->depth + 1 < JSON_DEPTH);
	json->filled[++json->depth] = false;
	buf_add_byte(json->out, mark);
}

static void leave(struct json *json, unsigned char mark)
{
	assert(json->depth > 0 && !json->named);
	json->depth--;
	buf_add_byte(json->out, mark);
}

void json_open_object(struct json *json)
{
	enter(json, '{');
}

void json_close_object(struct json *json)
{
	leave(json, '}');
}

void json_open_array(struct json *json)
{
	enter(json, '[');
}

void json_close_array(struct json *json)
{
	leave(json, ']');
}

static bool is_plain(uint32_t code)
{
	return code >= 0x20 && code != '"' && code != '\\' && code != 0x7F && code != 0x2028 && code != 0x2029;
}

static void add_escaped(struct buf *out, uint32_t code)
{
	static const char shorts[] = "\"\"\\\\\bb\ff\nn\rr\tt"; /* pairs: the character and its letter */

	for (size_t i = 0; i + 1 < sizeof(shorts); i += 2) {
		if ((uint32_t)shorts[i] == code) {
			buf_add_byte(out, '\\');
			buf_add_byte(out, (unsigned char)shorts[i + 1]);
			return;
		}
	}
	buf_printf(out, "\\u%04" PRIx32, code);
}

#define EACH_BYTE(value) ((value)*UINT64_C(0x0101010101010101))

/* Are these eight bytes ASCII that JSON takes as it is? May say no where it is yes, never the other way. */
static bool are_plain(const char *p)
{
	uint64_t bytes, quote, backslash;

	memcpy(&bytes, p, sizeof(bytes));
	quote = bytes ^ EACH_BYTE('"');
	backslash = bytes ^ EACH_BYTE('\\');
	/* The high bit of a byte tells, in this order: not ASCII, below 0x20, 0x7F, a quote, a backslash. */
	return !((bytes | (bytes - EACH_BYTE(0x20)) | (bytes + EACH_BYTE(1)) | (quote - EACH_BYTE(1)) |
		  (backslash - EACH_BYTE(1))) &
		 EACH_BYTE(0x80));
}

/* Is this byte ASCII that JSON takes as it is? */
static bool is_plain_byte(char c)
{
	unsigned char byte = (unsigned char)c;

	return byte < 0x7F && byte >= 0x20 && byte != '"' && byte != '\\';
}

/* Three bytes, but the last, whose first (E3 to EF without ED) allows any two tails and is not that of U+2028: most of what is not
 * ASCII here. */
static bool is_common(const char *p, size_t n)
{
	uint32_t bytes = n >= 4 ? load_u32((const unsigned char *)p) : 0;

	return (bytes & 0xC0C0F0) == 0x8080E0 && 0xDFF8 >> (bytes & 0x0F) & 1;
}

/* How many bytes are well formed and need no escape. */
static size_t plain_length(const char *p, size_t n)
{
	size_t i = 0;

	while (i < n) {
		uint32_t code;
		bool valid;
		size_t used;

		while (n - i >= 8 && are_plain(p + i))
			i += 8;
		while (i < n && is_plain_byte(p[i]))
			i++;
		while (is_common(p + i, n - i))
			i += 3;
		if (i == n)
			break;
		used = utf8_next(p + i, n - i, &code, &valid);
		if (!valid || !is_plain(code))
			break;
		i += used;
	}
	return i;
}

/* All of it is plain: one look at the buffer. */
static void add_plain(struct buf *out, struct span text)
{
	char *to = buf_reserve(out, text.n + 2);

	if (!to)
		return;
	*to++ = '"';
	if (text.n)
		memcpy(to, text.p, text.n);
	to[text.n] = '"';
	out->n += text.n + 2;
}

static void add_with_escapes(struct buf *out, struct span text)
{
	buf_add_byte(out, '"');
	while (text.n) {
		size_t n = plain_length(text.p, text.n);
		uint32_t code;
		bool valid;

		buf_add(out, text.p, n);
		if (n < text.n) {
			n += utf8_next(text.p + n, text.n - n, &code, &valid);
			if (valid)
				add_escaped(out, code);
			else
				utf8_add(out, UTF8_REPLACEMENT);
		}
		text = (struct span){text.p + n, text.n - n};
	}
	buf_add_byte(out, '"');
}

void json_text(struct json *json, struct span text)
{
	before_value(json);
	if (plain_length(text.p, text.n) == text.n)
		add_plain(json->out, text);
	else
		add_with_escapes(json->out, text);
}

/* Names of members are half of what is written: without a look at what might have to be escaped. */
static void member_name(struct json *json, const char *name)
{
	size_t n = strlen(name);
	char *start = buf_reserve(json->out, n + 4);
	char *to = start;

	assert(plain_length(name, n) == n);
	if (start) {
		if (json->filled[json->depth])
			*to++ = ',';
		*to++ = '"';
		to = (char *)memcpy(to, name, n) + n;
		*to++ = '"';
		*to++ = ':';
		json->out->n += (size_t)(to - start);
	}
	json->filled[json->depth] = json->named = true;
}

enum { DIGITS_MAX = 20 }; /* of a uint64_t */

/* Writes the digits of `value` before `end`, zeros before them up to `least`; returns the first. */
static char *put_digits(char *end, uint64_t value, int least)
{
	for (; value || least > 0; value /= 10, least--)
		*--end = (char)('0' + value % 10);
	return end;
}

void json_integer(struct json *json, uint64_t value)
{
	char text[DIGITS_MAX];
	char *end = text + sizeof(text);
	const char *first = put_digits(end, value, 1);

	before_value(json);
	buf_add(json->out, first, (size_t)(end - first));
}

/* JSON has neither infinities nor NaN. */
int64_t json_millionths(double value)
{
	int64_t millionths = isnan(value) ? 0 : (int64_t)(fmin(fabs(value), 1e12) * 1e6 + 0.5);

	return value < 0 ? -millionths : millionths;
}

/* By integers, because printf's decimal point is the locale's. */
void json_real(struct json *json, double value)
{
	int64_t millionths = json_millionths(value);
	uint64_t size = (uint64_t)(millionths < 0 ? -millionths : millionths);
	uint64_t part = size % 1000000;
	int digits = 6;
	char text[DIGITS_MAX + 8]; /* the sign, the point, six digits */
	char *end = text + sizeof(text);
	char *first;

	while (digits > 1 && part % 10 == 0) {
		part /= 10;
		digits--;
	}
	first = put_digits(end, part, digits);
	*--first = '.';
	first = put_digits(first, size / 1000000, 1);
	if (millionths < 0)
		*--first = '-';
	before_value(json);
	buf_add(json->out, first, (size_t)(end - first));
}

void json_member_object(struct json *json, const char *name)
{
	member_name(json, name);
	json_open_object(json);
}

void json_member_array(struct json *json, const char *name)
{
	member_name(json, name);
	json_open_array(json);
}

void json_member_text(struct json *json, const char *name, struct span value)
{
	member_name(json, name);
	json_text(json, value);
}

void json_member_string(struct json *json, const char *name, const char *value)
{
	member_name(json, name);
	json_text(json, span_of(value));
}

void json_member_integer(struct json *json, const char *name, uint64_t value)
{
	member_name(json, name);
	json_integer(json, value);
}

void json_member_real(struct json *json, const char *name, double value)
{
	member_name(json, name);
	json_real(json, value);
}

void json_member_boolean(struct json *json, const char *name, bool value)
{
	member_name(json, name);
	before_value(json);
	buf_add_text(json->out, value ? "true" : "false");
}
