#include "document.h"

#include "markdown.h"
#include "plain.h"

#include <strings.h>

/* Notes with headings are Markdown, whatever their name says. */
static int text_parse(struct outline *outline, struct err *err)
{
	return markdown_has_heading(outline->text) ? markdown_parse(outline, err) : plain_parse(outline, err);
}

static const struct kind {
	const char *extension;
	int (*parse)(struct outline *outline, struct err *err);
} kinds[] = {
	{".md", markdown_parse},    {".markdown", markdown_parse}, {".mkd", markdown_parse},
	{".mdown", markdown_parse}, {".txt", text_parse},
};

static const char *extension_of(const char *file_name)
{
	const char *dot = strrchr(file_name, '.');

	return dot && dot > file_name ? dot : file_name + strlen(file_name);
}

static const struct kind *kind_of(const char *file_name)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strcasecmp(extension_of(file_name), kinds[i].extension) == 0)
			return &kinds[i];
	return NULL;
}

bool document_is_known(const char *file_name)
{
	return kind_of(file_name) != NULL;
}

int document_parse(struct document *out, const char *file_name, struct span text, struct arena *arena, struct err *err)
{
	const struct kind *kind = kind_of(file_name);
	size_t name = (size_t)(extension_of(file_name) - file_name);
	struct outline outline = {0};
	int status;

	outline_init(&outline, text, arena_copy(arena, (struct span){file_name, name}), arena);
	status = kind ? kind->parse(&outline, err) : text_parse(&outline, err);
	if (status == 0)
		status = outline_finish(&outline, out, err);
	outline_release(&outline);
	return status;
}
