#include "why_job.h"

#include "describe.h"
#include "hits.h"

/* The section that is asked about, while it is looked for. */
struct explainer {
	struct search_job *job;
	const struct why_question *question;
	struct why *why;
	struct presence_place *places; /* the file in each index that has it */
	size_t place_count;
	struct presence_place *place; /* whose section it is */
	const struct candidate *hit;  /* it, if it is a hit */
	struct err *err;
};

static int no_memory(const struct explainer *x)
{
	return err_memory(x->err, "explain a hit");
}

/* Those that are in order. */
static size_t candidate_count(const struct explainer *x)
{
	return search_job_shown(x->job, BUF_COUNT(&x->job->top.heap, struct candidate));
}

static const struct candidate *candidate_at(const struct explainer *x, size_t i)
{
	return &BUF_AT(&x->job->top.heap, struct candidate, i);
}

/* An index has the file: its sections, or why it has none. */
static int add_place(struct explainer *x, uint32_t part, uint32_t number, const struct manifest_document *document)
{
	struct presence_place *place = &x->places[x->place_count];
	const struct origin *origin;

	/* whatever was known before is too old */
	if (origins_find(x->job->origins, x->job->parts->indexes[part], number, document, 0, 0, &origin, x->err) < 0)
		return -1;
	x->why->stale = origin->stale;
	x->why->index = x->job->parts->indexes[part]->path;
	x->why->verdict = document->state == DOCUMENT_REFUSED      ? WHY_REFUSED
			  : document->state == DOCUMENT_UNREADABLE ? WHY_UNREADABLE
								   : WHY_BLANK;
	if (document->state != DOCUMENT_INDEXED)
		return 0;
	place->part = part;
	if (section_table_document(&x->job->parts->segments[part]->sections, number, &place->first, &place->end,
				   x->err) < 0)
		return -1;
	x->place_count += place->first < place->end;
	return 0;
}

static int find_places(struct explainer *x)
{
	const struct parts *parts = x->job->parts;

	x->places = arena_array(x->job->arena, parts->count, sizeof *x->places);
	if (!x->places)
		return no_memory(x);
	for (uint32_t i = 0; i < parts->count; i++) {
		struct manifest_document document;
		uint32_t number;
		int found = index_find_document(parts->indexes[i], x->question->path, &number, &document, x->err);

		if (found < 0 || (found && add_place(x, i, number, &document) < 0))
			return -1;
	}
	return 0;
}

/* The section that holds the line: the last that does not begin after it. 0: the file ends before. */
static int choose_line(struct explainer *x, struct presence_place *place)
{
	struct segment_reader *segment = x->job->parts->segments[place->part];
	struct section_record record;

	for (uint32_t i = place->end; i-- > place->first;) {
		if (segment_section(segment, i, &record, x->err) < 0)
			return -1;
		if (i + 1 == place->end && record.line_end < x->question->line) {
			x->why->last_line = record.line_end;
			return 0;
		}
		place->section = i;
		if (record.line_first <= x->question->line)
			break;
	}
	return 1;
}

/* The first section where the query stands as text, in whatever script, width or case; else the first. */
static int choose_literal(struct explainer *x, struct presence_place *place)
{
	struct presence *items;
	size_t count;

	for (place->section = place->first; place->section < place->end; place->section++) {
		if (presence_find(x->job, place, &items, &count, x->err) < 0)
			return -1;
		if (items[0].found != FOUND_NOWHERE)
			return 1;
	}
	place->section = place->first;
	return 1;
}

/* The section that has most of the query; of equal ones the first. */
static int choose_fullest(struct explainer *x, struct presence_place *place)
{
	double best = -1;
	uint64_t *matched;

	if (x->job->mode != MODE_PINYIN && x->job->query.is_literal)
		return choose_literal(x, place);
	if (presence_words(x->job, place, &matched, x->err) < 0)
		return -1;
	for (uint32_t i = place->first; i < place->end; i++) {
		double coverage = atoms_coverage(&x->job->atoms, matched[i - place->first]);

		if (coverage <= best)
			continue;
		best = coverage;
		place->section = i;
	}
	return 1;
}

