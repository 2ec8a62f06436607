#include "sweep.h"

enum { FIRST_SETS = 256 };

static int no_memory(struct sweep *s)
{
	return err_memory(s->err, "search");
}

static int damaged(struct sweep *s, const struct list_cursor *list)
{
	return segment_damaged_postings(list->segment, list->layer, s->err);
}

/* Numbers at once, values where they are asked for; of a list that is kept decoded nothing is left to do. */
static int decode_list(struct sweep *s, struct sweep_list *list)
{
	struct arena *arena = s->request->arena;
	struct posting_cursor *cursor = list->list->postings;
	size_t room = (size_t)cursor->count + POSTING_SPARE;
	uint32_t *both;
	uint16_t *bits;

	if (posting_array_decoded(&list->postings, cursor))
		return 0;
	both = arena_alloc(arena, 2 * room * sizeof *both);
	bits = arena_alloc(arena, (size_t)cursor->block_count * sizeof *bits);
	if (!both || !bits)
		return no_memory(s);
	list->postings = (struct posting_array){cursor, both, both + room, bits};
	return posting_array_fill(&list->postings) < 0 ? damaged(s, list->list) : 0;
}

static int add_list(struct sweep *s, const struct list_cursor *list, size_t atom)
{
	struct sweep_list *out = &s->lists[s->list_count++];

	*out = (struct sweep_list){.list = list, .count = list->postings->count, .atom = atom, .most = list->most};
	if (decode_list(s, out) < 0)
		return -1;
	out->numbers = out->postings.numbers;
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
		for (unsigned k = 0; k < cursor->count; k++)
			if (add_list(s, &cursor->lists[k], i) < 0)
				return -1;
	}
	return 0;
}

/* Room for twice as many sets; few queries have more than some dozens. */
static bool grow_sets(struct sweep *s)
{
	size_t room = s->set_room ? 2 * s->set_room : FIRST_SETS;
	struct sweep_set *sets = arena_alloc(s->request->arena, room * sizeof *sets);

	if (!sets)
		return false;
	if (s->set_count)
		memcpy(sets, s->sets, s->set_count * sizeof *sets);
	s->sets = sets;
	s->set_room = room;
	return true;
}

/* The set that is `rest` and the list more; 0 when there is no room for it. */
static uint16_t add_set(struct sweep *s, uint16_t rest, uint16_t list)
{
	if (s->set_count > UINT16_MAX || (s->set_count == s->set_room && !grow_sets(s)))
		return 0;
	s->sets[s->set_count] = (struct sweep_set){.list = list, .rest = rest};
	return (uint16_t)s->set_count++;
}

/* Puts the sections from their sets into those with the list more. Numbers rise: none comes twice, so `next`, which has the
 * new set by the old one, need not know sets that are added here. */
static int mark(struct sweep *s, uint16_t list, const uint32_t *numbers, uint32_t count)
{
	uint16_t *next = arena_array(s->request->arena, s->set_count, sizeof *next);
	uint16_t *sets = s->numbers;

	if (!next)
		return no_memory(s);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t section = numbers[i];
		uint32_t before = sets[section];
		uint16_t after = next[before];

		if (!after) {
			after = next[before] = add_set(s, (uint16_t)before, list);
			if (!after)
				return s->request->arena->failed ? no_memory(s) : 1;
		}
		sets[section] = after;
	}
	return 0;
}

/* Of some fields only: the numbers of those that have any, and how many. */
static int pick_fields(struct sweep *s, struct sweep_list *list, uint32_t *numbers, uint32_t *count)
{
	*count = 0;
	for (uint32_t i = 0; i < list->count; i++) {
		const struct pattern *pattern;
		uint32_t value;

		if (posting_array_value(&list->postings, i, &value) < 0)
			return damaged(s, list->list);
		pattern = segment_pattern(list->list->segment, value, s->err);
		if (!pattern)
			return -1;
		numbers[*count] = list->numbers[i];
		*count += (pattern->fields & list->list->fields) != 0;
	}
	return 0;
}

static int mark_list(struct sweep *s, uint16_t number)
{
	struct sweep_list *list = &s->lists[number];
	uint32_t *picked;
	uint32_t count;

	if (list->list->fields == ALL_FIELDS)
		return mark(s, number, list->numbers, list->count);
	picked = arena_alloc(s->request->arena, ((size_t)list->count + 1) * sizeof *picked);
	if (!picked)
		return no_memory(s);
	return pick_fields(s, list, picked, &count) < 0 ? -1 : mark(s, number, picked, count);
}

