#include "store.h"
#include "store_writer.h"

#include "heap.h"
#include "image.h"
#include "random.h"
#include "unit.h"

enum {
	TEXT = CONTAINER_NAME('T', 'T', 'T', 'T'),
	INDEX = CONTAINER_NAME('I', 'I', 'I', 'I'),
	DICTIONARY = CONTAINER_NAME('D', 'D', 'D', 'D'),
	CHARACTERS = CONTAINER_NAME('C', 'C', 'C', 'C'),
};

static const uint32_t names[] = {TEXT, INDEX, DICTIONARY, CHARACTERS};

/* A text of lines, frames that end with the line that makes STORE_FRAME bytes, and the store. */
struct written {
	struct buf text;
	struct buf starts; /* array of uint64_t: first byte of each frame */
	struct store_dictionary dictionary;
	struct store_writer writer;
	struct buf index; /* the chunk */
	struct buf image;
	struct container container;
	struct store store;
};

/* `n` bytes and a newline that look like text: words out of a few hundred, half of them of Han characters. */
static void add_words(struct buf *text, size_t n, uint64_t *seed)
{
	size_t end = text->n + n;

	while (text->n < end) {
		uint64_t word = random_below(seed, 300);
		size_t length = 3 + random_below(&word, 20);

		bool han = random_below(&word, 2);

		for (size_t i = 0; i < length && text->n < end; i++) {
			uint32_t letter = random_below(&word, 26);

			if (han && end - text->n >= 3)
				buf_add_text(text, (const char[]){(char)0xE4, (char)(0xB8 + letter / 9),
								  (char)(0x80 + letter * 2), '\0'});
			else
				buf_add_byte(text, (unsigned char)('a' + letter));
		}
	}
	buf_add_byte(text, '\n');
}

/* Of a text of 4 MB with those words. */
static void make_dictionary(struct store_dictionary *dictionary, uint64_t seed)
{
	struct buf samples = {0};
	struct err err = {0};
	size_t sizes[100];

	for (size_t i = 0; i < 100; i++) {
		sizes[i] = 2048 - i;
		add_words(&samples, sizes[i] - 1, &seed);
	}
	assert_int_equal(store_dictionary_make(dictionary, buf_span(&samples), sizes, 100, 4 << 20, &err), 0);
	assert_true(dictionary->bytes.n >= STORE_DICTIONARY_MIN);
	buf_release(&samples);
}

static void add_line(struct written *w, size_t n, uint64_t *seed)
{
	uint64_t *starts = &BUF_AT(&w->starts, uint64_t, 0);
	size_t start = w->text.n;

	if (w->starts.n == 0 || start - starts[BUF_COUNT(&w->starts, uint64_t) - 1] >= STORE_FRAME) {
		uint64_t begins = start;

		buf_add(&w->starts, &begins, sizeof begins);
	}
	add_words(&w->text, n - 1, seed);
}

static void add_frames(struct written *w)
{
	size_t count = BUF_COUNT(&w->starts, uint64_t);
	struct err err = {0};

	for (size_t i = 0; i < count; i++) {
		uint64_t start = BUF_AT(&w->starts, uint64_t, i);
		uint64_t end = i + 1 < count ? BUF_AT(&w->starts, uint64_t, i + 1) : w->text.n;

		assert_int_equal(store_add_frame(&w->writer, (struct span){w->text.data + start, end - start}, &err),
				 0);
	}
}

static void make_image(struct buf *image, struct span frames, struct span index, struct span dictionary,
		       struct span characters)
{
	const struct image_chunk chunks[] = {
		{TEXT, frames}, {INDEX, index}, {DICTIONARY, dictionary}, {CHARACTERS, characters}};

	image_make(image, IMAGE_KIND, chunks, 4);
}

static void finish(struct written *w)
{
	struct err err = {0};

	add_frames(w);
	assert_int_equal(w->writer.offset, w->text.n);
	store_index_add(&w->writer.index, w->writer.offset, w->writer.frames.n);
	store_index_encode(&w->index, &w->writer.index);
	make_image(&w->image, buf_span(&w->writer.frames), buf_span(&w->index), buf_span(&w->dictionary.bytes),
		   buf_span(&w->dictionary.characters));
	assert_int_equal(container_open(&w->container, buf_span(&w->image), IMAGE_KIND, "f", &err), 0);
	assert_int_equal(store_open(&w->store, &w->container, names, &err), 0);
	assert_int_equal(w->store.text_bytes, w->text.n);
	assert_int_equal(w->store.frame_count, BUF_COUNT(&w->starts, uint64_t));
}

