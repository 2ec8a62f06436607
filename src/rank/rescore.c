#include "rescore.h"

#include "length.h"
#include "list_cursor.h"
#include "passage.h"
#include "processor.h"

#include <math.h>

/* Losers are looked for when what may still be added has fallen to this share: looking costs as much as a gram. */
#define LOOK_AGAIN 0.5

struct gram_term {
	const struct query_gram *gram;
	struct term term;
	double idf;
	double factor; /* idf * weight * count */
	double rest;   /* what it and those after it add at most */
};

/* A candidate that may still be shown. */
struct runner {
	struct candidate *candidate;
	double share;   /* what one occurrence counts in a text as long as it: bm25.h */
	double *found;  /* x of each gram of the query, as far as it was looked for; NULL: nobody asks */
	double passage; /* what a passage adds at most: it has its grams once or oftener; 0: none counts */
	uint8_t length;
};

struct rescorer {
	const struct parts *parts;
	const struct bm25 *bm25;
	const struct query *query;
	bool inside[QUERY_GRAMS]; /* a passage */
	double passages;          /* the factors of all grams that may stand in one, summed up; 0: the query has none */
	struct gram_term *grams;  /* the highest factor first */
	size_t gram_count;
	struct runner *runners; /* by part and section */
	size_t count;
	uint64_t *keys; /* room for as many */
	double *found;  /* of all runners; NULL: no passage counts */
	size_t shown;
	bool fast;       /* the processor counts bits */
	struct buf *log; /* NULL: nobody asks */
	struct arena *arena;
	struct err *err;
};

/* How many of the keys, all below 2^63, are below this one. Of some dozens all are asked, two at a time: a branch that nobody can
 * foretell costs as much as ten of them. */
static size_t count_below(const uint64_t *keys, size_t count, uint64_t key)
{
	uint64_t below = 0;

	for (size_t i = 0; i < count; i++)
		below += (keys[i] - key) >> 63;
	return below;
}

static void sort_by_section(struct runner *to, const struct runner *from, uint64_t *keys, size_t count)
{
	for (size_t i = 0; i < count; i++)
		keys[i] = (uint64_t)from[i].candidate->part << 32 | from[i].candidate->section;
	for (size_t i = 0; i < count; i++)
		to[count_below(keys, count, keys[i])] = from[i];
}

/* Among those before it, by its factor; of equals the first stays first. */
static void add_gram(struct rescorer *r, const struct query_gram *gram, const struct term *term)
{
	double weight = (gram->pair ? PAIR_WEIGHT : CHARACTER_WEIGHT) * (gram->function ? FUNCTION_WEIGHT : 1);
	double idf = bm25_idf(r->bm25, term->count);
	double factor = idf * weight * gram->count;
	size_t i = r->gram_count++;

	for (; i > 0 && r->grams[i - 1].factor < factor; i--)
		r->grams[i] = r->grams[i - 1];
	r->grams[i] = (struct gram_term){.gram = gram, .term = *term, .idf = idf, .factor = factor};
}

static int find_grams(struct rescorer *r)
{
	const struct query *query = r->query;
	double rest = 0;

	r->grams = arena_alloc(r->arena, query->gram_count * sizeof *r->grams);
	if (!r->grams)
		return err_memory(r->err, "search");
	for (size_t i = 0; i < query->gram_count; i++) {
		struct term term;

		if (term_find(&term, r->parts, LAYER_GRAMS, query->grams[i].text, r->arena, r->err) < 0)
			return -1;
		if (term.count > 0)
			add_gram(r, &query->grams[i], &term);
	}
	for (size_t i = r->gram_count; i-- > 0;)
		r->grams[i].rest = rest += r->grams[i].factor * bm25_ceiling(1u << CHANNEL_HAN);
	if (query->pair_count >= PASSAGE_PAIRS && passage_find(query, NULL, r->inside))
		for (size_t i = 0; i < r->gram_count; i++)
			r->passages += r->inside[r->grams[i].gram - query->grams] ? r->grams[i].factor : 0;
	return 0;
}

