#include "describe.h"

#include "explanation.h"
#include "hits.h"
#include "substring.h"
#include "utf8.h"

struct describer {
	const struct search_job *job;
	struct answer *answer;
};

static int no_memory(const struct describer *x)
{
	return err_memory(x->job->err, "show the hits");
}

/* A word of one Han character stands in many others: it is marked only beside another mark. */
static bool is_weak(const struct query_word *word)
{
	return !word->lone && (!word->content || (word->han && utf8_count(word->text) == 1));
}

static enum term_kind kind_of(const struct condition *condition)
{
	return condition->kind == CONDITION_PREFIX ? TERM_PREFIX : TERM_PHRASE;
}

static int describe_terms(struct describer *x)
{
	const struct search_job *job = x->job;
	const struct query *query = &job->query;
	size_t room = query->word_count + query->clause_count + query->synonym_count + 1;
	struct answer_term *terms = arena_array(job->arena, room, sizeof *terms);
	size_t n = 0;

	if (!terms)
		return no_memory(x);
	if (!answer_mode_has_words(job->mode))
		terms[n++] = (struct answer_term){query->literal, job->mode == MODE_PINYIN ? TERM_PINYIN : TERM_LITERAL,
						  job->counts.full};
	for (size_t i = 0; i < query->word_count && job->mode != MODE_LITERAL; i++)
		terms[n++] = (struct answer_term){query->words[i].shown, query->words[i].lone ? TERM_CHAR : TERM_WORD,
						  job->atoms.df[i]};
	for (size_t i = 0; i < query->clause_count && job->mode != MODE_LITERAL; i++) {
		const struct query_clause *clause = &query->clauses[i];

		if (query_clause_is_term(clause))
			terms[n++] = (struct answer_term){clause->name, kind_of(clause->condition),
							  search_job_clause_df(job, i)};
	}
	for (size_t i = 0; i < query->synonym_count && job->mode != MODE_LITERAL; i++)
		if (job->atoms.synonym_df[i])
			terms[n++] =
				(struct answer_term){query->synonyms[i].text, TERM_SYNONYM, job->atoms.synonym_df[i]};
	x->answer->terms = terms;
	x->answer->term_count = n;
	return 0;
}

/* An alternative is worth what the words are that it stands for. */
static size_t add_synonym_needles(const struct search_job *job, struct needle *needles)
{
	const struct query *query = &job->query;
	size_t n = 0;

	for (size_t i = 0; i < query->synonym_count; i++) {
		double sum = 0;

		if (job->atoms.synonym_df[i] == 0)
			continue;
		for (uint64_t rest = query->synonyms[i].typed; rest; rest &= rest - 1)
			sum += job->atoms.idf[__builtin_ctzll(rest)];
		needles[n++] = (struct needle){
			.text = query->synonyms[i].text, .weight = sum * SYNONYM_WEIGHT, .whole_word = true};
	}
	return n;
}

/* What the snippets mark: words, runs typed without a blank as a whole, phrases, prefixes. */
static size_t add_word_needles(const struct search_job *job, struct needle *needles)
{
	const struct query *query = &job->query;
	double sum = 0;
	size_t n = 0;

	for (size_t i = 0; i < query->word_count; i++) {
		const struct query_word *word = &query->words[i];

		needles[n++] = (struct needle){.text = word->text,
					       .weight = job->atoms.idf[i],
					       .whole_word = !word->han,
					       .weak = is_weak(word)};
		if (word->twin.n)
			needles[n++] = (struct needle){.text = word->twin, .weight = job->atoms.idf[i]};
		sum += job->atoms.idf[i];
	}
	for (size_t i = 0; i < query->run_count; i++)
		needles[n++] = (struct needle){.text = query->runs[i], .weight = sum, .whole_word = true};
	for (size_t i = 0; i < query->leaf_count; i++)
		needles[n++] = (struct needle){.text = query->leaves[i]->folded,
					       .weight = sum,
					       .whole_word = query->leaves[i]->kind == CONDITION_PHRASE};
	return n + add_synonym_needles(job, needles + n);
}

static int describe_needles(struct describer *x)
{
	const struct search_job *job = x->job;
	const struct query *query = &job->query;
	size_t most = 2 * query->word_count + query->run_count + query->leaf_count + query->synonym_count + 1;
	struct needle *needles = arena_array(job->arena, most, sizeof *needles);

	if (!needles)
		return no_memory(x);
	x->answer->needles = needles;
	if (job->mode == MODE_LITERAL) {
		struct literal literal = substring_literal(job);

		needles[0] = (struct needle){
			.text = literal.fold ? literal.folded : literal.exact, .weight = 1, .exact = !literal.fold};
		x->answer->needle_count = 1;
	} else {
		x->answer->needle_count = add_word_needles(job, needles);
	}
	return 0;
}

/* The content words and clauses that the first hit lacks. */
static int describe_dropped(struct describer *x)
{
	const struct search_job *job = x->job;
	const struct query *query = &job->query;
	const struct candidate *first = &BUF_AT(&job->top.heap, struct candidate, 0);
	struct span *dropped = arena_array(job->arena, query->word_count + query->clause_count, sizeof *dropped);
	size_t n = 0;

	if (!dropped)
		return no_memory(x);
	x->answer->dropped = dropped;
	if (job->mode != MODE_SOME || job->top.heap.n == 0 || first->full)
		return 0;
	for (size_t i = 0; i < query->word_count; i++)
		if (job->atoms.content >> i & 1 && !(first->matched >> i & 1))
			dropped[n++] = query->words[i].shown;
	for (size_t i = 0; i < query->clause_count; i++)
		if (!query->clauses[i].filter && !filter_stands(&job->filters[first->part], i, first->section))
			dropped[n++] = query->clauses[i].name;
	x->answer->dropped_count = n;
	return 0;
}

