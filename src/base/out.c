#include "out.h"

void out_init(struct out *out, const struct io *io, int fd, const char *path, struct err *err)
{
	*out = (struct out){.io = io, .fd = fd, .path = path, .err = err};
}

static void write_pending(struct out *out)
{
	if (!out->failed && io_write_all(out->io, out->fd, out->path, buf_span(&out->pending), out->err) < 0)
		out->failed = true;
	else if (!out->failed && out->pending.n >= OUT_BYTES && out->io->write_back)
		out->io->write_back(out->fd, (off_t)(out->offset - out->pending.n), (off_t)out->pending.n);
	buf_reset(&out->pending);
}

void out_add(struct out *out, struct span bytes)
{
	if (out->failed)
		return;
	buf_add_span(&out->pending, bytes);
	if (out->pending.failed) {
		err_memory(out->err, "write a file");
		out->failed = true;
		return;
	}
	out->offset += bytes.n;
	if (out->pending.n >= OUT_BYTES)
		write_pending(out);
}

int out_flush(struct out *out)
{
	write_pending(out);
	return out->failed ? -1 : 0;
}

void out_release(struct out *out)
{
	buf_release(&out->pending);
}
