#include "sieve.h"

#include <math.h>

/* A group that is being put together, from the items before `item`. */
struct group {
	size_t item;
	unsigned depth;
	double most;
	double idf;
};

static void add_item(struct sieve *sieve, const struct sieve_item *item)
{
	size_t k = sieve->item_count++;

	for (; k > 0 && sieve->items[k - 1].most < item->most; k--)
		sieve->items[k] = sieve->items[k - 1];
	sieve->items[k] = *item;
}

/* An atom's two lists of words exclude each other; with the one of a lone character they may come together. */
static void add_items(struct sieve *sieve, const struct sweep *sweep)
{
	const struct atoms *atoms = sweep->request->atoms;

	for (size_t i = 0; i < sweep->list_count;) {
		const struct sweep_list *list = &sweep->lists[i++];
		const struct sweep_list *next = i < sweep->list_count ? &sweep->lists[i] : NULL;
		unsigned word = atoms->items[list->atom].word;
		struct sieve_item item = {.lists = {list}, .count = 1, .most = list->most};

		if (atoms->content >> word & 1)
			item.idf = atoms->idf[word];
		if (next && next->atom == list->atom && next->list->layer == list->list->layer) {
			bool less = next->most <= list->most;

			item.lists[less] = next;
			item.lists[!less] = list;
			item.count = 2;
			item.most = fmax(item.most, next->most);
			i++;
		}
		add_item(sieve, &item);
	}
}

int sieve_init(struct sieve *sieve, const struct sweep *sweep, struct err *err)
{
	struct arena *arena = sweep->request->arena;
	double most = 0;
	double idf = 0;

	*sieve = (struct sieve){.content_idf = sweep->request->atoms->content_idf,
				.step_room = sweep->list_count < SIEVE_GROUPS ? SIEVE_GROUPS : sweep->list_count};
	sieve->items = arena_array(arena, sweep->list_count + 1, sizeof *sieve->items);
	sieve->steps = arena_alloc(arena, sieve->step_room * sizeof *sieve->steps);
	if (!sieve->items || !sieve->steps)
		return err_memory(err, "search");
	add_items(sieve, sweep);
	for (size_t i = sieve->item_count; i-- > 0;) {
		struct sieve_item *item = &sieve->items[i];

		item->rest_most = most += item->most;
		item->rest_idf = idf += item->idf;
	}
	return 0;
}

/* The idf of a word with several atoms is counted for each of them: that only raises the bound. */
static bool reaches(const struct sieve *sieve, double most, double idf)
{
	double coverage = idf < sieve->content_idf ? idf / sieve->content_idf : 1;

	return most * bm25_share(coverage) * BOUND_SLACK * BOUND_SLACK >= sieve->score;
}

/* With everything from an item on. */
static bool can_reach(const struct sieve *sieve, const struct group *group)
{
	const struct sieve_item *rest = &sieve->items[group->item];

	if (group->item == sieve->item_count)
		return false;
	return reaches(sieve, group->most + rest->rest_most, group->idf + rest->rest_idf);
}

/* Adds the groups that begin with this one, of at most `deepest` lists: false when there is no room. */
static bool grow(struct sieve *sieve, struct group group, unsigned deepest)
{
	for (; can_reach(sieve, &group); group.item++) {
		const struct sieve_item *item = &sieve->items[group.item];

		for (unsigned i = 0; i < item->count; i++) {
			struct group longer = {group.item + 1, group.depth + 1, group.most + item->lists[i]->most,
					       group.idf + item->idf};
			bool enough = reaches(sieve, longer.most, longer.idf);
			size_t at = sieve->step_count;

			if (!enough && !can_reach(sieve, &longer))
				break;
			if (at == sieve->step_room)
				return false;
			enough |= longer.depth == deepest;
			sieve->step_count++;
			sieve->steps[at] = (struct sieve_step){item->lists[i]->set, (uint16_t)group.depth, enough, 0};
			if (!enough && !grow(sieve, longer, deepest))
				return false;
			sieve->steps[at].next = (uint16_t)sieve->step_count;
		}
	}
	return true;
}

void sieve_set(struct sieve *sieve, double score)
{
	unsigned deepest = SIEVE_DEPTH;

	sieve->score = score;
	do {
		sieve->step_count = 0;
	} while (!grow(sieve, (struct group){0}, deepest--));
}

static bool intersect(uint64_t *out, const uint64_t *a, const uint64_t *b)
{
	uint64_t any = 0;

	for (size_t i = 0; i < NUMBER_SET_STEP; i++)
		any |= out[i] = a[i] & b[i];
	return any;
}

static void add_both(uint64_t *out, const uint64_t *a, const uint64_t *b)
{
	for (size_t i = 0; i < NUMBER_SET_STEP; i++)
		out[i] |= a[i] & b[i];
}

void sieve_pass(const struct sieve *sieve, const uint64_t *from, size_t at, uint64_t out[NUMBER_SET_STEP])
{
	uint64_t left[SIEVE_DEPTH][NUMBER_SET_STEP];

	memset(out, 0, NUMBER_SET_STEP * sizeof *out);
	for (size_t i = 0; i < sieve->step_count;) {
		const struct sieve_step *step = &sieve->steps[i];
		const uint64_t *within = step->depth ? left[step->depth - 1] : from + at;

		if (step->last)
			add_both(out, within, step->set + at);
		else if (!intersect(left[step->depth], within, step->set + at))
			i = (size_t)step->next - 1;
		i++;
	}
}
