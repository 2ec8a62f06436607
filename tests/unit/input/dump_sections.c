/* Prints how a file is cut into sections: the golden files of tests/golden/markdown are made of this.
 *
 * usage: dump_sections FILE [SHOWN-NAME]
 *
 * A section is its number, level, first and last line (and the first line it owns, when that is another), heading,
 * flags; then its parent, occurrence and question when it has them; then its pieces, line ends as "\n".
 */
#include "document.h"
#include "source.h"

#include <fcntl.h>
#include <stdio.h>

static const char *const field_names[FIELD_COUNT] = {
	"body", "code", "heading", "question", "lead", "ancestor", "name",
};

static void print_text(const char *label, struct span text)
{
	printf("    %-8s ", label);
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '\n')
			fputs("\\n", stdout);
		else
			putchar(text.p[i]);
	}
	putchar('\n');
}

static void print_section(const struct section *section, size_t number)
{
	printf("%zu  h%u  %u-%u", number, section->level, section->line_start, section->line_end);
	if (section->line_first != section->line_start)
		printf(" (from %u)", section->line_first);
	printf("  %.*s%s%s\n", (int)section->heading.n, section->heading.p,
	       section->flags & SECTION_NO_TEXT ? "  NO_TEXT" : "",
	       section->flags & SECTION_LINKS_ONLY ? "  LINKS_ONLY" : "");
	if (section->parent != SECTION_NO_PARENT)
		printf("    parent   %u\n", section->parent);
	if (section->occurrence)
		printf("    again    %u\n", section->occurrence);
	if (section->question.n)
		print_text("asks", section->question);
	for (const struct piece *piece = section->pieces; piece; piece = piece->next)
		print_text(field_names[piece->field], piece->text);
}

static int dump(const char *path, const char *name, struct buf *text, struct arena *arena, struct err *err)
{
	struct source_info info;
	struct document document;

	if (source_read(&io_posix, AT_FDCWD, path, path, text, &info, err) < 0 ||
	    document_parse(&document, name, buf_span(text), arena, err) < 0)
		return -1;
	printf("name     %.*s\n", (int)document.name.n, document.name.p);
	if (document.title.n)
		printf("title    %.*s\n", (int)document.title.n, document.title.p);
	for (size_t i = 0; i < document.section_count; i++)
		print_section(&document.sections[i], i);
	return 0;
}

int main(int argc, char **argv)
{
	struct buf text = {0};
	struct arena arena = {0};
	struct err err = {0};
	const char *name;
	int status;

	if (argc < 2)
		return 2;
	name = argc > 2 ? argv[2] : strrchr(argv[1], '/');
	name = !name ? argv[1] : *name == '/' ? name + 1 : name;
	status = dump(argv[1], name, &text, &arena, &err);
	if (status < 0)
		fprintf(stderr, "%s\n", err.text);
	buf_release(&text);
	arena_release(&arena);
	return status < 0 ? 1 : 0;
}
