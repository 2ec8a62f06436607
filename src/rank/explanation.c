#include "explanation.h"

#include "hits.h"
#include "match_walk.h"
#include "rescore.h"

struct explainer {
	const struct search_job *job;
	struct match_walk walk; /* of the part that is looked at */
	bool open;
	struct buf steps; /* of the hit that is looked at */
	struct err *err;
};

static int no_memory(const struct explainer *x)
{
	return err_memory(x->err, "explain a search");
}

static int open_walk(struct explainer *x, uint32_t part)
{
	struct match_request request = search_job_request(x->job, MATCH_ANY);

	if (x->open && x->walk.part == part)
		return 0;
	x->open = true;
	if (match_walk_open(&x->walk, &request, part, NULL, NULL, x->err) < 0)
		return -1;
	x->walk.steps = &x->steps;
	return 0;
}

/* The words of one hit, scored once more. Sections of a part come in ascending order. */
static int add_words(struct explainer *x, const struct candidate *candidate)
{
	struct candidate again = {.part = candidate->part,
				  .section = candidate->section,
				  .matched = candidate->matched,
				  .substring = candidate->substring};
	uint64_t ignored;

	if (open_walk(x, candidate->part) < 0 || match_find_words(&x->walk, candidate->section, &ignored) < 0)
		return -1;
	return match_score(&x->walk, &again);
}

static void add_rescored(struct explainer *x, const struct candidate *candidate)
{
	const struct buf *log = &x->job->rescored;

	for (size_t i = 0; i < BUF_COUNT(log, struct rescored); i++) {
		const struct rescored *entry = &BUF_AT(log, struct rescored, i);

		if (entry->part == candidate->part && entry->section == candidate->section)
			buf_add(&x->steps, &entry->step, sizeof entry->step);
	}
}

static int keep_steps(struct explainer *x, struct hit *hit)
{
	size_t count = BUF_COUNT(&x->steps, struct score_step);
	struct score_step *steps = arena_array(x->job->arena, count, sizeof *steps);

	if (x->steps.failed || !steps)
		return no_memory(x);
	if (count)
		memcpy(steps, x->steps.data, x->steps.n);
	hit->steps = steps;
	hit->step_count = count;
	return 0;
}

static int explain_hit(struct explainer *x, const struct candidate *candidate, struct hit *hit)
{
	bool words = answer_mode_has_words(x->job->mode);

	hit->bare = tier_is_bare(candidate->tier);
	buf_reset(&x->steps);
	if (words && add_words(x, candidate) < 0)
		return -1;
	if (words)
		add_rescored(x, candidate);
	else
		score_step_add(&x->steps, STEP_MATCH, 1, candidate->score);
	return keep_steps(x, hit);
}

static int explain_hits(struct explainer *x, const struct candidate *candidates, struct hit *hits, size_t count)
{
	const struct hit_place *places = hit_places(candidates, count, x->job->arena);

	if (!places)
		return no_memory(x);
	for (size_t i = 0; i < count; i++)
		if (explain_hit(x, &candidates[places[i].hit], &hits[places[i].hit]) < 0)
			return -1;
	return 0;
}

static int explain_terms(struct explainer *x, struct explanation *out)
{
	const struct atoms *atoms = &x->job->atoms;
	struct explained_term *terms = arena_array(x->job->arena, atoms->count, sizeof *terms);

	if (!terms)
		return no_memory(x);
	for (size_t i = 0; i < atoms->count; i++) {
		const struct atom *atom = &atoms->items[i];
		const struct query_word *word = &x->job->query.words[atom->word];

		terms[i] = (struct explained_term){
			.text = atom->text,
			.df = atom->df,
			.idf = atom->idf,
			.weight = atom->idf > 0 ? atom->factor / atom->idf : 0,
			.content = word->content,
			.needed = atom->needed,
			.word = atom->word,
		};
	}
	out->terms = terms;
	out->term_count = atoms->count;
	return 0;
}

static int explain_query(struct explainer *x, struct answer *answer)
{
	const struct search_job *job = x->job;
	struct explanation *out = arena_array(job->arena, 1, sizeof *out);
	struct buf text = {0};
	bool failed;

	if (!out || explain_terms(x, out) < 0)
		return no_memory(x);
	query_print(&job->query, &text);
	out->understood = arena_copy(job->arena, buf_span(&text));
	failed = text.failed || !out->understood.p;
	buf_release(&text);
	out->whole = job->counts.full;
	out->as_text = BUF_COUNT(&job->substrings, struct substring);
	out->enough = search_job_enough(job);
	out->whole_first = match_whole_first(job->mode == MODE_ANY ? MATCH_ANY : MATCH_SOME, &job->atoms);
	answer->explanation = out;
	return failed ? no_memory(x) : 0;
}

int explanation_make(const struct search_job *job, struct answer *answer, struct hit *hits, struct err *err)
{
	struct explainer x = {.job = job, .err = err};
	int status = explain_query(&x, answer);

	if (status == 0)
		status = explain_hits(&x, &BUF_AT(&job->top.heap, struct candidate, 0), hits, answer->hit_count);
	buf_release(&x.steps);
	return status;
}
