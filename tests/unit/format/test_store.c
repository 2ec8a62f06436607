#include "store.h"

#include "image.h"
#include "random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <zstd.h>

#include <cmocka.h>

enum { TEXT = CONTAINER_NAME('T', 'T', 'T', 'T'), INDEX = CONTAINER_NAME('I', 'I', 'I', 'I') };

/* A text of lines, its blocks as the rule in the header makes them, and the store. */
struct written {
	struct buf text;
	struct buf starts; /* array of uint64_t: first byte of each block */
	struct store_writer writer;
	struct buf image;
	struct container container;
	struct store store;
};

static void add_line(struct written *w, size_t n, uint64_t *seed)
{
	uint64_t *starts = &BUF_AT(&w->starts, uint64_t, 0);
	size_t start = w->text.n;
	struct err err = {0};
	uint32_t block;

	if (w->starts.n == 0 || start - starts[BUF_COUNT(&w->starts, uint64_t) - 1] >= STORE_BLOCK) {
		uint64_t begins = start;

		buf_add(&w->starts, &begins, sizeof begins);
	}
	for (size_t i = 1; i < n; i++)
		buf_add_byte(&w->text, (unsigned char)('a' + random_below(seed, 26)));
	buf_add_byte(&w->text, '\n');
	assert_int_equal(store_add_line(&w->writer, (struct span){w->text.data + start, n}, &block, &err), 0);
	assert_int_equal(block, BUF_COUNT(&w->starts, uint64_t) - 1);
}

/* The chunks as given, or as the writer left them. */
static void make_image(struct buf *image, struct span frames, struct span index)
{
	const struct image_chunk chunks[] = {{TEXT, frames}, {INDEX, index}};

	image_make(image, IMAGE_KIND, chunks, 2);
}

static void finish(struct written *w)
{
	struct err err = {0};

	assert_int_equal(store_finish(&w->writer, &err), 0);
	assert_int_equal(w->writer.offset, w->text.n);
	store_index_add(&w->writer.index, w->writer.offset, w->writer.frames.n);
	make_image(&w->image, buf_span(&w->writer.frames), buf_span(&w->writer.index));
	assert_int_equal(container_open(&w->container, buf_span(&w->image), IMAGE_KIND, "f", &err), 0);
	assert_int_equal(store_open(&w->store, &w->container, TEXT, INDEX, &err), 0);
	assert_int_equal(w->store.text_bytes, w->text.n);
	assert_int_equal(w->store.block_count, BUF_COUNT(&w->starts, uint64_t));
}

static void release(struct written *w)
{
	store_close(&w->store);
	container_close(&w->container);
	store_writer_release(&w->writer);
	buf_release(&w->image);
	buf_release(&w->starts);
	buf_release(&w->text);
}

static void check_read(struct written *w, uint64_t start, uint64_t end)
{
	struct buf out = {0};
	struct err err = {0};

	buf_add_text(&out, "before");
	assert_int_equal(store_read(&w->store, start, end, &out, &err), 0);
	assert_int_equal(out.n, 6 + (end - start));
	assert_memory_equal(out.data + 6, w->text.data + start, end - start);
	buf_release(&out);
}

static void check_block(struct written *w, uint32_t number)
{
	struct err err = {0};
	uint64_t start;
	uint64_t end;
	uint32_t found;

	assert_int_equal(store_block_start(&w->store, number, &start, &err), 0);
	assert_int_equal(store_block_start(&w->store, number + 1, &end, &err), 0);
	assert_int_equal(start, BUF_AT(&w->starts, uint64_t, number));
	assert_int_equal(store_find_block(&w->store, start, &found, &err), 0);
	assert_int_equal(found, number);
	assert_int_equal(store_find_block(&w->store, end - 1, &found, &err), 0);
	assert_int_equal(found, number);
	/* everything around its borders */
	for (uint64_t from = start ? start - 1 : 0; from <= start + 1; from++)
		for (uint64_t to = end - 1; to <= end + 1 && to <= w->text.n; to++)
			if (from <= to)
				check_read(w, from, to);
}

