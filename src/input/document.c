#include "document.h"

#include "character.h"
#include "kind.h"
#include "markdown.h"
#include "marker.h"
#include "plain.h"

/* Has it a line that is a heading by its looks: one to six '#', a blank, text? */
static bool has_heading(struct span text)
{
	while (text.n) {
		struct span line = span_take_line(&text);
		size_t level = marker_level(line);

		if (level && character_trim((struct span){line.p + level, line.n - level}).n > 0)
			return true;
	}
	return false;
}

static int parse(enum kind kind, struct outline *outline, struct err *err)
{
	/* Notes with headings are Markdown, whatever their name says. */
	if (kind == KIND_MARKDOWN || has_heading(outline->text))
		return markdown_parse(outline, err);
	return plain_parse(outline, err);
}

int document_parse(struct document *out, const char *file_name, struct span text, struct arena *arena, struct err *err)
{
	size_t name = (size_t)(kind_extension(file_name) - file_name);
	struct outline outline = {0};
	int status;

	outline_init(&outline, text, arena_copy(arena, (struct span){file_name, name}), arena);
	status = parse(kind_of(file_name), &outline, err);
	if (status == 0)
		status = outline_finish(&outline, out, err);
	outline_release(&outline);
	return status;
}
