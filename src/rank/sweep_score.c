#include "sweep_score.h"

#include <math.h>

/* So many sections are looked at together, so that the processor can work at several at once. */
enum { BATCH = 32 };

/* The state of a scoring; and the sections of one set that are looked at together. */
struct scorer {
	struct sweep *sweep;
	struct top *top;
	bool full_first;              /* whole matches before others whatever the score */
	const unsigned char *bare;    /* bit set of the sections with nothing to read */
	const struct sweep_set *set;  /* and its lists: */
	struct sweep_list **in_order; /* of the atoms */
	struct sweep_list **by_bound;
	size_t list_count;
	struct sweep_list *shortest; /* which has found the sections, */
	uint32_t at[BATCH];          /* there */
	uint32_t sections[BATCH];
	const unsigned char *lengths[BATCH];
	double most[BATCH];       /* what each can score at most, before its share, */
	double limit[BATCH];      /* and must */
	uint32_t alive[BATCH];    /* indexes of those that may still enter the top, */
	uint32_t count;           /* so many */
	uint32_t postings[BATCH]; /* where these stand in the list that is looked at */
};

static int no_memory(struct sweep *s)
{
	return err_memory(s->err, "search");
}

/* Shell's sort, of some dozens: the highest bounds first. */
static void sort_sets(struct sweep_set **order, size_t count)
{
	static const size_t gaps[] = {1750, 701, 301, 132, 57, 23, 10, 4, 1};

	for (size_t g = 0; g < sizeof gaps / sizeof *gaps; g++) {
		for (size_t i = gaps[g]; i < count; i++) {
			struct sweep_set *moving = order[i];
			size_t k = i;

			for (; k >= gaps[g] && order[k - gaps[g]]->bound < moving->bound; k -= gaps[g])
				order[k] = order[k - gaps[g]];
			order[k] = moving;
		}
	}
}

/* The best tier that a section of the set can have: one with text. */
static enum tier tier_of(const struct scorer *x, const struct sweep_set *set)
{
	return set->full || !x->full_first ? TIER_FULL : TIER_PARTIAL;
}

/* What the sum of a section of the tier must reach to enter the top. */
static double limit_of(const struct scorer *x, enum tier tier, double share)
{
	const struct candidate *worst = top_worst(x->top);

	if (!worst || worst->tier > tier)
		return 0;
	return worst->tier < tier ? (double)INFINITY : worst->score / (share * BOUND_SLACK);
}

static bool reaches(const struct scorer *x, const struct sweep_set *set)
{
	return set->most >= limit_of(x, tier_of(x, set), set->share);
}

static void use_set(struct scorer *x, const struct sweep_set *set)
{
	struct sweep *s = x->sweep;
	size_t n = 0;

	x->set = set;
	x->shortest = &s->lists[set->shortest];
	for (const struct sweep_set *i = set; i != s->sets; i = &s->sets[i->rest])
		n++;
	x->list_count = n;
	for (const struct sweep_set *i = set; i != s->sets; i = &s->sets[i->rest])
		x->in_order[--n] = &s->lists[i->list];
	for (; n < x->list_count; n++) {
		struct sweep_list *list = x->in_order[n];
		size_t k = n;

		for (; k > 0 && x->by_bound[k - 1]->most < list->most; k--)
			x->by_bound[k] = x->by_bound[k - 1];
		x->by_bound[k] = list;
	}
}

/* The next sections of the set, from *next on in its links: how many. */
static int find_sections(struct scorer *x, uint32_t *next)
{
	struct sweep *s = x->sweep;
	uint32_t n = 0;

	for (; *next && n < BATCH; n++) {
		x->at[n] = *next - 1;
		x->sections[n] = x->shortest->numbers[x->at[n]];
		x->lengths[n] = segment_lengths(s->segment, x->sections[n], s->err);
		if (!x->lengths[n])
			return -1;
		__builtin_prefetch(x->lengths[n]);
		*next = x->shortest->links[x->at[n]];
	}
	return (int)n;
}

static void set_limits(struct scorer *x, uint32_t count)
{
	const struct sweep_set *set = x->set;
	enum tier tier = tier_of(x, set);
	double limits[2] = {limit_of(x, tier, set->share), limit_of(x, tier + 1, set->share)};

	x->count = 0;
	for (uint32_t i = 0; i < count; i++) {
		x->limit[i] = limits[section_set_has(x->bare, x->sections[i])];
		x->most[i] = set->most;
		x->alive[x->count] = i;
		x->count += set->most >= x->limit[i];
	}
}

/* Where the sections stand in a list. All take the same steps of a binary search together, so that none waits for memory
 * alone. */
