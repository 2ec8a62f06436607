#include "rescore.h"

#include <stdlib.h>

struct rescorer {
	const struct parts *parts;
	const struct bm25 *bm25;
	struct candidate **by_section; /* the first of the list, by part and section */
	size_t count;
	struct posting_decoder *decoder;
	struct err *err;
};

static int compare_places(const void *a, const void *b)
{
	const struct candidate *x = *(struct candidate *const *)a;
	const struct candidate *y = *(struct candidate *const *)b;

	if (x->part != y->part)
		return x->part < y->part ? -1 : 1;
	return (x->section > y->section) - (x->section < y->section);
}

static int compare_candidates(const void *a, const void *b)
{
	return candidate_before(a, b) ? -1 : candidate_before(b, a);
}

/* Adds one pair to the candidates [first, end), all of one part. */
static int add_pair(struct rescorer *r, const struct query_pair *pair, double factor, size_t first, size_t end)
{
	struct segment_reader *segment = r->parts->segments[r->by_section[first]->part];
	struct lexicon_entry entry;
	struct posting posting = {0};
	int got = lexicon_find(&segment->lexicon, pair->text, &entry, r->err);

	if (got <= 0 || entry.lists[CHANNEL_HAN].count == 0)
		return got < 0 ? -1 : 0;
	if (segment_postings(segment, &entry.lists[CHANNEL_HAN], CHANNEL_HAN, r->decoder, r->err) < 0)
		return -1;
	for (size_t i = first; i < end; i++) {
		struct candidate *candidate = r->by_section[i];
		const unsigned char *lengths;

		if (posting.frequency == 0 || posting.number < candidate->section)
			got = posting_decoder_seek(r->decoder, candidate->section, &posting);
		if (got <= 0)
			return got < 0 ? segment_damaged_postings(segment, r->err) : 0;
		if (posting.number != candidate->section)
			continue;
		if (segment_lengths(segment, candidate->section, &lengths, r->err) < 0)
			return -1;
		candidate->score +=
			factor * bm25_channel(r->bm25, CHANNEL_HAN, posting.frequency, lengths[CHANNEL_HAN]);
	}
	return 0;
}

static int add_pairs(struct rescorer *r, const struct query *query)
{
	for (size_t i = 0; i < query->pair_count; i++) {
		const struct query_pair *pair = &query->pairs[i];
		uint64_t df;

		if (atoms_count(r->parts, pair->text, CHANNEL_HAN, &df, r->err) < 0)
			return -1;
		for (size_t first = 0, end; first < r->count; first = end) {
			uint32_t part = r->by_section[first]->part;

			for (end = first + 1; end < r->count && r->by_section[end]->part == part;)
				end++;
			if (add_pair(r, pair, PAIR_WEIGHT * pair->count * bm25_idf(r->bm25, df), first, end) < 0)
				return -1;
		}
	}
	return 0;
}

int rescore(struct top *sorted, const struct query *query, const struct parts *parts, const struct bm25 *bm25,
	    struct arena *arena, struct err *err)
{
	struct rescorer r = {
		.parts = parts, .bm25 = bm25, .count = BUF_COUNT(&sorted->heap, struct candidate), .err = err};
	struct candidate *candidates = &BUF_AT(&sorted->heap, struct candidate, 0);

	if (r.count > RESCORED)
		r.count = RESCORED;
	if (r.count == 0 || query->pair_count == 0)
		return 0;
	r.by_section = arena_array(arena, r.count, sizeof *r.by_section);
	r.decoder = arena_alloc(arena, sizeof *r.decoder);
	if (!r.by_section || !r.decoder)
		return err_memory(err, "search");
	for (size_t i = 0; i < r.count; i++)
		r.by_section[i] = &candidates[i];
	qsort(r.by_section, r.count, sizeof *r.by_section, compare_places);
	if (add_pairs(&r, query) < 0)
		return -1;
	qsort(candidates, r.count, sizeof *candidates, compare_candidates);
	return 0;
}
