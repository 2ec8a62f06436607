#include "container.h"

#include "image.h"
#include "random.h"
#include "unit.h"

#include <stdio.h>

#define NAME(i) CONTAINER_NAME('C', 'H', '0' + (i) / 10, '0' + (i) % 10)

enum { MOST = CONTAINER_CHUNKS };

/* Chunks of these sizes, filled with bytes that tell their place. */
struct content {
	size_t count;
	struct buf bytes[MOST];
	struct image_chunk chunks[MOST + 1];
	struct buf image;
};

static void make(struct content *content, const size_t *sizes, size_t count)
{
	*content = (struct content){.count = count};
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < sizes[i]; k++)
			buf_add_byte(&content->bytes[i], (unsigned char)(i * 41 + k * 7 + k / 255));
		content->chunks[i] = (struct image_chunk){NAME(i), buf_span(&content->bytes[i])};
	}
	image_make(&content->image, IMAGE_KIND, content->chunks, count);
}

static void release(struct content *content)
{
	for (size_t i = 0; i < MOST; i++)
		buf_release(&content->bytes[i]);
	buf_release(&content->image);
}

/* Views the whole of every chunk: 0 when all are what was written, -1 with the reason. */
static int view_all(struct container *container, const struct content *content, struct err *err)
{
	for (size_t i = 0; i < content->count; i++) {
		struct chunk chunk;
		struct span bytes;

		if (container_find(container, NAME(i), &chunk, err) < 0 ||
		    container_view(container, &chunk, 0, chunk.length, &bytes, err) < 0)
			return -1;
		assert_true(span_equal(bytes, content->chunks[i].bytes));
	}
	return 0;
}

/* Every piece of a chunk whose ends are near those of a page or of the chunk. */
static void view_pieces(struct container *container, const struct chunk *chunk, struct span expected)
{
	for (size_t from = 0; from <= expected.n; from += from % 509 < 3 ? 1 : 506) {
		for (size_t to = from; to <= expected.n; to += to % 1021 < 2 ? 1 : 1019) {
			struct err err = {0};
			struct span got;

			assert_int_equal(container_view(container, chunk, from, to - from, &got, &err), 0);
			assert_true(span_equal(got, (struct span){expected.p + from, to - from}));
		}
	}
}

static void round_trip(const size_t *sizes, size_t count)
{
	struct content content;
	struct container container;
	struct err err = {0};
	char *exact;

	make(&content, sizes, count);
	exact = image_exact(buf_span(&content.image));
	assert_int_equal(container_open(&container, (struct span){exact, content.image.n}, IMAGE_KIND, "f", &err), 0);
	assert_int_equal(container.chunk_count, count);
	for (size_t i = 0; i < count; i++) {
		struct chunk chunk;

		assert_int_equal(container_find(&container, NAME(i), &chunk, &err), 0);
		assert_int_equal(chunk.length, sizes[i]);
		view_pieces(&container, &chunk, content.chunks[i].bytes);
	}
	assert_int_equal(container_check(&container, &err), 0);
	container_close(&container);
	test_free(exact);
	release(&content);
}

static void what_is_written_is_read(void **state)
{
	static const size_t sizes[] = {0, 1, 4079, 4080, 4081, 4095, 4096, 4097, 8175, 8176, 8177, 20000};
	static const size_t mixed[] = {0, 4080, 0, 0, 4096, 1, 4095, 0};
	static const size_t many[MOST] = {1, 0, 3, 500, 4096, 0, 17, 5000, 2, 1};

	(void)state;
	round_trip(NULL, 0);
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
		round_trip(&sizes[i], 1);
	round_trip(sizes, sizeof sizes / sizeof sizes[0]);
	round_trip(mixed, sizeof mixed / sizeof mixed[0]);
	round_trip(many, MOST);
}

