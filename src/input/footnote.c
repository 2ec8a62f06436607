#include "footnote.h"

#include <string.h>

/* Where the colon of `[^1]: ...` is, 0 when the line is no footnote. */
static size_t footnote_colon(struct span line)
{
	size_t at = 0;

	while (at < line.n && at < 3 && line.p[at] == ' ')
		at++;
	if (line.n - at < 2 || memcmp(line.p + at, "[^", 2) != 0)
		return 0;
	while (at < line.n && line.p[at] != ']')
		at++;
	return at + 1 < line.n && line.p[at + 1] == ':' ? at + 1 : 0;
}

void footnote_blank_colons(struct draft *draft)
{
	struct span text = draft->text;
	struct span rest = text;
	const char *mark;

	while (rest.n && (mark = memchr(rest.p, '^', rest.n)) != NULL) {
		const char *newline = memchr(mark, '\n', (size_t)(rest.p + rest.n - mark));
		const char *end = newline ? newline : rest.p + rest.n;
		const char *line = mark;
		size_t colon;

		while (line > text.p && line[-1] != '\n' && mark - line < 4)
			line--;
		colon = footnote_colon((struct span){line, (size_t)(end - line)});
		if (colon && (line == text.p || line[-1] == '\n'))
			draft_blank(draft, (size_t)(line - text.p) + colon);
		rest = (struct span){end, rest.n - (size_t)(end - rest.p)};
	}
}
