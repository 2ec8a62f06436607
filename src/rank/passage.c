#include "passage.h"

#include "bm25.h"

static bool stands(const struct query *query, const double *found, size_t pair)
{
	return !found || found[query->pairs[pair].gram] > 0;
}

/* A pair and its two characters. */
static void mark(const struct query_pair *pair, bool *inside)
{
	inside[pair->gram] = inside[pair->characters[0]] = inside[pair->characters[1]] = true;
}

bool passage_find(const struct query *query, const double *found, bool *inside)
{
	bool any = false;

	memset(inside, 0, query->gram_count * sizeof *inside);
	for (size_t first = 0, end; first < query->pair_count; first = end) {
		for (end = first; end < query->pair_count && stands(query, found, end); end++)
			if (end > first && !query->pairs[end].joined)
				break;
		if (end - first >= PASSAGE_PAIRS) {
			any = true;
			for (size_t i = first; i < end; i++)
				mark(&query->pairs[i], inside);
		}
		end += end == first;
	}
	return any;
}
