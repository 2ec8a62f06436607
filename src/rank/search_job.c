#include "search_job.h"

#include "as_typed.h"
#include "pinyin_search.h"
#include "property_filter.h"
#include "rescore.h"
#include "substring.h"
#include "sweep_score.h"

/* Fewer whole matches than this, and partial ones are considered: for short queries, where whole matches come first, a reader's
 * first page. For longer ones measured: 10 costs 3 % on technical headings, from 40 on nothing changes. */
enum { FEW_MATCHES_SHORT = 10, FEW_MATCHES_LONG = 40 };

static int no_memory(struct search_job *x)
{
	return err_memory(x->err, "search");
}

static struct search_place place_of(struct search_job *x, size_t part, struct prefix_set **prefixes)
{
	return (struct search_place){.index = x->parts->indexes[part],
				     .segment = x->parts->segments[part],
				     .part = part,
				     .parts = x->parts,
				     .atoms = &x->atoms,
				     .directory = x->request->directory,
				     .titles = x->request->titles,
				     .prefixes = prefixes,
				     .arena = x->arena,
				     .err = x->err};
}

static int make_filters(struct search_job *x)
{
	struct search_place *places = arena_array(x->arena, x->parts->count, sizeof *places);
	struct prefix_set **prefixes = arena_array(x->arena, x->parts->count, sizeof(struct prefix_set *));

	x->filters = arena_array(x->arena, x->parts->count, sizeof *x->filters);
	if (!x->filters || !places || !prefixes)
		return no_memory(x);
	for (size_t i = 0; i < x->parts->count; i++) {
		places[i] = place_of(x, i, &prefixes[i]);
		if (filter_make(&x->filters[i], &x->query, x->request->path_glob, &places[i]) < 0)
			return -1;
	}
	return filter_rate_prefixes(x->filters, &x->query, places, x->bm25);
}

/* How many candidates are kept: the rescored ones always, so that the order does not depend on the limit. */
static size_t kept(const struct search_job *x)
{
	return x->shown && x->shown < RESCORED ? RESCORED : x->shown;
}

void search_job_forget(struct search_job *x, size_t limit)
{
	buf_reset(&x->top.heap);
	x->top.limit = limit;
	x->counts = (struct match_counts){0};
}

struct match_request search_job_request(const struct search_job *x, enum match_rule rule)
{
	return (struct match_request){.query = &x->query,
				      .atoms = &x->atoms,
				      .parts = x->parts,
				      .filters = x->filters,
				      .bm25 = x->bm25,
				      .rule = rule,
				      .count = !x->request->without_total,
				      .matches = x->matches,
				      .arena = x->arena};
}

/* Adds the matches of all parts to the top. */
static int match_all_parts(struct search_job *x, enum match_rule rule)
{
	struct match_request request = search_job_request(x, rule);

	for (size_t i = 0; i < x->parts->count; i++)
		if (match_segment(&request, (uint32_t)i, &x->top, &x->counts, x->err) < 0)
			return -1;
	return x->top.heap.failed ? no_memory(x) : 0;
}

/* Sections with some of the words after, or among, those with all of them, which are in the top already. */
static int search_some(struct search_job *x)
{
	uint64_t full = x->counts.full;

	x->counts.matching = 0;
	if (match_all_parts(x, MATCH_SOME) < 0)
		return -1;
	x->mode = x->counts.matching == full && full ? MODE_ALL : MODE_SOME;
	return 0;
}

/* Are so many whole matches enough? One word or one clause has no parts to soften to. */
uint64_t search_job_enough(const struct search_job *x)
{
	if (x->atoms.content_count <= 1)
		return 1;
	return x->atoms.content_count <= FEW_WORDS ? FEW_MATCHES_SHORT : FEW_MATCHES_LONG;
}

uint64_t search_job_clause_df(const struct search_job *x, size_t clause)
{
	uint64_t count = 0;

	for (size_t i = 0; i < x->parts->count; i++)
		count += number_set_count(x->filters[i].clauses[clause], section_set_words(x->parts->segments[i]));
	return count;
}

static uint64_t substring_count(const struct search_job *x)
{
	return BUF_COUNT(&x->substrings, struct substring);
}

/* Are partial matches to be considered beside so many sections with all words? Others that are found as text do not count: how many
 * hits are asked for decides whether they are looked for, and is not to decide what comes first. */
static bool softens(const struct search_job *x, uint64_t whole)
{
	return x->request->match != SEARCH_ALL && whole < search_job_enough(x);
}