static int set_runner(struct rescorer *r, struct runner *runner, struct candidate *candidate)
{
	const unsigned char *lengths = segment_lengths(r->parts->segments[candidate->part], candidate->section, r->err);

	if (!lengths)
		return -1;
	runner->candidate = candidate;
	runner->length = lengths[CHANNEL_HAN];
	runner->share = r->bm25->share[CHANNEL_HAN][runner->length];
	runner->passage = r->passages * bm25_passage(runner->share);
	runner->found = NULL;
	return 0;
}

static int find_runners(struct rescorer *r, struct top *top)
{
	size_t grams = r->query->gram_count;
	struct runner *unsorted;

	r->count = BUF_COUNT(&top->heap, struct candidate);
	if (r->count > RESCORED) {
		top_sort(top, 0);
		r->count = RESCORED;
	}
	unsorted = arena_alloc(r->arena, 2 * r->count * sizeof *r->runners);
	r->keys = arena_alloc(r->arena, r->count * sizeof *r->keys);
	if (r->passages > 0)
		r->found = arena_array(r->arena, r->count * grams, sizeof *r->found);
	if (r->arena->failed)
		return err_memory(r->err, "search");
	for (size_t i = 0; i < r->count; i++)
		if (set_runner(r, &unsorted[i], &BUF_AT(&top->heap, struct candidate, i)) < 0)
			return -1;
	r->runners = unsorted + r->count;
	sort_by_section(r->runners, unsorted, r->keys, r->count);
	for (size_t i = 0; i < r->count && r->found; i++)
		r->runners[i].found = r->found + i * grams;
	return 0;
}

/* The tier of the last that would be shown by now, and how many of it are shown. There are more than are shown. */
static enum tier last_tier(const struct rescorer *r, size_t *wanted)
{
	size_t counts[TIER_PARTIAL_BARE + 1] = {0};
	unsigned tier = 0;

	for (size_t i = 0; i < r->count; i++)
		counts[r->runners[i].candidate->tier]++;
	for (*wanted = r->shown; counts[tier] < *wanted; tier++)
		*wanted -= counts[tier];
	return (enum tier)tier;
}

/* A key that `wanted` of them reach, as good as the highest: found by halves. */
static uint64_t reached(const uint64_t *keys, size_t count, size_t wanted)
{
	enum { HALVES = 10 }; /* what is left of the range, a thousandth, is given away */
	uint64_t least = UINT64_MAX;
	uint64_t most = 0;

	for (size_t i = 0; i < count; i++) {
		least = keys[i] < least ? keys[i] : least;
		most = keys[i] > most ? keys[i] : most;
	}
	for (uint64_t i = 1; i <= HALVES; i++) {
		uint64_t middle = least + ((most - least) >> 1);
		bool enough = count - count_below(keys, count, middle) >= wanted;

		least = enough ? middle : least;
		most = enough ? most : middle;
	}
	return least;
}

/* Numbers above 0 are in the order of their bits. */
static uint64_t key_of(double score)
{
	uint64_t key;

	memcpy(&key, &score, sizeof key);
	return key;
}

/* Lets go of those who would stay behind the last one shown, even if `rest` more were added, and a passage. */
static void drop_losers(struct rescorer *r, double rest)
{
	enum tier tier;
	size_t wanted;
	size_t count = 0;
	size_t kept = 0;
	uint64_t last;

	if (r->shown == 0 || r->count <= r->shown)
		return;
	tier = last_tier(r, &wanted);
	for (size_t i = 0; i < r->count; i++) {
		r->keys[count] = key_of(r->runners[i].candidate->score);
		count += r->runners[i].candidate->tier == tier;
	}
	last = reached(r->keys, count, wanted);
	for (size_t i = 0; i < r->count; i++) {
		const struct candidate *candidate = r->runners[i].candidate;
		double most = (candidate->score + rest + r->runners[i].passage) * BOUND_SLACK;
		bool lost = candidate->tier > tier || (candidate->tier == tier && key_of(most) < last);

		r->runners[kept] = r->runners[i];
		kept += !lost;
	}
	r->count = kept;
}

