#include "source.h"

#include "checksum.h"
#include "utf8.h"

#include <errno.h>
#include <fcntl.h>

static int read_open(const struct io *io, int fd, const char *shown, struct buf *raw, struct source_info *info,
		     struct err *err)
{
	struct stat st;

	if (io->fstat(fd, &st) < 0)
		return err_system(err, shown, "look at");
	if (!S_ISREG(st.st_mode))
		return err_set(err, ERR_IO, "%s: not a regular file", shown);
	info->mtime_ns = io_mtime_ns(&st);
	return io_read_all(io, fd, shown, SOURCE_LIMIT, raw, err);
}

static int read_raw(const struct io *io, int at, const char *path, const char *shown, struct buf *raw,
		    struct source_info *info, struct err *err)
{
	/* O_NONBLOCK: a FIFO must not make us wait for a writer before fstat() can tell what it is. */
	int fd = io->openat(at, path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY, 0);
	int status;

	if (fd < 0 && errno == ELOOP)
		return err_set(err, ERR_IO, "%s: a symbolic link, not a regular file", shown);
	if (fd < 0)
		return err_system(err, shown, "open");
	status = read_open(io, fd, shown, raw, info, err);
	io->close(fd);
	return status;
}

/* What stands in the way of reading the bytes as UTF-8. */
struct damage {
	size_t first;       /* where the first invalid sequence is */
	uint32_t sequences; /* each becomes one U+FFFD */
	size_t bytes;       /* of them, and NULs: what text does not have */
};

static struct damage find_damage(struct span raw)
{
	struct damage damage = {.first = raw.n};
	uint32_t code;
	bool valid;

	for (size_t i = 0; i < raw.n;) {
		size_t n = utf8_next(raw.p + i, raw.n - i, &code, &valid);

		if (!valid) {
			damage.first = damage.sequences ? damage.first : i;
			damage.sequences++;
		}
		if (!valid || code == 0)
			damage.bytes += n;
		i += n;
	}
	return damage;
}

static int check_text(struct span raw, const struct damage *damage, const char *shown, struct err *err)
{
	if (span_starts(raw, span_of("\xFF\xFE")) || span_starts(raw, span_of("\xFE\xFF")))
		return err_set(err, ERR_ENCODING,
			       "%s: UTF-16 text; convert it first, for example: iconv -f UTF-16 -t UTF-8", shown);
	if (damage->bytes > raw.n / 10)
		return err_set(err, ERR_ENCODING,
			       "%s: not UTF-8 text; convert it first, for example: iconv -f GB18030 -t UTF-8", shown);
	return 0;
}

static uint32_t line_at(struct span text, size_t offset)
{
	uint32_t line = 1;

	for (size_t i = 0; i < offset; i++)
		line += text.p[i] == '\n';
	return line;
}

static void add_repaired(struct buf *text, struct span raw)
{
	uint32_t code;
	bool valid;

	while (raw.n) {
		size_t n = utf8_next(raw.p, raw.n, &code, &valid);

		if (valid)
			buf_add(text, raw.p, n);
		else
			utf8_add(text, UTF8_REPLACEMENT);
		raw.p += n;
		raw.n -= n;
	}
}

static int decode(struct span raw, const char *shown, struct buf *text, struct source_info *info, struct err *err)
{
	struct damage damage = find_damage(raw);
	size_t start = text->n;

	info->size = raw.n;
	info->hash = checksum_64(raw);
	if (check_text(raw, &damage, shown, err) < 0)
		return -1;
	info->replaced = damage.sequences;
	info->first_line = damage.sequences ? line_at(raw, damage.first) : 0;
	if (span_starts(raw, span_of("\uFEFF")))
		raw = (struct span){raw.p + 3, raw.n - 3};
	if (damage.sequences)
		add_repaired(text, raw);
	else
		buf_add_span(text, raw);
	if (text->failed)
		return err_memory(err, "read a file");
	if (text->n - start > SOURCE_LIMIT)
		return err_set(
			err, ERR_LIMIT,
			"%s: larger than the limit of %zu bytes when its %u invalid UTF-8 sequences are replaced",
			shown, SOURCE_LIMIT, damage.sequences);
	return 0;
}

int source_read(const struct io *io, int at, const char *path, const char *shown, struct buf *text,
		struct source_info *info, struct err *err)
{
	struct buf raw = {0};
	int status;

	*info = (struct source_info){0};
	status = read_raw(io, at, path, shown, &raw, info, err);
	if (status == 0)
		status = decode(buf_span(&raw), shown, text, info, err);
	buf_release(&raw);
	return status;
}