static void check_outside(struct written *w)
{
	struct buf out = {0};
	struct err err = {0};
	uint32_t block;

	assert_int_equal(store_read(&w->store, 0, w->text.n + 1, &out, &err), -1);
	assert_int_equal(err.kind, ERR_DAMAGED);
	err = (struct err){0};
	assert_int_equal(store_find_block(&w->store, w->text.n, &block, &err), -1);
	assert_int_equal(err.kind, ERR_DAMAGED);
	assert_int_equal(store_read(&w->store, 5, 5, &out, &err), 0);
	assert_int_equal(out.n, 0);
	buf_release(&out);
}

static void check_lines(const size_t *lengths, size_t count)
{
	struct written w = {0};
	uint64_t seed = count;

	for (size_t i = 0; i < count; i++)
		add_line(&w, lengths[i], &seed);
	finish(&w);
	for (uint32_t i = 0; i < w.store.block_count; i++)
		check_block(&w, i);
	check_read(&w, 0, w.text.n);
	check_outside(&w);
	release(&w);
}

static void gives_back_lines_around_a_block(void **state)
{
	static const size_t table[][4] = {
		{1},
		{STORE_BLOCK - 1},
		{STORE_BLOCK},
		{STORE_BLOCK + 1},
		{STORE_BLOCK - 1, 1},
		{STORE_BLOCK - 1, 2, 1},
		{STORE_BLOCK, STORE_BLOCK, STORE_BLOCK, 1},
		{1, STORE_BLOCK + 1, 1, STORE_BLOCK - 1},
		{1 << 20},
		{100, 1 << 20, 100, 100},
	};

	(void)state;
	check_lines(NULL, 0);
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		size_t count = 0;

		while (count < 4 && table[i][count])
			count++;
		check_lines(table[i], count);
	}
}

static void gives_back_any_range(void **state)
{
	struct written w = {0};
	uint64_t seed = 5;

	(void)state;
	for (int i = 0; i < 3000; i++)
		add_line(&w, 1 + random_below(&seed, i % 100 ? 60 : 9000), &seed);
	finish(&w);
	assert_true(w.store.block_count > 5);
	for (uint32_t i = 0; i < w.store.block_count; i++)
		check_block(&w, i);
	for (int i = 0; i < 500; i++) {
		uint64_t start = random_below(&seed, (uint32_t)w.text.n);
		uint32_t most = i % 10 ? 500 : 50000;
		uint64_t end = start + random_below(&seed, most);

		check_read(&w, start, end < w.text.n ? end : w.text.n);
	}
	release(&w);
}

/* Of `n` bytes 'x'. */
static size_t add_frame(struct buf *frames, size_t n)
{
	char *text = test_malloc(n);
	char *to = buf_reserve(frames, ZSTD_compressBound(n));
	size_t bytes;

	memset(text, 'x', n);
	assert_non_null(to);
	bytes = ZSTD_compress(to, ZSTD_compressBound(n), text, n, STORE_LEVEL);
	assert_false(ZSTD_isError(bytes));
	frames->n += bytes;
	test_free(text);
	return bytes;
}

/* What opening and reading [start, end) say of two frames of 100 bytes under an index of three records. */
static int judge(struct span frames, const uint64_t index[6], uint64_t start, uint64_t end)
{
	struct buf bytes = {0};
	struct buf image = {0};
	struct buf out = {0};
	struct container container;
	struct store store;
	struct err err = {0};
	char *exact;
	int status;

	for (size_t i = 0; i < 6; i += 2)
		store_index_add(&bytes, index[i], index[i + 1]);
	make_image(&image, frames, buf_span(&bytes));
	exact = image_exact(buf_span(&image));
	assert_int_equal(container_open(&container, (struct span){exact, image.n}, IMAGE_KIND, "f", &err), 0);
	status = store_open(&store, &container, TEXT, INDEX, &err);
	if (status == 0) {
		status = store_read(&store, start, end, &out, &err);
		/* once more: what was cached must not lead astray either */
		if (status < 0)
			assert_int_equal(store_read(&store, start, end, &out, &err), -1);
		store_close(&store);
	}
	assert_int_equal(status < 0, err.kind == ERR_DAMAGED);
	container_close(&container);
	test_free(exact);
	buf_release(&bytes);
	buf_release(&image);
	buf_release(&out);
	return status;
}

