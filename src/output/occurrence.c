#define _GNU_SOURCE /* memmem() */
#include "occurrence.h"

#include "cursor.h"
#include "unicode.h"
#include "utf8.h"

#include <string.h>

/* What is searched: the fold, or the source itself when `folding` is NULL. */
struct haystack {
	struct span text;
	struct folding *folding;
	struct span source;
};

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

static void add(struct buf *out, const struct haystack *in, size_t at, size_t n, uint32_t needle)
{
	struct occurrence found = {.needle = needle};
	uint32_t code;
	bool valid;
	size_t last;

	if (!in->folding) {
		found.start = (uint32_t)at;
		found.end = (uint32_t)(at + n);
	} else {
		last = folding_source(in->folding, in->source, at + n - 1);
		found.start = (uint32_t)folding_source(in->folding, in->source, at);
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

/* A needle that begins with more than ASCII: the folding notes where. */
struct watched {
	uint32_t needle;
	uint32_t first; /* the bytes it begins with, four at most, */
	uint32_t mask;  /* and those of an integer that they are */
	size_t next;    /* it is found no sooner than at this byte of the fold */
};

/* The first four bytes as an integer; those past the end are 0. */
static uint32_t head_of(const char *p, size_t n)
{
	uint32_t head = 0;

	if (n >= sizeof(head))
		return load_u32((const unsigned char *)p);
	while (n > 0)
		head = head << 8 | (unsigned char)p[--n];
	return head;
}

static bool begins_watched(const struct needle *needle, uint32_t *code)
{
	bool valid;

	if (needle->exact || needle->text.n == 0 || !(needle->text.p[0] & 0x80))
		return false;
	utf8_next(needle->text.p, needle->text.n, code, &valid);
	return valid;
}

static void choose_watched(struct buf *watched, struct folding_watch *watch, const struct needle *needles, size_t count)
{
	struct watched record = {0};
	uint32_t code;

	for (; record.needle < count; record.needle++) {
		if (!begins_watched(&needles[record.needle], &code))
			continue;
		folding_watch_add(watch, code);
		record.first = head_of(needles[record.needle].text.p, needles[record.needle].text.n);
		record.mask = head_of("\xFF\xFF\xFF\xFF", needles[record.needle].text.n);
		buf_add(watched, &record, sizeof(record));
	}
}

/* The fold of one character may hold several needles, which stand in one place then: puts the last in order. */
static void sort_last(struct buf *out)
{
	struct occurrence *all = (struct occurrence *)(void *)out->data;

	for (size_t i = BUF_COUNT(out, struct occurrence) - 1; i > 0 && compare(&all[i], &all[i - 1]) < 0; i--) {
		struct occurrence o = all[i];

		all[i] = all[i - 1];
		all[i - 1] = o;
	}
}

static void try_watched(struct buf *out, const struct haystack *in, size_t at, const struct needle *needles,
			struct watched *watched)
{
	const struct needle *needle = &needles[watched->needle];
	size_t n = needle->text.n;

	if (at < watched->next || n > in->text.n - at || memcmp(in->text.p + at, needle->text.p, n) != 0)
		return;
	if (needle->whole_word && (word_before(in->text, at) || word_after(in->text, at + n)))
		return;
	add(out, in, at, n, watched->needle);
	watched->next = at + n;
	if (!out->failed)
		sort_last(out);
}

static void find_watched(struct buf *out, const struct haystack *in, const struct needle *needles, struct buf *watched)
{
	const struct buf *noted = &in->folding->noted;
	struct watched *all = (struct watched *)(void *)watched->data;
	size_t count = BUF_COUNT(watched, struct watched);

	for (size_t i = 0; i < BUF_COUNT(noted, uint32_t); i++) {
		size_t at = BUF_AT(noted, uint32_t, i);
		uint32_t head = head_of(in->text.p + at, in->text.n - at);

		for (size_t k = 0; k < count; k++)
			if ((head & all[k].mask) == all[k].first)
				try_watched(out, in, at, needles, &all[k]);
	}
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

/* The needles that are not watched, one after the other. */
static void find_others(struct buf *out, const struct haystack *fold, const struct needle *needles, size_t count,
			struct buf *spare)
{
	struct haystack exact = {.text = fold->source};
	uint32_t code;

	for (size_t i = 0; i < count; i++) {
		const struct haystack *in = needles[i].exact ? &exact : fold;
		size_t before = BUF_COUNT(out, struct occurrence);

		if (begins_watched(&needles[i], &code) || !needles[i].text.n || needles[i].text.n > in->text.n)
			continue;
		find(out, in, &needles[i], (uint32_t)i);
		if (before && before < BUF_COUNT(out, struct occurrence))
			merge((struct occurrence *)(void *)out->data, before, BUF_COUNT(out, struct occurrence), spare);
	}
}

void occurrence_find(struct buf *out, struct span text, const struct needle *needles, size_t needle_count,
		     struct occurrence_space *space)
{
	struct haystack fold = {.folding = &space->folding, .source = text};
	struct folding_watch watch = {0};

	buf_reset(&space->watched);
	buf_reset(&space->spare);
	choose_watched(&space->watched, &watch, needles, needle_count);
	folding_make(&space->folding, text, &watch);
	out->failed |= folding_failed(&space->folding) || space->watched.failed;
	if (out->failed)
		return;
	fold.text = buf_span(&space->folding.text);
	find_watched(out, &fold, needles, &space->watched);
	find_others(out, &fold, needles, needle_count, &space->spare);
	out->failed |= space->spare.failed;
	if (!out->failed && out->n)
		drop_weak(out, needles);
}

void occurrence_release(struct occurrence_space *space)
{
	folding_release(&space->folding);
	buf_release(&space->watched);
	buf_release(&space->spare);
}
