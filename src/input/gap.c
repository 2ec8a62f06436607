#include "gap.h"

#include "character.h"
#include "marker.h"

#include <string.h>

/* What stands in the line behind the marks of items. */
static struct span content_of(struct span line)
{
	size_t mark;

	do {
		line = span_trim(line, " \t\r");
		mark = line.n && line.p[0] != '>' ? marker_length(line) : 0;
		line = (struct span){line.p + mark, line.n - mark};
	} while (mark);
	return line;
}

/* Does a block end with this line, whatever comes? A heading does, what closes a fence, and a rule. */
static bool ends_block(struct span line)
{
	struct span content = content_of(line);
	size_t marks = 0;

	if (content.n == 0)
		return false;
	while (marks < content.n && content.p[marks] && strchr("-_*=`~ \t", content.p[marks]))
		marks++;
	return marker_level(content) || marks == content.n || (marks >= 3 && strchr("`~", content.p[0]));
}

/* Makes blanks of the ends of the lines from `first` up to `end`, but for the last one. */
static void join(struct draft *draft, size_t first, size_t end)
{
	for (size_t at = first; at + 1 < end && draft->text.p; at++)
		if (draft->text.p[at] == '\n')
			draft_blank(draft, at);
}

void gap_close(struct draft *draft)
{
	struct span text = draft->text;
	struct span rest = text;
	struct span last = {text.p, 0}; /* that is not blank */

	while (rest.n && draft->text.p) {
		size_t start = text.n - rest.n;
		struct span line = span_take_line(&rest);
		size_t end = (size_t)(last.p - text.p) + last.n;

		if (character_is_blank_line(line))
			continue;
		if (start > end + 1 && (line.p[0] == ' ' || line.p[0] == '\t'))
			join(draft, ends_block(last) ? end : end + 1, start);
		last = line;
	}
}
