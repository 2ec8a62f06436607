#include "html.h"

#include "entity.h"

#include <strings.h>

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* The element's name in "<name ...>" or "</name>". */
static struct span name_of(struct span tag)
{
	size_t start = tag.n > 1 && tag.p[1] == '/' ? 2 : 1;
	size_t end = start;

	while (end < tag.n && (is_letter(tag.p[end]) || (end > start && tag.p[end] >= '0' && tag.p[end] <= '9')))
		end++;
	return (struct span){tag.p + start, end - start};
}

static bool is_name(struct span name, const char *wanted)
{
	return name.n == strlen(wanted) && strncasecmp(name.p, wanted, name.n) == 0;
}

bool html_separates(struct span tag)
{
	static const char *const running[] = {"a",      "abbr",   "b",   "bdi",  "bdo", "big",  "cite",  "code",
					      "del",    "dfn",    "em",  "font", "i",   "ins",  "kbd",   "mark",
					      "q",      "rp",     "rt",  "ruby", "s",   "samp", "small", "span",
					      "strike", "strong", "sub", "sup",  "tt",  "u",    "var",   "wbr"};
	struct span name;

	if (tag.n < 2 || tag.p[0] != '<')
		return false;
	name = name_of(tag);
	for (size_t i = 0; i < sizeof running / sizeof *running; i++)
		if (is_name(name, running[i]))
			return false;
	return name.n > 0;
}

/* Where `wanted` begins at or after `from`, in any case; the end of the text when nowhere. */
static size_t find(struct span html, size_t from, const char *wanted)
{
	size_t n = strlen(wanted);

	for (size_t i = from; n <= html.n - i; i++) {
		const char *first = memchr(html.p + i, wanted[0], html.n - i - n + 1);

		if (!first)
			break;
		i = (size_t)(first - html.p);
		if (strncasecmp(first, wanted, n) == 0)
			return i;
	}
	return html.n;
}

static size_t after(struct span html, size_t from, const char *wanted)
{
	size_t at = find(html, from, wanted);

	return at < html.n ? at + strlen(wanted) : at;
}

/* The end of the tag or comment that begins at `at`, and of the element when nobody sees what is in it. */
static size_t skip_markup(struct span html, size_t at)
{
	struct span tag = {html.p + at, html.n - at};
	struct span name = name_of(tag);

	if (span_starts(tag, span_of("<!--")))
		return after(html, at + 4, "-->");
	if (tag.p[1] != '/' && is_name(name, "script"))
		return find(html, at, "</script");
	if (tag.p[1] != '/' && is_name(name, "style"))
		return find(html, at, "</style");
	return after(html, at, ">");
}

static bool begins_markup(struct span rest)
{
	return rest.n > 1 && rest.p[0] == '<' && (is_letter(rest.p[1]) || (rest.p[1] && strchr("/!?", rest.p[1])));
}

void html_add_text(struct buf *out, struct span html)
{
	size_t at = 0;

	while (at < html.n) {
		struct span rest = {html.p + at, html.n - at};
		size_t entity = rest.p[0] == '&' ? entity_length(rest) : 0;

		if (begins_markup(rest)) {
			if (html_separates(rest))
				buf_add_byte(out, '\v');
			at = skip_markup(html, at);
		} else if (entity) {
			entity_add(out, (struct span){rest.p, entity});
			at += entity;
		} else {
			buf_add_byte(out, (unsigned char)rest.p[0]);
			at++;
		}
	}
}
