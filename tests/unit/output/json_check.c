#include "json_check.h"

#include "utf8.h"

enum { DEPTH_MAX = 20 };

struct reader {
	const char *p;
	const char *end;
};

static bool value(struct reader *r, int depth);

static bool take(struct reader *r, char c)
{
	if (r->p == r->end || *r->p != c)
		return false;
	r->p++;
	return true;
}

static bool word(struct reader *r, const char *text)
{
	while (*text)
		if (!take(r, *text++))
			return false;
	return true;
}

static size_t digits(struct reader *r)
{
	const char *start = r->p;

	while (r->p < r->end && *r->p >= '0' && *r->p <= '9')
		r->p++;
	return (size_t)(r->p - start);
}

static bool number(struct reader *r)
{
	const char *start;
	size_t whole;

	take(r, '-');
	start = r->p;
	whole = digits(r);
	if (whole == 0 || (whole > 1 && *start == '0'))
		return false;
	return !take(r, '.') || digits(r) > 0;
}

static bool escaped(struct reader *r)
{
	if (r->p == r->end)
		return false;
	if (*r->p != 'u')
		return strchr("\"\\/bfnrt", *r->p++);
	r->p++;
	for (int i = 0; i < 4; i++, r->p++)
		if (r->p == r->end || !strchr("0123456789abcdefABCDEF", *r->p))
			return false;
	return true;
}

static bool string(struct reader *r)
{
	uint32_t code;
	bool valid;

	if (!take(r, '"'))
		return false;
	while (r->p < r->end && *r->p != '"') {
		r->p += utf8_next(r->p, (size_t)(r->end - r->p), &code, &valid);
		if (!valid || code < 0x20 || (code == '\\' && !escaped(r)))
			return false;
	}
	return take(r, '"');
}

static bool members(struct reader *r, char close, int depth)
{
	if (take(r, close))
		return true;
	do {
		if (close == '}' && !(string(r) && take(r, ':')))
			return false;
		if (!value(r, depth))
			return false;
	} while (take(r, ','));
	return take(r, close);
}

static bool value(struct reader *r, int depth)
{
	if (r->p == r->end || depth == DEPTH_MAX)
		return false;
	switch (*r->p) {
	case '{': r->p++; return members(r, '}', depth + 1);
	case '[': r->p++; return members(r, ']', depth + 1);
	case '"': return string(r);
	case 't': return word(r, "true");
	case 'f': return word(r, "false");
	default: return number(r);
	}
}

bool json_check(struct span text)
{
	struct reader r = {text.p, text.p + text.n};

	return value(&r, 0) && r.p == r.end;
}
