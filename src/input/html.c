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

/* What is not seen of HTML: how it would begin again if it were cut, and what ends it. */
struct markup {
	const char *again;
	const char *end;
};

/* A tag or comment, and the element when nobody sees what is in it. */
static const struct markup *markup_of(struct span tag)
{
	static const struct markup comment = {"<!--", "-->"};
	static const struct markup script = {"<script>", "</script"};
	static const struct markup style = {"<style>", "</style"};
	static const struct markup any = {"<b ", ">"};
	struct span name = name_of(tag);

	if (span_starts(tag, span_of("<!--")))
		return &comment;
	if (tag.p[1] != '/' && is_name(name, "script"))
		return &script;
	if (tag.p[1] != '/' && is_name(name, "style"))
		return &style;
	return &any;
}

static bool begins_markup(struct span rest)
{
	return rest.n > 1 && rest.p[0] == '<' && (is_letter(rest.p[1]) || (rest.p[1] && strchr("/!?", rest.p[1])));
}

const char *html_add_text(struct buf *out, struct span html)
{
	size_t at = 0;

	while (at < html.n) {
		struct span rest = {html.p + at, html.n - at};
		size_t entity = rest.p[0] == '&' ? entity_length(rest) : 0;

		if (begins_markup(rest)) {
			const struct markup *markup = markup_of(rest);

			if (html_separates(rest))
				buf_add_byte(out, '\v');
			at = find(html, at + (markup->end[0] == '-' ? 4 : 0), markup->end);
			if (at == html.n)
				return markup->again;
			/* an end tag is markup itself */
			at += markup->end[0] == '<' ? 0 : strlen(markup->end);
		} else if (entity) {
			entity_add(out, (struct span){rest.p, entity});
			at += entity;
		} else {
			buf_add_byte(out, (unsigned char)rest.p[0]);
			at++;
		}
	}
	return "";
}
