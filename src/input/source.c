#include "source.h"

#include "bytes.h"
#include "checksum.h"
#include "legacy.h"
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
	return io_read_sized(io, fd, shown, st.st_size > 0 ? (uint64_t)st.st_size : 0, SOURCE_LIMIT, raw, err);
}

static int read_raw(const struct io *io, int at, const char *path, const char *shown, struct buf *raw,
		    struct source_info *info, struct err *err)
{
	/* O_NONBLOCK: a FIFO must not make us wait for a writer before fstat() can tell what it is. */
	int fd = io->openat(at, path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY, 0);
	int status;

	if (fd < 0 && errno == ELOOP)
		return err_set(err, ERR_IO, "%s: a symbolic link, not a regular file", shown);
	if (fd < 0 && errno == ENOENT)
		return err_set(err, ERR_MISSING, "%s: cannot open: %s", shown, strerror(errno));
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

	if (utf8_is_text(raw))
		return damage;
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

static int check_text(struct span text, const struct damage *damage, const char *shown, struct err *err)
{
	if (damage->bytes <= text.n / 10)
		return 0;
	return err_set(err, ERR_ENCODING,
		       "%s: not text in UTF-8, UTF-16, GB18030 or Big5; convert it first, with iconv", shown);
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

/* Makes text of the bytes from `start` on, in place. */
static int convert(struct buf *text, size_t start, enum encoding encoding, const char *shown, struct err *err)
{
	struct buf raw = {0};
	int status = 0;

	buf_add(&raw, text->data + start, text->n - start);
	text->failed |= raw.failed;
	text->n = start;
	switch (encoding) {
	case ENCODING_UTF8: add_repaired(text, buf_span(&raw)); break;
	case ENCODING_UTF16LE:
	case ENCODING_UTF16BE: encoding_add_utf16(text, buf_span(&raw), encoding); break;
	case ENCODING_GB18030:
	case ENCODING_BIG5: status = legacy_add(text, buf_span(&raw), encoding, shown, err); break;
	}
	buf_release(&raw);
	return status;
}

static void drop_mark(struct buf *text, size_t start)
{
	static const char mark[] = "\uFEFF";
	struct span raw = {text->data + start, text->n - start};

	if (!span_starts(raw, span_of(mark)))
		return;
	text->n -= strlen(mark);
	memmove(text->data + start, raw.p + strlen(mark), text->n - start);
}

static struct span text_from(const struct buf *text, size_t start)
{
	return (struct span){text->data + start, text->n - start};
}

static int check_size(const struct buf *text, size_t start, const char *shown, const struct source_info *info,
		      struct err *err)
{
	if (text->failed)
		return err_memory(err, "read a file");
	if (text->n - start <= SOURCE_LIMIT)
		return 0;
	if (info->encoding != ENCODING_UTF8)
		return err_set(err, ERR_LIMIT, "%s: larger than the limit of %zu bytes as UTF-8", shown, SOURCE_LIMIT);
	return err_set(err, ERR_LIMIT,
		       "%s: larger than the limit of %zu bytes when its %u invalid UTF-8 sequences are replaced", shown,
		       SOURCE_LIMIT, info->replaced);
}

/* The bytes from `start` on become text. */
static int decode(struct buf *text, size_t start, const char *shown, struct source_info *info, struct err *err)
{
	struct span raw = text_from(text, start);
	struct damage damage = find_damage(raw);

	info->size = raw.n;
	info->hash = checksum_64(raw);
	info->encoding = encoding_of(raw, damage.bytes);
	if (info->encoding != ENCODING_UTF8) {
		if (convert(text, start, info->encoding, shown, err) < 0)
			return -1;
		raw = text_from(text, start);
		damage = find_damage(raw);
	}
	if (check_text(raw, &damage, shown, err) < 0)
		return -1;
	info->replaced = damage.sequences;
	info->first_line = damage.sequences ? 1 + (uint32_t)bytes_count((struct span){raw.p, damage.first}, '\n') : 0;
	drop_mark(text, start);
	if (damage.sequences)
		convert(text, start, ENCODING_UTF8, shown, err);
	buf_string(text);
	return check_size(text, start, shown, info, err);
}

int source_read(const struct io *io, int at, const char *path, const char *shown, struct buf *text,
		struct source_info *info, struct err *err)
{
	size_t start = text->n;
	int status;

	*info = (struct source_info){0};
	status = read_raw(io, at, path, shown, text, info, err);
	if (status == 0)
		status = decode(text, start, shown, info, err);
	if (status < 0)
		text->n = start;
	return status;
}