/* Are whole matches so few that what is found as text comes before partial ones, or is among them by score? Beside more of them
 * partial matches stay as they are, and the rest follows them: reading texts for a place among so many would cost a tenth of
 * the search. */
static bool raises_text(const struct search_job *x, uint64_t whole)
{
	return softens(x, whole) && whole < FEW_MATCHES_SHORT;
}

/* Whole matches, which are in the top, and what else is wanted. */
static int walk_rest(struct search_job *x)
{
	bool some = softens(x, x->counts.full);
	bool raised = raises_text(x, x->counts.full);
	int wanted = substring_wanted(x, x->counts.full, raised);

	if (wanted < 0 || (some && !raised && search_some(x) < 0))
		return -1;
	if (wanted && substring_find(x, raised) < 0)
		return -1;
	if (raised && search_some(x) < 0)
		return -1;
	if (x->counts.matching == x->counts.full && substring_count(x))
		x->mode = MODE_ALL;
	x->counts.full += substring_count(x);
	x->counts.matching += substring_count(x);
	return substring_rank(x);
}

/* With clauses, and as what sweeping must agree with. */
static int walk_words(struct search_job *x)
{
	const struct search_request *request = x->request;
	/* Filters alone have nothing that a section could have some of. */
	bool any = request->match == SEARCH_ANY && x->query.word_count + x->query.wanted_count;

	x->mode = any ? MODE_ANY : MODE_ALL;
	search_job_forget(x, kept(x));
	if (match_all_parts(x, any ? MATCH_ANY : MATCH_FULL) < 0)
		return -1;
	if (any || x->counts.full)
		return any ? 0 : walk_rest(x);
	if (substring_search(x) < 0)
		return -1;
	if (x->counts.full > 0)
		return 0;
	x->mode = MODE_ALL;
	search_job_forget(x, kept(x));
	return walk_rest(x);
}

/* Whole matches, or those with some of the words too, are matches. */
static int add_sweeps(struct search_job *x, struct sweep *sweeps, bool some)
{
	for (size_t i = 0; i < x->parts->count; i++)
		if (sweep_add_matches(&sweeps[i], some, x->matches[i]) < 0)
			return -1;
	return 0;
}

/* Adds the sections that hold the query as text to what was found. */
static int extend_sweeps(struct search_job *x, struct sweep *sweeps, struct match_counts *found)
{
	bool raised = raises_text(x, found->full);
	int wanted = add_sweeps(x, sweeps, false) < 0 ? -1 : substring_wanted(x, found->full, raised);

	if (wanted <= 0)
		return wanted;
	x->counts.full = found->full;
	if (softens(x, found->full) && !raised && add_sweeps(x, sweeps, true) < 0)
		return -1;
	if (substring_find(x, raised) < 0)
		return -1;
	found->full += substring_count(x);
	for (size_t i = 0; i < substring_count(x); i++) {
		const struct substring *substring = &BUF_AT(&x->substrings, struct substring, i);

		found->matching += !sweep_drop(&sweeps[substring->part], substring->section);
	}
	return 0;
}

static int open_sweeps(struct search_job *x, const struct match_request *request, struct sweep *sweeps,
		       struct match_counts *found)
{
	for (uint32_t i = 0; i < x->parts->count; i++) {
		if (sweep_open(&sweeps[i], request, i, x->err) < 0)
			return -1;
		found->full += sweeps[i].full;
		found->matching += sweeps[i].matching;
	}
	return 0;
}

/* The best of what was counted. */
static int score_sweeps(struct search_job *x, struct sweep *sweeps, bool any, bool some, struct match_counts *found)
{
	search_job_forget(x, kept(x));
	if (add_sweeps(x, sweeps, some) < 0)
		return -1;
	for (uint32_t i = 0; i < x->parts->count; i++)
		if (sweep_score(&sweeps[i], some, &x->top) < 0)
			return -1;
	if (substring_rank(x) < 0)
		return -1;
	if (x->request->without_total)
		found->matching = BUF_COUNT(&x->top.heap, struct candidate);
	x->counts.full = found->full;
	x->counts.matching = some ? found->matching : found->full;
	x->mode = any ? MODE_ANY : some && (found->matching > found->full || !found->full) ? MODE_SOME : MODE_ALL;
	return 0;
}

