#define _GNU_SOURCE /* memmem() */
#include "occurrence.h"

#include "folding.h"
#include "unicode.h"
#include "utf8.h"

#include <string.h>

/* What is searched: the fold with its shifts, or the source itself when `shifts` is NULL. */
struct haystack {
	struct span text;
	const struct buf *shifts;
	struct span source;
};

/* A mark counts: it changes the letter before it. */
static bool is_word(uint32_t code)
{
	enum char_class class = unicode_class(code);

	return class == CLASS_LETTER || class == CLASS_DIGIT || class == CLASS_MARK;
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

static void add(struct buf *out, const struct haystack *in, size_t at, size_t n, uint32_t needle)
{
	struct occurrence found = {.needle = needle};
	uint32_t code;
	bool valid;
	size_t last;

	if (!in->shifts) {
		found.start = (uint32_t)at;
		found.end = (uint32_t)(at + n);
	} else {
		last = folding_source(in->source, in->shifts, at + n - 1);
		found.start = (uint32_t)folding_source(in->source, in->shifts, at);
		found.end = (uint32_t)(last + utf8_next(in->source.p + last, in->source.n - last, &code, &valid));
	}
	buf_add(out, &found, sizeof(found));
}

/* Bytes compared at a time: what every processor has as one register. */
typedef unsigned char block __attribute__((vector_size(16)));

static block load(const char *p)
{
	block out;

	memcpy(&out, p, sizeof(out));
	return out;
}

/* Which of the needle's bytes is looked at beside its last: the third of a Han character says most. */
static size_t probe_of(struct span needle)
{
	return needle.n > 3 && (unsigned char)needle.p[0] >= 0xE0 ? 2 : needle.n == 3 ? 1 : 0;
}

/* The first of the places whose bytes in `hits` are set that begins with the needle, or NULL. */
static const char *first_of(block hits, const char *p, struct span needle)
{
	for (size_t i = 0; i < sizeof(hits); i++)
		if (hits[i] && memcmp(p + i, needle.p, needle.n) == 0)
			return p + i;
	return NULL;
}

/* As memmem(3), which makes a table for each call: here calls are many and texts are short. */
static const char *find_next(const char *p, const char *end, struct span needle)
{
	size_t probe = probe_of(needle);
	size_t last = needle.n - 1;
	block a = (block){0} + (unsigned char)needle.p[probe];
	block b = (block){0} + (unsigned char)needle.p[last];

	for (; (size_t)(end - p) >= sizeof(block) + last; p += sizeof(block)) {
		block hits = (block)(load(p + probe) == a) & (block)(load(p + last) == b);
		const char *found;
		uint64_t halves[2];

		memcpy(halves, &hits, sizeof(halves));
		if ((halves[0] | halves[1]) && (found = first_of(hits, p, needle)))
			return found;
	}
	return memmem(p, (size_t)(end - p), needle.p, needle.n);
}

static void find(struct buf *out, const struct haystack *in, const struct needle *needle, uint32_t index)
{
	const char *end = in->text.p + in->text.n;
	const char *p = in->text.p;

	while ((p = find_next(p, end, needle->text))) {
		size_t at = (size_t)(p - in->text.p);

		if (needle->whole_word && (word_before(in->text, at) || word_after(in->text, at + needle->text.n))) {
			p++;
			continue;
		}
		add(out, in, at, needle->text.n, index);
		p += needle->text.n;
	}
}

static int compare(const struct occurrence *x, const struct occurrence *y)
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
		all[to++] = k < count && compare(&all[k], &left[i]) < 0 ? all[k++] : left[i++];
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
		     struct buf *folded, struct buf *shifts)
{
	struct haystack exact = {.text = text};
	struct haystack fold = {.source = text};
	struct buf spare = {0};

	buf_reset(folded);
	buf_reset(shifts);
	folding_make(text, folded, shifts);
	if (folded->failed || shifts->failed)
		return;
	fold.text = buf_span(folded);
	fold.shifts = shifts;
	for (size_t i = 0; i < needle_count; i++) {
		const struct haystack *in = needles[i].exact ? &exact : &fold;
		size_t before = BUF_COUNT(out, struct occurrence);

		if (!needles[i].text.n || needles[i].text.n > in->text.n)
			continue;
		find(out, in, &needles[i], (uint32_t)i);
		if (before && before < BUF_COUNT(out, struct occurrence))
			merge((struct occurrence *)(void *)out->data, before, BUF_COUNT(out, struct occurrence),
			      &spare);
	}
	out->failed |= spare.failed;
	buf_release(&spare);
	if (!out->failed && out->n)
		drop_weak(out, needles);
}