static void an_index_that_lies_is_refused(void **state)
{
	struct buf frames = {0};
	uint64_t a = add_frame(&frames, 100);
	uint64_t b = add_frame(&frames, 100);
	uint64_t n = a + b;
	const uint64_t sound[] = {0, 0, 100, a, 200, n};
	const uint64_t table[][6] = {
		{50, 0, 100, a, 200, n},    /* no block holds the first byte */
		{1, 0, 101, a, 201, n},     /* the same */
		{0, 0, 99, a, 200, n},      /* sizes that are not the frames' */
		{0, 0, 101, a, 200, n},     /* the same */
		{0, 0, 100, a, 201, n},     /* the same */
		{0, 0, 0, a, 200, n},       /* an empty block */
		{0, 0, 300, a, 200, n},     /* offsets that fall */
		{0, n, 100, a, 200, n},     /* frames that fall */
		{0, 0, 100, n + 1, 200, n}, /* a frame outside */
		{0, 0, 100, a, 200, n + 1}, /* the same */
		{0, 0, 100, a, 200, UINT64_MAX},
		{0, 0, 100, UINT64_MAX, 200, 0},
		{0, 0, 100, a, UINT64_MAX, n},
		{0, 0, 100, 0, 200, n},     /* no frame, then two */
		{0, a, 100, a, 200, n},     /* the same */
		{0, 0, 100, a - 1, 200, n}, /* half a frame */
		{0, 1, 100, a, 200, n},     /* the same */
		{0, 0, UINT64_MAX / 2, a, UINT64_MAX, n},
		{UINT64_MAX - 100, 0, UINT64_MAX, a, 200, n},
	};

	(void)state;
	assert_int_equal(judge(buf_span(&frames), sound, 0, 200), 0);
	assert_int_equal(judge(buf_span(&frames), sound, 150, 160), 0);
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		if (judge(buf_span(&frames), table[i], 0, table[i][4] < 200 ? table[i][4] : 200) != -1)
			fail_msg("index %zu", i);
	buf_release(&frames);
}

/* The frame's content, and the size the index says it has. */
static int judge_frame(struct span frame, uint64_t size)
{
	const uint64_t index[] = {0, 0, size, frame.n, size, frame.n};
	struct buf bytes = {0};
	struct buf image = {0};
	struct buf out = {0};
	struct container container;
	struct store store;
	struct err err = {0};
	int status;

	for (size_t i = 0; i < 4; i += 2)
		store_index_add(&bytes, index[i], index[i + 1]);
	make_image(&image, frame, buf_span(&bytes));
	assert_int_equal(container_open(&container, buf_span(&image), IMAGE_KIND, "f", &err), 0);
	assert_int_equal(store_open(&store, &container, TEXT, INDEX, &err), 0);
	status = store_read(&store, 0, size, &out, &err);
	assert_int_equal(status < 0, err.kind == ERR_DAMAGED);
	if (status == 0)
		assert_int_equal(out.n, size);
	store_close(&store);
	container_close(&container);
	buf_release(&bytes);
	buf_release(&image);
	buf_release(&out);
	return status;
}

