#include "image.h"

#include "unit.h"

static struct buf *target;

static ssize_t write_to_target(int fd, const void *from, size_t n)
{
	(void)fd;
	buf_add(target, from, n);
	return (ssize_t)n;
}

static const struct io target_io = {.write = write_to_target};

void image_out(struct out *out, struct buf *to, struct err *err)
{
	target = to;
	out_init(out, &target_io, 3, "image", err);
}

void image_make(struct buf *image, uint32_t kind, const struct image_chunk *chunks, size_t count)
{
	struct container_writer writer;
	struct checksum_128 id;
	struct err err = {0};
	struct out out;

	buf_reset(image);
	image_out(&out, image, &err);
	assert_int_equal(container_begin(&writer, &out, kind, &err), 0);
	for (size_t i = 0; i < count; i++) {
		container_chunk(&writer, chunks[i].name);
		container_add(&writer, chunks[i].bytes);
	}
	assert_int_equal(container_finish(&writer, &id, &err), 0);
	assert_int_equal(out_flush(&out), 0);
	container_writer_release(&writer);
	out_release(&out);
}

static const unsigned char *byte_at(const struct buf *image, size_t at)
{
	return (const unsigned char *)image->data + at;
}

void image_put_u32(struct buf *image, size_t at, uint32_t value)
{
	for (size_t i = 0; i < 4; i++)
		image->data[at + i] = (char)(unsigned char)(value >> (8 * i));
}

void image_put_u64(struct buf *image, size_t at, uint64_t value)
{
	image_put_u32(image, at, (uint32_t)value);
	image_put_u32(image, at + 4, (uint32_t)(value >> 32));
}

/* A sum for each page of [start, end), one after the other from `sums` on, as far as there is room before `limit`: where
 * they end. */
static size_t seal_pages(struct buf *image, size_t start, size_t end, size_t sums, size_t limit)
{
	for (; start < end && sums + 4 <= limit; start += CONTAINER_PAGE, sums += 4) {
		size_t n = end - start < CONTAINER_PAGE ? end - start : CONTAINER_PAGE;

		image_put_u32(image, sums, checksum_32((struct span){image->data + start, n}));
	}
	return sums;
}

void image_seal(struct buf *image)
{
	size_t tail = image_tail(image);
	size_t sums = (size_t)load_u64(byte_at(image, tail + 16));
	struct checksum_128 id;

	if (sums >= IMAGE_HEAD && sums <= tail) {
		size_t roots = seal_pages(image, 0, sums, sums, tail);

		seal_pages(image, sums, roots, roots, tail);
		id = checksum_128((struct span){image->data + sums, roots - sums});
		memcpy(image->data + tail + 32, id.bytes, sizeof id.bytes);
		image_put_u64(image, tail + 48, checksum_64((struct span){image->data + roots, tail + 48 - roots}));
	}
	image_put_u64(image, tail + 56, checksum_64((struct span){image->data, tail + 56}));
}

char *image_exact(struct span bytes)
{
	char *copy = test_malloc(bytes.n);

	if (bytes.n)
		memcpy(copy, bytes.p, bytes.n);
	return copy;
}
