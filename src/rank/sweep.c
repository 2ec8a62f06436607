#include "sweep.h"

static int no_memory(struct sweep *s)
{
	return err_memory(s->err, "search");
}

static int damaged(struct sweep *s, const struct list_cursor *list)
{
	return segment_damaged_postings(list->segment, list->layer, s->err);
}

/* A set of nothing, or the same as another; NULL without memory. */
static uint64_t *new_set(struct sweep *s, const uint64_t *model)
{
	size_t bytes = s->words * sizeof *model;
	uint64_t *set = arena_alloc(s->request->arena, bytes);

	if (set && model)
		memcpy(set, model, bytes);
	else if (set)
		memset(set, 0, bytes);
	return set;
}

/* A short list has no impacts, and most of it will be scored: all of it at once, and so its best is known. */
static int score_short(struct sweep *s, struct sweep_list *list)
{
	uint32_t count = list->postings.cursor->count;
	double *scores = arena_alloc(s->request->arena, ((size_t)count + 1) * sizeof *scores);
	uint32_t value;
	double best;

	if (!scores)
		return no_memory(s);
	if (posting_array_value(&list->postings, 0, &value) < 0) /* and so all of the block's */
		return damaged(s, list->list);
	if (list_cursor_rate_all(list->list, list->postings.numbers, list->postings.values, count, scores, &best,
				 s->err) < 0)
		return -1;
	list->scores = scores;
	list->most = best * list->list->factor * BOUND_SLACK;
	return 0;
}

/* Numbers at once, values where they are asked for; of a list that is kept decoded nothing is left to do. */
static int decode_list(struct sweep *s, struct sweep_list *list)
{
	struct arena *arena = s->request->arena;
	struct posting_cursor *cursor = list->list->postings;
	size_t room = (size_t)cursor->count + POSTING_SPARE;
	uint32_t *both;
	uint16_t *bits;

	if (cursor->whole) {
		list->postings = (struct posting_array){cursor, cursor->whole->numbers, cursor->whole->values, NULL};
		return 0;
	}
	both = arena_alloc(arena, 2 * room * sizeof *both);
	bits = arena_alloc(arena, (size_t)cursor->block_count * sizeof *bits);
	if (!both || !bits)
		return no_memory(s);
	list->postings = (struct posting_array){cursor, both, both + room, bits};
	if (posting_array_fill(&list->postings) < 0)
		return damaged(s, list->list);
	return cursor->count <= POSTING_BLOCK && list->list->layer == LAYER_WORDS && list->list->fields == ALL_FIELDS
		       ? score_short(s, list)
		       : 0;
}

/* Of some fields only: the sections that have any. */
static int add_fields(struct sweep *s, struct sweep_list *list, uint64_t *set)
{
	for (uint32_t i = 0; i < list->postings.cursor->count; i++) {
		const struct pattern *pattern;
		uint32_t value;

		if (posting_array_value(&list->postings, i, &value) < 0)
			return damaged(s, list->list);
		pattern = segment_pattern(list->list->segment, value, s->err);
		if (!pattern)
			return -1;
		if (pattern->fields & list->list->fields)
			number_set_add(set, list->postings.numbers[i]);
	}
	return 0;
}

static int make_set(struct sweep *s, struct sweep_list *list)
{
	const struct posting_decoded *whole = list->postings.cursor->whole;
	bool all = list->list->fields == ALL_FIELDS;
	bool dense = list->postings.cursor->count >= s->words;
	uint32_t *ranks;
	uint64_t *set;

	if (all && whole && whole->best > 0)
		list->scores = whole->scores;
	if (all && whole && whole->set) {
		list->set = whole->set;
		list->ranks = whole->ranks;
		return 0;
	}
	list->set = set = new_set(s, NULL);
	if (!set)
		return no_memory(s);
	if (!all)
		return add_fields(s, list, set);
	number_set_add_all(set, list->postings.numbers, list->postings.cursor->count);
	if (!dense)
		return 0;
	list->ranks = ranks = arena_alloc(s->request->arena, s->words * sizeof *ranks);
	if (!ranks)
		return no_memory(s);
	number_set_rank(set, s->words, ranks);
	return 0;
}

