#include "frame_search.h"

#include "mem.h"
#include "needle_find.h"
#include "pipeline.h"

#include <string.h>

/* Frames that a thread takes at once: 0.3 ms of work for some us of taking turns. */
enum { TASK_FRAMES = 32 };

/* What a thread works with. */
struct frame_searcher {
	struct store_decoder decoder;
	struct buf folded;
};

/* May the frame hold the needle? */
static int search_frame(const struct frame_search *x, struct frame_searcher *searcher, size_t i, struct err *err)
{
	struct buf *folded = &searcher->folded;
	struct span bytes;

	if (store_decoder_read(&searcher->decoder, &x->segment->store, &x->places[i], &bytes, err) < 0)
		return -1;
	if (!folded_frame_make(&x->segment->folds, bytes, folded))
		return folded->failed ? err_memory(err, "search") : 1;
	return needle_find(buf_span(folded), x->needle) != NULL;
}

static int search_some(void *context, unsigned worker, size_t task, size_t slot, struct err *err)
{
	struct frame_search *x = context;
	size_t first = task * TASK_FRAMES;
	int got = 0;

	(void)slot;
	for (size_t i = first; i < x->count && i - first < TASK_FRAMES && got >= 0; i++) {
		got = search_frame(x, &x->searchers[worker], i, err);
		x->held[i] = got > 0;
	}
	return got < 0 ? -1 : 0;
}

static int make_searchers(struct frame_search *x, struct err *err)
{
	if (x->searchers)
		return 0;
	x->searchers = mem_zero(x->threads, sizeof *x->searchers);
	if (!x->searchers)
		return err_memory(err, "search");
	for (unsigned i = 0; i < x->threads; i++)
		if (store_decoder_open(&x->searchers[i].decoder, &x->segment->store, err) < 0)
			return -1;
	return frame_folds_open(&x->segment->folds, &x->segment->store, err);
}

/* By the one thread that may check pages of the file. */
static int find_places(struct frame_search *x, const uint32_t *frames, struct err *err)
{
	struct store_place *places = mem_resize(x->places, x->count, sizeof *places);

	if (!places)
		return err_memory(err, "search");
	x->places = places;
	for (size_t i = 0; i < x->count; i++)
		if (store_find_place(&x->segment->store, frames[i], &places[i], err) < 0)
			return -1;
	return 0;
}

int frame_search_run(struct frame_search *x, const uint32_t *frames, size_t count, bool *held, struct err *err)
{
	struct pipeline pipeline = {
		.tasks = (count + TASK_FRAMES - 1) / TASK_FRAMES, .context = x, .work = search_some};

	x->count = count;
	x->held = held;
	if (count == 0)
		return 0;
	if (make_searchers(x, err) < 0 || find_places(x, frames, err) < 0)
		return -1;
	pipeline.jobs = x->threads < pipeline.tasks ? x->threads : (unsigned)pipeline.tasks;
	return pipeline_run(&pipeline, err);
}

void frame_search_release(struct frame_search *x)
{
	for (unsigned i = 0; x->searchers && i < x->threads; i++) {
		store_decoder_close(&x->searchers[i].decoder);
		buf_release(&x->searchers[i].folded);
	}
	mem_free(x->searchers);
	mem_free(x->places);
	x->searchers = NULL;
	x->places = NULL;
}
