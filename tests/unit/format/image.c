#include "image.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

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

void image_seal(struct buf *image)
{
	size_t tail = image_tail(image);
	size_t sums = (size_t)load_u64(byte_at(image, tail + 16));
	size_t pages;
	struct checksum_128 id;

	if (sums >= IMAGE_HEAD && sums < image->n) {
		pages = (sums + CONTAINER_PAGE - 1) / CONTAINER_PAGE;
		for (size_t i = 0; i < pages && sums + i * 4 + 4 <= tail; i++) {
			size_t start = i * CONTAINER_PAGE;
			size_t end = start + CONTAINER_PAGE < sums ? start + CONTAINER_PAGE : sums;

			image_put_u32(image, sums + i * 4,
				      checksum_32((struct span){image->data + start, end - start}));
		}
		if (sums + pages * 4 <= tail) {
			id = checksum_128((struct span){image->data + sums, pages * 4});
			memcpy(image->data + tail + 32, id.bytes, sizeof id.bytes);
		}
		if (sums <= tail + 48)
			image_put_u64(image, tail + 48,
				      checksum_64((struct span){image->data + sums, tail + 48 - sums}));
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
