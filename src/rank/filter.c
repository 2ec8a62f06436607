#include "filter.h"

static int no_memory(const struct search_place *place)
{
	return err_memory(place->err, "search");
}

static int allow(struct filter *filter, const uint64_t *set, const struct search_place *place)
{
	if (!filter->allowed)
		filter->allowed = section_set_new(place->arena, place->segment, true);
	if (!filter->allowed)
		return no_memory(place);
	number_set_and(filter->allowed, set, section_set_words(place->segment));
	return 0;
}

static int add_wanted(struct filter *filter, uint64_t *set, const struct search_place *place)
{
	if (!filter->all) {
		filter->all = section_set_new(place->arena, place->segment, true);
		filter->any = section_set_new(place->arena, place->segment, false);
	}
	if (!filter->all || !filter->any)
		return no_memory(place);
	number_set_and(filter->all, set, section_set_words(place->segment));
	number_set_or(filter->any, set, section_set_words(place->segment));
	return 0;
}

static int add_clause(struct filter *filter, const struct query *query, size_t number, const struct search_place *place)
{
	const struct query_clause *clause = &query->clauses[number];
	uint64_t *set;

	if (condition_set_find(place, clause->condition, &set) < 0)
		return -1;
	filter->clauses[number] = set;
	return clause->filter ? allow(filter, set, place) : add_wanted(filter, set, place);
}

int filter_make(struct filter *filter, const struct query *query, const char *glob, const struct search_place *place)
{
	uint64_t *set;

	*filter = (struct filter){.clauses = arena_array(place->arena, query->clause_count, sizeof *filter->clauses)};
	if (!filter->clauses)
		return no_memory(place);
	for (size_t i = 0; i < query->clause_count; i++)
		if (add_clause(filter, query, i, place) < 0)
			return -1;
	if (!glob)
		return 0;
	return condition_set_paths(place, glob, &set) < 0 ? -1 : allow(filter, set, place);
}

/* In how many sections of all parts it stands. */
static int count_leaf(const struct condition *leaf, const struct search_place *places, uint64_t *out)
{
	*out = 0;
	for (size_t i = 0; i < places->parts->count; i++) {
		uint64_t *set;

		if (condition_set_find(&places[i], leaf, &set) < 0)
			return -1;
		*out += number_set_count(set, section_set_words(places[i].segment));
	}
	return 0;
}

static int rate_prefix(struct filter *filters, const struct condition *prefix, const struct search_place *places,
		       const struct bm25 *bm25)
{
	uint64_t count;

	if (count_leaf(prefix, places, &count) < 0)
		return -1;
	for (size_t i = 0; i < places->parts->count; i++) {
		const struct search_place *place = &places[i];

		if (!filters[i].prefixes)
			filters[i].prefixes = arena_array(place->arena, place->segment->meta.section_count,
							  sizeof *filters[i].prefixes);
		if (!filters[i].prefixes)
			return no_memory(place);
		if (condition_set_rate(place, prefix, bm25, bm25_idf(bm25, count), filters[i].prefixes) < 0)
			return -1;
	}
	return 0;
}

int filter_rate_prefixes(struct filter *filters, const struct query *query, const struct search_place *places,
			 const struct bm25 *bm25)
{
	for (size_t i = 0; i < query->leaf_count; i++)
		if (query->leaves[i]->kind == CONDITION_PREFIX &&
		    rate_prefix(filters, query->leaves[i], places, bm25) < 0)
			return -1;
	return 0;
}
