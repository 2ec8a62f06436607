#include "wildcard.h"

#include "utf8.h"

#include <ctype.h>

/* What is not ASCII is a letter to these. */
static const struct {
	const char *name;
	int (*has)(int c);
	bool wide;
} classes[] = {
	{"[:alnum:]", isalnum, true},  {"[:alpha:]", isalpha, true},  {"[:blank:]", isblank, false},
	{"[:cntrl:]", iscntrl, false}, {"[:digit:]", isdigit, false}, {"[:graph:]", isgraph, true},
	{"[:lower:]", islower, false}, {"[:print:]", isprint, true},  {"[:punct:]", ispunct, false},
	{"[:space:]", isspace, false}, {"[:upper:]", isupper, false}, {"[:xdigit:]", isxdigit, false},
};

static void skip(struct span *text, size_t n)
{
	text->p += n;
	text->n -= n;
}

static uint32_t take(struct span *text)
{
	uint32_t code;
	bool valid;

	skip(text, utf8_next(text->p, text->n, &code, &valid));
	return code;
}

static uint32_t take_escaped(struct span *pattern)
{
	if (*pattern->p == '\\' && pattern->n > 1)
		skip(pattern, 1);
	return take(pattern);
}

/* Takes a class off the pattern: is the character of it (1, 0)? Negative: there is none. */
static int match_class(struct span *pattern, uint32_t c)
{
	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
		if (!span_starts(*pattern, span_of(classes[i].name)))
			continue;
		skip(pattern, strlen(classes[i].name));
		return c < 0x80 ? classes[i].has((int)c) != 0 : classes[i].wide;
	}
	return -1;
}

/* Takes a class, a range or a character off the pattern. */
static bool match_member(struct span *pattern, uint32_t c)
{
	int of_class = match_class(pattern, c);
	uint32_t from;
	uint32_t to;

	if (of_class >= 0)
		return of_class;
	from = to = take_escaped(pattern);
	if (pattern->n > 1 && pattern->p[0] == '-' && pattern->p[1] != ']') {
		skip(pattern, 1);
		to = take_escaped(pattern);
	}
	return from <= c && c <= to;
}

/* Takes a set off the pattern: is the character of it (1, 0)? Negative: nothing closes it. */
static int match_set(struct span *pattern, uint32_t c)
{
	struct span left = {pattern->p + 1, pattern->n - 1};
	bool negated = left.n && (*left.p == '!' || *left.p == '^');
	bool found = false;

	skip(&left, negated);
	for (bool first = true; left.n && (first || *left.p != ']'); first = false)
		found |= match_member(&left, c);
	if (left.n == 0)
		return -1;
	skip(&left, 1);
	*pattern = left;
	return found != negated;
}

/* Takes from both what fits, if it does. */
static bool match_one(struct span *pattern, struct span *text, bool crosses)
{
	struct span rest = *text;
	struct span of = *pattern;
	uint32_t c = take(&rest);
	int fits = -1;

	if (*of.p == '?') {
		skip(&of, 1);
		fits = 1;
	} else if (*of.p == '[') {
		fits = match_set(&of, c);
	}
	if (fits > 0)
		fits = crosses || c != '/';
	if (fits < 0) {
		/* By bytes, so that one that is no UTF-8 is itself. */
		if (*of.p == '\\' && of.n > 1)
			skip(&of, 1);
		fits = *of.p == *text->p;
		rest = *text;
		skip(&of, 1);
		skip(&rest, 1);
	}
	if (fits) {
		*pattern = of;
		*text = rest;
	}
	return fits;
}

/* The star before the pattern takes one more character; all up to where the pattern may go on, if that is plain to see. */
static bool stretch(struct span pattern, struct span *text, bool crosses)
{
	char next = pattern.n ? *pattern.p : '\0';
	bool plain = next && !strchr("*?[\\", next) && (unsigned char)next < 0x80;

	do {
		if (text->n == 0 || (*text->p == '/' && !crosses))
			return false;
		take(text);
	} while (plain && text->n && *text->p != next);
	return true;
}

bool wildcard_match(struct span pattern, struct span text, bool crosses)
{
	struct span behind = {NULL, 0}; /* the pattern after the last star, */
	struct span left = {NULL, 0};   /* and the text that this has not taken */

	while (pattern.n || text.n) {
		if (pattern.n && *pattern.p == '*') {
			skip(&pattern, 1);
			behind = pattern;
			left = text;
		} else if (!pattern.n || !text.n || !match_one(&pattern, &text, crosses)) {
			if (!behind.p || !stretch(behind, &left, crosses))
				return false;
			pattern = behind;
			text = left;
		}
	}
	return true;
}