/* With the candidate's score as it now is. */
static void note(struct rescorer *r, const struct candidate *candidate, struct score_step step)
{
	struct rescored entry = {candidate->part, candidate->section, step};

	entry.step.after = candidate->score;
	buf_add(r->log, &entry, sizeof entry);
}

static struct score_step gram_step(const struct gram_term *gram, uint32_t frequency, uint8_t length)
{
	return (struct score_step){.kind = gram->gram->pair ? STEP_PAIR : STEP_CHARACTER,
				   .text = gram->gram->text,
				   .factor = gram->factor,
				   .idf = gram->idf,
				   .frequency = {[CHANNEL_HAN] = frequency},
				   .length = {[CHANNEL_HAN] = length_decode(length)}};
}

static int add_score(struct rescorer *r, const struct runner *runner, struct posting_cursor *cursor,
		     const struct gram_term *gram)
{
	struct candidate *candidate = runner->candidate;
	uint32_t value;
	double x;

	if (posting_cursor_value(cursor, &value) < 0)
		return segment_damaged_postings(r->parts->segments[candidate->part], LAYER_GRAMS, r->err);
	x = (double)(value + 1) * runner->share;
	candidate->score += gram->factor * bm25_saturate(x);
	if (runner->found)
		runner->found[gram->gram - r->query->grams] = x;
	if (r->log)
		note(r, candidate, gram_step(gram, value + 1, runner->length));
	return 0;
}

/* What a gram adds to a runner whose section has it or not, without a branch: nobody could foretell it. */
static inline void add_where(struct rescorer *r, const struct gram_term *gram, const struct runner *runner, bool has,
			     uint32_t value)
{
	double factors[2] = {0, gram->factor};
	double x = (double)(value + 1) * runner->share;

	runner->candidate->score += factors[has] * bm25_saturate(x);
	if (runner->found)
		runner->found[gram->gram - r->query->grams] = has ? x : 0;
}

__attribute__((always_inline)) static inline void add_ranked(struct rescorer *r, const struct gram_term *gram,
							     const struct posting_decoded *list, size_t first,
							     size_t end)
{
	for (size_t i = first; i < end; i++) {
		uint32_t section = r->runners[i].candidate->section;
		bool has = number_set_has(list->set, section);
		uint32_t at = number_set_before(list->set, list->ranks, section) & -(uint32_t)has;

		add_where(r, gram, &r->runners[i], has, list->values[at]);
	}
}

#if defined __x86_64__ && defined __GNUC__
__attribute__((target("popcnt"))) static void add_ranked_fast(struct rescorer *r, const struct gram_term *gram,
							      const struct posting_decoded *list, size_t first,
							      size_t end)
{
	add_ranked(r, gram, list, first, end);
}
#else
#define add_ranked_fast add_ranked
#endif

/* By a list that is decoded. */
static int add_decoded(struct rescorer *r, const struct gram_term *gram, struct posting_cursor *cursor, size_t first,
		       size_t end)
{
	uint32_t number;
	uint32_t value;

	if (posting_cursor_next(cursor, &number) <= 0 || posting_cursor_value(cursor, &value) < 0)
		return segment_damaged_postings(r->parts->segments[r->runners[first].candidate->part], LAYER_GRAMS,
						r->err);
	if (cursor->whole && cursor->whole->set) {
		(r->fast ? add_ranked_fast : add_ranked)(r, gram, cursor->whole, first, end);
		return 0;
	}
	for (size_t i = first; i < end; i++) {
		uint32_t section = r->runners[i].candidate->section;
		uint32_t at = posting_find(cursor->numbers, cursor->filled, section);

		add_where(r, gram, &r->runners[i], cursor->numbers[at] == section, cursor->values[at]);
	}
	return 0;
}

