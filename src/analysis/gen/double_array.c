#include "double_array.h"

#include "dictionary.h"
#include "tool.h"

#include <stdlib.h>

enum {
	SLOTS_MAX = 1 << 22, /* a base has 22 bits */
	TRIES_MAX = 4000,    /* 300: 3 % larger, and slower, as it grows; 30000: 9 % larger */
};

static const double *sort_weights;

static int by_weight(const void *a, const void *b)
{
	uint16_t x = *(const uint16_t *)a;
	uint16_t y = *(const uint16_t *)b;

	if (sort_weights[x] != sort_weights[y])
		return sort_weights[x] > sort_weights[y] ? -1 : 1;
	return x < y ? -1 : 1;
}

static bool is_katakana(uint32_t code)
{
	return code - DICTIONARY_KATAKANA_FIRST < DICTIONARY_KATAKANA_COUNT;
}

void number_characters(struct numbers *numbers, struct trie *t)
{
	double *weights = allocate(0x10000, sizeof *weights);
	uint16_t *order = allocate(0x10000, sizeof *order);
	unsigned n = 0;

	weigh(t, 1, weights);
	for (uint32_t code = 1; code < 0x10000; code++)
		if (weights[code] > 0 && !is_katakana(code))
			order[n++] = (uint16_t)code;
	sort_weights = weights;
	qsort(order, n, sizeof *order, by_weight);
	numbers->count = DICTIONARY_KATAKANA + DICTIONARY_KATAKANA_COUNT;
	for (unsigned i = 0; i < DICTIONARY_KATAKANA_COUNT; i++)
		numbers->of[DICTIONARY_KATAKANA_FIRST + i] = (uint16_t)(DICTIONARY_KATAKANA + i);
	for (unsigned i = 0; i < n; i++)
		numbers->of[order[i]] = (uint16_t)numbers->count++;
	if (numbers->count >= DICTIONARY_ID_MASK)
		die("cjdict has too many characters");
	for (uint32_t i = 2; i < t->count; i++)
		t->nodes[i].id = numbers->of[t->nodes[i].unit];
	free(weights);
	free(order);
}

static void slots_init(struct slots *s, unsigned characters)
{
	s->labels = allocate(SLOTS_MAX, sizeof *s->labels);
	s->nodes = allocate(SLOTS_MAX, sizeof *s->nodes);
	s->next = allocate(SLOTS_MAX, sizeof *s->next);
	s->previous = allocate(SLOTS_MAX, sizeof *s->previous);
	s->is_base = allocate(SLOTS_MAX, sizeof *s->is_base);
	s->taken = allocate(SLOTS_MAX, sizeof *s->taken);
	s->first = allocate(characters, sizeof *s->first);
	for (uint32_t i = 0; i < SLOTS_MAX; i++) {
		s->labels[i] = DICTIONARY_ID_MASK; /* nobody's number */
		s->next[i] = i + 1 < SLOTS_MAX ? i + 1 : 0;
		s->previous[i] = i ? i - 1 : 0;
	}
}

static void take(struct slots *s, uint32_t slot)
{
	s->taken[slot] = true;
	s->next[s->previous[slot]] = s->next[slot];
	s->previous[s->next[slot]] = s->previous[slot];
}

static bool fits(const struct slots *s, const struct trie *t, uint32_t node, uint32_t base)
{
	for (uint32_t child = t->nodes[node].child; child != NONE; child = t->nodes[child].next)
		if (s->taken[base + t->nodes[child].id])
			return false;
	return true;
}

/* Nodes come in order of their number of children: where many of one number did not fit, the next ones need not try. */
static uint32_t find_base(struct slots *s, const struct trie *t, uint32_t node)
{
	uint32_t id = t->nodes[t->nodes[node].child].id;
	uint32_t slot = !s->from || s->taken[s->from] || t->nodes[node].count == 1 ? s->next[0] : s->from;

	for (unsigned tries = 0; slot && slot < SLOTS_MAX - DICTIONARY_ID_MASK; slot = s->next[slot], tries++) {
		if (tries == TRIES_MAX)
			s->from = slot;
		if (slot > id && !s->is_base[slot - id] && fits(s, t, node, slot - id))
			return slot - id;
	}
	die("the words do not fit into %d slots", SLOTS_MAX);
}

static void place_children(struct slots *s, const struct trie *t, uint32_t node, uint32_t *bases)
{
	uint32_t base = find_base(s, t, node);

	bases[node] = base;
	s->is_base[base] = true;
	if (base > s->last_base)
		s->last_base = base;
	for (uint32_t child = t->nodes[node].child; child != NONE; child = t->nodes[child].next)
		take(s, base + t->nodes[child].id);
}

static uint32_t node_bits(const struct trie *t, uint32_t node, uint32_t base)
{
	uint32_t cost = t->nodes[node].cost < 0 ? DICTIONARY_NO_WORD : (uint32_t)t->nodes[node].cost;

	return cost | base << DICTIONARY_BASE_SHIFT;
}

static const struct trie_node *sort_nodes;

static int by_count(const void *a, const void *b)
{
	const struct trie_node *x = &sort_nodes[*(const uint32_t *)a];
	const struct trie_node *y = &sort_nodes[*(const uint32_t *)b];

	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	return x < y ? -1 : 1;
}

void place_all(struct slots *s, const struct trie *t, const struct numbers *numbers)
{
	uint32_t *order = allocate(t->count, sizeof *order);
	uint32_t *bases = allocate(t->count, sizeof *bases);
	uint32_t n = 0;

	slots_init(s, numbers->count);
	for (uint32_t i = 2; i < t->count; i++)
		if (t->nodes[i].child != NONE)
			order[n++] = i;
	sort_nodes = t->nodes;
	qsort(order, n, sizeof *order, by_count);
	for (uint32_t i = 0; i < n; i++)
		place_children(s, t, order[i], bases);
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t c = t->nodes[order[i]].child; c != NONE; c = t->nodes[c].next) {
			s->labels[bases[order[i]] + t->nodes[c].id] = t->nodes[c].id;
			s->nodes[bases[order[i]] + t->nodes[c].id] = node_bits(t, c, bases[c]);
		}
	for (unsigned id = 0; id < numbers->count; id++)
		s->first[id] = DICTIONARY_COST_UNKNOWN;
	for (uint32_t c = t->nodes[1].child; c != NONE; c = t->nodes[c].next) {
		uint32_t cost = t->nodes[c].cost < 0 ? DICTIONARY_COST_UNKNOWN : (uint32_t)t->nodes[c].cost;

		if (cost > DICTIONARY_COST_UNKNOWN)
			die("a word of one character costs more than no word");
		s->first[t->nodes[c].id] = cost | bases[c] << DICTIONARY_BASE_SHIFT;
	}
	free(order);
	free(bases);
}
