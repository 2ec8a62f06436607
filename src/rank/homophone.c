#include "homophone.h"

#include "pinyin.h"
#include "unicode.h"
#include "utf8.h"

#include <math.h>

/* A pair that no section has, and a changed character. A change must mend a pair, and may need a second one to do so. */
enum { COST_MISSING = 4, COST_CHANGED = 1 };

/* Characters that are read alike: yi has the most, 130 of them in Simplified text. */
enum { ALIKE_MAX = 256 };

/* A way through the run as far as a character. */
struct path {
	uint32_t codes[HOMOPHONE_RUN];
	unsigned cost;
	unsigned missing;
	double weight; /* sum of log2(1 + sections) of its pairs */
};

struct beam {
	struct path paths[HOMOPHONE_KEPT];
	unsigned count;
};

static int count_of(const struct parts *parts, uint32_t left, uint32_t right, uint64_t *count, struct err *err)
{
	char text[8];
	size_t n = left ? utf8_put(text, left) : 0;

	n += utf8_put(text + n, right);
	return term_count(parts, LAYER_GRAMS, (struct span){text, n}, count, err);
}

int homophone_pair(const struct parts *parts, uint32_t left, uint32_t right, struct err *err)
{
	uint64_t count;

	return count_of(parts, left, right, &count, err) < 0 ? -1 : count > 0;
}

static bool is_better(const struct path *a, const struct path *b)
{
	return a->cost != b->cost ? a->cost < b->cost : a->weight > b->weight;
}

/* Keeps the best, in order. */
static void keep(struct beam *beam, const struct path *path)
{
	unsigned at = beam->count;

	while (at > 0 && is_better(path, &beam->paths[at - 1]))
		at--;
	if (at == HOMOPHONE_KEPT)
		return;
	if (beam->count < HOMOPHONE_KEPT)
		beam->count++;
	memmove(&beam->paths[at + 1], &beam->paths[at], (beam->count - 1 - at) * sizeof *beam->paths);
	beam->paths[at] = *path;
}

static bool is_among(uint32_t code, const uint32_t *codes, int count)
{
	for (int i = 0; i < count; i++)
		if (codes[i] == code)
			return true;
	return false;
}

/* Adds those of the syllable that stand somewhere: how many there are then, or -1. */
static int add_alike(const struct parts *parts, unsigned syllable, uint32_t out[ALIKE_MAX], int count, struct err *err)
{
	for (unsigned i = pinyin_starts[syllable]; i < pinyin_starts[syllable + 1] && count < ALIKE_MAX; i++) {
		uint32_t code = pinyin_characters[i];
		uint64_t sections;

		if (unicode_entry(code) >= UNICODE_SELF_ENTRIES || is_among(code, out, count))
			continue;
		if (count_of(parts, 0, code, &sections, err) < 0)
			return -1;
		if (sections)
			out[count++] = code;
	}
	return count;
}

/* The character, and those read like it: how many, or -1. */
static int find_alike(const struct parts *parts, uint32_t code, uint32_t out[ALIKE_MAX], struct err *err)
{
	uint16_t readings[PINYIN_READINGS];
	size_t n = pinyin_readings(code, readings);
	int count = 1;

	out[0] = code;
	for (size_t i = 0; i < n && count > 0; i++)
		count = add_alike(parts, readings[i], out, count, err);
	return count;
}

/* The path with one more character. */
static int extend(const struct parts *parts, const struct homophone_run *run, unsigned at, const struct path *path,
		  uint32_t code, struct beam *out, struct err *err)
{
	struct path longer = *path;
	uint64_t sections = 0;

	longer.codes[at] = code;
	longer.cost += code != run->codes[at] ? COST_CHANGED : 0;
	if (at > 0) {
		if (count_of(parts, path->codes[at - 1], code, &sections, err) < 0)
			return -1;
		longer.missing += sections == 0;
		longer.cost += sections == 0 ? COST_MISSING : 0;
		longer.weight += log2(1 + (double)sections);
	}
	keep(out, &longer);
	return 0;
}

static int step(const struct parts *parts, const struct homophone_run *run, unsigned at, const struct beam *before,
		struct beam *out, struct err *err)
{
	uint32_t alike[ALIKE_MAX] = {run->codes[at]};
	int count = 1;

	if (run->open[at])
		count = find_alike(parts, run->codes[at], alike, err);
	out->count = 0;
	for (int i = 0; i < count; i++)
		for (unsigned k = 0; k < before->count; k++)
			if (extend(parts, run, at, &before->paths[k], alike[i], out, err) < 0)
				return -1;
	return count < 0 ? -1 : 0;
}

/* What the run costs as it was typed. */
static int price(const struct parts *parts, const struct homophone_run *run, struct path *out, struct err *err)
{
	struct beam beam;

	*out = (struct path){0};
	for (unsigned i = 0; i < run->count; i++) {
		beam.count = 0;
		if (extend(parts, run, i, out, run->codes[i], &beam, err) < 0)
			return -1;
		*out = beam.paths[0];
	}
	return 0;
}

int homophone_find(const struct parts *parts, const struct homophone_run *run,
		   struct homophone_run out[HOMOPHONE_ANSWERS], struct err *err)
{
	struct beam beams[2] = {{.count = 1}};
	const struct beam *last = &beams[run->count % 2];
	struct path typed;
	int count = 0;

	if (price(parts, run, &typed, err) < 0)
		return -1;
	for (unsigned i = 0; i < run->count; i++)
		if (step(parts, run, i, &beams[i % 2], &beams[(i + 1) % 2], err) < 0)
			return -1;
	for (unsigned i = 0; i < last->count && count < HOMOPHONE_ANSWERS; i++) {
		if (last->paths[i].cost >= typed.cost || last->paths[i].missing >= typed.missing)
			break;
		out[count] = *run;
		memcpy(out[count++].codes, last->paths[i].codes, sizeof run->codes);
	}
	return count;
}
