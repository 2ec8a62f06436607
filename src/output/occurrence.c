#define _GNU_SOURCE /* memmem() */
#include "occurrence.h"

#include "needle_scan.h"
#include "unicode.h"
#include "utf8.h"

#include <string.h>

static bool is_word(uint32_t code)
{
	return unicode_in_word(unicode_class(code));
}

static bool word_before(struct span text, size_t at)
{
	uint32_t code;
	bool valid;
	size_t p = at ? utf8_floor(text, at - 1) : 0;

	if (at == 0)
		return false;
	utf8_next(text.p + p, at - p, &code, &valid);
	return valid && is_word(code);
}

static bool word_after(struct span text, size_t at)
{
	uint32_t code;
	bool valid;

	if (at >= text.n)
		return false;
	utf8_next(text.p + at, text.n - at, &code, &valid);
	return valid && is_word(code);
}

static void find(struct buf *out, struct span text, const struct needle *needle, uint32_t index)
{
	const char *end = text.p + text.n;
	const char *p = text.p;

	while ((p = memmem(p, (size_t)(end - p), needle->text.p, needle->text.n))) {
		size_t at = (size_t)(p - text.p);
		size_t behind = at + needle->text.n;
		struct occurrence found = {(uint32_t)at, (uint32_t)behind, index};

		if (needle->whole_word && (word_before(text, at) || word_after(text, behind))) {
			p++;
			continue;
		}
		buf_add(out, &found, sizeof(found));
		p = text.p + behind;
	}
}

int occurrence_compare(const struct occurrence *x, const struct occurrence *y)
{
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->end != y->end)
		return x->end < y->end ? -1 : 1;
	return (x->needle > y->needle) - (x->needle < y->needle);
}

/* Merges the first `first` of `count` occurrences with the others, both ascending, by way of `spare`. */
static void merge(struct occurrence *all, size_t first, size_t count, struct buf *spare)
{
	size_t size = first * sizeof(*all);
	struct occurrence *left = (struct occurrence *)(void *)buf_reserve(spare, size);
	size_t i = 0, k = first, to = 0;

	if (!left)
		return;
	memcpy(left, all, size);
	while (i < first)
		all[to++] = k < count && occurrence_compare(&all[k], &left[i]) < 0 ? all[k++] : left[i++];
}

/* Leaves out the runs of touching occurrences that are weak throughout. */
static void drop_weak(struct buf *out, const struct needle *needles)
{
	struct occurrence *all = (struct occurrence *)(void *)out->data;
	size_t count = BUF_COUNT(out, struct occurrence);
	size_t kept = 0;

	for (size_t i = 0, next; i < count; i = next) {
		bool strong = false;
		uint32_t end = all[i].end;

		for (next = i; next < count && all[next].start <= end; next++) {
			end = all[next].end > end ? all[next].end : end;
			strong = strong || !needles[all[next].needle].weak;
		}
		if (strong) {
			memmove(all + kept, all + i, (next - i) * sizeof(*all));
			kept += next - i;
		}
	}
	if (kept)
		out->n = kept * sizeof(*all);
}

void occurrence_find(struct buf *out, struct span text, const struct needle *needles, size_t needle_count,
		     struct occurrence_space *space)
{
	needle_scan(out, text, needles, needle_count, &space->scan);
	buf_reset(&space->spare);
	for (size_t i = 0; i < needle_count && !out->failed; i++) {
		size_t before = BUF_COUNT(out, struct occurrence);

		if (!needles[i].exact || !needles[i].text.n || needles[i].text.n > text.n)
			continue;
		find(out, text, &needles[i], (uint32_t)i);
		if (before && before < BUF_COUNT(out, struct occurrence))
			merge((struct occurrence *)(void *)out->data, before, BUF_COUNT(out, struct occurrence),
			      &space->spare);
	}
	out->failed |= space->spare.failed;
	if (!out->failed && out->n)
		drop_weak(out, needles);
}

void occurrence_release(struct occurrence_space *space)
{
	buf_release(&space->scan);
	buf_release(&space->spare);
}
