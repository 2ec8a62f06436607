#include "query_gram.h"

#include "gram.h"

/* Its index, counted once more; QUERY_GRAMS: it did not fit. */
static unsigned count_gram(struct query *query, const struct gram *gram)
{
	unsigned i = 0;

	while (i < query->gram_count && !span_equal(query->grams[i].text, gram->text))
		i++;
	if (i == QUERY_GRAMS)
		return i;
	if (i == query->gram_count)
		query->grams[query->gram_count++] =
			(struct query_gram){.text = gram->text, .pair = gram->kind == GRAM_PAIR};
	query->grams[i].count++;
	return i;
}

/* `characters`: the last two; `since`: how many came since the pair before. */
static void add_pair(struct query *query, unsigned gram, const unsigned characters[2], unsigned since)
{
	struct query_pair pair = {.gram = gram, .joined = since == 1};

	for (int i = 0; i < 2; i++)
		pair.characters[i] = characters[i] < QUERY_GRAMS ? characters[i] : gram;
	if (query->pair_count < QUERY_GRAMS)
		query->pairs[query->pair_count++] = pair;
}

/* A pair comes right behind its second character. */
void query_gram_add(struct query *query, struct span folded)
{
	struct gram_scan scan = gram_scan_of(folded);
	unsigned characters[2] = {QUERY_GRAMS, QUERY_GRAMS};
	unsigned since = 0;
	struct gram gram;

	while (gram_next(&scan, &gram)) {
		unsigned i;

		if (!gram_is_han(gram.kind))
			continue;
		i = count_gram(query, &gram);
		if (gram.kind != GRAM_PAIR) {
			characters[0] = characters[1];
			characters[1] = i;
			since++;
		} else if (i < QUERY_GRAMS) {
			add_pair(query, i, characters, since);
			since = 0;
		}
	}
}

static bool holds(struct span text, struct span part)
{
	for (size_t i = 0; i + part.n <= text.n; i++)
		if (memcmp(text.p + i, part.p, part.n) == 0)
			return true;
	return false;
}

/* A pair that reaches from one word into the next is in neither. */
static bool is_of_function_words(const struct query *query, struct span gram)
{
	bool found = false;

	for (size_t i = 0; i < query->word_count; i++) {
		if (!holds(query->words[i].text, gram))
			continue;
		if (query->words[i].content)
			return false;
		found = true;
	}
	return found;
}

void query_gram_rate(struct query *query)
{
	for (size_t i = 0; i < query->gram_count; i++)
		query->grams[i].function = is_of_function_words(query, query->grams[i].text);
}
