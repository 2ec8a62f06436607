#include "effort.h"

#include "bytes.h"
#include "character.h"
#include "marker.h"

#include <stdint.h>

/* In looks of 0.5 ns: 4 s. */
static const uint64_t LOOKS_MAX = 8000000000;

/* Of each byte between brackets, when definitions must be looked up. */
enum { DEFINED_LOOKS = 20 };

/* At most how many containers the start of a line can open, by a mark each, or keep open, by two columns of indent. */
static uint64_t depth_of(struct span line)
{
	uint64_t marks = 0;
	uint64_t columns = 0;

	for (size_t i = 0; i < line.n;) {
		size_t mark = marker_length((struct span){line.p + i, line.n - i});

		if (mark)
			marks++;
		else if (marker_is_blank(line, i))
			columns += line.p[i] == '\t' ? 4 : 1;
		else
			break;
		i += mark ? mark : 1;
	}
	return marks + columns / 2;
}

bool effort_is_bounded(struct span text)
{
	uint64_t lines = bytes_count(text, '\n') + 1;
	uint64_t deepest = 0;

	/* A byte opens two containers at most: a tab. That is bound enough for a file of some hundred KB. */
	if (lines * 2 * text.n <= LOOKS_MAX)
		return true;
	for (lines = 0; text.n; lines++) {
		uint64_t depth = depth_of(span_take_line(&text));

		deepest = depth > deepest ? depth : deepest;
	}
	return lines * deepest <= LOOKS_MAX;
}

/* Does the line begin a paragraph of its own, whatever was before? A bullet with text does, when it cannot be text that
 * goes on with an indent. */
static bool begins_paragraph(struct span line)
{
	size_t i = 0;

	while (i < 3 && i < line.n && line.p[i] == ' ')
		i++;
	return i + 2 < line.n && (line.p[i] == '-' || line.p[i] == '+' || line.p[i] == '*') && line.p[i + 1] == ' ' &&
	       !marker_is_blank(line, i + 2);
}

static uint64_t looks_of(struct span paragraph, uint64_t looks_each)
{
	return bytes_count(paragraph, ']') * paragraph.n * looks_each;
}

/* Takes the looks of the paragraph from `start` to `end` from those that are left, or its '[' away. */
static void limit_paragraph(struct draft *draft, size_t start, size_t end, uint64_t looks_each, uint64_t *left)
{
	struct span paragraph = {draft->text.p + start, end - start};
	uint64_t looks = looks_of(paragraph, looks_each);

	if (looks <= *left) {
		*left -= looks;
		return;
	}
	for (size_t i = 0; i < paragraph.n; i++)
		if (paragraph.p[i] == '[')
			draft_blank(draft, start + i);
}

void effort_limit_brackets(struct draft *draft)
{
	struct span text = draft->text;
	struct span rest = text;
	uint64_t looks_each = DEFINED_LOOKS;
	uint64_t left = LOOKS_MAX;
	size_t start = 0;

	/* The paragraphs together do not take more than one that is all of the text. */
	if (looks_of(text, looks_each) <= LOOKS_MAX)
		return;
	looks_each = bytes_have_pair(text, ']', ':') ? DEFINED_LOOKS : 1;
	while (rest.n && draft->text.p) {
		size_t at = text.n - rest.n;
		struct span line = span_take_line(&rest);

		if (begins_paragraph(line) || character_is_blank_line(line)) {
			limit_paragraph(draft, start, at, looks_each, &left);
			start = at;
		}
	}
	if (draft->text.p)
		limit_paragraph(draft, start, text.n, looks_each, &left);
}
