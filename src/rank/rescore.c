#include "rescore.h"

#include "length.h"
#include "list_cursor.h"
#include "passage.h"

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
	double *found;  /* x of each gram of the query, as far as it was looked for; NULL: no passage counts */
	double passage; /* what a passage adds at most: it has its grams once or oftener */
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
	const struct candidate **best; /* room for so many: */
	size_t shown;
	struct buf *log; /* NULL: nobody asks */
	struct arena *arena;
	struct err *err;
};

static bool is_before(const struct runner *a, const struct runner *b)
{
	const struct candidate *x = a->candidate;
	const struct candidate *y = b->candidate;

	return x->part != y->part ? x->part < y->part : x->section < y->section;
}

/* Shell's sort, of some dozens. */
static void sort_by_section(struct runner *list, size_t count)
{
	static const size_t gaps[] = {57, 23, 10, 4, 1};

	for (size_t g = 0; g < sizeof gaps / sizeof *gaps; g++) {
		for (size_t i = gaps[g]; i < count; i++) {
			struct runner moving = list[i];
			size_t k = i;

			for (; k >= gaps[g] && is_before(&moving, &list[k - gaps[g]]); k -= gaps[g])
				list[k] = list[k - gaps[g]];
			list[k] = moving;
		}
	}
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

/* Room for what is found, if the section may be a long one in which a passage counts. */
static int set_found(struct rescorer *r, struct runner *runner)
{
	runner->found = NULL;
	runner->passage = 0;
	if (r->passages <= 0 || runner->share >= PASSAGE_FREQUENCY)
		return 0;
	runner->passage = r->passages * bm25_passage(runner->share);
	runner->found = arena_array(r->arena, r->query->gram_count, sizeof *runner->found);
	return runner->found ? 0 : err_memory(r->err, "search");
}

static int set_runner(struct rescorer *r, struct runner *runner, struct candidate *candidate)
{
	const unsigned char *lengths = segment_lengths(r->parts->segments[candidate->part], candidate->section, r->err);

	if (!lengths)
		return -1;
	runner->candidate = candidate;
	runner->length = lengths[CHANNEL_HAN];
	runner->share = r->bm25->share[CHANNEL_HAN][runner->length];
	return set_found(r, runner);
}

static int find_runners(struct rescorer *r, struct top *top)
{
	r->count = BUF_COUNT(&top->heap, struct candidate);
	if (r->count > RESCORED) {
		top_sort(top, 0);
		r->count = RESCORED;
	}
	r->runners = arena_alloc(r->arena, r->count * sizeof *r->runners);
	r->best = arena_alloc(r->arena, (r->count + 1) * sizeof(const struct candidate *));
	if (!r->runners || !r->best)
		return err_memory(r->err, "search");
	for (size_t i = 0; i < r->count; i++)
		if (set_runner(r, &r->runners[i], &BUF_AT(&top->heap, struct candidate, i)) < 0)
			return -1;
	sort_by_section(r->runners, r->count);
	return 0;
}

/* The last that would be shown with the scores of this moment. There are more than are shown. */
static const struct candidate *last_shown(struct rescorer *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->count; i++) {
		const struct candidate *moving = r->runners[i].candidate;
		size_t k = n;

		for (; k > 0 && candidate_before(moving, r->best[k - 1]); k--)
			r->best[k] = r->best[k - 1];
		r->best[k] = moving;
		n += n < r->shown;
	}
	return r->best[r->shown - 1];
}

/* Lets go of those who would stay behind the last one shown, even if `rest` more were added, and a passage. */
static void drop_losers(struct rescorer *r, double rest)
{
	const struct candidate *last;
	size_t kept = 0;

	if (r->shown == 0 || r->count <= r->shown)
		return;
	last = last_shown(r);
	for (size_t i = 0; i < r->count; i++) {
		const struct candidate *candidate = r->runners[i].candidate;
		double most = candidate->score + rest + r->runners[i].passage;
		bool lost =
			candidate->tier == last->tier ? most * BOUND_SLACK < last->score : candidate->tier > last->tier;

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

/* Adds one gram to the runners [first, end), all of one part. */
static int add_to_part(struct rescorer *r, const struct gram_term *gram, size_t first, size_t end)
{
	uint32_t part = r->runners[first].candidate->part;
	struct posting_cursor *cursors[WORD_LISTS];
	int lists = term_cursors(&gram->term, r->parts, part, r->arena, cursors, r->err);
	uint32_t found = 0;

	if (lists < 0)
		return -1;
	for (size_t i = first; i < end && lists; i++) {
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

int rescore(struct top *top, size_t shown, const struct query *query, const struct parts *parts,
	    const struct bm25 *bm25, struct buf *log, struct arena *arena, struct err *err)
{
	struct rescorer r = {
		.parts = parts, .bm25 = bm25, .query = query, .shown = shown, .log = log, .arena = arena, .err = err};
	double looked = INFINITY;

	if (top->heap.n == 0 || query->gram_count == 0)
		return 0;
	if (find_grams(&r) < 0 || find_runners(&r, top) < 0)
		return -1;
	for (size_t i = 0; i < r.gram_count; i++) {
		if (r.grams[i].rest <= LOOK_AGAIN * looked) {
			looked = r.grams[i].rest;
			drop_losers(&r, looked);
		}
		if (add_to_all(&r, &r.grams[i]) < 0)
			return -1;
	}
	for (size_t i = 0; i < r.count; i++)
		if (r.runners[i].found && add_passage(&r, &r.runners[i]) < 0)
			return -1;
	return 0;
}