static void release(struct written *w)
{
	store_close(&w->store);
	container_close(&w->container);
	store_writer_release(&w->writer);
	store_dictionary_release(&w->dictionary);
	buf_release(&w->index);
	buf_release(&w->image);
	buf_release(&w->starts);
	buf_release(&w->text);
}

/* A view is in the store's frame if one frame has it all, else behind what the spare buffer had. */
static void check_view(struct written *w, uint64_t start, uint64_t end)
{
	struct buf spare = {0};
	struct span out;
	struct err err = {0};

	buf_add_text(&spare, "before");
	assert_int_equal(store_view(&w->store, start, end, &spare, &out, &err), 0);
	assert_int_equal(out.n, end - start);
	if (out.n) {
		uint32_t first;
		uint32_t last;

		assert_memory_equal(out.p, w->text.data + start, out.n);
		assert_int_equal(store_find_frame(&w->store, start, &first, &err), 0);
		assert_int_equal(store_find_frame(&w->store, end - 1, &last, &err), 0);
		assert_int_equal(spare.n, first == last ? 6 : 6 + out.n);
		if (first != last)
			assert_ptr_equal(out.p, spare.data + 6);
	}
	buf_release(&spare);
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
	check_view(w, start, end);
}

static void check_frame(struct written *w, uint32_t number)
{
	struct err err = {0};
	uint64_t start;
	uint64_t end;
	uint32_t found;

	assert_int_equal(store_frame_start(&w->store, number, &start, &err), 0);
	assert_int_equal(store_frame_start(&w->store, number + 1, &end, &err), 0);
	assert_int_equal(start, BUF_AT(&w->starts, uint64_t, number));
	assert_int_equal(store_find_frame(&w->store, start, &found, &err), 0);
	assert_int_equal(found, number);
	assert_int_equal(store_find_frame(&w->store, end - 1, &found, &err), 0);
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
	struct span view;
	struct err err = {0};
	uint32_t frame;

	assert_int_equal(store_read(&w->store, 0, w->text.n + 1, &out, &err), -1);
	assert_int_equal(err.kind, ERR_DAMAGED);
	err = (struct err){0};
	assert_int_equal(store_view(&w->store, 0, w->text.n + 1, &out, &view, &err), -1);
	assert_int_equal(err.kind, ERR_DAMAGED);
	err = (struct err){0};
	assert_int_equal(store_find_frame(&w->store, w->text.n, &frame, &err), -1);
	assert_int_equal(err.kind, ERR_DAMAGED);
	assert_int_equal(store_read(&w->store, 5, 5, &out, &err), 0);
	assert_int_equal(out.n, 0);
	buf_release(&out);
}

static void check_lines(const size_t *lengths, size_t count, bool with_dictionary)
{
	struct written w = {0};
	uint64_t seed = count;

	if (with_dictionary)
		make_dictionary(&w.dictionary, 1);
	w.writer.dictionary = &w.dictionary;
	for (size_t i = 0; i < count; i++)
		add_line(&w, lengths[i], &seed);
	finish(&w);
	for (uint32_t i = 0; i < w.store.frame_count; i++)
		check_frame(&w, i);
	check_read(&w, 0, w.text.n);
	check_outside(&w);
	release(&w);
}

/* A text whose only newlines are the bytes before those places. */
static size_t frame_end(size_t n, size_t first, size_t second)
{
	char *text = test_malloc(n + 1);
	size_t end;

	memset(text, 'x', n);
	if (first)
		text[first - 1] = '\n';
	if (second)
		text[second - 1] = '\n';
	end = store_frame_end((struct span){text, n});
	test_free(text);
	return end;
}

static void frames_end_with_sections(void **state)
{
	(void)state;
	assert_int_equal(frame_end(0, 0, 0), 0);
	assert_int_equal(frame_end(STORE_FRAME_LEAST - 1, STORE_FRAME_LEAST - 1, 0), 0);
	assert_int_equal(frame_end(STORE_FRAME_LEAST, 0, 0), STORE_FRAME_LEAST);
	assert_int_equal(frame_end(STORE_FRAME_MOST, STORE_FRAME, 0), STORE_FRAME_MOST);
}

static void in_a_long_section_frames_end_with_lines(void **state)
{
	size_t n = STORE_FRAME_MOST + 1;

	(void)state;
	assert_int_equal(frame_end(n, STORE_FRAME, 0), STORE_FRAME);
	assert_int_equal(frame_end(n, STORE_FRAME - 1, STORE_FRAME + 9), STORE_FRAME + 9);
	assert_int_equal(frame_end(n, STORE_FRAME - 1, n), n);
	assert_int_equal(frame_end(n, STORE_FRAME - 1, 0), n);
	assert_int_equal(frame_end(1 << 20, STORE_FRAME - 1, 1 << 19), 1 << 19);
}