static void views_stay_in_their_chunk(void **state)
{
	static const size_t sizes[] = {10, 20, 0};
	static const uint64_t outside[][2] = {
		{0, 21}, {1, 20}, {20, 1}, {21, 0}, {UINT64_MAX, 1}, {1, UINT64_MAX}, {UINT64_MAX, UINT64_MAX},
		{10, 11}};
	struct content content;
	struct container container;
	struct chunk chunk;
	struct span got;
	struct err err = {0};

	(void)state;
	make(&content, sizes, 3);
	assert_int_equal(container_open(&container, buf_span(&content.image), IMAGE_KIND, "f", &err), 0);
	assert_int_equal(container_find(&container, NAME(1), &chunk, &err), 0);
	assert_int_equal(container_view(&container, &chunk, 20, 0, &got, &err), 0);
	for (size_t i = 0; i < sizeof outside / sizeof outside[0]; i++) {
		err = (struct err){0};
		assert_int_equal(container_view(&container, &chunk, outside[i][0], outside[i][1], &got, &err), -1);
		assert_int_equal(err.kind, ERR_DAMAGED);
	}
	err = (struct err){0};
	assert_int_equal(container_find(&container, NAME(3), &chunk, &err), -1);
	assert_int_equal(err.kind, ERR_DAMAGED);
	container_close(&container);
	release(&content);
}

/* Opens, checks and views the image: what each says. */
struct verdict {
	bool opened;
	bool checked;
	bool viewed;
	struct err err; /* of the first that failed */
};

static struct verdict judge(const struct content *content, struct span bytes)
{
	struct verdict verdict = {0};
	struct container container;
	struct err ignored = {0};

	verdict.opened = container_open(&container, bytes, IMAGE_KIND, "f", &verdict.err) == 0;
	if (!verdict.opened)
		return verdict;
	verdict.viewed = view_all(&container, content, &ignored) == 0;
	verdict.checked = container_check(&container, &verdict.err) == 0;
	container_close(&container);
	return verdict;
}

static bool is_refusal(const struct err *err)
{
	return err->kind == ERR_DAMAGED || err->kind == ERR_FOREIGN || err->kind == ERR_VERSION;
}

/* view_all() asserts that what can be viewed is what was written. */
static void every_flipped_bit_is_noticed(void **state)
{
	static const size_t sizes[] = {100, 0, 4500, 30};
	struct content content;
	char *exact;

	(void)state;
	make(&content, sizes, 4);
	exact = image_exact(buf_span(&content.image));
	for (size_t bit = 0; bit < content.image.n * 8; bit++) {
		struct verdict verdict;

		exact[bit / 8] = (char)(exact[bit / 8] ^ 1 << bit % 8);
		verdict = judge(&content, (struct span){exact, content.image.n});
		exact[bit / 8] = (char)(exact[bit / 8] ^ 1 << bit % 8);
		if (verdict.checked || !is_refusal(&verdict.err))
			fail_msg("bit %zu", bit);
	}
	assert_true(judge(&content, (struct span){exact, content.image.n}).checked);
	test_free(exact);
	release(&content);
}

static void every_cut_is_noticed(void **state)
{
	static const size_t sizes[] = {100, 4500};
	struct content content;

	(void)state;
	make(&content, sizes, 2);
	for (size_t n = 0; n < content.image.n; n++) {
		char *exact = image_exact((struct span){content.image.data, n});
		struct verdict verdict = judge(&content, (struct span){exact, n});

		assert_false(verdict.opened);
		assert_int_equal(verdict.err.kind, n < IMAGE_HEAD ? ERR_FOREIGN : ERR_DAMAGED);
		test_free(exact);
	}
	for (int i = 0; i < 100; i++) {
		buf_add_byte(&content.image, 0);
		assert_false(judge(&content, buf_span(&content.image)).opened);
	}
	release(&content);
}

static void swapped_pages_are_noticed(void **state)
{
	static const size_t sizes[] = {4 * CONTAINER_PAGE};
	struct content content;
	char page[CONTAINER_PAGE];

	(void)state;
	make(&content, sizes, 1);
	memcpy(page, content.image.data + CONTAINER_PAGE, sizeof page);
	memcpy(content.image.data + CONTAINER_PAGE, content.image.data + 2 * CONTAINER_PAGE, sizeof page);
	memcpy(content.image.data + 2 * CONTAINER_PAGE, page, sizeof page);
	assert_true(judge(&content, buf_span(&content.image)).opened);
	assert_false(judge(&content, buf_span(&content.image)).viewed);
	assert_false(judge(&content, buf_span(&content.image)).checked);
	release(&content);
}

