/* make_regional - writes regional.c: share/regional.synonyms as the table that synonyms.h describes.
 *
 * Shape:  make_regional VOCABULARY FILE. Runs at build time only.
 * Errors: a line on stderr and exit 1; a line of the vocabulary that cannot be taken is an error here.
 */
#include "io.h"
#include "synonyms.h"

#include <fcntl.h>
#include <stdio.h>

enum { VOCABULARY_LIMIT = 1 << 20 };

static void refuse(void *context, unsigned line, const char *why, struct span word)
{
	*(bool *)context = true;
	fprintf(stderr, "make_regional: line %u: %.*s: %s\n", line, (int)word.n, word.p, why);
}

static int read_vocabulary(const char *name, struct buf *text, struct err *err)
{
	int fd = io_posix.openat(AT_FDCWD, name, O_RDONLY, 0);

	return fd < 0 ? err_system(err, name, "open") : io_read_all(&io_posix, fd, name, VOCABULARY_LIMIT, text, err);
}

static int write_source(const char *name, struct span table, struct err *err)
{
	FILE *out = fopen(name, "w");

	if (!out)
		return err_system(err, name, "create");
	fputs("/* Made by make_regional. */\n#include \"synonyms.h\"\n\nstatic const unsigned char table[] = {", out);
	for (size_t i = 0; i < table.n; i++)
		fprintf(out, "%s%u,", i % 32 ? "" : "\n", (unsigned char)table.p[i]);
	fputs("\n};\n\nconst struct span synonyms_regional = {(const char *)table, sizeof table};\n", out);
	return fclose(out) ? err_system(err, name, "write") : 0;
}

int main(int argc, char **argv)
{
	struct err err = {0};
	struct buf text = {0};
	struct buf table = {0};
	bool refused = false;
	int failed = argc != 3 || read_vocabulary(argv[1], &text, &err) < 0 ||
		     synonyms_encode(&table, buf_span(&text), refuse, &refused, &err) < 0 || refused ||
		     write_source(argv[2], buf_span(&table), &err) < 0;

	if (failed && !refused)
		fprintf(stderr, "make_regional: %s\n", argc == 3 ? err.text : "usage: make_regional VOCABULARY FILE");
	buf_release(&text);
	buf_release(&table);
	return failed;
}
