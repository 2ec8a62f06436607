/* image - containers in memory, honest or not.
 *
 * Shape:  image_make() writes one through the container writer; a test then changes bytes, and image_seal() makes every
 *         checksum right again: what a hostile file looks like.
 * Owner:  the caller's buffer holds the image.
 */
#ifndef TEST_IMAGE_H
#define TEST_IMAGE_H

#include "container.h"

#define IMAGE_KIND CONTAINER_NAME('T', 'E', 'S', 'T')

struct image_chunk {
	uint32_t name;
	struct span bytes;
};

/* An out whose bytes are appended to `to`; one at a time. */
void image_out(struct out *out, struct buf *to, struct err *err);

void image_make(struct buf *image, uint32_t kind, const struct image_chunk *chunks, size_t count);

/* Recomputes the sums of the pages, their roots, the id and the checksums of the tail and of the file. */
void image_seal(struct buf *image);

/* Little-endian, at `at` of the image. */
void image_put_u32(struct buf *image, size_t at, uint32_t value);
void image_put_u64(struct buf *image, size_t at, uint64_t value);

/* Where in an image its parts begin. */
enum { IMAGE_HEAD = 16, IMAGE_ENTRY = 24, IMAGE_TAIL = 64 };

static inline size_t image_tail(const struct buf *image)
{
	return image->n - IMAGE_TAIL;
}

static inline size_t image_table(const struct buf *image, size_t chunk_count)
{
	return image_tail(image) - chunk_count * IMAGE_ENTRY;
}

/* The bytes in a block of exactly their size, so that a sanitizer sees a read past them; test_free() it. */
char *image_exact(struct span bytes);

#endif
