#include "match_walk.h"

#include "score_step.h"

#include <math.h>
#include <stdlib.h>

/* Does the atom belong to one of these words, and must it be there? */
static bool is_of(const struct atom *atom, uint64_t words)
{
	return atom->needed && words >> atom->word & 1;
}

/* Content words outside of clauses: a whole match has them all, and where a clause stands its words do. */
static uint64_t required_words(const struct match_request *request)
{
	uint64_t words = request->atoms->content;

	for (size_t i = 0; i < request->query->clause_count; i++)
		words &= ~request->query->clauses[i].words;
	return words;
}

/* A word inside a clause counts as that only, unless clauses are all that is asked for and too few have them. */
static uint64_t sufficient_words(const struct match_request *request)
{
	const struct atoms *atoms = request->atoms;

	if (request->rule != MATCH_SOME || (atoms->content & atoms->free))
		return atoms->content & atoms->free;
	return atoms->content;
}

static struct word_cursor **choose(struct match_walk *w, uint64_t words, size_t *count)
{
	struct word_cursor **out = arena_array(w->request->arena, w->atoms->count, sizeof(struct word_cursor *));

	*count = 0;
	for (size_t i = 0; i < w->atoms->count && out; i++)
		if (is_of(&w->atoms->items[i], words))
			out[(*count)++] = &w->cursors[i];
	return out;
}

static size_t postings(const struct word_cursor *cursor)
{
	size_t sum = 0;

	for (unsigned i = 0; i < cursor->count; i++)
		sum += cursor->lists[i].postings->count;
	return sum;
}

static void rarest_first(struct word_cursor **cursors, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		struct word_cursor *moving = cursors[i];
		size_t k = i;

		for (; k > 0 && postings(cursors[k - 1]) > postings(moving); k--)
			cursors[k] = cursors[k - 1];
		cursors[k] = moving;
	}
}

static int open_cursors(struct match_walk *w)
{
	const struct match_request *request = w->request;

	w->cursors = arena_alloc(request->arena, (w->atoms->count + 1) * sizeof *w->cursors);
	if (!w->cursors)
		return err_memory(w->err, "search");
	for (size_t i = 0; i < w->atoms->count; i++) {
		if (word_cursor_open(&w->cursors[i], &w->atoms->items[i], request->parts, w->part, request->bm25,
				     request->arena, w->err) < 0)
			return -1;
	}
	return 0;
}

int match_walk_open(struct match_walk *w, const struct match_request *request, uint32_t part, struct top *top,
		    struct match_counts *counts, struct err *err)
{
	*w = (struct match_walk){.request = request,
				 .part = part,
				 .segment = request->parts->segments[part],
				 .atoms = request->atoms,
				 .filter = &request->filters[part],
				 .whole_first = match_whole_first(request->rule, request->atoms),
				 .top = top,
				 .counts = counts,
				 .err = err};
	w->sufficient_words = sufficient_words(request);
	if (open_cursors(w) < 0 || section_table_bare(&w->segment->sections, &w->bare, err) < 0)
		return -1;
	w->required = choose(w, required_words(request), &w->required_count);
	w->sufficient = choose(w, w->sufficient_words, &w->sufficient_count);
	if (!w->required || !w->sufficient)
		return err_memory(err, "search");
	rarest_first(w->required, w->required_count);
	return 0;
}

int match_find_words(struct match_walk *w, uint32_t section, uint64_t *matched)
{
	uint64_t missing = 0;

	*matched = 0;
	for (size_t i = 0; i < w->atoms->count; i++) {
		const struct atom *atom = &w->atoms->items[i];

		if (word_cursor_seek(&w->cursors[i], section, w->err) < 0)
			return -1;
		if (!atom->needed)
			continue;
		if (w->cursors[i].section == section)
			*matched |= (uint64_t)1 << atom->word;
		else
			missing |= (uint64_t)1 << atom->word;
	}
	*matched &= ~missing;
	return 0;
}

/* The words of the clauses that stand here are here, however the text was cut. Does any? */
static bool add_clauses(const struct match_walk *w, uint32_t section, uint64_t *matched)
{
	const struct query *query = w->request->query;

	if (!w->filter->any || !number_set_has(w->filter->any, section))
		return false;
	for (size_t i = 0; i < query->clause_count; i++)
		if (filter_stands(w->filter, i, section))
			*matched |= query->clauses[i].words;
	return true;
}

static int score_words(struct match_walk *w, struct candidate *candidate)
{
	const unsigned char *lengths = segment_lengths(w->segment, candidate->section, w->err);

	if (!lengths)
		return -1;
	for (size_t i = 0; i < w->atoms->count; i++) {
		if (w->cursors[i].section != candidate->section)
			continue;
		if (word_cursor_score(&w->cursors[i], lengths, &candidate->score, w->err) < 0)
			return -1;
		if (w->steps && score_step_add_word(w->steps, &w->atoms->items[i], &w->cursors[i], lengths,
						    candidate->score, w->err) < 0)
			return -1;
	}
	return 0;
}

static void note(struct match_walk *w, enum score_step_kind kind, double factor, double after)
{
	if (w->steps)
		score_step_add(w->steps, kind, factor, after);
}

int match_score(struct match_walk *w, struct candidate *candidate)
{
	double coverage = candidate->substring ? 1 : atoms_coverage(w->atoms, candidate->matched);
	double share = bm25_share(coverage);

	if (score_words(w, candidate) < 0)
		return -1;
	if (w->filter->prefixes) {
		candidate->score += w->filter->prefixes[candidate->section];
		note(w, STEP_PREFIX, 1, candidate->score);
	}
	candidate->score *= share;
	if (share < 1)
		note(w, STEP_COVERAGE, share, candidate->score);
	return 0;
}

static enum tier tier_of(const struct match_walk *w, const struct candidate *candidate)
{
	if (!w->whole_first)
		return TIER_FULL;
	if (candidate->substring)
		return TIER_SUBSTRING;
	return candidate->full ? TIER_FULL : TIER_PARTIAL;
}

/* With nothing to read there, only a heading or only links, a section comes after the others. */
static int enter(struct match_walk *w, struct candidate *candidate)
{
	if (match_score(w, candidate) < 0)
		return -1;
	candidate->tier = tier_of(w, candidate);
	candidate->tier += section_table_is_bare(w->bare, candidate->section);
	top_add(w->top, candidate);
	return 0;
}

static void add_match(struct match_walk *w, uint32_t section)
{
	number_set_add(w->request->matches[w->part], section);
}

int match_consider(struct match_walk *w, uint32_t section)
{
	enum match_rule rule = w->request->rule;
	struct candidate candidate = {.section = section, .part = w->part};
	bool clauses;

	if (!filter_allows(w->filter, section))
		return 0;
	if (match_find_words(w, section, &candidate.matched) < 0)
		return -1;
	clauses = add_clauses(w, section, &candidate.matched);
	candidate.full = !(w->atoms->content & ~candidate.matched) &&
			 (!w->filter->all || number_set_has(w->filter->all, section));
	if (!candidate.full && (rule == MATCH_FULL || (!clauses && !(candidate.matched & w->sufficient_words))))
		return 0;
	w->counts->full += rule == MATCH_FULL;
	w->counts->matching++;
	add_match(w, section);
	return candidate.full && rule == MATCH_SOME ? 0 : enter(w, &candidate);
}

int match_add_substring(struct match_walk *w, uint32_t section)
{
	struct candidate candidate = {.section = section, .part = w->part, .full = true, .substring = true};

	if (match_find_words(w, section, &candidate.matched) < 0)
		return -1;
	add_match(w, section);
	return enter(w, &candidate);
}
