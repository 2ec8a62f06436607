#include "json.h"

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

void json_name(struct json *json, const char *name)
{
	json_text(json, span_of(name));
	buf_add_byte(json->out, ':');
	json->named = true;
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

void json_text(struct json *json, struct span text)
{
	size_t done = 0;

	before_value(json);
	buf_add_byte(json->out, '"');
	for (size_t i = 0; i < text.n;) {
		uint32_t code;
		bool valid;
		size_t n = utf8_next(text.p + i, text.n - i, &code, &valid);

		if (!valid || !is_plain(code)) {
			buf_add(json->out, text.p + done, i - done);
			if (valid)
				add_escaped(json->out, code);
			else
				utf8_add(json->out, UTF8_REPLACEMENT);
			done = i + n;
		}
		i += n;
	}
	if (done < text.n)
		buf_add(json->out, text.p + done, text.n - done);
	buf_add_byte(json->out, '"');
}

void json_integer(struct json *json, uint64_t value)
{
	before_value(json);
	buf_printf(json->out, "%" PRIu64, value);
}

void json_boolean(struct json *json, bool value)
{
	before_value(json);
	buf_add_text(json->out, value ? "true" : "false");
}

/* By integers, because printf's decimal point is the locale's; JSON has neither infinities nor NaN. */
void json_real(struct json *json, double value)
{
	double size = fmin(fabs(value), 1e12);
	uint64_t millionths = isnan(value) ? 0 : (uint64_t)(size * 1e6 + 0.5);
	uint64_t part = millionths % 1000000;
	int digits = 6;

	while (digits > 1 && part % 10 == 0) {
		part /= 10;
		digits--;
	}
	before_value(json);
	buf_printf(json->out, "%s%" PRIu64 ".%0*" PRIu64, value < 0 && millionths ? "-" : "", millionths / 1000000,
		   digits, part);
}