/* Adds one gram to the runners [first, end), all of one part. */
static int add_to_part(struct rescorer *r, const struct gram_term *gram, size_t first, size_t end)
{
	uint32_t part = r->runners[first].candidate->part;
	struct posting_cursor *cursors[WORD_LISTS];
	int lists = term_cursors(&gram->term, r->parts, part, r->arena, cursors, r->err);
	uint32_t found = 0;

	if (lists <= 0)
		return lists;
	if (cursors[0]->block_count == 1 && !r->log)
		return add_decoded(r, gram, cursors[0], first, end);
	for (size_t i = first; i < end; i++) {
		const struct runner *runner = &r->runners[i];
		uint32_t section = runner->candidate->section;
		int got = 1;

		if (i == first || found < section)
			got = posting_cursor_seek(cursors[0], section, &found);
		if (got < 0)
			return segment_damaged_postings(r->parts->segments[part], LAYER_GRAMS, r->err);
		if (got == 0)
			return 0;
		if (found == section && add_score(r, runner, cursors[0], gram) < 0)
			return -1;
	}
	return 0;
}

static int add_to_all(struct rescorer *r, const struct gram_term *gram)
{
	for (size_t first = 0, end; first < r->count; first = end) {
		for (end = first + 1;
		     end < r->count && r->runners[end].candidate->part == r->runners[first].candidate->part;)
			end++;
		if (add_to_part(r, gram, first, end) < 0)
			return -1;
	}
	return 0;
}

/* Is the runner's section a long one? That takes a look at its record: asked last, of those who are left. */
static int is_long(struct rescorer *r, const struct candidate *candidate)
{
	uint64_t start;
	uint64_t end;

	if (segment_text_range(r->parts->segments[candidate->part], candidate->section, &start, &end, r->err) < 0)
		return -1;
	return end - start > LONG_SECTION;
}

static int add_passage(struct rescorer *r, const struct runner *runner)
{
	struct candidate *candidate = runner->candidate;
	double before = candidate->score;
	int status;

	if (!passage_find(r->query, runner->found, r->inside))
		return 0;
	status = is_long(r, candidate);
	if (status <= 0)
		return status;
	for (size_t i = 0; i < r->gram_count; i++) {
		size_t gram = (size_t)(r->grams[i].gram - r->query->grams);

		if (r->inside[gram])
			candidate->score += r->grams[i].factor * bm25_passage(runner->found[gram]);
	}
	if (r->log && candidate->score > before)
		note(r, candidate, (struct score_step){.kind = STEP_PASSAGE, .factor = 1});
	return 0;
}

static int add_all(struct rescorer *r, struct top *top)
{
	double looked = INFINITY;

	if (find_grams(r) < 0 || find_runners(r, top) < 0)
		return -1;
	for (size_t i = 0; i < r->gram_count; i++) {
		if (r->grams[i].rest <= LOOK_AGAIN * looked) {
			looked = r->grams[i].rest;
			drop_losers(r, looked);
		}
		if (add_to_all(r, &r->grams[i]) < 0)
			return -1;
	}
	for (size_t i = 0; i < r->count; i++)
		if (r->runners[i].passage > 0 && add_passage(r, &r->runners[i]) < 0)
			return -1;
	return 0;
}

int rescore(struct top *top, size_t shown, const struct query *query, const struct parts *parts,
	    const struct bm25 *bm25, struct buf *log, struct arena *arena, struct err *err)
{
	struct arena_mark before = arena_mark(arena);
	struct rescorer r = {.parts = parts,
			     .bm25 = bm25,
			     .query = query,
			     .shown = shown,
			     .fast = processor_has_fast_bits(),
			     .log = log,
			     .arena = arena,
			     .err = err};
	int status;

	if (top->heap.n == 0 || query->gram_count == 0)
		return 0;
	status = add_all(&r, top);
	/* the hits come to lie in memory that was touched */
	arena_rewind(arena, before);
	return status;
}