static void gives_back_lines_around_a_frame(void **state)
{
	static const size_t table[][4] = {
		{1},
		{STORE_FRAME - 1},
		{STORE_FRAME},
		{STORE_FRAME + 1},
		{STORE_FRAME - 1, 1},
		{STORE_FRAME - 1, 2, 1},
		{STORE_FRAME, STORE_FRAME, STORE_FRAME, 1},
		{1, STORE_FRAME + 1, 1, STORE_FRAME - 1},
		{1 << 20},
		{100, 1 << 20, 100, 100},
	};

	(void)state;
	check_lines(NULL, 0, false);
	check_lines(NULL, 0, true);
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		size_t count = 0;

		while (count < 4 && table[i][count])
			count++;
		check_lines(table[i], count, false);
		check_lines(table[i], count, true);
	}
}

static void gives_back_any_range(void **state)
{
	struct written w = {0};
	uint64_t seed = 5;

	(void)state;
	make_dictionary(&w.dictionary, 1);
	w.writer.dictionary = &w.dictionary;
	for (int i = 0; i < 3000; i++)
		add_line(&w, 1 + random_below(&seed, i % 100 ? 60 : 9000), &seed);
	finish(&w);
	assert_true(w.store.frame_count > 5);
	for (uint32_t i = 0; i < w.store.frame_count; i++)
		check_frame(&w, i);
	for (int i = 0; i < 500; i++) {
		uint64_t start = random_below(&seed, (uint32_t)w.text.n);
		uint32_t most = i % 10 ? 500 : 50000;
		uint64_t end = start + random_below(&seed, most);

		check_read(&w, start, end < w.text.n ? end : w.text.n);
	}
	release(&w);
}

/* Frames are found from wherever the one before was. */
static void finds_frames_in_any_order(void **state)
{
	struct written w = {0};
	uint64_t seed = 6;

	(void)state;
	for (int i = 0; i < 500; i++)
		add_line(&w, 1 + random_below(&seed, STORE_FRAME * 2), &seed);
	finish(&w);
	for (int i = 0; i < 20000; i++) {
		uint64_t offset = random_below(&seed, (uint32_t)w.text.n);
		struct err err = {0};
		uint32_t frame;

		assert_int_equal(store_find_frame(&w.store, offset, &frame, &err), 0);
		assert_true(BUF_AT(&w.starts, uint64_t, frame) <= offset);
		if (frame + 1 < w.store.frame_count)
			assert_true(BUF_AT(&w.starts, uint64_t, frame + 1) > offset);
	}
	release(&w);
}

/* A frame of `n` bytes 'x'. */
static size_t add_frame(struct buf *frames, size_t n)
{
	struct store_writer writer = {0};
	struct buf line = {0};
	struct err err = {0};
	size_t bytes;

	for (size_t i = 0; i < n; i++)
		buf_add_byte(&line, 'x');
	assert_int_equal(store_add_frame(&writer, buf_span(&line), &err), 0);
	bytes = writer.frames.n;
	buf_add_span(frames, buf_span(&writer.frames));
	store_writer_release(&writer);
	buf_release(&line);
	return bytes;
}