/* All can be counted before anything is scored. */
static int sweep_words(struct search_job *x)
{
	bool any = x->request->match == SEARCH_ANY;
	struct match_request request = search_job_request(x, any ? MATCH_ANY : MATCH_SOME);
	struct sweep *sweeps = arena_alloc(x->arena, (x->parts->count + 1) * sizeof *sweeps);
	struct match_counts found = {0};
	int status = sweeps ? open_sweeps(x, &request, sweeps, &found) : no_memory(x);
	bool some = any || softens(x, found.full);

	if (status)
		return status;
	if (!any && found.full == 0) {
		if (substring_search(x) < 0)
			return -1;
		if (x->counts.full > 0)
			return 0;
	}
	if (!any && extend_sweeps(x, sweeps, &found) < 0)
		return -1;
	return score_sweeps(x, sweeps, any, some, &found);
}

/* All words; where no section has them, the query as a substring; then whatever has most of it. */
static int search_words_once(struct search_job *x)
{
	if (x->request->exhaustive || x->query.word_count == 0 || x->query.wanted_count)
		return walk_words(x);
	return sweep_words(x);
}

static int resolve(struct search_job *x)
{
	unsigned fields = x->request->titles ? TITLE_FIELDS : ALL_FIELDS;

	return atoms_resolve(&x->atoms, &x->query, x->parts, x->bm25, fields, x->arena, x->err);
}

/* Nothing is known of texts yet. */
static void begin(struct search_job *x)
{
	x->pieces = NULL;
	x->inexact = x->mixed = false;
}

/* A compound that stands nowhere (ΕλλάδαNode.js) is matched by all of its parts only. Where that finds nothing, the parts that
 * are known become words beside it, and a character that is no word anywhere but all that is asked for (什么是毛) may stand inside of words. */
static int search_words(struct search_job *x)
{
	int status = search_words_once(x);

	if (status < 0 || x->counts.matching || !atoms_open(&x->atoms, &x->query))
		return status;
	x->opened = true;
	if (resolve(x) < 0 || make_filters(x) < 0) /* clauses have these words too */
		return -1;
	begin(x);
	return search_words_once(x);
}

/* The query as pinyin. */
static int search_pinyin(struct search_job *x)
{
	x->mode = MODE_PINYIN;
	x->pinyin = pinyin_query_compile(x->query.literal, x->arena, x->err);
	search_job_forget(x, x->shown);
	return x->pinyin ? pinyin_search(x) : -1;
}

/* Any of the parts may know a key. */
static int has_key(void *context, struct span key, struct err *err)
{
	const struct search_job *x = context;
	int has = 0;

	for (size_t i = 0; i < x->parts->count && has == 0; i++)
		has = property_filter_has(x->parts->segments[i], key, err);
	return has;
}

static int compile(struct search_job *x)
{
	const struct query_keys keys = {has_key, x};
	const struct search_request *request = x->request;
	bool literal = request->literal || request->pinyin;
	const struct synonym_tables *tables = request->no_synonyms ? NULL : x->tables;
	int status = literal ? query_compile_literal(&x->query, request->query, x->arena, x->err)
			     : query_compile(&x->query, request->query, &keys, tables, x->analyzer, x->arena, x->err);

	if (status < 0 || resolve(x) < 0)
		return -1;
	return make_filters(x);
}

static int make_matches(struct search_job *x)
{
	x->matches = arena_array(x->arena, x->parts->count, sizeof *x->matches);
	for (size_t i = 0; i < x->parts->count && x->matches; i++)
		x->matches[i] = section_set_new(x->arena, x->parts->segments[i], false);
	return x->arena->failed ? no_memory(x) : 0;
}

int search_job_run(struct search_job *x)
{
	bool words;

	begin(x);
	x->opened = false;
	x->shown = x->request->files ? 0 : (size_t)x->request->limit << 2 * x->widened;
	if (compile(x) < 0 || make_matches(x) < 0)
		return -1;
	if ((x->request->pinyin ? search_pinyin(x) : x->query.is_literal ? substring_search(x) : search_words(x)) < 0)
		return -1;
	words = answer_mode_has_words(x->mode) && !x->request->titles;
	if (words && as_typed_prefer(x) < 0)
		return -1;
	if (words && rescore(&x->top, x->shown, &x->query, x->parts, x->bm25, x->request->explain ? &x->rescored : NULL,
			     x->arena, x->err) < 0)
		return -1;
	if (x->rescored.failed)
		return no_memory(x);
	top_sort(&x->top, x->shown);
	return 0;
}

void search_job_release(struct search_job *x)
{
	buf_release(&x->rescored);
	buf_release(&x->substrings);
	top_release(&x->top);
}