static int mark_sections(struct sweep *s)
{
	int status = 0;

	s->numbers = arena_array(s->request->arena, s->segment->meta.section_count, sizeof *s->numbers);
	if (!s->numbers || !grow_sets(s))
		return no_memory(s);
	s->sets[s->set_count++] = (struct sweep_set){0};
	for (size_t i = 0; i < s->list_count && status == 0; i++)
		status = mark_list(s, (uint16_t)i);
	return status;
}

/* The words whose atoms all stand there. `stamps`: for each atom the last set that has it. */
static uint64_t words_of(const struct sweep *s, uint32_t *stamps, uint16_t number)
{
	const struct atoms *atoms = s->request->atoms;
	uint64_t missing = 0;
	uint64_t found = 0;

	for (uint16_t i = number; i; i = s->sets[i].rest)
		stamps[s->lists[s->sets[i].list].atom] = number;
	for (size_t i = 0; i < atoms->count; i++) {
		uint64_t word = (uint64_t)atoms->items[i].needed << atoms->items[i].word;
		uint64_t here = stamps[i] == number ? UINT64_MAX : 0;

		found |= word & here;
		missing |= word & ~here;
	}
	return found & ~missing;
}

static uint16_t shorter(const struct sweep *s, uint16_t a, uint16_t b)
{
	return s->lists[a].count <= s->lists[b].count ? a : b;
}

static int describe_sets(struct sweep *s)
{
	const struct atoms *atoms = s->request->atoms;
	uint32_t *stamps = arena_array(s->request->arena, atoms->count, sizeof *stamps);

	if (!stamps)
		return no_memory(s);
	for (size_t i = 1; i < s->set_count; i++) {
		struct sweep_set *set = &s->sets[i];

		set->shortest = set->rest ? shorter(s, s->sets[set->rest].shortest, set->list) : set->list;
		set->most = s->sets[set->rest].most + s->lists[set->list].most;
		set->matched = words_of(s, stamps, (uint16_t)i);
		set->full = !(atoms->content & ~set->matched);
		set->some = set->matched & atoms->content;
		set->share = 1 - COVERAGE_WEIGHT * (1 - atoms_coverage(atoms, set->matched));
		set->bound = set->most * set->share * BOUND_SLACK;
	}
	return 0;
}

/* The sections of the sets whose shortest list it is, as a chain for each. */
static int gather(struct sweep *s, uint16_t number)
{
	const struct filter *filter = &s->request->filters[s->part];
	struct sweep_list *list = &s->lists[number];
	struct chain {
		uint32_t last;
		uint32_t count;
	} *chains = arena_array(s->request->arena, s->set_count, sizeof *chains);

	list->links = arena_alloc(s->request->arena, (size_t)list->count * sizeof *list->links);
	if (!list->links || !chains)
		return no_memory(s);
	for (uint32_t i = 0; i < list->count; i++) {
		struct chain *chain = &chains[s->numbers[list->numbers[i]]];

		if (!filter_allows(filter, list->numbers[i]))
			continue;
		list->links[i] = chain->last;
		*chain = (struct chain){i + 1, chain->count + 1};
	}
	for (size_t i = 1; i < s->set_count; i++) {
		if (s->sets[i].shortest != number)
			continue;
		s->sets[i].last = chains[i].last;
		s->sets[i].count = chains[i].count;
	}
	return 0;
}

int sweep_gather(struct sweep *s, const struct sweep_set *set)
{
	return s->lists[set->shortest].links ? 0 : gather(s, set->shortest);
}

/* Of all sections, each in its set. */
static uint64_t count_matching(const struct sweep *s)
{
	const struct filter *filter = &s->request->filters[s->part];
	uint64_t count = 0;

	for (uint32_t i = 0; i < s->segment->meta.section_count; i++)
		count += s->sets[s->numbers[i]].some && filter_allows(filter, i);
	return count;
}

int sweep_open(struct sweep *s, const struct match_request *request, uint32_t part, struct err *err)
{
	int status;

	*s = (struct sweep){.request = request, .part = part, .segment = request->parts->segments[part], .err = err};
	if (open_lists(s) < 0)
		return -1;
	status = mark_sections(s);
	if (status)
		return status;
	if (describe_sets(s) < 0)
		return -1;
	for (size_t i = 1; i < s->set_count; i++) {
		if (!s->sets[i].full)
			continue;
		if (sweep_gather(s, &s->sets[i]) < 0)
			return -1;
		s->full += s->sets[i].count;
	}
	if (request->count)
		s->matching = count_matching(s);
	return 0;
}