/* What opening and reading [start, end) say of two frames of 100 bytes under an index of three records. */
static int judge(struct span frames, const uint64_t index[6], uint64_t start, uint64_t end)
{
	struct buf places = {0};
	struct buf bytes = {0};
	struct buf image = {0};
	struct buf out = {0};
	struct container container;
	struct store store;
	struct err err = {0};
	char *exact;
	int status;

	for (size_t i = 0; i < 6; i += 2)
		store_index_add(&places, index[i], index[i + 1]);
	store_index_encode(&bytes, &places);
	buf_release(&places);
	make_image(&image, frames, buf_span(&bytes), (struct span){0}, (struct span){0});
	exact = image_exact(buf_span(&image));
	assert_int_equal(container_open(&container, (struct span){exact, image.n}, IMAGE_KIND, "f", &err), 0);
	status = store_open(&store, &container, names, &err);
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
		{50, 0, 100, a, 200, n},    /* no frame holds the first byte */
		{1, 0, 101, a, 201, n},     /* the same */
		{0, 0, 99, a, 200, n},      /* sizes that are not the frames' */
		{0, 0, 101, a, 200, n},     /* the same */
		{0, 0, 100, a, 201, n},     /* the same */
		{0, 0, 0, a, 200, n},       /* an empty frame */
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
		{0, UINT64_MAX, 100, a, 200, n}, /* past 64 bits */
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
	struct buf places = {0};
	struct buf bytes = {0};
	struct buf image = {0};
	struct buf out = {0};
	struct container container;
	struct store store;
	struct err err = {0};
	int status;

	for (size_t i = 0; i < 4; i += 2)
		store_index_add(&places, index[i], index[i + 1]);
	store_index_encode(&bytes, &places);
	buf_release(&places);
	make_image(&image, frame, buf_span(&bytes), (struct span){0}, (struct span){0});
	assert_int_equal(container_open(&container, buf_span(&image), IMAGE_KIND, "f", &err), 0);
	assert_int_equal(store_open(&store, &container, names, &err), 0);
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
	/* Frames made by hand after RFC 8878, without magic number: descriptor, window or size, blocks. */
	static const char raw[] = "\x00\x58\x21\x00\x00"
				  "abcd";
	static const char two[] = "\x00\x58\x20\x00\x00"
				  "abcd\x21\x00\x00"
				  "efgh";
	static const char untold[] = "\x20\x04\x21\x00\x00"
				     "abcd"; /* tells its size, 4 */
	static const char lying[] = "\x20\x05\x21\x00\x00"
				    "abcd";                             /* tells 5 */
	static const char bomb[] = "\xA0\x00\x00\x00\x40\x03\x00\x00x"; /* tells 1 GiB */
	static const char same[] = "\x00\x58\x03\x00\x10x";             /* 128 KB of x in four bytes */
	static const char magic[] = "\x28\xB5\x2F\xFD\x00\x58\x21\x00\x00"
				    "abcd";
	struct buf frames = {0};

	(void)state;
	add_frame(&frames, 100);
	assert_int_equal(judge_frame(buf_span(&frames), 100), 0);
	assert_int_equal(judge_frame(buf_span(&frames), 99), -1);
	assert_int_equal(judge_frame(buf_span(&frames), 101), -1);
	for (size_t n = 0; n < frames.n; n++)
		assert_int_equal(judge_frame((struct span){frames.data, n}, 100), -1);
	add_frame(&frames, 100);
	assert_int_equal(judge_frame(buf_span(&frames), 100), -1);
	assert_int_equal(judge_frame((struct span){raw, sizeof raw - 1}, 4), 0);
	assert_int_equal(judge_frame((struct span){raw, sizeof raw - 1}, 3), -1);
	assert_int_equal(judge_frame((struct span){two, sizeof two - 1}, 8), 0);
	assert_int_equal(judge_frame((struct span){untold, sizeof untold - 1}, 4), 0);
	assert_int_equal(judge_frame((struct span){lying, sizeof lying - 1}, 4), -1);
	assert_int_equal(judge_frame((struct span){lying, sizeof lying - 1}, 5), -1);
	assert_int_equal(judge_frame((struct span){bomb, sizeof bomb - 1}, 1 << 30), -1);
	assert_int_equal(judge_frame((struct span){bomb, sizeof bomb - 1}, 1), -1);
	assert_int_equal(judge_frame((struct span){same, sizeof same - 1}, 128 * 1024), 0);
	assert_int_equal(judge_frame((struct span){magic, sizeof magic - 1}, 4), -1);
	assert_int_equal(judge_frame(span_of("not a frame at all"), 10), -1);
	assert_int_equal(judge_frame(span_of(""), 1), -1);
	buf_release(&frames);
	/* no memory is set aside for what so few bytes cannot give */
	heap.largest = 0;
	assert_int_equal(judge_frame((struct span){same, sizeof same - 1}, 60 << 20), -1);
	assert_int_equal(judge_frame((struct span){same, sizeof same - 1}, STORE_FRAME_MAX + 1), -1);
	assert_true(heap.largest < 1 << 20);
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

		make_image(&image, span_of(""), (struct span){zeros, n}, span_of(""), span_of(""));
		assert_int_equal(container_open(&container, buf_span(&image), IMAGE_KIND, "f", &err), 0);
		status = store_open(&store, &container, names, &err);
		assert_int_equal(status, n == 24 || n == 32 ? 0 : -1);
		if (status == 0)
			store_close(&store);
		else
			assert_int_equal(err.kind, ERR_DAMAGED);
		container_close(&container);
		buf_release(&image);
	}
}