/* Keeps the places that can have the section, each with the one it would be. */
static int choose_sections(struct explainer *x)
{
	size_t kept = 0;

	for (size_t i = 0; i < x->place_count; i++) {
		int chosen = x->question->line ? choose_line(x, &x->places[i]) : choose_fullest(x, &x->places[i]);

		if (chosen < 0)
			return -1;
		if (chosen)
			x->places[kept++] = x->places[i];
	}
	if (x->place_count && !kept)
		x->why->verdict = WHY_NO_LINE;
	x->place_count = kept;
	x->place = x->places;
	return 0;
}

/* Does the place have this section, and may it be the one that is asked about? */
static bool holds(const struct explainer *x, const struct presence_place *place, uint32_t section)
{
	return section >= place->first && section < place->end && (!x->question->line || section == place->section);
}

/* The section of the place that hit number `i` is, or is shown with as a copy of it: 1, 0 none. */
static int find_section(const struct explainer *x, const struct presence_place *place, size_t i, uint32_t *out)
{
	const struct candidate *candidate = candidate_at(x, i);
	const struct copy_list *copies = x->job->copies ? &x->job->copies[i] : NULL;

	if (candidate->part != place->part)
		return 0;
	*out = candidate->section;
	for (size_t k = 0; copies && k < copies->count && !holds(x, place, *out); k++)
		*out = copies->sections[k];
	return holds(x, place, *out);
}

static bool is_of_place(const struct candidate *candidate, const struct presence_place *place)
{
	return candidate->part == place->part && candidate->section >= place->first && candidate->section < place->end;
}

static int set_best(struct explainer *x, const struct candidate *candidate, uint64_t rank)
{
	struct section_record record;

	if (x->why->best_rank)
		return 0;
	if (segment_section(x->job->parts->segments[candidate->part], candidate->section, &record, x->err) < 0)
		return -1;
	x->why->best_rank = rank;
	x->why->best_line = record.line_start;
	return 0;
}

/* Its rank: *rank is 0 when it is none of the hits. The first hit of the file is its best section. */
static int find_rank(struct explainer *x, uint64_t *rank)
{
	*rank = 0;
	for (size_t i = 0; i < candidate_count(x); i++) {
		for (size_t k = 0; k < x->place_count; k++) {
			uint32_t section;

			if (!*rank && find_section(x, &x->places[k], i, &section)) {
				*rank = i + 1;
				x->hit = candidate_at(x, i);
				x->place = &x->places[k];
				x->place->section = section;
			} else if (is_of_place(candidate_at(x, i), &x->places[k]) &&
				   set_best(x, candidate_at(x, i), i + 1) < 0) {
				return -1;
			}
		}
	}
	return 0;
}

static void set_last(struct explainer *x)
{
	size_t last = candidate_count(x);

	x->why->shown = x->hit;
	x->why->last_rank = last;
	if (x->hit)
		x->why->tier = x->hit->tier;
	if (!last)
		return;
	x->why->last_score = candidate_at(x, last - 1)->score;
	x->why->last_tier = candidate_at(x, last - 1)->tier;
}

/* The hit that a section is shown with, because it has the same text. */
static int set_original(struct explainer *x, struct hit_maker *maker)
{
	struct hit *original = arena_array(x->job->arena, 1, sizeof *original);

	if (!original)
		return no_memory(x);
	x->why->original = original;
	return hit_make(maker, x->hit, original);
}

/* As a hit, or as what it would look like. */
static int make_section(struct explainer *x, uint64_t rank)
{
	struct candidate candidate = {.part = x->place->part};
	struct hit *hit = arena_array(x->job->arena, 1, sizeof *hit);
	struct hit_maker maker;
	int status;

	if (!hit)
		return no_memory(x);
	if (x->hit)
		candidate = *x->hit;
	candidate.section = x->place->section;
	hit_maker_init(&maker, x->job);
	status = hit_make(&maker, &candidate, hit);
	if (status == 0 && x->hit && x->hit->section != candidate.section)
		status = set_original(x, &maker);
	hit_maker_release(&maker);
	hit->rank = rank;
	x->why->section = hit;
	x->why->file = hit->path;
	return status;
}

