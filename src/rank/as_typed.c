#include "as_typed.h"

#include "rescore.h"
#include "section_set.h"

static bool is_code(const struct query *query)
{
	struct span text = query->literal_folded;
	bool letters = false;
	bool signs = false;

	if (query->clause_count)
		return false;
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];
		bool letter = c >= 'a' && c <= 'z';

		if (c >= 0x7f)
			return false;
		letters |= letter;
		signs |= c > ' ' && !letter && !(c >= '0' && c <= '9');
	}
	return letters && signs && !query_word_bit(query, text);
}

static struct candidate *candidate_at(const struct search_job *x, size_t i)
{
	return &BUF_AT(&x->top.heap, struct candidate, i);
}

static void raise_score(struct search_job *x, struct candidate *candidate, double by)
{
	struct rescored entry = {candidate->part, candidate->section, {.kind = STEP_TYPED, .factor = 1}};

	candidate->score += by;
	entry.step.after = candidate->score;
	if (x->request->explain)
		buf_add(&x->rescored, &entry, sizeof entry);
}

/* Of a part's sections among the first `count` candidates those that hold the query. */
static int find_holders(struct search_job *x, uint32_t part, size_t count, uint64_t *among, uint64_t *holders)
{
	struct literal literal = {.folded = x->query.literal_folded, .fold = true, .among = among};
	struct buf sections = {0};
	int status;

	for (size_t i = 0; i < count; i++)
		if (candidate_at(x, i)->part == part)
			number_set_add(among, candidate_at(x, i)->section);
	status = literal_find(x->parts->indexes[part], x->parts->segments[part], &literal, x->arena, &sections, x->err);
	for (size_t i = 0; i < BUF_COUNT(&sections, uint32_t); i++)
		number_set_add(holders, BUF_AT(&sections, uint32_t, i));
	buf_release(&sections);
	return status < 0 ? -1 : 0;
}

/* Raises those of a part. */
static int prefer_in(struct search_job *x, uint32_t part, size_t count, double by)
{
	const struct segment_reader *segment = x->parts->segments[part];
	uint64_t *among = section_set_new(x->arena, segment, false);
	uint64_t *holders = section_set_new(x->arena, segment, false);

	if (!among || !holders)
		return err_memory(x->err, "search");
	if (find_holders(x, part, count, among, holders) < 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		struct candidate *candidate = candidate_at(x, i);

		if (candidate->part == part && number_set_has(holders, candidate->section))
			raise_score(x, candidate, by);
	}
	return x->rescored.failed ? err_memory(x->err, "search") : 0;
}

int as_typed_prefer(struct search_job *x)
{
	size_t count = BUF_COUNT(&x->top.heap, struct candidate);
	double best = 0;

	if (!is_code(&x->query))
		return 0;
	if (count > RESCORED) {
		top_sort(&x->top, RESCORED);
		count = RESCORED;
	}
	for (size_t i = 0; i < count; i++)
		best = candidate_at(x, i)->score > best ? candidate_at(x, i)->score : best;
	for (uint32_t part = 0; part < x->parts->count; part++)
		if (prefer_in(x, part, count, best) < 0)
			return -1;
	return 0;
}