static void a_frame_of_another_size_is_refused(void **state)
{
	/* Frames made by hand after RFC 8878: magic, descriptor (single segment, size of 4 bytes), size, a raw block. */
	static const char hidden[] = "\x28\xB5\x2F\xFD\x00\x58\x21\x00\x00"
				     "abcd";                                            /* tells no size */
	static const char bomb[] = "\x28\xB5\x2F\xFD\xA0\x00\x00\x00\x40\x03\x00\x00x"; /* tells 1 GiB */
	static const char skipped[] = "\x50\x2A\x4D\x18\x04\x00\x00\x00"
				      "abcd";
	struct buf frames = {0};

	(void)state;
	add_frame(&frames, 100);
	assert_int_equal(judge_frame(buf_span(&frames), 100), 0);
	assert_int_equal(judge_frame(buf_span(&frames), 99), -1);
	assert_int_equal(judge_frame(buf_span(&frames), 101), -1);
	add_frame(&frames, 100);
	assert_int_equal(judge_frame(buf_span(&frames), 100), -1);
	assert_int_equal(judge_frame(buf_span(&frames), 200), -1);
	assert_int_equal(judge_frame((struct span){hidden, sizeof hidden - 1}, 4), -1);
	assert_int_equal(judge_frame((struct span){bomb, sizeof bomb - 1}, 1 << 30), -1);
	assert_int_equal(judge_frame((struct span){bomb, sizeof bomb - 1}, 1), -1);
	assert_int_equal(judge_frame((struct span){skipped, sizeof skipped - 1}, 4), -1);
	assert_int_equal(judge_frame(span_of("not a frame at all"), 10), -1);
	assert_int_equal(judge_frame(span_of(""), 1), -1);
	buf_release(&frames);
}

static void an_index_of_no_size_is_refused(void **state)
{
	static const char zeros[40];

	(void)state;
	for (size_t n = 0; n < sizeof zeros; n++) {
		struct buf image = {0};
		struct container container;
		struct store store;
		struct err err = {0};
		int status;

		make_image(&image, span_of(""), (struct span){zeros, n});
		assert_int_equal(container_open(&container, buf_span(&image), IMAGE_KIND, "f", &err), 0);
		status = store_open(&store, &container, TEXT, INDEX, &err);
		assert_int_equal(status, n == 16 || n == 32 ? 0 : -1);
		if (status == 0)
			store_close(&store);
		else
			assert_int_equal(err.kind, ERR_DAMAGED);
		container_close(&container);
		buf_release(&image);
	}
}

/* However the chunks are changed: an error, or exactly as many bytes as were asked for. */
static void damage_never_leads_astray(void **state)
{
	struct written w = {0};
	uint64_t seed = 9;

	(void)state;
	for (int i = 0; i < 6; i++)
		add_line(&w, STORE_BLOCK / 3, &seed);
	finish(&w);
	for (int round = 0; round < 3000; round++) {
		char *exact = image_exact(buf_span(&w.image));
		struct buf copy = {.data = exact, .n = w.image.n, .capacity = w.image.n};
		size_t sums = (size_t)load_u64((unsigned char *)exact + image_tail(&copy) + 16);
		struct container container;
		struct store store;
		struct err err = {0};
		uint32_t back = round % 3 ? (uint32_t)w.writer.index.n : (uint32_t)sums - IMAGE_HEAD;

		exact[sums - 1 - random_below(&seed, back)] = (char)random_below(&seed, 256);
		image_seal(&copy);
		assert_int_equal(container_open(&container, buf_span(&copy), IMAGE_KIND, "f", &err), 0);
		if (store_open(&store, &container, TEXT, INDEX, &err) == 0) {
			for (uint64_t start = 0; start < w.text.n; start += STORE_BLOCK / 2 + 1) {
				struct buf out = {0};

				if (store_read(&store, start, start + 1000, &out, &err) == 0)
					assert_int_equal(out.n, 1000);
				buf_release(&out);
			}
			store_close(&store);
		}
		assert_true(err.kind == ERR_NONE || err.kind == ERR_DAMAGED);
		container_close(&container);
		test_free(exact);
	}
	release(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_back_lines_around_a_block), cmocka_unit_test(gives_back_any_range),
		cmocka_unit_test(an_index_that_lies_is_refused),   cmocka_unit_test(a_frame_of_another_size_is_refused),
		cmocka_unit_test(an_index_of_no_size_is_refused),  cmocka_unit_test(damage_never_leads_astray),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
