#include "copies.h"

#include <stdlib.h>

struct merger {
	struct search_job *job;
	uint64_t **seen; /* a set for each part: sections whose text has been there; NULL: none yet */
	struct copy_list *lists;
	struct buf ring;
};

static int no_memory(const struct merger *m)
{
	return err_memory(m->job->err, "find copies");
}

static const struct copy_table *table_of(const struct merger *m, uint32_t part)
{
	return &m->job->parts->segments[part]->copies;
}

/* Goes round: all sections with the text of this one are seen then, and those that match are in m->ring but itself. */
static int follow(struct merger *m, uint32_t part, uint32_t section)
{
	const struct copy_table *table = table_of(m, part);
	const uint64_t *matches = m->job->matches[part];
	uint32_t steps = 0;
	uint32_t at = section;
	int got;

	buf_reset(&m->ring);
	if (!m->seen[part])
		m->seen[part] = section_set_new(m->job->arena, m->job->parts->segments[part], false);
	if (!m->seen[part])
		return no_memory(m);
	while ((got = copy_table_next(table, at, &at, m->job->err)) > 0 && at != section && steps++ < table->count) {
		number_set_add(m->seen[part], at);
		if (number_set_has(matches, at))
			buf_add(&m->ring, &at, sizeof at);
	}
	return got < 0 ? -1 : m->ring.failed ? no_memory(m) : 0;
}

static int compare_sections(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a;
	uint32_t y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static int keep_ring(struct merger *m, struct copy_list *out)
{
	out->count = BUF_COUNT(&m->ring, uint32_t);
	out->sections = arena_array(m->job->arena, out->count, sizeof *out->sections);
	if (!out->sections)
		return no_memory(m);
	if (out->count)
		memcpy(out->sections, m->ring.data, m->ring.n);
	qsort(out->sections, out->count, sizeof *out->sections, compare_sections);
	return 0;
}

/* 1: the first of its text, and *out are the others; 0: one of the others; -1. */
static int is_first(struct merger *m, const struct candidate *candidate, struct copy_list *out)
{
	const uint64_t *seen = m->seen[candidate->part];

	*out = (struct copy_list){NULL, 0};
	if (seen && number_set_has(seen, candidate->section))
		return 0;
	if (table_of(m, candidate->part)->count == 0)
		return 1;
	return follow(m, candidate->part, candidate->section) < 0 || keep_ring(m, out) < 0 ? -1 : 1;
}

/* Keeps the first `limit` texts among the first `count` candidates. */
static int merge(struct merger *m, size_t count, size_t limit)
{
	struct buf *heap = &m->job->top.heap;
	struct candidate *candidates = &BUF_AT(heap, struct candidate, 0);
	size_t kept = 0;

	for (size_t i = 0; i < count && kept < limit; i++) {
		int first = is_first(m, &candidates[i], &m->lists[kept]);

		if (first < 0)
			return -1;
		if (first)
			candidates[kept++] = candidates[i];
	}
	heap->n = kept * sizeof *candidates;
	return 0;
}

int copies_merge(struct search_job *job, size_t limit)
{
	struct merger m = {.job = job};
	size_t there = BUF_COUNT(&job->top.heap, struct candidate);
	size_t count = job->shown && job->shown < there ? job->shown : there;
	int status;

	if (limit == 0)
		limit = count;
	m.seen = arena_array(job->arena, job->parts->count, sizeof *m.seen);
	m.lists = arena_array(job->arena, count, sizeof *m.lists);
	status = m.seen && m.lists ? merge(&m, count, limit) : no_memory(&m);
	job->copies = m.lists;
	buf_release(&m.ring);
	if (status < 0)
		return -1;
	return BUF_COUNT(&job->top.heap, struct candidate) < limit && count == job->shown &&
	       (count < job->counts.matching || job->inexact);
}

/* Those of one part. */
static int count_texts(struct merger *m, uint32_t part, uint64_t most, uint64_t *count)
{
	uint32_t end = m->job->parts->segments[part]->meta.section_count;
	const uint64_t *matches = m->job->matches[part];

	for (uint32_t i = number_set_next(matches, 0, end); i < end && *count < most;
	     i = number_set_next(matches, i + 1, end)) {
		struct candidate candidate = {.part = part, .section = i};
		struct copy_list ignored;
		int first = is_first(m, &candidate, &ignored);

		if (first < 0)
			return -1;
		*count += (uint64_t)first;
	}
	return 0;
}

int copies_count(struct search_job *job, uint64_t most, uint64_t *out)
{
	struct merger m = {.job = job, .seen = arena_array(job->arena, job->parts->count, sizeof *m.seen)};
	int status = m.seen ? 0 : no_memory(&m);

	*out = 0;
	for (uint32_t i = 0; i < job->parts->count && status == 0; i++)
		status = count_texts(&m, i, most, out);
	buf_release(&m.ring);
	return status;
}
