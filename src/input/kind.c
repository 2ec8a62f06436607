#include "kind.h"

#include <string.h>
#include <strings.h>

static const struct {
	const char *extension;
	enum kind kind;
} kinds[] = {
	{".md", KIND_MARKDOWN},    {".markdown", KIND_MARKDOWN}, {".mkd", KIND_MARKDOWN},
	{".mdown", KIND_MARKDOWN}, {".txt", KIND_TEXT},
};

const char *kind_extension(const char *file_name)
{
	const char *dot = strrchr(file_name, '.');

	return dot && dot > file_name ? dot : file_name + strlen(file_name);
}

enum kind kind_of(const char *file_name)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strcasecmp(kind_extension(file_name), kinds[i].extension) == 0)
			return kinds[i].kind;
	return KIND_NONE;
}
