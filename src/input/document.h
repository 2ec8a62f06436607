/* document - one file's text as sections.
 *
 * Shape:  document_parse() looks at the kind of the file (kind.h) and cuts it. Text is Markdown too when it has an ATX heading.
 * Owner:  the sections and all they point to live in `arena` or in `text`.
 * Errors: only memory (ERR_MEMORY): every sequence of bytes is some document.
 * Cost:   linear in the text; md4c parses Chinese technical text at 250 to 310 MB/s. Memory: 32 bytes a piece (of very many
 *         short ones some are joined, as body: outline.c), some 100 a section, and what md4c makes of 1 MB (part.h). Text that would take too much of one or the other (effort.h,
 *         markdown.c) is plain text, one section.
 * Source: CommonMark 0.29 with the tables, task lists, strikethrough and math spans of md4c 0.4.8; front matter, wiki
 *         links, footnotes and `{#anchors}` of headings by ourselves.
 */
#ifndef INPUT_DOCUMENT_H
#define INPUT_DOCUMENT_H

#include "arena.h"
#include "err.h"
#include "section.h"

struct document {
	struct span name;   /* file name without directories and extension */
	struct span title;  /* of the front matter, or empty */
	struct span matter; /* the front matter, or empty: see front_matter.h */
	struct section *sections;
	size_t section_count; /* 0 for blank text */
};

/* Cuts `text` (valid UTF-8, no byte order mark, and a NUL behind its end, where md4c looks) of the file `file_name` (last
 * component of the path). */
int document_parse(struct document *out, const char *file_name, struct span text, struct arena *arena, struct err *err);

#endif
