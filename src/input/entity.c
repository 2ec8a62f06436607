#include "entity.h"

#include "utf8.h"

/* The longest we know are &#1114111; and &#x10FFFF; and some leading zeros. */
enum { ENTITY_BYTES_MAX = 16 };

static bool is_alphanumeric(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

size_t entity_length(struct span text)
{
	size_t n = text.n > 1 && text.p[1] == '#' ? 2 : 1;
	size_t name = n;

	while (n < text.n && n < ENTITY_BYTES_MAX && is_alphanumeric(text.p[n]))
		n++;
	return n > name && n < text.n && text.p[n] == ';' ? n + 1 : 0;
}

static int digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : 99;
}

/* `digits` is "123" or "x7B"; false when it is no number. */
static bool read_number(struct span digits, uint32_t *code)
{
	bool hexadecimal = digits.n > 0 && (digits.p[0] | 0x20) == 'x';
	uint32_t base = hexadecimal ? 16 : 10;

	*code = 0;
	for (size_t i = hexadecimal; i < digits.n; i++) {
		uint32_t digit = (uint32_t)digit_of(digits.p[i]);

		if (digit >= base)
			return false;
		*code = *code > 0x10FFFF ? *code : *code * base + digit;
	}
	return digits.n > (size_t)hexadecimal;
}

static const char *named(struct span name)
{
	static const struct {
		const char *name;
		const char *text;
	} table[] = {
		{"amp", "&"},         {"lt", "<"},          {"gt", ">"},          {"quot", "\""},
		{"apos", "'"},        {"nbsp", " "},        {"ensp", " "},        {"emsp", " "},
		{"thinsp", " "},      {"copy", "\u00A9"},   {"reg", "\u00AE"},    {"trade", "\u2122"},
		{"middot", "\u00B7"}, {"times", "\u00D7"},  {"divide", "\u00F7"}, {"deg", "\u00B0"},
		{"plusmn", "\u00B1"}, {"yen", "\u00A5"},    {"euro", "\u20AC"},   {"ndash", "\u2013"},
		{"mdash", "\u2014"},  {"lsquo", "\u2018"},  {"rsquo", "\u2019"},  {"ldquo", "\u201C"},
		{"rdquo", "\u201D"},  {"hellip", "\u2026"}, {"larr", "\u2190"},   {"rarr", "\u2192"},
		{"le", "\u2264"},     {"ge", "\u2265"},     {"ne", "\u2260"},     {"laquo", "\u00AB"},
		{"raquo", "\u00BB"},  {"bull", "\u2022"},
	};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (span_equal(name, span_of(table[i].name)))
			return table[i].text;
	return NULL;
}

void entity_add(struct buf *out, struct span entity)
{
	struct span name = {entity.p + 1, entity.n - 2};
	const char *text;
	uint32_t code;

	if (name.n > 1 && name.p[0] == '#' && read_number((struct span){name.p + 1, name.n - 1}, &code)) {
		utf8_add(out, code ? code : UTF8_REPLACEMENT);
		return;
	}
	text = named(name);
	buf_add_span(out, text ? span_of(text) : entity);
}
