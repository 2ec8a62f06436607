#include "top.h"

#include <stdlib.h>

static struct candidate *at(const struct top *top, size_t i)
{
	return &BUF_AT(&top->heap, struct candidate, i);
}

static size_t count(const struct top *top)
{
	return BUF_COUNT(&top->heap, struct candidate);
}

static void swap(struct top *top, size_t i, size_t k)
{
	struct candidate saved = *at(top, i);

	*at(top, i) = *at(top, k);
	*at(top, k) = saved;
}

/* Puts a candidate where `i` is free: the worse ones above it move down. */
static void sift_up(struct top *top, size_t i, const struct candidate *candidate)
{
	for (; i > 0 && candidate_before(at(top, (i - 1) / 2), candidate); i = (i - 1) / 2)
		*at(top, i) = *at(top, (i - 1) / 2);
	*at(top, i) = *candidate;
}

/* Puts a candidate in place of the root: the worse ones below it move up. */
static void sift_down(struct top *top, const struct candidate *candidate)
{
	size_t n = count(top);
	size_t i = 0;

	for (size_t child = 1; child < n; child = 2 * i + 1) {
		if (child + 1 < n && candidate_before(at(top, child), at(top, child + 1)))
			child++;
		if (!candidate_before(candidate, at(top, child)))
			break;
		*at(top, i) = *at(top, child);
		i = child;
	}
	*at(top, i) = *candidate;
}

void top_add(struct top *top, const struct candidate *candidate)
{
	const struct candidate *worst = top_worst(top);

	if (worst && !candidate_before(candidate, worst))
		return;
	if (top->limit == 0) {
		buf_add(&top->heap, candidate, sizeof *candidate);
	} else if (count(top) < top->limit) {
		buf_add(&top->heap, candidate, sizeof *candidate);
		if (!top->heap.failed)
			sift_up(top, count(top) - 1, candidate);
	} else {
		sift_down(top, candidate);
	}
}

static int compare(const void *a, const void *b)
{
	return candidate_before(a, b) ? -1 : candidate_before(b, a);
}

/* One candidate into the sorted ones before it. */
static void insert(struct top *top, size_t i)
{
	struct candidate moving = *at(top, i);

	for (; i > 0 && candidate_before(&moving, at(top, i - 1)); i--)
		*at(top, i) = *at(top, i - 1);
	*at(top, i) = moving;
}

/* A few of some dozens: one pass that keeps them sorted at the front beats sorting all. */
static void select_best(struct top *top, size_t wanted)
{
	for (size_t i = 0; i < count(top); i++) {
		if (i < wanted) {
			insert(top, i);
		} else if (candidate_before(at(top, i), at(top, wanted - 1))) {
			swap(top, i, wanted - 1);
			insert(top, wanted - 1);
		}
	}
}

void top_sort(struct top *top, size_t wanted)
{
	enum { FEW = 32 };

	if (wanted && wanted <= FEW)
		select_best(top, wanted);
	else if (count(top) > 1)
		qsort(top->heap.data, count(top), sizeof(struct candidate), compare);
}

void top_release(struct top *top)
{
	buf_release(&top->heap);
}
