/* kind - which files are documents, and how each is read: by their names.
 *
 * Shape:  one table of extensions, ASCII case ignored.
 */
#ifndef INPUT_KIND_H
#define INPUT_KIND_H

enum kind {
	KIND_NONE, /* not read, unless it is named itself */
	KIND_MARKDOWN,
	KIND_TEXT, /* Markdown when it has a heading, else plain */
};

/* By the last component of a path. */
enum kind kind_of(const char *file_name);

/* The extension with its dot, or the end of the name. */
const char *kind_extension(const char *file_name);

#endif