static void kept_frames_are_read_again(void **state)
{
	struct written w = {0};
	uint64_t seed = 2;

	(void)state;
	for (size_t i = 0; i < 9; i++)
		add_line(&w, STORE_FRAME, &seed);
	finish(&w);
	store_keep(&w.store);
	assert_non_null(w.store.kept);
	for (unsigned turn = 0; turn < 3; turn++) {
		for (uint64_t i = 0; i < 9; i++) {
			uint64_t start = i * STORE_FRAME;

			check_read(&w, start + turn, start + 100 * turn + 100);
			check_read(&w, start + 9,
				   start + STORE_FRAME + 9 < w.text.n ? start + STORE_FRAME + 9 : w.text.n);
			assert_non_null(frame_cache_find(w.store.kept, (uint32_t)i));
		}
		store_keep(&w.store);
	}
	release(&w);
}

/* Of two stores one reads what the other decompressed, in either direction. */
static void frames_are_kept_together(void **state)
{
	struct written w = {0};
	struct container container;
	struct store other;
	struct err err = {0};
	uint64_t seed = 4;

	(void)state;
	for (size_t i = 0; i < 6; i++)
		add_line(&w, STORE_FRAME, &seed);
	finish(&w);
	assert_int_equal(container_open(&container, buf_span(&w.image), IMAGE_KIND, "f", &err), 0);
	assert_int_equal(store_open(&other, &container, names, &err), 0);
	store_keep_with(&other, &w.store);
	for (uint64_t i = 0; i < 6; i++) {
		struct store *first = i % 2 ? &w.store : &other;
		struct store *second = i % 2 ? &other : &w.store;
		struct buf spare = {0};
		struct span texts[2];

		assert_int_equal(store_view(first, i * STORE_FRAME, i * STORE_FRAME + 99, &spare, &texts[0], &err), 0);
		assert_int_equal(store_view(second, i * STORE_FRAME, i * STORE_FRAME + 99, &spare, &texts[1], &err), 0);
		assert_ptr_equal(texts[1].p, frame_cache_find(w.store.kept, (uint32_t)i)->text.p);
		assert_true(span_equal(texts[1], (struct span){w.text.data + i * STORE_FRAME, 99}));
		buf_release(&spare);
	}
	store_close(&other);
	container_close(&container);
	check_read(&w, 5, w.text.n);
	release(&w);
}

/* A frame of the decoder's, against the text. */
static void check_decoded(struct written *w, struct store_decoder *decoder, uint32_t frame)
{
	const struct recode_reader *recode = &w->store.recode;
	struct store_place place;
	struct span bytes;
	struct err err = {0};
	char *text;

	assert_int_equal(store_find_place(&w->store, frame, &place, &err), 0);
	assert_int_equal(place.start, BUF_AT(&w->starts, uint64_t, frame));
	assert_int_equal(store_decoder_read(decoder, &w->store, &place, &bytes, &err), 0);
	text = test_malloc(place.size + RECODE_SLACK);
	if (recode->count) {
		struct cursor c = cursor_of(bytes);

		assert_int_equal(recode_read(recode, &c, text, place.size, place.size), place.size);
		bytes = (struct span){text, place.size};
	}
	assert_true(span_equal(bytes, (struct span){w->text.data + place.start, place.size}));
	test_free(text);
}

static void a_decoder_reads_beside_the_store(void **state)
{
	(void)state;
	for (unsigned kind = 0; kind < 4; kind++) {
		struct written w = {0};
		uint64_t seed = 5;
		struct store_decoder decoders[2] = {0};
		struct err err = {0};

		if (kind % 2) {
			make_dictionary(&w.dictionary, 1);
			w.writer.dictionary = &w.dictionary;
		}
		/* the one of a long line has no room behind the dictionary */
		for (unsigned i = 0; i < 5; i++)
			add_line(&w, i == 2 ? 4 * STORE_FRAME_MOST : STORE_FRAME, &seed);
		finish(&w);
		if (kind / 2)
			store_keep(&w.store);
		for (unsigned i = 0; i < 2; i++)
			assert_int_equal(store_decoder_open(&decoders[i], &w.store, &err), 0);
		assert_int_equal(w.store.recode.count > 0, kind % 2);
		for (uint32_t i = 0; i < w.store.frame_count; i++) {
			uint64_t start = BUF_AT(&w.starts, uint64_t, i);

			check_read(&w, start, start + 9);
			check_decoded(&w, &decoders[i % 2], i);
			check_decoded(&w, &decoders[0], 0);
			check_read(&w, start + 9, start + 99);
		}
		for (unsigned i = 0; i < 2; i++)
			store_decoder_close(&decoders[i]);
		release(&w);
	}
}