/* Sizes where a page of sums is full: what is written is read, each sum is looked at before what it covers. */
static void sums_fill_pages_of_their_own(void **state)
{
	enum { COVERED = CONTAINER_PAGE / 4 * CONTAINER_PAGE };
	static const size_t sizes[] = {COVERED - IMAGE_HEAD - 1, COVERED - IMAGE_HEAD, COVERED - IMAGE_HEAD + 1,
				       2 * COVERED - IMAGE_HEAD, 2 * COVERED + 5000};

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		struct content content;
		size_t pages = (sizes[i] + IMAGE_HEAD + CONTAINER_PAGE - 1) / CONTAINER_PAGE;
		size_t sums = IMAGE_HEAD + sizes[i];
		size_t roots = sums + pages * 4;

		make(&content, &sizes[i], 1);
		assert_int_equal(image_table(&content.image, 1) - roots, (pages * 4 + 4095) / 4096 * 4);
		assert_true(judge(&content, buf_span(&content.image)).checked);
		content.image.data[roots - 1] ^= 1; /* the last sum */
		assert_true(judge(&content, buf_span(&content.image)).opened);
		assert_false(judge(&content, buf_span(&content.image)).viewed);
		assert_false(judge(&content, buf_span(&content.image)).checked);
		content.image.data[roots - 1] ^= 1;
		content.image.data[roots] ^= 1; /* the first root */
		assert_false(judge(&content, buf_span(&content.image)).opened);
		release(&content);
	}
}

/* A page and its sum that agree with each other, but not with the root. */
static void sums_are_under_sums(void **state)
{
	static const size_t sizes[] = {3 * CONTAINER_PAGE};
	struct content content;
	struct container container;
	struct chunk chunk;
	struct span got;
	struct err err = {0};
	size_t sums = IMAGE_HEAD + sizes[0];

	(void)state;
	make(&content, sizes, 1);
	content.image.data[CONTAINER_PAGE + 5] ^= 1;
	image_put_u32(&content.image, sums + 4,
		      checksum_32((struct span){content.image.data + CONTAINER_PAGE, CONTAINER_PAGE}));
	assert_int_equal(container_open(&container, buf_span(&content.image), IMAGE_KIND, "f", &err), 0);
	assert_int_equal(container_find(&container, NAME(0), &chunk, &err), 0);
	assert_int_equal(container_view(&container, &chunk, 0, 1, &got, &err), -1);
	assert_string_equal(err.text,
			    "f: damaged (checksum of the sums, at byte 12304); rebuild it with kbindex --force");
	container_close(&container);
	release(&content);
}

static void an_id_of_other_content_is_refused(void **state)
{
	static const size_t sizes[] = {100};
	struct content content;
	struct verdict verdict;
	size_t tail;

	(void)state;
	make(&content, sizes, 1);
	tail = image_tail(&content.image);
	content.image.data[tail + 32] ^= 1;
	image_put_u64(&content.image, tail + 48, checksum_64((struct span){content.image.data + 120, tail + 48 - 120}));
	image_put_u64(&content.image, tail + 56, checksum_64((struct span){content.image.data, tail + 56}));
	verdict = judge(&content, buf_span(&content.image));
	assert_true(verdict.opened);
	assert_false(verdict.checked);
	release(&content);
}

/* What a reader says of an image of two chunks in which one number was changed and all checksums made right. */
static enum err_kind refusal(size_t (*place)(const struct buf *), size_t offset, uint32_t value)
{
	static const size_t sizes[] = {100, 200};
	struct content content;
	struct verdict verdict;

