#include "merge.h"

#include "gram_table.h"
#include "mem.h"
#include "store.h"
#include "word_list.h"

#include <stdlib.h>

enum { MERGER_KEEPS = 1 << 20 };

struct merge_source {
	struct run_reader reader;
	const struct merge_run *run;
};

struct merge_key {
	uint64_t key;
	uint32_t source;
};

static int compare_numbers(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a;
	uint64_t y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* The keys of all samples, sorted: each stands for RUN_SAMPLE bytes of lists up to that key. */
static void sort_samples(const struct merge_layer *layer, struct buf *keys)
{
	for (size_t i = 0; i < layer->run_count; i++)
		for (size_t k = 0; k < layer->runs[i].sample_count; k++)
			buf_add(keys, &layer->runs[i].samples[k].key, sizeof(uint64_t));
	if (keys->n)
		qsort(keys->data, BUF_COUNT(keys, uint64_t), sizeof(uint64_t), compare_numbers);
}

void merge_cut(const struct merge_layer *layer, size_t bytes, struct buf *parts)
{
	/* A reader begins at a sample before its part, so parts are to be much larger than that. */
	size_t least = layer->run_count * 3 * RUN_SAMPLE;
	size_t step = (bytes > least ? bytes : least) / RUN_SAMPLE;
	struct merge_part part = {0, 0};
	struct buf keys = {0};

	sort_samples(layer, &keys);
	for (size_t i = step; i < BUF_COUNT(&keys, uint64_t); i += step) {
		uint64_t key = BUF_AT(&keys, uint64_t, i) + 1;

		if (key <= part.low)
			continue;
		part.high = key;
		buf_add(parts, &part, sizeof part);
		part.low = key;
	}
	part.high = 0;
	buf_add(parts, &part, sizeof part);
	parts->failed |= keys.failed;
	buf_release(&keys);
}

void merge_result_release(struct merge_result *result)
{
	buf_release(&result->lists);
	buf_release(&result->entries);
	buf_release(&result->texts);
}

/* How many samples have a key below `key`. */
static size_t count_samples(const struct merge_run *run, uint64_t key)
{
	size_t low = 0;
	size_t high = run->sample_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (run->samples[middle].key < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The bytes of a run that hold the part: all its lists and a few more before and behind; `key`: of the list before. */
struct window {
	uint64_t start;
	uint64_t end;
	uint64_t key;
};

static struct window window_of(const struct merge_run *run, const struct merge_part *part)
{
	size_t before = count_samples(run, part->low);
	size_t behind = part->high ? count_samples(run, part->high) : run->sample_count;
	struct window window = {0, run->length, 0};

	if (before) {
		window.start = run->samples[before - 1].offset;
		window.key = run->samples[before - 1].key;
	}
	if (behind < run->sample_count)
		window.end = run->samples[behind].offset;
	return window;
}

static int damaged(const struct merge_layer *layer, struct err *err)
{
	return err_set(err, ERR_DAMAGED, "%s: what was put aside while sorting came back changed; try again",
		       layer->spill->commit->path);
}

/* Order of keys; words that begin alike by all their bytes; then of runs. */
static inline bool comes_before(const struct merger *m, const struct merge_key *a, const struct merge_key *b)
{
	if (a->key != b->key)
		return a->key < b->key;
	if (m->sources[a->source].reader.words) {
		int order = run_word_compare(&m->sources[a->source].reader.word, &m->sources[b->source].reader.word);

		if (order)
			return order < 0;
	}
	return a->source < b->source;
}

static void sift_down(struct merger *m, size_t i)
{
	struct merge_key moving = m->heap[i];

	for (;;) {
		size_t child = 2 * i + 1;

		child += child + 1 < m->heap_count && comes_before(m, &m->heap[child + 1], &m->heap[child]);
		if (child >= m->heap_count || !comes_before(m, &m->heap[child], &moving))
			break;
		m->heap[i] = m->heap[child];
		i = child;
	}
	m->heap[i] = moving;
}

/* Sets all sources to their windows of the part; bytes of spilled runs are read into one buffer. */
static int open_windows(struct merger *m, const struct merge_layer *layer, const struct merge_part *part,
			struct err *err)
{
	uint64_t spilled = 0;

	for (size_t i = 0; i < layer->run_count; i++) {
		struct window window = window_of(&layer->runs[i], part);

		spilled += layer->runs[i].bytes ? 0 : window.end - window.start;
	}
	buf_reset(&m->window);
	if (!buf_reserve(&m->window, spilled + 1))
		return err_memory(err, "merge postings");
	for (size_t i = 0; i < layer->run_count; i++) {
		const struct merge_run *run = &layer->runs[i];
		struct window window = window_of(run, part);
		size_t n = (size_t)(window.end - window.start);
		const char *bytes = run->bytes ? run->bytes + window.start : m->window.data + m->window.n;

		if (!run->bytes && n) {
			if (spill_read(layer->spill, run->offset + window.start, m->window.data + m->window.n, n, err) <
			    0)
				return -1;
			m->window.n += n;
		}
		m->sources[i] = (struct merge_source){.run = run};
		m->sources[i].reader = (struct run_reader){.p = (const unsigned char *)bytes,
							   .end = (const unsigned char *)bytes + n,
							   .words = layer->layer == LAYER_WORDS,
							   .key = window.key};
	}
	return 0;
}

/* Reads the list that the source stands at behind the postings that are at hand. */
static int take_list(struct merger *m, const struct merge_layer *layer, uint32_t source, struct err *err)
{
	struct run_reader *reader = &m->sources[source].reader;
	const struct merge_run *run = m->sources[source].run;
	struct posting *to = (void *)buf_reserve(&m->postings, reader->count * sizeof *to);
	uint32_t count = reader->count;

	if (!to)
		return err_memory(err, "merge postings");
	if (run_read(reader, run->base, run->limit, to) < 0)
		return damaged(layer, err);
	for (uint32_t i = 0; layer->layer == LAYER_WORDS && i < count; i++) {
		if (to[i].value >= run->pattern_count)
			return damaged(layer, err);
		to[i].value = run->patterns[to[i].value];
	}
	/* The posting encoder relies on the order, and a changed key may bring lists together that do not belong. */
	if (m->postings.n && to[-1].number > to->number)
		return damaged(layer, err);
	/* A section (or frame) that went to two runs. Of words it has half a million then, and the first run is believed. */
	if (m->postings.n && to[-1].number == to->number) {
		if (layer->layer == LAYER_GRAMS)
			to[-1].value += to->value + 1;
		memmove(to, to + 1, --count * sizeof *to);
	}
	m->postings.n += count * sizeof *to;
	return 0;
}

/* To the source's next list of the part: 1, 0 when there is none, -1. */
static int advance(struct merger *m, const struct merge_layer *layer, const struct merge_part *part, uint32_t source,
		   struct err *err)
{
	struct run_reader *reader = &m->sources[source].reader;

	for (;;) {
		int got = run_next(reader);

		if (got < 0)
			return damaged(layer, err);
		if (got == 0 || (part->high && reader->key >= part->high))
			return 0;
		if (reader->key >= part->low)
			return 1;
		buf_reset(&m->postings);
		if (take_list(m, layer, source, err) < 0)
			return -1;
	}
}

static int fill_heap(struct merger *m, const struct merge_layer *layer, const struct merge_part *part, struct err *err)
{
	m->heap_count = 0;
	for (uint32_t i = 0; i < layer->run_count; i++) {
		int got = advance(m, layer, part, i, err);

		if (got < 0)
			return -1;
		if (got)
			m->heap[m->heap_count++] = (struct merge_key){m->sources[i].reader.key, i};
	}
	for (size_t i = m->heap_count / 2; i-- > 0;)
		sift_down(m, i);
	return 0;
}

/* Moves the source at the top of the heap to its next list. */
static int advance_heap(struct merger *m, const struct merge_layer *layer, const struct merge_part *part,
			uint32_t source, struct err *err)
{
	int got = advance(m, layer, part, source, err);

	if (got < 0)
		return -1;
	if (got)
		m->heap[0].key = m->sources[source].reader.key;
	else
		m->heap[0] = m->heap[--m->heap_count];
	if (m->heap_count)
		sift_down(m, 0);
	return 0;
}

/* All lists of the least key, as one, in m->postings. */
static int take_term(struct merger *m, const struct merge_layer *layer, const struct merge_part *part, uint64_t *key,
		     struct run_word *word, struct err *err)
{
	*key = m->heap[0].key;
	*word = m->sources[m->heap[0].source].reader.word;
	buf_reset(&m->postings);
	do {
		uint32_t source = m->heap[0].source;
		int got = take_list(m, layer, source, err) < 0 ? -1 : advance_heap(m, layer, part, source, err);

		if (got < 0)
			return -1;
	} while (m->heap_count && m->heap[0].key == *key &&
		 (layer->layer != LAYER_WORDS ||
		  run_word_compare(&m->sources[m->heap[0].source].reader.word, word) == 0));
	return 0;
}

/* The buffer for the impacts of block `i`, or, as number 0, of the list. */
static struct buf *impacts_at(struct merger *m, size_t i)
{
	struct buf empty = {0};

	if (i == BUF_COUNT(&m->impacts, struct buf))
		buf_add(&m->impacts, &empty, sizeof empty);
	return m->impacts.failed ? NULL : &BUF_AT(&m->impacts, struct buf, i);
}

static const unsigned char *lengths_of(const struct merge_layer *layer, uint32_t section)
{
	return layer->lengths[section / MERGE_LENGTHS] + (size_t)(section % MERGE_LENGTHS) * CHANNEL_LENGTHS;
}

/* Impacts of postings, as posting_encode() wants them; NULL without memory. */
static const struct buf *make_impacts(struct merger *m, const struct merge_layer *layer, const struct posting *postings,
				      size_t count)
{
	struct buf *to = impacts_at(m, 0);

	impact_reset(&m->of_list);
	for (size_t i = 0; i < count && to; i += POSTING_BLOCK) {
		size_t end = count - i < POSTING_BLOCK ? count : i + POSTING_BLOCK;

		impact_reset(&m->of_block);
		for (size_t k = i; k < end; k++)
			impact_add(&m->of_block, &layer->patterns[postings[k].value],
				   lengths_of(layer, postings[k].number));
		impact_merge(&m->of_list, &m->of_block);
		to = impacts_at(m, i / POSTING_BLOCK + 1);
		if (!to)
			return NULL;
		buf_reset(to);
		impact_encode(&m->of_block, to);
		m->impacts.failed |= to->failed;
	}
	to = impacts_at(m, 0);
	if (!to)
		return NULL;
	buf_reset(to);
	impact_encode(&m->of_list, to);
	m->impacts.failed |= to->failed;
	return m->impacts.failed ? NULL : to;
}

/* One list, with impacts where it has more than a block. */
static int add_list(struct merger *m, const struct merge_layer *layer, const struct buf *postings, struct buf *to)
{
	size_t count = BUF_COUNT(postings, struct posting);
	const struct posting *first = &BUF_AT(postings, struct posting, 0);
	const struct buf *impacts = NULL;

	if (count > POSTING_BLOCK && layer->layer == LAYER_WORDS) {
		impacts = make_impacts(m, layer, first, count);
		if (!impacts)
			return -1;
	}
	if (count)
		posting_encode(to, first, count, impacts);
	return to->failed ? -1 : 0;
}

/* Moves the strong ones of the postings at hand to a list of their own. */
static int part_strong(struct merger *m, const struct merge_layer *layer)
{
	struct posting *postings = &BUF_AT(&m->postings, struct posting, 0);
	size_t count = BUF_COUNT(&m->postings, struct posting);
	size_t kept = 0;

	buf_reset(&m->strong);
	for (size_t i = 0; i < count; i++) {
		if (word_list_is_strong(&layer->patterns[postings[i].value]))
			buf_add(&m->strong, &postings[i], sizeof postings[i]);
		else
			postings[kept++] = postings[i];
	}
	m->postings.n = kept * sizeof *postings;
	return m->strong.failed ? -1 : 0;
}

/* From frames to groups of them. */
static void group_frames(struct merger *m)
{
	struct posting *postings = &BUF_AT(&m->postings, struct posting, 0);
	size_t count = BUF_COUNT(&m->postings, struct posting);
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		uint32_t group = postings[i].number / STORE_GROUP;

		if (kept == 0 || postings[kept - 1].number != group)
			postings[kept++] = (struct posting){group, 0};
	}
	m->postings.n = kept * sizeof *postings;
}

/* The postings at hand as word_list.h has them. */
static int add_lists(struct merger *m, const struct merge_layer *layer, struct buf *to)
{
	if (layer->layer != LAYER_WORDS || BUF_COUNT(&m->postings, struct posting) <= POSTING_BLOCK)
		return add_list(m, layer, &m->postings, to);
	buf_reset(&m->list);
	if (part_strong(m, layer) < 0 || add_list(m, layer, &m->strong, &m->list) < 0)
		return -1;
	word_list_head(to, (uint32_t)BUF_COUNT(&m->strong, struct posting), m->list.n);
	buf_add_span(to, buf_span(&m->list));
	return add_list(m, layer, &m->postings, to);
}

static void add_gram(struct buf *to, enum layer layer, uint64_t key)
{
	char bytes[GRAM_TABLE_KEY_MAX];

	buf_add(to, bytes, gram_table_key(bytes, layer, key));
}

/* Adds the term whose postings are at hand. */
static int add_term(struct merger *m, const struct merge_layer *layer, uint64_t key, const struct run_word *word,
		    struct merge_result *result, struct err *err)
{
	struct merge_entry entry = {0};
	struct buf *to;
	size_t start;

	if (layer->layer == LAYER_UNITS)
		group_frames(m);
	start = result->texts.n;
	if (layer->layer == LAYER_WORDS)
		run_word_add(&result->texts, key, word);
	else
		add_gram(&result->texts, layer->layer, key);
	entry.key_bytes = (uint32_t)(result->texts.n - start);
	entry.count = (uint32_t)BUF_COUNT(&m->postings, struct posting);
	to = entry.count == 1 ? &result->texts : &result->lists;
	start = to->n;
	if (add_lists(m, layer, to) < 0)
		return err_memory(err, "merge postings");
	entry.list_bytes = to->n - start;
	buf_add(&result->entries, &entry, sizeof entry);
	return 0;
}

static bool grow(struct merger *m, size_t count)
{
	void *sources;
	void *heap;

	if (count <= m->capacity)
		return true;
	sources = mem_resize(m->sources, count, sizeof *m->sources);
	if (sources)
		m->sources = sources;
	heap = mem_resize(m->heap, count, sizeof *m->heap);
	if (heap)
		m->heap = heap;
	if (sources && heap)
		m->capacity = count;
	return sources && heap;
}

/* The most frequent terms need far more room than all others. */
static void trim(struct merger *m)
{
	struct buf *buffers[] = {&m->postings, &m->strong, &m->list};

	for (size_t i = 0; i < sizeof buffers / sizeof buffers[0]; i++)
		if (buffers[i]->capacity > MERGER_KEEPS)
			buf_release(buffers[i]);
}

int merge_make(struct merger *m, const struct merge_layer *layer, const struct merge_part *part,
	       struct merge_result *result, struct err *err)
{
	buf_reset(&result->lists);
	buf_reset(&result->entries);
	buf_reset(&result->texts);
	if (!grow(m, layer->run_count))
		return err_memory(err, "merge postings");
	if (open_windows(m, layer, part, err) < 0 || fill_heap(m, layer, part, err) < 0)
		return -1;
	while (m->heap_count) {
		uint64_t key;
		struct run_word word;

		if (take_term(m, layer, part, &key, &word, err) < 0 || add_term(m, layer, key, &word, result, err) < 0)
			return -1;
	}
	trim(m);
	if (result->lists.failed || result->entries.failed || result->texts.failed)
		return err_memory(err, "merge postings");
	return 0;
}

void merger_release(struct merger *m)
{
	for (size_t i = 0; i < BUF_COUNT(&m->impacts, struct buf); i++)
		buf_release(&BUF_AT(&m->impacts, struct buf, i));
	buf_release(&m->impacts);
	buf_release(&m->window);
	buf_release(&m->postings);
	buf_release(&m->strong);
	buf_release(&m->list);
	mem_free(m->sources);
	mem_free(m->heap);
	*m = (struct merger){0};
}