static void without_memory_no_frame_is_kept(void **state)
{
	struct written w = {0};
	uint64_t seed = 2;

	(void)state;
	add_line(&w, 100, &seed);
	finish(&w);
	heap_fail(1, false);
	store_keep(&w.store);
	heap_heal();
	assert_null(w.store.kept);
	check_read(&w, 0, 100);
	release(&w);
}

/* However the chunks are changed: an error, or exactly as many bytes as were asked for. */
static void damage_never_leads_astray(void **state)
{
	struct written w = {0};
	uint64_t seed = 9;

	(void)state;
	make_dictionary(&w.dictionary, 1);
	w.writer.dictionary = &w.dictionary;
	for (int i = 0; i < 6; i++)
		add_line(&w, STORE_FRAME / 3, &seed);
	finish(&w);
	for (int round = 0; round < 3000; round++) {
		char *exact = image_exact(buf_span(&w.image));
		struct buf copy = {.data = exact, .n = w.image.n, .capacity = w.image.n};
		size_t sums = (size_t)load_u64((unsigned char *)exact + image_tail(&copy) + 16);
		struct container container;
		struct store store;
		struct err err = {0};
		/* of the dictionary its tables: a changed byte of its content is text, well or not */
		uint32_t tables = (uint32_t)(sums - w.dictionary.bytes.n - w.dictionary.characters.n);
		uint32_t back = round % 3 ? (uint32_t)w.index.n : tables - IMAGE_HEAD;
		uint32_t end = round % 5 ? tables : tables + 300;

		exact[end - 1 - random_below(&seed, back)] = (char)random_below(&seed, 256);
		image_seal(&copy);
		assert_int_equal(container_open(&container, buf_span(&copy), IMAGE_KIND, "f", &err), 0);
		if (store_open(&store, &container, names, &err) == 0) {
			if (round % 7 == 0)
				store_keep(&store);
			for (uint64_t start = 0; start < w.text.n; start += STORE_FRAME / 2 + 1) {
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

/* What reading a frame says under another dictionary or table than it was made with. */
static int judge_dictionary(struct span dictionary, struct span characters)
{
	struct written w = {0};
	uint64_t seed = 3;
	struct buf image = {0};
	struct buf out = {0};
	struct err err = {0};
	int status;

	make_dictionary(&w.dictionary, 1);
	w.writer.dictionary = &w.dictionary;
	for (int i = 0; i < 40; i++)
		add_line(&w, 100, &seed);
	finish(&w);
	make_image(&image, buf_span(&w.writer.frames), buf_span(&w.index), dictionary, characters);
	store_close(&w.store);
	container_close(&w.container);
	assert_int_equal(container_open(&w.container, buf_span(&image), IMAGE_KIND, "f", &err), 0);
	assert_int_equal(store_open(&w.store, &w.container, names, &err), 0);
	status = store_read(&w.store, 0, w.text.n, &out, &err);
	assert_int_equal(status < 0, err.kind == ERR_DAMAGED);
	if (status < 0)
		assert_int_equal(store_read(&w.store, 0, w.text.n, &out, &err), -1);
	else
		assert_int_equal(out.n, w.text.n);
	buf_release(&out);
	buf_release(&image);
	release(&w);
	return status;
}

static void another_dictionary_is_refused_or_misread(void **state)
{
	struct store_dictionary sound;
	struct store_dictionary other;
	struct span table;

	(void)state;
	make_dictionary(&sound, 1);
	make_dictionary(&other, 2);
	table = buf_span(&sound.characters);
	assert_int_equal(judge_dictionary(buf_span(&sound.bytes), table), 0);
	judge_dictionary(buf_span(&other.bytes),
			 table); /* what comes out is another text of the same length, or nothing */
	assert_int_equal(judge_dictionary(span_of(""), table), -1);
	assert_int_equal(judge_dictionary(span_of("no dictionary"), table), -1);
	assert_int_equal(judge_dictionary((struct span){sound.bytes.data, 100}, table), -1);
	assert_int_equal(judge_dictionary((struct span){sound.bytes.data + 1, sound.bytes.n - 1}, table), -1);
	assert_true(table.n > 4);
	assert_int_equal(judge_dictionary(buf_span(&sound.bytes), (struct span){table.p, table.n - 1}), -1);
	assert_int_equal(judge_dictionary(buf_span(&sound.bytes), (struct span){table.p, table.n - 2}), -1);
	assert_int_equal(judge_dictionary(buf_span(&sound.bytes), span_of("")), -1);
	store_dictionary_release(&sound);
	store_dictionary_release(&other);
}

static void a_missing_chunk_is_refused(void **state)
{
	static const char zeros[24];
	const struct image_chunk chunks[] = {
		{TEXT, {0}}, {INDEX, {zeros, sizeof zeros}}, {DICTIONARY, {0}}, {CHARACTERS, {0}},
		{TEXT, {0}}, {INDEX, {zeros, sizeof zeros}}, {DICTIONARY, {0}},
	};

	(void)state;
	for (size_t first = 0; first < 4; first++) {
		struct buf image = {0};
		struct container container;
		struct store store;
		struct err err = {0};

		image_make(&image, IMAGE_KIND, chunks + first, 3);
		assert_int_equal(container_open(&container, buf_span(&image), IMAGE_KIND, "f", &err), 0);
		assert_int_equal(store_open(&store, &container, names, &err), -1);
		assert_int_equal(err.kind, ERR_DAMAGED);
		container_close(&container);
		buf_release(&image);
	}
}

static void equal_samples_make_equal_dictionaries(void **state)
{
	struct store_dictionary a;
	struct store_dictionary b;
	struct store_dictionary c;

	(void)state;
	make_dictionary(&a, 7);
	make_dictionary(&b, 7);
	make_dictionary(&c, 8);
	assert_true(span_equal(buf_span(&a.bytes), buf_span(&b.bytes)));
	assert_false(span_equal(buf_span(&a.bytes), buf_span(&c.bytes)));
	store_dictionary_release(&a);
	store_dictionary_release(&b);
	store_dictionary_release(&c);
}

static size_t dictionary_bytes(struct span samples, const size_t *sizes, size_t count, uint64_t text_bytes)
{
	struct store_dictionary dictionary;
	struct err err = {0};
	size_t n;

	assert_int_equal(store_dictionary_make(&dictionary, samples, sizes, count, text_bytes, &err), 0);
	n = dictionary.bytes.n;
	assert_int_equal(n > 0, dictionary.digested != NULL);
	store_dictionary_release(&dictionary);
	return n;
}

static void a_dictionary_has_its_share(void **state)
{
	static const uint64_t least = (uint64_t)STORE_DICTIONARY_MIN * STORE_DICTIONARY_SHARE;
	struct buf text = {0};
	size_t sizes[STORE_SAMPLES_MAX];
	uint64_t seed = 4;

	(void)state;
	for (size_t i = 0; i < STORE_SAMPLES_MAX; i++)
		sizes[i] = STORE_SAMPLE_BYTES;
	add_words(&text, sizeof sizes / sizeof sizes[0] * STORE_SAMPLE_BYTES, &seed);
	assert_int_equal(dictionary_bytes(buf_span(&text), sizes, STORE_SAMPLES_MAX, 0), 0);
	assert_int_equal(dictionary_bytes(buf_span(&text), sizes, STORE_SAMPLES_MAX, least - 1), 0);
	for (uint64_t n = least; n < least * 100; n += n / 3) {
		size_t bytes = dictionary_bytes(buf_span(&text), sizes, STORE_SAMPLES_MAX, n);
		uint64_t share = n / STORE_DICTIONARY_SHARE;

		assert_true(bytes > 0);
		assert_true(bytes <= (share < STORE_DICTIONARY_MAX ? share : STORE_DICTIONARY_MAX) + 4096);
	}
	assert_true(dictionary_bytes(buf_span(&text), sizes, STORE_SAMPLES_MAX, UINT64_MAX) <=
		    STORE_DICTIONARY_MAX + 4096);
	buf_release(&text);
}

/* Samples of all sizes, of one byte, of noise. */
static void odd_samples_are_no_error(void **state)
{
	size_t sizes[100] = {0, 1, 5, 6, 7, 8, 511, 512, 513, 0, 517, 518, 519, 100000};
	struct buf text = {0};
	uint64_t seed = 2;

	(void)state;
	assert_int_equal(dictionary_bytes(span_of(""), sizes, 0, 1 << 30), 0);
	assert_int_equal(dictionary_bytes(span_of(""), sizes, 1, 1 << 30), 0);
	for (int kind = 0; kind < 3; kind++) {
		buf_reset(&text);
		for (int i = 0; i < 104000; i++)
			buf_add_byte(&text, (unsigned char)(kind == 0   ? 'x'
							    : kind == 1 ? random_below(&seed, 256)
									: (uint32_t) "abc\n"[(unsigned)i % 4]));
		for (size_t count = 1; count <= 100; count += 3) {
			char *exact;
			size_t n = 0;

			for (size_t i = 0; i < count; i++)
				n += sizes[i];
			exact = image_exact((struct span){text.data, n});
			dictionary_bytes((struct span){exact, n}, sizes, count, 1 << 30);
			test_free(exact);
		}
	}
	buf_release(&text);
}

static void a_dictionary_makes_frames_smaller(void **state)
{
	size_t bytes[2];

	(void)state;
	for (int with = 0; with < 2; with++) {
		struct written w = {0};
		uint64_t seed = 11;

		if (with)
			make_dictionary(&w.dictionary, 1);
		w.writer.dictionary = &w.dictionary;
		for (int i = 0; i < 1000; i++)
			add_line(&w, 70, &seed);
		finish(&w);
		bytes[with] = w.writer.frames.n;
		release(&w);
	}
	assert_true(bytes[1] < bytes[0]);
}

/* A dictionary, two frames, and their text again. */
static int write_and_read(struct span samples, struct buf *image, struct err *err)
{
	size_t sizes[] = {samples.n / 4, samples.n / 4, samples.n / 4};
	struct store_dictionary dictionary;
	struct store_writer writer = {.dictionary = &dictionary};
	struct container container = {0};
	struct store store = {0};
	struct buf index = {0};
	struct buf out = {0};
	int status = -1;

	if (store_dictionary_make(&dictionary, samples, sizes, 3, 1 << 20, err) == 0 &&
	    store_add_frame(&writer, (struct span){samples.p, STORE_FRAME}, err) == 0 &&
	    store_add_frame(&writer, (struct span){samples.p, 9}, err) == 0) {
		unsigned limit = heap.failing;

		heap.failing = 0;
		store_index_add(&writer.index, writer.offset, writer.frames.n);
		store_index_encode(&index, &writer.index);
		make_image(image, buf_span(&writer.frames), buf_span(&index), buf_span(&dictionary.bytes),
			   buf_span(&dictionary.characters));
		buf_release(&index);
		assert_int_equal(container_open(&container, buf_span(image), IMAGE_KIND, "f", err), 0);
		heap.failing = limit;
		if (limit > 1000)
			heap.calls = 1000;
		if (store_open(&store, &container, names, err) == 0)
			status = store_read(&store, STORE_FRAME - 1, STORE_FRAME + 5, &out, err);
		if (status == 0)
			assert_int_equal(out.n, 6);
	}
	heap_heal();
	buf_release(&out);
	store_close(&store);
	container_close(&container);
	store_writer_release(&writer);
	store_dictionary_release(&dictionary);
	return status;
}

/* Calls up to 1000 are the writer's, those after it the reader's. */
static unsigned fail_from(unsigned first, struct span samples)
{
	unsigned n = first;
	int status = -1;

	for (; status < 0; n++) {
		struct buf image = {0};
		struct err err = {0};
		int before = heap.blocks;

		heap_fail(n, false);
		status = write_and_read(samples, &image, &err);
		assert_int_equal(status < 0, err.kind == ERR_MEMORY);
		buf_release(&image);
		assert_int_equal(heap.blocks, before);
	}
	return n - 1 - first;
}

static void every_failed_allocation_is_told(void **state)
{
	struct buf samples = {0};
	uint64_t seed = 1;

	(void)state;
	add_words(&samples, 120000, &seed);
	assert_true(fail_from(1, buf_span(&samples)) > 10);
	assert_true(fail_from(1001, buf_span(&samples)) > 3);
	buf_release(&samples);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frames_end_with_sections),
		cmocka_unit_test(in_a_long_section_frames_end_with_lines),
		cmocka_unit_test(gives_back_lines_around_a_frame),
		cmocka_unit_test(gives_back_any_range),
		cmocka_unit_test(finds_frames_in_any_order),
		cmocka_unit_test(an_index_that_lies_is_refused),
		cmocka_unit_test(a_frame_of_another_size_is_refused),
		cmocka_unit_test(an_index_of_no_size_is_refused),
		cmocka_unit_test(kept_frames_are_read_again),
		cmocka_unit_test(a_decoder_reads_beside_the_store),
		cmocka_unit_test(frames_are_kept_together),
		cmocka_unit_test(without_memory_no_frame_is_kept),
		cmocka_unit_test(damage_never_leads_astray),
		cmocka_unit_test(another_dictionary_is_refused_or_misread),
		cmocka_unit_test(a_missing_chunk_is_refused),
		cmocka_unit_test(equal_samples_make_equal_dictionaries),
		cmocka_unit_test(a_dictionary_has_its_share),
		cmocka_unit_test(odd_samples_are_no_error),
		cmocka_unit_test(a_dictionary_makes_frames_smaller),
		cmocka_unit_test(every_failed_allocation_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