static int open_lists(struct sweep *s)
{
	const struct match_request *request = s->request;
	const struct atoms *atoms = request->atoms;

	s->lists = arena_alloc(request->arena, (atoms->count * ATOM_LISTS + 1) * sizeof *s->lists);
	if (!s->lists)
		return no_memory(s);
	for (size_t i = 0; i < atoms->count; i++) {
		struct word_cursor *cursor = arena_alloc(request->arena, sizeof *cursor);

		if (!cursor)
			return no_memory(s);
		if (word_cursor_init(cursor, &atoms->items[i], request->parts, s->part, request->bm25, request->arena,
				     s->err) < 0)
			return -1;
		for (unsigned k = 0; k < cursor->count; k++) {
			struct sweep_list *list = &s->lists[s->list_count++];

			*list = (struct sweep_list){
				.list = &cursor->lists[k], .atom = i, .most = cursor->lists[k].most};
			if (decode_list(s, list) < 0 || make_set(s, list) < 0)
				return -1;
		}
	}
	return 0;
}

/* The sections of an atom, whose lists these are; NULL without memory. */
static const uint64_t *unite(struct sweep *s, const struct sweep_list *lists, size_t count)
{
	uint64_t *set;

	if (count == 1)
		return lists->set;
	set = new_set(s, count ? lists->set : NULL);
	for (size_t i = 1; i < count && set; i++)
		number_set_or(set, lists[i].set, s->words);
	return set;
}

/* A word is where all of its atoms are. */
static int add_atom(struct sweep *s, unsigned word, const uint64_t *set)
{
	uint64_t *both;

	if (set && !s->stands[word]) {
		s->stands[word] = set;
		return 0;
	}
	both = set ? new_set(s, set) : NULL;
	if (!both)
		return no_memory(s);
	number_set_and(both, s->stands[word], s->words);
	s->stands[word] = both;
	return 0;
}

static int find_words(struct sweep *s)
{
	const struct atoms *atoms = s->request->atoms;
	size_t list = 0;

	s->stands = arena_array(s->request->arena, s->request->query->word_count + 1, sizeof *s->stands);
	if (!s->stands)
		return no_memory(s);
	for (size_t i = 0; i < atoms->count; i++) {
		size_t first = list;

		while (list < s->list_count && s->lists[list].atom == i)
			list++;
		if (atoms->items[i].needed &&
		    add_atom(s, atoms->items[i].word, unite(s, s->lists + first, list - first)) < 0)
			return -1;
	}
	return 0;
}

/* Leaves those that may be hits at all. */
static void keep_allowed(struct sweep *s, uint64_t *set)
{
	const uint64_t *allowed = s->request->filters[s->part].allowed;

	if (allowed)
		number_set_and(set, allowed, s->words);
}

/* The sections of all content words, or of any. */
static int combine(struct sweep *s, void (*join)(uint64_t *, const uint64_t *, size_t), uint64_t **out)
{
	uint64_t rest = s->request->atoms->content;
	uint64_t *set = new_set(s, rest ? s->stands[__builtin_ctzll(rest)] : NULL);

	if (!set)
		return no_memory(s);
	for (; rest; rest &= rest - 1)
		join(set, s->stands[__builtin_ctzll(rest)], s->words);
	keep_allowed(s, set);
	*out = set;
	return 0;
}

int sweep_find_some(struct sweep *s)
{
	return s->some ? 0 : combine(s, number_set_or, &s->some);
}

int sweep_add_matches(struct sweep *s, bool some, uint64_t *set)
{
	if (some && sweep_find_some(s) < 0)
		return -1;
	number_set_or(set, some ? s->some : s->whole, s->words);
	return 0;
}

bool sweep_drop(struct sweep *s, uint32_t section)
{
	bool had = s->some && number_set_has(s->some, section);

	if (had)
		number_set_drop(s->some, section);
	return had;
}

int sweep_open(struct sweep *s, const struct match_request *request, uint32_t part, struct err *err)
{
	struct segment_reader *segment = request->parts->segments[part];

	*s = (struct sweep){.request = request,
			    .part = part,
			    .segment = segment,
			    .words = number_set_words(segment->meta.section_count),
			    .err = err};
	if (open_lists(s) < 0 || find_words(s) < 0 || combine(s, number_set_and, &s->whole) < 0)
		return -1;
	s->full = number_set_count(s->whole, s->words);
	if (!request->count)
		return 0;
	if (sweep_find_some(s) < 0)
		return -1;
	s->matching = number_set_count(s->some, s->words);
	return 0;
}