/* 1 when --path leaves the file out. */
static int is_left_out(struct explainer *x)
{
	const struct search_request *request = x->job->request;
	struct search_place place = {
		.index = x->job->parts->indexes[x->place->part], .directory = request->directory, .err = x->err};
	struct section_record record;
	struct buf scratch = {0};
	int matches;

	if (!request->path_glob)
		return 0;
	if (segment_section(x->job->parts->segments[x->place->part], x->place->section, &record, x->err) < 0)
		return -1;
	matches = condition_set_path_fits(&place, request->path_glob, record.document, &scratch);
	buf_release(&scratch);
	x->why->detail = span_of(request->path_glob);
	return matches < 0 ? -1 : !matches;
}

/* What is excluded and stands in the section; NULL when nothing is. */
static const struct presence *excluded(const struct why *why)
{
	for (size_t i = 0; i < why->item_count; i++)
		if (why->items[i].kind == PRESENCE_EXCLUDED && why->items[i].found == FOUND_WORD)
			return &why->items[i];
	return NULL;
}

static bool has_some(const struct why *why)
{
	for (size_t i = 0; i < why->item_count; i++)
		if (why->items[i].needed && why->items[i].found == FOUND_WORD)
			return true;
	return false;
}

static int judge(struct explainer *x)
{
	struct why *why = x->why;
	const struct search_job *job = x->job;
	const struct presence *without = excluded(why);
	int left_out;

	why->verdict = WHY_HIT;
	if (x->hit)
		return 0;
	left_out = is_left_out(x);
	if (left_out < 0)
		return -1;
	if (left_out) {
		why->verdict = WHY_PATH;
	} else if (without) {
		why->verdict = WHY_EXCLUDED;
		why->detail = without->text;
	} else if (job->mode == MODE_LITERAL && job->query.word_count > 0) {
		why->verdict = WHY_LITERAL;
	} else if (job->mode == MODE_ALL && job->request->match != SEARCH_ALL && has_some(why)) {
		why->verdict = WHY_ENOUGH;
	} else {
		why->verdict = WHY_LACKS;
	}
	return 0;
}

static int explain_section(struct explainer *x)
{
	struct presence *items;
	uint64_t rank;

	if (find_rank(x, &rank) < 0 || make_section(x, rank) < 0 ||
	    presence_find(x->job, x->place, &items, &x->why->item_count, x->err) < 0)
		return -1;
	if (x->job->mode == MODE_PINYIN && x->hit)
		items[0].found = FOUND_WORD;
	x->why->index = x->job->parts->indexes[x->place->part]->path;
	x->why->items = items;
	set_last(x);
	return judge(x);
}

/* The answer as if the section, or what it is shown with, were the one hit; or there were none. */
static int make_answer(struct explainer *x, struct answer *answer)
{
	struct top *top = &x->job->top;
	struct hit *hit;

	if (x->hit && x->job->copies)
		x->job->copies[0] = x->job->copies[x->hit - candidate_at(x, 0)];
	if (x->hit)
		BUF_AT(&top->heap, struct candidate, 0) = *x->hit;
	top->heap.n = x->hit ? sizeof *x->hit : 0;
	if (describe(x->job, answer) < 0)
		return -1;
	if (!x->hit)
		return 0;
	hit = arena_array(x->job->arena, 1, sizeof *hit);
	if (!hit)
		return no_memory(x);
	*hit = answer->hits[0];
	hit->rank = x->why->section->rank;
	answer->hits = hit;
	return 0;
}

int why_job_explain(struct search_job *job, const struct why_question *question, struct answer *answer, struct why *why,
		    struct err *err)
{
	struct explainer x = {.job = job, .question = question, .why = why, .err = err};

	*why = (struct why){.verdict = WHY_UNLISTED, .line = question->line};
	if (find_places(&x) < 0 || choose_sections(&x) < 0)
		return -1;
	if (x.place_count && explain_section(&x) < 0)
		return -1;
	return make_answer(&x, answer);
}