static void find_postings(struct scorer *x, const struct sweep_list *list)
{
	for (uint32_t i = 0; i < x->count; i++) {
		uint32_t section = x->sections[x->alive[i]];
		const uint32_t *at = list->numbers;

		for (uint32_t n = list->count; n > 1;) {
			uint32_t half = n / 2;

			at += at[half] <= section ? half : 0;
			n -= half;
		}
		x->postings[i] = (uint32_t)(at - list->numbers);
	}
}

/* Scores the sections in a list, and keeps those that may still enter. */
static int rate(struct scorer *x, struct sweep_list *list)
{
	struct sweep *s = x->sweep;
	uint32_t kept = 0;

	for (uint32_t i = 0; i < x->count; i++) {
		uint32_t at = x->alive[i];
		uint32_t value;

		if (posting_array_value(&list->postings, x->postings[i], &value) < 0)
			return segment_damaged_postings(s->segment, list->list->layer, s->err);
		if (list_cursor_rate(list->list, value, x->lengths[at], &list->scores[at], s->err) < 0)
			return -1;
		x->most[at] += list->scores[at] - list->most;
		x->alive[kept] = at;
		kept += x->most[at] >= x->limit[at];
	}
	x->count = kept;
	return 0;
}

static int rate_all(struct scorer *x)
{
	for (size_t i = 0; i < x->list_count && x->count; i++) {
		struct sweep_list *list = x->by_bound[i];

		if (list != x->shortest)
			find_postings(x, list);
		for (uint32_t k = 0; k < x->count && list == x->shortest; k++)
			x->postings[k] = x->at[x->alive[k]];
		if (rate(x, list) < 0)
			return -1;
	}
	return 0;
}

static void add(struct scorer *x, uint32_t at)
{
	struct candidate candidate = {.section = x->sections[at],
				      .part = x->sweep->part,
				      .matched = x->set->matched,
				      .tier = tier_of(x, x->set) + section_set_has(x->bare, x->sections[at]),
				      .full = x->set->full};

	for (size_t i = 0; i < x->list_count; i++)
		candidate.score += x->in_order[i]->scores[at];
	candidate.score *= x->set->share;
	top_add(x->top, &candidate);
}

static int score_set(struct scorer *x, const struct sweep_set *set)
{
	uint32_t next = set->last;

	use_set(x, set);
	while (next && reaches(x, set)) {
		int count = find_sections(x, &next);

		if (count < 0)
			return -1;
		set_limits(x, (uint32_t)count);
		if (rate_all(x) < 0)
			return -1;
		for (uint32_t i = 0; i < x->count; i++)
			add(x, x->alive[i]);
	}
	return 0;
}

static int score_sets(struct scorer *x, struct sweep_set **order, size_t count)
{
	sort_sets(order, count);
	for (size_t i = 0; i < count && reaches(x, order[i]); i++)
		if (sweep_gather(x->sweep, order[i]) < 0 || score_set(x, order[i]) < 0)
			return -1;
	return x->top->heap.failed ? no_memory(x->sweep) : 0;
}

/* The sets that are wanted; all of a better tier come first. */
static int score_all(struct scorer *x, bool some)
{
	struct sweep *s = x->sweep;
	struct sweep_set **first = arena_alloc(s->request->arena, s->set_count * sizeof(struct sweep_set *));
	struct sweep_set **second = arena_alloc(s->request->arena, s->set_count * sizeof(struct sweep_set *));
	size_t first_count = 0;
	size_t second_count = 0;

	if (!first || !second)
		return no_memory(s);
	for (size_t i = 1; i < s->set_count; i++) {
		struct sweep_set *set = &s->sets[i];

		if (!set->full && !(some && set->some))
			continue;
		if (tier_of(x, set) == TIER_FULL)
			first[first_count++] = set;
		else
			second[second_count++] = set;
	}
	return score_sets(x, first, first_count) < 0 ? -1 : score_sets(x, second, second_count);
}

int sweep_score(struct sweep *s, bool some, struct top *top)
{
	const struct match_request *request = s->request;
	struct arena *arena = request->arena;
	struct scorer *x = arena_alloc(arena, sizeof *x);
	double *scores = arena_alloc(arena, (s->list_count + 1) * BATCH * sizeof *scores);

	if (!x || !scores)
		return no_memory(s);
	x->sweep = s;
	x->top = top;
	x->full_first = request->rule != MATCH_ANY && request->atoms->content_count <= FEW_WORDS;
	x->in_order = arena_alloc(arena, (s->list_count + 1) * sizeof(struct sweep_list *));
	x->by_bound = arena_alloc(arena, (s->list_count + 1) * sizeof(struct sweep_list *));
	if (!x->in_order || !x->by_bound)
		return no_memory(s);
	for (size_t i = 0; i < s->list_count; i++)
		s->lists[i].scores = scores + i * BATCH;
	if (section_table_bare(&s->segment->sections, &x->bare, s->err) < 0)
		return -1;
	return score_all(x, some);
}