	make(&content, sizes, 2);
	image_put_u32(&content.image, place(&content.image) + offset, value);
	image_seal(&content.image);
	verdict = judge(&content, buf_span(&content.image));
	assert_int_equal(verdict.opened, verdict.err.kind == ERR_NONE);
	release(&content);
	return verdict.err.kind;
}

static size_t head(const struct buf *image)
{
	(void)image;
	return 0;
}

static size_t first_entry(const struct buf *image)
{
	return image_table(image, 2);
}

static size_t second_entry(const struct buf *image)
{
	return image_table(image, 2) + IMAGE_ENTRY;
}

static void numbers_that_do_not_fit_are_refused(void **state)
{
	(void)state;
	assert_int_equal(refusal(head, 0, 0), ERR_FOREIGN);
	assert_int_equal(refusal(head, 4, 0), ERR_FOREIGN);
	assert_int_equal(refusal(head, 8, IMAGE_KIND + 1), ERR_FOREIGN);
	assert_int_equal(refusal(head, 12, CONTAINER_VERSION + 1), ERR_VERSION);
	assert_int_equal(refusal(image_tail, 0, 1), ERR_VERSION);          /* a required feature */
	assert_int_equal(refusal(image_tail, 0, 0x80000000), ERR_VERSION); /* another */
	assert_int_equal(refusal(image_tail, 4, 0xFFFFFFFF), ERR_NONE);    /* optional ones */
	assert_int_equal(refusal(image_tail, 8, 1), ERR_DAMAGED);          /* chunks */
	assert_int_equal(refusal(image_tail, 8, 3), ERR_DAMAGED);
	assert_int_equal(refusal(image_tail, 8, 0xFFFFFFFF), ERR_DAMAGED);
	assert_int_equal(refusal(image_tail, 12, 1), ERR_DAMAGED); /* reserved */
	assert_int_equal(refusal(image_tail, 16, 0), ERR_DAMAGED); /* where the sums are */
	assert_int_equal(refusal(image_tail, 16, 8), ERR_DAMAGED);
	assert_int_equal(refusal(image_tail, 16, 315), ERR_DAMAGED);
	assert_int_equal(refusal(image_tail, 16, 317), ERR_DAMAGED);
	assert_int_equal(refusal(image_tail, 20, 0xFFFFFFFF), ERR_DAMAGED);
	assert_int_equal(refusal(image_tail, 24, 1), ERR_DAMAGED); /* length of the file */
	assert_int_equal(refusal(image_tail, 28, 1), ERR_DAMAGED);
	assert_int_equal(refusal(first_entry, 0, NAME(1)), ERR_DAMAGED); /* named twice */
	assert_int_equal(refusal(first_entry, 4, 1), ERR_DAMAGED);       /* reserved */
	assert_int_equal(refusal(first_entry, 8, 0), ERR_DAMAGED);       /* offset */
	assert_int_equal(refusal(first_entry, 8, 17), ERR_DAMAGED);
	assert_int_equal(refusal(first_entry, 16, 99), ERR_DAMAGED); /* length: a gap, an overlap */
	assert_int_equal(refusal(first_entry, 16, 101), ERR_DAMAGED);
	assert_int_equal(refusal(first_entry, 20, 0xFFFFFFFF), ERR_DAMAGED);
	assert_int_equal(refusal(second_entry, 8, 16), ERR_DAMAGED);
	assert_int_equal(refusal(second_entry, 12, 0xFFFFFFFF), ERR_DAMAGED);
	assert_int_equal(refusal(second_entry, 16, 199), ERR_DAMAGED);
	assert_int_equal(refusal(second_entry, 16, 201), ERR_DAMAGED);
	assert_int_equal(refusal(second_entry, 20, 1), ERR_DAMAGED);
}

