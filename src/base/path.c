#define _XOPEN_SOURCE 700 /* realpath(3) */
#include "path.h"

#include <stdlib.h>

int path_real(const char *path, struct buf *out, struct err *err)
{
	char *real = realpath(path, NULL);

	if (!real)
		return err_system(err, path, "find");
	buf_add_text(out, real);
	free(real);
	return out->failed ? err_memory(err, "name a file") : 0;
}

/* "index/" names the same as "index". */
int path_real_name(struct span path, struct buf *out, struct err *err)
{
	struct buf above = {0};
	struct buf real = {0};
	struct span last;
	int status;

	while (path.n > 1 && path.p[path.n - 1] == '/')
		path.n--;
	last = path_last(path);
	if (span_equal(last, span_of(".")) || span_equal(last, span_of("..")))
		last.n = 0;
	buf_add(&above, path.p, path.n - last.n);
	if (path.n == last.n)
		buf_add_byte(&above, '.');
	status = path_real(buf_string(&above), &real, err);
	if (status == 0)
		path_join(out, buf_span(&real), last);
	buf_release(&above);
	buf_release(&real);
	return status;
}

static void drop_last(struct buf *out, size_t start)
{
	while (out->n > start && out->data[out->n - 1] != '/')
		out->n--;
	if (out->n > start)
		out->n--;
}

static void add_components(struct buf *out, size_t start, struct span path)
{
	while (path.n) {
		const char *slash = memchr(path.p, '/', path.n);
		struct span part = {path.p, slash ? (size_t)(slash - path.p) : path.n};

		path.p += part.n + (slash != NULL);
		path.n -= part.n + (slash != NULL);
		if (part.n == 0 || span_equal(part, span_of(".")))
			continue;
		if (span_equal(part, span_of(".."))) {
			drop_last(out, start);
			continue;
		}
		buf_add_byte(out, '/');
		buf_add_span(out, part);
	}
}

void path_join(struct buf *out, struct span from, struct span relative)
{
	size_t start = out->n;

	if (relative.n == 0 || relative.p[0] != '/')
		add_components(out, start, from);
	add_components(out, start, relative);
	if (out->n == start)
		buf_add_byte(out, '/');
}

/* How many bytes of leading components the two have in common. */
static size_t shared_components(struct span a, struct span b)
{
	size_t shared = 0;

	for (size_t i = 0; i <= a.n && i <= b.n; i++) {
		bool a_ends = i == a.n || a.p[i] == '/';
		bool b_ends = i == b.n || b.p[i] == '/';

		if (a_ends && b_ends)
			shared = i;
		if (i == a.n || i == b.n || a.p[i] != b.p[i])
			break;
	}
	return shared;
}

void path_relative(struct buf *out, struct span from, struct span to)
{
	size_t start = out->n;
	size_t shared;

	from = span_trim(from, "/");
	to = span_trim(to, "/");
	shared = shared_components(from, to);
	if (shared < from.n)
		buf_add_text(out, "..");
	for (size_t i = shared + 1; i < from.n; i++)
		if (from.p[i] == '/')
			buf_add_text(out, "/..");
	if (shared < to.n) {
		struct span rest = {to.p + shared, to.n - shared};

		rest = span_trim(rest, "/");
		if (out->n > start)
			buf_add_byte(out, '/');
		buf_add_span(out, rest);
	}
	if (out->n == start)
		buf_add_byte(out, '.');
}

bool path_below(struct span path, struct span above, struct span *rest)
{
	if (!span_starts(path, above))
		return false;
	*rest = (struct span){path.p + above.n, path.n - above.n};
	if (above.n > 1 && rest->n && rest->p[0] != '/')
		return false;
	if (rest->n && rest->p[0] == '/')
		*rest = (struct span){rest->p + 1, rest->n - 1};
	return true;
}

struct span path_last(struct span path)
{
	for (size_t i = path.n; i-- > 0;)
		if (path.p[i] == '/')
			return (struct span){path.p + i + 1, path.n - i - 1};
	return path;
}
