#include "rescore.h"

#include "length.h"

struct rescorer {
	const struct parts *parts;
	const struct bm25 *bm25;
	struct candidate **by_section; /* by part and section */
	size_t count;
	struct buf *log; /* NULL: nobody asks */
	struct arena *arena;
	struct err *err;
};

static bool is_before(const struct candidate *a, const struct candidate *b)
{
	return a->part != b->part ? a->part < b->part : a->section < b->section;
}

/* Shell's sort, of some dozens of pointers. */
static void sort_by_section(struct candidate **list, size_t count)
{
	static const size_t gaps[] = {57, 23, 10, 4, 1};

	for (size_t g = 0; g < sizeof gaps / sizeof *gaps; g++) {
		for (size_t i = gaps[g]; i < count; i++) {
			struct candidate *moving = list[i];
			size_t k = i;

			for (; k >= gaps[g] && is_before(moving, list[k - gaps[g]]); k -= gaps[g])
				list[k] = list[k - gaps[g]];
			list[k] = moving;
		}
	}
}

/* A pair of the query, in one channel. */
struct gram_term {
	struct term term;
	struct span text;
	double idf;
	double factor;
};

static void note(struct rescorer *r, const struct candidate *candidate, const struct gram_term *pair,
		 uint32_t frequency, uint8_t length)
{
	struct rescored entry = {candidate->part,
				 candidate->section,
				 {.kind = STEP_PAIR,
				  .text = pair->text,
				  .after = candidate->score,
				  .factor = pair->factor,
				  .idf = pair->idf}};

	entry.step.frequency[CHANNEL_HAN] = frequency;
	entry.step.length[CHANNEL_HAN] = length_decode(length);
	buf_add(r->log, &entry, sizeof entry);
}

static int add_score(struct rescorer *r, struct candidate *candidate, struct posting_cursor *cursor,
		     const struct gram_term *pair)
{
	struct segment_reader *segment = r->parts->segments[candidate->part];
	const unsigned char *lengths = segment_lengths(segment, candidate->section, r->err);
	uint32_t value;

	if (!lengths)
		return -1;
	if (posting_cursor_value(cursor, &value) < 0)
		return segment_damaged_postings(segment, LAYER_GRAMS, r->err);
	candidate->score += pair->factor * bm25_channel(r->bm25, CHANNEL_HAN, value + 1, lengths[CHANNEL_HAN]);
	if (r->log)
		note(r, candidate, pair, value + 1, lengths[CHANNEL_HAN]);
	return 0;
}

/* Adds one pair to the candidates [first, end), all of one part. */
static int add_pair(struct rescorer *r, const struct gram_term *pair, size_t first, size_t end)
{
	uint32_t part = r->by_section[first]->part;
	struct posting_cursor *cursors[WORD_LISTS];
	int lists = term_cursors(&pair->term, r->parts, part, r->arena, cursors, r->err);
	uint32_t found = 0;

	if (lists < 0)
		return -1;
	for (size_t i = first; i < end && lists; i++) {
		struct candidate *candidate = r->by_section[i];
		int got = 1;

		if (i == first || found < candidate->section)
			got = posting_cursor_seek(cursors[0], candidate->section, &found);
		if (got < 0)
			return segment_damaged_postings(r->parts->segments[part], LAYER_GRAMS, r->err);
		if (got == 0)
			return 0;
		if (found == candidate->section && add_score(r, candidate, cursors[0], pair) < 0)
			return -1;
	}
	return 0;
}

static int add_pairs(struct rescorer *r, const struct query *query)
{
	for (size_t i = 0; i < query->pair_count; i++) {
		struct gram_term pair = {.text = query->pairs[i].text};

		if (term_find(&pair.term, r->parts, LAYER_GRAMS, pair.text, r->arena, r->err) < 0)
			return -1;
		pair.idf = bm25_idf(r->bm25, pair.term.count);
		pair.factor = PAIR_WEIGHT * query->pairs[i].count * pair.idf;
		for (size_t first = 0, end; first < r->count && pair.term.count; first = end) {
			for (end = first + 1; end < r->count && r->by_section[end]->part == r->by_section[first]->part;)
				end++;
			if (add_pair(r, &pair, first, end) < 0)
				return -1;
		}
	}
	return 0;
}

int rescore(struct top *top, const struct query *query, const struct parts *parts, const struct bm25 *bm25,
	    struct buf *log, struct arena *arena, struct err *err)
{
	struct rescorer r = {.parts = parts,
			     .bm25 = bm25,
			     .count = BUF_COUNT(&top->heap, struct candidate),
			     .log = log,
			     .arena = arena,
			     .err = err};

	if (r.count == 0 || query->pair_count == 0)
		return 0;
	if (r.count > RESCORED) {
		top_sort(top, 0);
		r.count = RESCORED;
	}
	r.by_section = arena_array(arena, r.count, sizeof *r.by_section);
	if (!r.by_section)
		return err_memory(err, "search");
	for (size_t i = 0; i < r.count; i++)
		r.by_section[i] = &BUF_AT(&top->heap, struct candidate, i);
	sort_by_section(r.by_section, r.count);
	return add_pairs(&r, query);
}