static void more_chunks_than_allowed_are_refused(void **state)
{
	struct image_chunk chunks[MOST + 1];
	struct buf image = {0};
	struct container container;
	struct err err = {0};

	(void)state;
	for (size_t i = 0; i <= MOST; i++)
		chunks[i] = (struct image_chunk){NAME(i), span_of("x")};
	image_make(&image, IMAGE_KIND, chunks, MOST);
	assert_int_equal(container_open(&container, buf_span(&image), IMAGE_KIND, "f", &err), 0);
	container_close(&container);
	image_make(&image, IMAGE_KIND, chunks, MOST + 1);
	assert_int_equal(container_open(&container, buf_span(&image), IMAGE_KIND, "f", &err), -1);
	assert_int_equal(err.kind, ERR_DAMAGED);
	buf_release(&image);
}

/* Whatever the end of the file says under right checksums: refused, or every chunk lies inside the file. */
static void hostile_ends_never_lead_outside(void **state)
{
	static const size_t sizes[] = {100, 4500, 30};
	struct content content;
	uint64_t seed = 1;

	(void)state;
	make(&content, sizes, 3);
	for (int round = 0; round < 20000; round++) {
		size_t n = content.image.n;
		char *exact = image_exact(buf_span(&content.image));
		struct buf copy = {.data = exact, .n = n, .capacity = n};
		struct container container;
		struct err err = {0};

		for (uint32_t i = random_below(&seed, 3); i < 3; i++)
			exact[n - 1 - random_below(&seed, IMAGE_TAIL + 3 * IMAGE_ENTRY)] =
				(char)(random_below(&seed, 2) ? random_below(&seed, 256) : 0);
		image_seal(&copy);
		if (container_open(&container, buf_span(&copy), IMAGE_KIND, "f", &err) == 0) {
			for (unsigned i = 0; i < container.chunk_count; i++) {
				struct span bytes;

				assert_int_equal(container_view(&container, &container.chunks[i], 0,
								container.chunks[i].length, &bytes, &err),
						 0);
				checksum_32(bytes);
			}
			container_close(&container);
		} else {
			assert_true(is_refusal(&err));
		}
		test_free(exact);
	}
	release(&content);
}

static struct checksum_128 id_of(const char *text)
{
	struct image_chunk chunk = {NAME(0), span_of(text)};
	struct buf image = {0};
	struct container container;
	struct checksum_128 id;
	struct err err = {0};

	image_make(&image, IMAGE_KIND, &chunk, 1);
	assert_int_equal(container_open(&container, buf_span(&image), IMAGE_KIND, "f", &err), 0);
	id = container.id;
	container_close(&container);
	buf_release(&image);
	return id;
}

static void equal_content_has_an_equal_id(void **state)
{
	struct checksum_128 a = id_of("内容");
	struct checksum_128 b = id_of("内容");
	struct checksum_128 c = id_of("内客");

	(void)state;
	assert_memory_equal(&a, &b, sizeof a);
	assert_memory_not_equal(&a, &c, sizeof a);
}

static void messages_say_what_to_do(void **state)
{
	static const size_t sizes[] = {100};
	struct content content;
	struct container container;
	struct err err = {0};

	(void)state;
	make(&content, sizes, 1);
	content.image.data[40] ^= 1;
	assert_int_equal(container_open(&container, buf_span(&content.image), IMAGE_KIND, "some/seg", &err), 0);
	assert_int_equal(container_check(&container, &err), -1);
	assert_string_equal(err.text,
			    "some/seg: damaged (checksum of a page, at byte 0); rebuild it with kbindex --force");
	container_close(&container);
	release(&content);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(views_stay_in_their_chunk),
		cmocka_unit_test(every_flipped_bit_is_noticed),
		cmocka_unit_test(every_cut_is_noticed),
		cmocka_unit_test(swapped_pages_are_noticed),
		cmocka_unit_test(sums_fill_pages_of_their_own),
		cmocka_unit_test(sums_are_under_sums),
		cmocka_unit_test(an_id_of_other_content_is_refused),
		cmocka_unit_test(numbers_that_do_not_fit_are_refused),
		cmocka_unit_test(more_chunks_than_allowed_are_refused),
		cmocka_unit_test(hostile_ends_never_lead_outside),
		cmocka_unit_test(equal_content_has_an_equal_id),
		cmocka_unit_test(messages_say_what_to_do),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
