#include "word_trie.h"

#include "dictionary.h"
#include "tool.h"

#include <math.h>

enum { TRIE_NODES_MAX = 1 << 21 };

static uint16_t unit_at(const struct trie *t, size_t at)
{
	if (at >= t->n)
		die("cjdict ends in the middle of a word");
	return t->p[at];
}

/* The child of `parent` by `unit`: a new one, as the trie names each once. */
static uint32_t add_node(struct trie *t, uint32_t parent, uint16_t unit)
{
	struct trie_node *node = &t->nodes[t->count];

	if (parent == NONE || !t->plain[unit])
		return NONE;
	if (t->count == TRIE_NODES_MAX)
		die("cjdict has too many words");
	*node = (struct trie_node){.unit = unit, .cost = -1, .next = t->nodes[parent].child};
	t->nodes[parent].child = t->count;
	t->nodes[parent].count++;
	return t->count++;
}

static void set_cost(struct trie *t, uint32_t node, uint32_t cost)
{
	if (node == NONE)
		return;
	if (cost >= DICTIONARY_NO_WORD)
		die("cjdict has a cost of %u", cost);
	t->nodes[node].cost = (int32_t)cost;
	t->words++;
}

/* A number in one, two or three units; `lead` is the first without its flag and type, `two` and `three` its thresholds. */
static uint32_t number(const struct trie *t, size_t *at, uint32_t lead, uint32_t two, uint32_t three)
{
	uint32_t high;

	if (lead < two)
		return lead;
	high = lead < three ? lead - two : unit_at(t, (*at)++);
	return high << 16 | unit_at(t, (*at)++);
}

/* Values that end a word, and the distances to other nodes that stand in their place. */
static uint32_t value(const struct trie *t, size_t *at, uint32_t lead)
{
	return number(t, at, lead & 0x7FFF, 0x4000, 0x7FFF);
}

/* The value of a word that others go on from; `lead` holds the type of its node too. */
static uint32_t inner_value(const struct trie *t, size_t *at, uint32_t lead)
{
	if (lead < 0x4040)
		return (lead >> 6) - 1;
	if (lead < 0x7FC0)
		return ((lead & 0x7FC0) - 0x4040) << 10 | unit_at(t, (*at)++);
	return number(t, at, 1, 0, 0);
}

static void read_node(struct trie *t, size_t at, uint32_t node, unsigned depth);

static void read_branch(struct trie *t, size_t at, size_t length, uint32_t node, unsigned depth)
{
	enum { LINEAR_MAX = 5 };

	while (length > LINEAR_MAX) {
		size_t half = length / 2;
		uint32_t distance;

		at++; /* the unit that tells the halves apart */
		distance = unit_at(t, at++);
		distance = number(t, &at, distance, 0xFC00, 0xFFFF);
		read_branch(t, at + distance, half, node, depth);
		length -= half;
	}
	for (; length > 1; length--) {
		uint32_t child = add_node(t, node, unit_at(t, at++));
		uint16_t lead = unit_at(t, at++);
		uint32_t v = value(t, &at, lead);

		if (lead & 0x8000)
			set_cost(t, child, v);
		else
			read_node(t, at + v, child, depth + 1);
	}
	read_node(t, at + 1, add_node(t, node, unit_at(t, at)), depth + 1);
}

static void read_node(struct trie *t, size_t at, uint32_t node, unsigned depth)
{
	uint32_t lead = unit_at(t, at++);

	if (depth > DICTIONARY_WORD_MAX)
		die("cjdict has words of more than %d characters", DICTIONARY_WORD_MAX);
	if (lead & 0x8000) {
		set_cost(t, node, value(t, &at, lead));
		return;
	}
	if (lead >= 0x40)
		set_cost(t, node, inner_value(t, &at, lead));
	lead &= 0x3F;
	if (lead < 0x30) {
		size_t length = lead ? lead : unit_at(t, at++);

		read_branch(t, at, length + 1, node, depth);
		return;
	}
	for (unsigned n = lead - 0x30 + 1; n > 0; n--, depth++)
		node = add_node(t, node, unit_at(t, at++));
	read_node(t, at, node, depth);
}

void read_dictionary(struct trie *t, const bool *plain)
{
	enum { START, SIZE = 3, TYPE, TRANSFORM, TYPE_UNITS_WITH_VALUES = 9 };
	UDataMemory *file = open_data("dict", "cjdict", "Dict", 1);
	const int32_t *head = udata_getMemory(file);

	if (head[TYPE] != TYPE_UNITS_WITH_VALUES || head[TRANSFORM] || head[START] < 32 || head[SIZE] < head[START])
		die("cjdict is of another type");
	t->p = (const uint16_t *)(const void *)((const char *)head + head[START]);
	t->n = (size_t)(head[SIZE] - head[START]) / 2;
	t->plain = plain;
	t->nodes = allocate(TRIE_NODES_MAX, sizeof *t->nodes);
	t->count = 2;
	t->nodes[1].cost = -1;
	read_node(t, 0, 1, 0);
	udata_close(file);
}

bool prune(struct trie *t, uint32_t node)
{
	uint32_t *link = &t->nodes[node].child;

	while (*link != NONE) {
		uint32_t child = *link;

		if (prune(t, child)) {
			link = &t->nodes[child].next;
			continue;
		}
		*link = t->nodes[child].next;
		t->nodes[node].count--;
	}
	return t->nodes[node].child != NONE || t->nodes[node].cost >= 0;
}

double weigh(struct trie *t, uint32_t node, double *of_unit)
{
	struct trie_node *n = &t->nodes[node];

	n->weight = n->cost >= 0 ? exp2(-n->cost / 10.0) : 0;
	for (uint32_t child = n->child; child != NONE; child = t->nodes[child].next)
		n->weight += weigh(t, child, of_unit);
	of_unit[n->unit] += n->weight;
	return n->weight;
}
