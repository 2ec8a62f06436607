#include "spill.h"

struct spool_extent {
	uint64_t offset;
	uint64_t bytes;
};

void spill_init(struct spill *spill, struct commit *commit)
{
	*spill = (struct spill){.commit = commit, .fd = -1};
}

int spill_write(struct spill *spill, struct span bytes, uint64_t *offset, struct err *err)
{
	if (spill->fd < 0)
		spill->fd = commit_temporary(spill->commit, err);
	if (spill->fd < 0 || io_write_all(spill->commit->io, spill->fd, spill->commit->path, bytes, err) < 0)
		return -1;
	*offset = spill->end;
	spill->end += bytes.n;
	return 0;
}

int spill_read(const struct spill *spill, uint64_t offset, void *to, size_t n, struct err *err)
{
	return io_read_at(spill->commit->io, spill->fd, spill->commit->path, offset, to, n, err);
}

void spill_release(struct spill *spill)
{
	if (spill->fd >= 0)
		spill->commit->io->close(spill->fd);
	spill->fd = -1;
}

void spool_add(struct spool *spool, struct span bytes)
{
	buf_add_span(&spool->tail, bytes);
}

int spool_flush(struct spool *spool, struct spill *spill, struct err *err)
{
	struct spool_extent extent = {.bytes = spool->tail.n};

	if (spool->tail.failed)
		return err_memory(err, "hold a part of the index");
	if (spool->tail.n == 0)
		return 0;
	if (spill_write(spill, buf_span(&spool->tail), &extent.offset, err) < 0)
		return -1;
	buf_add(&spool->extents, &extent, sizeof extent);
	buf_release(&spool->tail);
	return spool->extents.failed ? err_memory(err, "hold a part of the index") : 0;
}

static int copy_extent(const struct spool_extent *extent, const struct spill *spill, struct buf *bytes,
		       struct container_writer *to, struct err *err)
{
	enum { STEP = 256 * 1024 };

	for (uint64_t done = 0; done < extent->bytes; done += bytes->n) {
		uint64_t left = extent->bytes - done;
		size_t n = left < STEP ? (size_t)left : STEP;

		buf_reset(bytes);
		if (!buf_reserve(bytes, n))
			return err_memory(err, "hold a part of the index");
		if (spill_read(spill, extent->offset + done, bytes->data, n, err) < 0)
			return -1;
		bytes->n = n;
		container_add(to, buf_span(bytes));
	}
	return 0;
}

int spool_copy(const struct spool *spool, const struct spill *spill, struct container_writer *to, struct err *err)
{
	struct buf bytes = {0};
	int status = spool->tail.failed ? err_memory(err, "hold a part of the index") : 0;

	for (size_t i = 0; i < BUF_COUNT(&spool->extents, struct spool_extent) && status == 0; i++)
		status = copy_extent(&BUF_AT(&spool->extents, struct spool_extent, i), spill, &bytes, to, err);
	container_add(to, buf_span(&spool->tail));
	buf_release(&bytes);
	return status;
}

int spool_read(const struct spool *spool, const struct spill *spill, struct buf *out, struct err *err)
{
	out->failed |= spool->tail.failed;
	for (size_t i = 0; i < BUF_COUNT(&spool->extents, struct spool_extent) && !out->failed; i++) {
		const struct spool_extent *extent = &BUF_AT(&spool->extents, struct spool_extent, i);
		char *to = buf_reserve(out, (size_t)extent->bytes);

		if (to && spill_read(spill, extent->offset, to, (size_t)extent->bytes, err) < 0)
			return -1;
		out->n += to ? (size_t)extent->bytes : 0;
	}
	buf_add_span(out, buf_span(&spool->tail));
	return out->failed ? err_memory(err, "hold a part of the index") : 0;
}

void spool_release(struct spool *spool)
{
	buf_release(&spool->tail);
	buf_release(&spool->extents);
}