/* `seen`: for every part the set of the documents that have a hit already. */
static int first_of_document(struct describer *x, uint64_t **seen, const struct candidate *candidate)
{
	const struct search_job *job = x->job;
	struct segment_reader *segment = job->parts->segments[candidate->part];
	uint64_t **set = &seen[candidate->part];
	struct section_record record;
	bool first;

	if (segment_section(segment, candidate->section, &record, job->err) < 0)
		return -1;
	if (!*set)
		*set = arena_array(job->arena, number_set_words(segment->meta.document_count), sizeof **set);
	if (!*set)
		return no_memory(x);
	first = !number_set_has(*set, record.document);
	number_set_add(*set, record.document);
	return first;
}

/* Keeps the first, which is the best, candidate of each document. */
static int keep_documents(struct describer *x, struct candidate *candidates, size_t *count)
{
	uint64_t **seen = arena_array(x->job->arena, x->job->parts->count, sizeof *seen);
	size_t kept = 0;

	if (!seen)
		return no_memory(x);
	for (size_t i = 0; i < *count; i++) {
		int first = first_of_document(x, seen, &candidates[i]);

		if (first < 0)
			return -1;
		if (first)
			candidates[kept++] = candidates[i];
	}
	*count = kept;
	return 0;
}

/* The other places of hit number `i`. */
static int describe_copies(struct describer *x, struct hit_maker *maker, const struct candidate *candidate, size_t i,
			   struct hit *hit)
{
	const struct copy_list *list = &x->job->copies[i];
	size_t count = list->count < x->job->request->copies ? list->count : (size_t)x->job->request->copies;
	struct hit_copy *copies = arena_array(x->job->arena, count, sizeof *copies);

	if (!copies)
		return no_memory(x);
	for (size_t k = 0; k < count; k++) {
		struct candidate other = {.section = list->sections[k], .part = candidate->part};
		struct hit made;

		if (hit_make(maker, &other, &made) < 0)
			return -1;
		copies[k] = (struct hit_copy){made.path, made.heading, made.line_start, made.line_end, {0}};
		memcpy(copies[k].id, made.id, sizeof made.id);
	}
	hit->copies = copies;
	hit->copy_count = count;
	hit->copy_total = list->count;
	return 0;
}

/* Hit number `i`. */
static int describe_hit(struct describer *x, struct hit_maker *maker, const struct candidate *candidate, size_t i,
			struct hit *hit)
{
	if (hit_make(maker, candidate, hit) < 0 ||
	    (!x->job->request->without_text && hit_add_text(maker, candidate, hit) < 0) ||
	    (x->job->copies && describe_copies(x, maker, candidate, i, hit) < 0))
		return -1;
	hit->rank = i + 1;
	return 0;
}

static int describe_hits(struct describer *x)
{
	const struct search_job *job = x->job;
	struct candidate *candidates = &BUF_AT(&job->top.heap, struct candidate, 0);
	size_t count = BUF_COUNT(&job->top.heap, struct candidate);
	const struct hit_place *places;
	struct hit_maker maker;
	struct hit *hits;
	int status = 0;

	if (job->request->files && keep_documents(x, candidates, &count) < 0)
		return -1;
	count = search_job_shown(job, count);
	hits = arena_array(job->arena, count, sizeof *hits);
	places = hit_places(candidates, count, job->arena);
	if (!hits || !places)
		return no_memory(x);
	hit_maker_init(&maker, job);
	for (size_t k = 0; k < count && status == 0; k++) {
		size_t i = places[k].hit;

		status = describe_hit(x, &maker, &candidates[i], i, &hits[i]);
	}
	x->answer->hits = hits;
	x->answer->hit_count = count;
	hit_maker_release(&maker);
	if (status == 0 && job->request->explain)
		status = explanation_make(job, x->answer, hits, job->err);
	return status;
}

/* Nobody looks at the hits: what they scored is all. */
static int describe_scores(struct describer *x)
{
	const struct candidate *candidates = &BUF_AT(&x->job->top.heap, struct candidate, 0);
	size_t count = BUF_COUNT(&x->job->top.heap, struct candidate);
	struct hit *hits;

	count = search_job_shown(x->job, count);
	hits = arena_array(x->job->arena, count, sizeof *hits);
	if (!hits)
		return no_memory(x);
	for (size_t i = 0; i < count; i++)
		hits[i] = (struct hit){.rank = i + 1, .score = candidates[i].score, .full = candidates[i].full};
	x->answer->hits = hits;
	x->answer->hit_count = count;
	return 0;
}

int describe(const struct search_job *job, struct answer *answer)
{
	struct describer x = {job, answer};

	answer->query = job->request->query;
	answer->mode = job->mode;
	answer->total = job->counts.matching;
	answer->in_pieces = job->pieces;
	answer->total_is_exact = !job->inexact;
	if (answer_mode_has_words(job->mode))
		answer->total_is_exact &= !job->request->without_total && !job->atoms.inexact;
	if (job->request->without_hits)
		return describe_scores(&x);
	if (describe_terms(&x) < 0 || describe_needles(&x) < 0 || describe_dropped(&x) < 0)
		return -1;
	return describe_hits(&x);
}
