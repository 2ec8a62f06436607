#include "top.h"

#include <stdlib.h>

bool candidate_before(const struct candidate *a, const struct candidate *b)
{
	if (a->tier != b->tier)
		return a->tier < b->tier;
	if (a->score != b->score)
		return a->score > b->score;
	return a->part != b->part ? a->part < b->part : a->section < b->section;
}

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

bool top_accepts(const struct top *top, const struct candidate *candidate)
{
	return top->limit == 0 || count(top) < top->limit || candidate_before(candidate, at(top, 0));
}

static void sift_up(struct top *top)
{
	for (size_t i = count(top) - 1; i > 0 && candidate_before(at(top, (i - 1) / 2), at(top, i)); i = (i - 1) / 2)
		swap(top, i, (i - 1) / 2);
}

static void sift_down(struct top *top)
{
	size_t i = 0;

	for (;;) {
		size_t worst = i;

		for (size_t child = 2 * i + 1; child <= 2 * i + 2 && child < count(top); child++)
			if (candidate_before(at(top, worst), at(top, child)))
				worst = child;
		if (worst == i)
			return;
		swap(top, i, worst);
		i = worst;
	}
}

void top_add(struct top *top, const struct candidate *candidate)
{
	if (!top_accepts(top, candidate))
		return;
	if (top->limit == 0) {
		buf_add(&top->heap, candidate, sizeof *candidate);
	} else if (count(top) < top->limit) {
		buf_add(&top->heap, candidate, sizeof *candidate);
		if (!top->heap.failed)
			sift_up(top);
	} else {
		*at(top, 0) = *candidate;
		sift_down(top);
	}
}

static int compare(const void *a, const void *b)
{
	return candidate_before(a, b) ? -1 : candidate_before(b, a);
}

void top_sort(struct top *top)
{
	if (count(top) > 1)
		qsort(top->heap.data, count(top), sizeof(struct candidate), compare);
}

void top_release(struct top *top)
{
	buf_release(&top->heap);
}
