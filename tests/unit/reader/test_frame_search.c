#define _GNU_SOURCE /* memmem(3) */
#include "frame_search.h"

#include "fold.h"
#include "heap.h"
#include "index.h"
#include "random.h"
#include "scratch.h"
#include "unit.h"
#include "utf8.h"

#include <string.h>

enum { FRAMES_MAX = 1000 };

struct opened {
	struct scratch scratch;
	struct index index;
	struct segment_reader *segment;
	struct buf folded[FRAMES_MAX]; /* the text of each frame */
	uint32_t frames[FRAMES_MAX];
	uint32_t count;
};

static void write_notes(struct scratch *scratch)
{
	struct buf text = {0};
	uint64_t seed = 1;

	for (unsigned line = 0; line < 12000; line++) {
		for (uint32_t n = random_below(&seed, 60); n > 0; n--)
			utf8_add(&text, random_below(&seed, 2) ? 0x4E00 + random_below(&seed, 200)
							       : ' ' + random_below(&seed, 95));
		buf_add_text(&text, line % 900 ? "\n" : "Ｎeedle 團隊\n");
		if (line % 50 == 0)
			buf_printf(&text, "\n# 节 %u\n", line);
	}
	/* a frame that nobody folds: U+FDFA is 18 code points */
	buf_add_text(&text, "# 节\n");
	for (unsigned i = 0; i < 3000; i++)
		utf8_add(&text, 0xFDFA);
	scratch_write_bytes(scratch, "notes/a.md", buf_span(&text));
	buf_release(&text);
}

static int make(void **state)
{
	struct opened *opened = test_calloc(1, sizeof *opened);
	struct store *store;
	struct err err = {0};

	scratch_make(&opened->scratch);
	write_notes(&opened->scratch);
	scratch_build(&opened->scratch);
	assert_int_equal(index_open(&opened->index, &io_posix, opened->scratch.index, &err), 0);
	opened->segment = &opened->index.segments[0];
	store = &opened->segment->store;
	assert_in_range(store->frame_count, 100, FRAMES_MAX);
	for (uint32_t i = 0; i < store->frame_count; i++) {
		struct store_place place;
		struct buf text = {0};

		assert_int_equal(store_find_place(store, i, &place, &err), 0);
		assert_int_equal(store_read(store, place.start, place.start + place.size, &text, &err), 0);
		fold_text(buf_span(&text), &opened->folded[i], NULL);
		opened->frames[opened->count++] = i;
		buf_release(&text);
	}
	*state = opened;
	return 0;
}

static int release(void **state)
{
	struct opened *opened = *state;

	for (uint32_t i = 0; i < opened->count; i++)
		buf_release(&opened->folded[i]);
	index_close(&opened->index);
	scratch_release(&opened->scratch);
	test_free(opened);
	return 0;
}

/* How many of the frames from `first` on hold it, or may. */
static unsigned check(struct opened *o, struct frame_search *search, uint32_t first)
{
	bool held[FRAMES_MAX];
	unsigned count = 0;
	struct err err = {0};

	assert_int_equal(frame_search_run(search, o->frames + first, o->count - first, held, &err), 0);
	for (uint32_t i = first; i < o->count; i++) {
		const struct buf *text = &o->folded[i];
		bool holds = memmem(text->data, text->n, search->needle.p, search->needle.n);
		/* three characters each */
		bool odd = memmem(text->data, text->n, "صلى", strlen("صلى"));

		assert_int_equal(held[i - first], holds || (odd && held[i - first]));
		count += held[i - first];
	}
	return count;
}

static void finds_what_the_folds_of_the_texts_hold(void **state)
{
	struct opened *o = *state;

	for (unsigned threads = 1; threads <= 4; threads++) {
		struct frame_search search = {
			.segment = o->segment, .needle = span_of("needle 团队"), .threads = threads};

		assert_in_range(check(o, &search, 0), 10, 20);
		assert_in_range(check(o, &search, o->count - 1), 0, 1);
		check(o, &search, o->count);
		search.needle = span_of("一");
		assert_in_range(check(o, &search, 3), o->count / 2, o->count);
		frame_search_release(&search);
	}
}

static void a_damaged_frame_is_told(void **state)
{
	struct opened *o = *state;
	struct store_place place;
	struct err err = {0};

	assert_int_equal(store_find_place(&o->segment->store, o->count / 2, &place, &err), 0);
	for (unsigned threads = 1; threads <= 3; threads++) {
		struct frame_search search = {.segment = o->segment, .needle = span_of("nowhere"), .threads = threads};
		bool held[FRAMES_MAX];
		uint64_t bytes = o->segment->store.text.length;

		/* the chunk ends in the middle: what is behind is no frame */
		o->segment->store.text.length =
			(uint64_t)(place.bytes.p - o->segment->container.bytes.p) - o->segment->store.text.offset;
		assert_int_equal(frame_search_run(&search, o->frames, o->count, held, &err), -1);
		assert_int_equal(err.kind, ERR_DAMAGED);
		o->segment->store.text.length = bytes;
		err = (struct err){0};
		assert_int_equal(frame_search_run(&search, o->frames, o->count, held, &err), 0);
		frame_search_release(&search);
	}
}

static void every_failed_allocation_is_told(void **state)
{
	struct opened *o = *state;
	bool struck = true;

	for (unsigned at = 1; struck; at++)
		for (unsigned threads = 1; threads <= 2; threads++) {
			struct frame_search search = {
				.segment = o->segment, .needle = span_of("nowhere"), .threads = threads};
			bool held[FRAMES_MAX];
			struct err err = {0};
			int status;

			frame_folds_close(&o->segment->folds);
			heap_fail(at, threads == 1);
			status = frame_search_run(&search, o->frames, o->count, held, &err);
			struck = heap_heal();
			assert_int_equal(status, struck ? -1 : 0);
			assert_int_equal(err.kind, struck ? ERR_MEMORY : ERR_NONE);
			frame_search_release(&search);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_what_the_folds_of_the_texts_hold),
		cmocka_unit_test(a_damaged_frame_is_told),
		cmocka_unit_test(every_failed_allocation_is_told),
	};

	return cmocka_run_group_tests(tests, make, release);
}
