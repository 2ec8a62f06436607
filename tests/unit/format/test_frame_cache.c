#include "frame_cache.h"
#include "pipeline.h"

#include "heap.h"
#include "unit.h"

#include <string.h>

static struct store_frame frame_of(uint32_t number, const char *text, size_t n)
{
	return (struct store_frame){number, 1000 * (uint64_t)number, n, {text, n}};
}

static void frames_are_found_as_they_were(void **state)
{
	static const char text[] = "one two three";
	struct frame_cache *cache = frame_cache_new(7, 16);

	(void)state;
	for (uint32_t i = 0; i < 7; i += 2) {
		struct store_frame frame = frame_of(i, text + i, 1 + i);

		frame_cache_add(cache, &frame);
	}
	for (uint32_t i = 0; i < 7; i++) {
		const struct store_frame *found = frame_cache_find(cache, i);

		assert_int_equal(found != NULL, i % 2 == 0);
		if (!found)
			continue;
		assert_int_equal(found->number, i);
		assert_int_equal(found->start, 1000 * i);
		assert_int_equal(found->size, 1 + i);
		assert_int_equal(found->text.n, 1 + i);
		assert_memory_equal(found->text.p, text + i, 1 + i);
	}
	frame_cache_free(cache);
}

static void the_first_stays(void **state)
{
	struct frame_cache *cache = frame_cache_new(1, 6);
	struct store_frame first = frame_of(0, "first", 5);
	struct store_frame second = frame_of(0, "second", 6);

	(void)state;
	frame_cache_add(cache, &first);
	frame_cache_add(cache, &second);
	assert_true(span_equal(frame_cache_find(cache, 0)->text, span_of("first")));
	frame_cache_free(cache);
}

static void a_full_cache_takes_no_more(void **state)
{
	enum { BYTES = FRAME_CACHE_BYTES / 4 };
	struct frame_cache *cache = frame_cache_new(9, UINT64_MAX);
	char *text = test_malloc(BYTES);
	uint32_t kept = 0;

	(void)state;
	frame_cache_add(cache, &(struct store_frame){.number = 8, .size = FRAME_CACHE_BYTES});
	for (uint32_t i = 0; i < 8; i++) {
		struct store_frame frame = frame_of(i, memset(text, 'a' + (int)i, BYTES), BYTES);

		assert_int_equal(frame_cache_full(cache), i >= 4);
		frame_cache_add(cache, &frame);
	}
	for (uint32_t i = 0; i < 8; i++) {
		const struct store_frame *found = frame_cache_find(cache, i);

		kept += found != NULL;
		if (found)
			assert_int_equal(found->text.p[BYTES - 1], 'a' + (int)i);
	}
	assert_int_equal(kept, 3); /* what stands before each takes room, too */
	test_free(text);
	frame_cache_free(cache);
}

enum { FRAMES = 400, THREADS = 4 };

/* Each thread brings all frames, and looks at those it finds. */
static int bring_frames(void *context, unsigned worker, size_t task, size_t slot, struct err *err)
{
	struct frame_cache *cache = context;
	char text[64];

	(void)worker;
	(void)slot;
	(void)err;
	(void)task;
	for (uint32_t i = 0; i < FRAMES; i++) {
		const struct store_frame *found = frame_cache_find(cache, i);
		struct store_frame frame = frame_of(i, memset(text, (int)(i % 100), sizeof text), 1 + i % 64);

		if (!found)
			frame_cache_add(cache, &frame);
		else if (found->number != i || found->text.n != frame.size ||
			 memcmp(found->text.p, text, frame.size) != 0)
			return -1;
	}
	return 0;
}

static void threads_share_it(void **state)
{
	struct pipeline pipeline = {.tasks = THREADS, .jobs = THREADS, .work = bring_frames};
	struct err err = {0};

	(void)state;
	for (int round = 0; round < 5; round++) {
		struct frame_cache *cache = frame_cache_new(FRAMES, UINT64_MAX);

		pipeline.context = cache;
		assert_int_equal(pipeline_run(&pipeline, &err), 0);
		for (uint32_t i = 0; i < FRAMES; i++)
			assert_non_null(frame_cache_find(cache, i));
		frame_cache_free(cache);
	}
}

static void without_memory_there_is_none(void **state)
{
	(void)state;
	for (unsigned i = 1; i <= 3; i++) {
		heap_fail(i, false);
		assert_null(frame_cache_new(9, UINT64_MAX));
		heap_heal();
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frames_are_found_as_they_were), cmocka_unit_test(the_first_stays),
		cmocka_unit_test(a_full_cache_takes_no_more),    cmocka_unit_test(threads_share_it),
		cmocka_unit_test(without_memory_there_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
