#include "merge.h"

#include "mem.h"

struct merge_source {
	struct cursor c;
	struct run_list_head head;
	uint32_t sections; /* number of the batch's first section in the segment */
	uint32_t blocks;   /* of its first stored block */
	size_t batch;
};

static bool before(const struct merge_source *a, const struct merge_source *b)
{
	int order = span_compare(a->head.term, b->head.term);

	if (order == 0)
		order = (a->head.channel > b->head.channel) - (a->head.channel < b->head.channel);
	return order ? order < 0 : a->batch < b->batch;
}

static void sift_down(struct merge *merge, size_t i)
{
	struct merge_source moving = merge->sources[i];

	for (;;) {
		size_t child = 2 * i + 1;

		if (child + 1 < merge->source_count && before(&merge->sources[child + 1], &merge->sources[child]))
			child++;
		if (child >= merge->source_count || !before(&merge->sources[child], &moving))
			break;
		merge->sources[i] = merge->sources[child];
		i = child;
	}
	merge->sources[i] = moving;
}

int merge_start(struct merge *merge, struct batch *batches, size_t count, struct err *err)
{
	uint32_t sections = 0;
	uint32_t blocks = 0;

	*merge = (struct merge){.sources = mem_zero(count, sizeof *merge->sources)};
	if (!merge->sources)
		return err_memory(err, "merge postings");
	for (size_t i = 0; i < count; i++) {
		struct merge_source *source = &merge->sources[merge->source_count];

		*source = (struct merge_source){.c = cursor_of(buf_span(&batches[i].run.sorted)),
						.sections = sections,
						.blocks = blocks,
						.batch = i};
		merge->source_count += run_read_list(&source->c, &source->head) > 0;
		sections += (uint32_t)BUF_COUNT(&batches[i].sections, struct section_record);
		blocks += (uint32_t)(batches[i].store.index.n / STORE_INDEX_BYTES);
	}
	for (size_t i = merge->source_count / 2; i-- > 0;)
		sift_down(merge, i);
	return 0;
}

static void take_list(struct merge *merge)
{
	struct merge_source *source = &merge->sources[0];
	struct buf *out = &merge->postings[source->head.channel];
	uint32_t base = source->head.channel == CHANNEL_BLOCK ? source->blocks : source->sections;
	int64_t number = -1;

	for (uint32_t i = 0; i < source->head.count; i++) {
		struct posting posting;

		run_read_posting(&source->c, &number, &posting);
		posting.number += base;
		buf_add(out, &posting, sizeof posting);
	}
	if (run_read_list(&source->c, &source->head) == 0)
		merge->sources[0] = merge->sources[--merge->source_count];
	if (merge->source_count)
		sift_down(merge, 0);
}

int merge_next(struct merge *merge, struct err *err)
{
	bool failed;

	if (merge->source_count == 0)
		return 0;
	buf_reset(&merge->term);
	for (unsigned i = 0; i < CHANNEL_COUNT; i++)
		buf_reset(&merge->postings[i]);
	buf_add_span(&merge->term, merge->sources[0].head.term);
	while (merge->source_count && span_equal(merge->sources[0].head.term, buf_span(&merge->term)))
		take_list(merge);
	failed = merge->term.failed;
	for (unsigned i = 0; i < CHANNEL_COUNT; i++)
		failed |= merge->postings[i].failed;
	return failed ? err_memory(err, "merge postings") : 1;
}

void merge_release(struct merge *merge)
{
	mem_free(merge->sources);
	buf_release(&merge->term);
	for (unsigned i = 0; i < CHANNEL_COUNT; i++)
		buf_release(&merge->postings[i]);
}
