/* make_dictionary - writes the tables behind dictionary.h from the installed ICU.
 *
 * Shape:  make_dictionary BLOB SOURCE: BLOB holds the tables, one behind the other; SOURCE gives each its symbol, taking
 *         the bytes in with .incbin, as a C array of megabytes would compile for minutes. Without arguments it only tells
 *         whether this ICU has the form that is read here, which is how the build chooses.
 * Errors: a line on stderr and exit 1. Everything that is relied on is checked: another ICU may differ in anything.
 * Cost:   some half a second.
 * Source: unicode/ucharstrie.h (the trie); rbbidata.h, dictionarydata.h and dictbe.cpp of ICU (the rules' tables, the
 *         head of a dictionary, what the engine does with it).
 */
#include "dictionary.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/ucptrie.h>
#include <unicode/udata.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>

#if U_IS_BIG_ENDIAN
#error "the tables are written as little-endian bytes: build with -Dsegmenter=icu"
#endif

/* ICU's name of its data: U_ICUDATA_NAME holds its major version and byte order. */
#define BREAK_DATA U_ICUDATA_NAME "-brkitr"

enum {
	BLOCK_SIZE = 1 << DICTIONARY_BLOCK_BITS,
	KATAKANA_DOT = 0x30FB, /* the engine's runs of Katakana end there */
	BLOCKS_MAX = 256,      /* distinct ones: their number is a byte */
	KINDS_MAX = 256,
	TRIE_NODES_MAX = 1 << 21,
	SLOTS_MAX = 1 << 22, /* a base has 22 bits */
	TRIES_MAX = 4000,
};

__attribute__((format(printf, 1, 2), noreturn)) static void die(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fputs("make_dictionary: ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	exit(1);
}

static void check(UErrorCode status, const char *doing)
{
	if (U_FAILURE(status))
		die("ICU cannot %s: %s", doing, u_errorName(status));
}

static void *allocate(size_t count, size_t size)
{
	void *block = calloc(count, size);

	if (!block)
		die("not enough memory");
	return block;
}

static const void *open_data(const char *type, const char *name, const char *format, unsigned version)
{
	UErrorCode status = U_ZERO_ERROR;
	UDataMemory *data = udata_open(BREAK_DATA, type, name, &status);
	UDataInfo info = {.size = sizeof info};

	check(status, "open its break data");
	udata_getInfo(data, &info);
	if (memcmp(info.dataFormat, format, 4) != 0 || info.formatVersion[0] != version)
		die("%s.%s has another form: %.4s %u", name, type, (const char *)info.dataFormat,
		    info.formatVersion[0]);
	return udata_getMemory(data);
}

/* The word rules: the forward automaton of a compiled break iterator. */

enum {
	RULES_CATEGORIES = 3, /* index of uint32_t in the head of word.brk */
	RULES_TABLE = 4,
	RULES_TRIE = 8,
	RULES_TRIE_SIZE = 9,
	TABLE_STATES = 0, /* and in the head of the automaton */
	TABLE_ROW = 1,
	TABLE_DICTIONARY = 2,
	TABLE_FLAGS = 4,
	TABLE_ROWS = 5,
	CATEGORY_END = 1,
	FLAG_BYTES = 4, /* a row is of bytes, else of 16 bits; the other flags are nothing we know */
};

struct rules {
	unsigned categories;
	unsigned dictionary; /* the first category whose characters go to an engine */
	unsigned states;
	uint8_t rows[256][DICTIONARY_ROW];
	UCPTrie *category_of;
};

static unsigned cell(const uint32_t *table, unsigned row, unsigned column)
{
	const uint8_t *start = (const uint8_t *)(table + TABLE_ROWS) + (size_t)row * table[TABLE_ROW];
	uint16_t wide;

	if (table[TABLE_FLAGS] & FLAG_BYTES)
		return start[column];
	memcpy(&wide, start + 2 * column, sizeof wide);
	return wide;
}

static void read_rules(struct rules *rules)
{
	enum { ACCEPTING, LOOK_AHEAD, TAG, NEXT };
	const uint32_t *head = open_data("brk", "word", "Brk ", 6);
	const uint32_t *table = head + head[RULES_TABLE] / 4;
	UErrorCode status = U_ZERO_ERROR;

	rules->categories = head[RULES_CATEGORIES];
	rules->states = table[TABLE_STATES];
	rules->dictionary = table[TABLE_DICTIONARY];
	if (rules->categories >= DICTIONARY_ACCEPTS || rules->states > 256 ||
	    table[TABLE_FLAGS] & ~(unsigned)FLAG_BYTES)
		die("the word rules are of another form");
	for (unsigned s = 0; s < rules->states; s++) {
		if (cell(table, s, ACCEPTING) > 1 || cell(table, s, LOOK_AHEAD))
			die("the word rules look ahead");
		rules->rows[s][DICTIONARY_ACCEPTS] = (uint8_t)cell(table, s, ACCEPTING);
		for (unsigned c = 0; c < rules->categories; c++)
			rules->rows[s][c] = (uint8_t)cell(table, s, NEXT + c);
		if (rules->rows[s][CATEGORY_END] != DICTIONARY_STATE_STOP)
			die("the word rules see the end of a text");
	}
	if (rules->rows[DICTIONARY_STATE_STOP][DICTIONARY_ACCEPTS])
		die("the word rules accept where they stop");
	rules->category_of =
		ucptrie_openFromBinary(UCPTRIE_TYPE_ANY, UCPTRIE_VALUE_BITS_ANY, (const char *)head + head[RULES_TRIE],
				       (int32_t)head[RULES_TRIE_SIZE], NULL, &status);
	check(status, "read the categories of its word rules");
}

/* Which characters are whose. */

struct characters {
	struct dictionary_kind of[DICTIONARY_CHARACTERS];
	bool plain[DICTIONARY_CHARACTERS];
	uint8_t plain_category[DICTIONARY_CHARACTERS]; /* index in plain_categories */
	uint8_t plain_categories[DICTIONARY_PLAIN_CATEGORIES];
	unsigned plain_category_count;
};

/* The set of ICU's Chinese and Japanese engine. */
static bool is_of_engine(UChar32 code, UScriptCode script)
{
	return script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA || code == 0x30FC ||
	       code == 0xFF70 || code == 0xFF9E || code == 0xFF9F;
}

/* What is told of a character that goes to an engine by the rules. */
static unsigned engine_flags(UChar32 code, UScriptCode script)
{
	/* The Korean engine knows no words: what it is given stays whole. */
	if (code >= 0xAC00 && code <= 0xD7A3)
		return 0;
	if (script == USCRIPT_COMMON && !is_of_engine(code, script))
		return DICTIONARY_IS_ORPHAN;
	return DICTIONARY_IS_FOREIGN;
}

static void add_plain(struct characters *c, UChar32 code, unsigned category)
{
	unsigned i = 0;

	while (i < c->plain_category_count && c->plain_categories[i] != category)
		i++;
	if (i == DICTIONARY_PLAIN_CATEGORIES)
		die("the rules have too many categories of Han and kana");
	if (i == c->plain_category_count)
		c->plain_categories[c->plain_category_count++] = (uint8_t)category;
	c->plain[code] = true;
	c->plain_category[code] = (uint8_t)i;
}

/* The engine works on NFKC. Only what it leaves alone is plain; in that, a mark does nothing to the character before. */
static void read_characters(struct characters *c, const struct rules *rules)
{
	int marks = 0;

	for (UChar32 code = 0; code < DICTIONARY_CHARACTERS; code++) {
		UErrorCode status = U_ZERO_ERROR;
		unsigned category = ucptrie_get(rules->category_of, code);
		UScriptCode script = uscript_getScript(code, &status);
		bool normal = u_getIntPropertyValue(code, UCHAR_NFKC_QUICK_CHECK) == UNORM_YES;
		bool ours = is_of_engine(code, script);
		unsigned flags = script == USCRIPT_COMMON ? DICTIONARY_IS_COMMON : 0;

		if (ours && normal && category >= rules->dictionary) {
			int mark = u_getCombiningClass(code);

			if (code < 0x800)
				die("a character of Han or kana has two bytes");
			if (mark && marks && mark != marks)
				die("marks among Han characters change places");
			marks = mark ? mark : marks;
			add_plain(c, code, category);
		} else if (ours) {
			flags |= DICTIONARY_IS_FOREIGN;
		} else if (category >= rules->dictionary) {
			flags |= engine_flags(code, script);
		}
		c->of[code] = (struct dictionary_kind){(uint8_t)category, (uint8_t)flags};
	}
}

/* What the segmenter takes for granted of plain characters: the automaton accepts after each of them, and is then in a
 * state that depends on the last one alone, or in one that goes on in the same way. */
static void check_plain(const struct characters *c, const struct rules *rules,
			uint8_t states[DICTIONARY_PLAIN_CATEGORIES])
{
	unsigned n = c->plain_category_count;

	for (unsigned i = 0; i < n; i++)
		states[i] = rules->rows[DICTIONARY_STATE_START][c->plain_categories[i]];
	for (unsigned i = 0; i < n; i++) {
		if (!rules->rows[states[i]][DICTIONARY_ACCEPTS])
			die("the rules break between Han or kana");
		for (unsigned k = 0; k < n; k++) {
			unsigned next = rules->rows[states[i]][c->plain_categories[k]];

			if (memcmp(rules->rows[next], rules->rows[states[k]], DICTIONARY_ROW) != 0)
				die("the rules tell runs of Han and kana apart");
		}
	}
	if (c->plain[KATAKANA_DOT])
		die("the engine takes the dot between words of Katakana");
}

/* The dictionary: a UCharsTrie, read into a trie of plain nodes. */

enum { NONE = 0 };

struct trie_node {
	uint32_t child; /* the first */
	uint32_t next;  /* of the same parent */
	uint32_t count; /* of children */
	int32_t cost;   /* or -1 */
	uint16_t unit;
	uint16_t id;
	double weight; /* of all words below */
};

struct trie {
	const uint16_t *p; /* of ICU */
	size_t n;
	struct trie_node *nodes; /* number 0 is none, 1 the root */
	uint32_t count;
	const bool *plain; /* words with other characters are left out: no text comes to them */
	size_t words;
};

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

static void read_dictionary(struct trie *t, const bool *plain)
{
	enum { START, SIZE = 3, TYPE, TRANSFORM, TYPE_UNITS_WITH_VALUES = 9 };
	const int32_t *head = open_data("dict", "cjdict", "Dict", 1);

	if (head[TYPE] != TYPE_UNITS_WITH_VALUES || head[TRANSFORM] || head[START] < 32 || head[SIZE] < head[START])
		die("cjdict is of another type");
	t->p = (const uint16_t *)(const void *)((const char *)head + head[START]);
	t->n = (size_t)(head[SIZE] - head[START]) / 2;
	t->plain = plain;
	t->nodes = allocate(TRIE_NODES_MAX, sizeof *t->nodes);
	t->count = 2;
	t->nodes[1].cost = -1;
	read_node(t, 0, 1, 0);
}

/* Beginnings of words that were left out lead nowhere. */
static bool prune(struct trie *t, uint32_t node)
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

/* Costs are logarithms of frequencies: 255 stands for the rarest word. This scale is a guess, good enough to bring
 * together what is used together. */
static double weigh(struct trie *t, uint32_t node, double *of_unit)
{
	struct trie_node *n = &t->nodes[node];

	n->weight = n->cost >= 0 ? exp2(-n->cost / 10.0) : 0;
	for (uint32_t child = n->child; child != NONE; child = t->nodes[child].next)
		n->weight += weigh(t, child, of_unit);
	of_unit[n->unit] += n->weight;
	return n->weight;
}

/* Numbers of characters, the most frequent first. */

struct numbers {
	uint16_t of[0x10000];
	unsigned count;
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

static void number_characters(struct numbers *numbers, struct trie *t)
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

/* The double array: first fit, the nodes with most children first, over a list of the free slots. */

struct slots {
	uint16_t *labels;
	uint32_t *nodes;
	uint32_t *next; /* free slot behind this one; in number 0 the first */
	uint32_t *previous;
	bool *is_base;
	bool *taken;
	uint32_t from; /* where nodes with several children are tried first */
	uint32_t last_base;
	uint32_t *first;
};

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

static void place_all(struct slots *s, const struct trie *t, const struct numbers *numbers)
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

/* Two stages: equal blocks are stored once. */

struct stages {
	uint8_t blocks[DICTIONARY_BLOCKS];
	uint16_t entries[BLOCKS_MAX * BLOCK_SIZE];
	unsigned count; /* of blocks */
};

static void add_block(struct stages *s, unsigned block, const uint16_t entries[BLOCK_SIZE])
{
	size_t size = BLOCK_SIZE * sizeof *entries;
	unsigned i = 0;

	while (i < s->count && memcmp(s->entries + (size_t)i * BLOCK_SIZE, entries, size) != 0)
		i++;
	if (i == BLOCKS_MAX)
		die("more than %d different blocks of characters", BLOCKS_MAX);
	if (i == s->count)
		memcpy(s->entries + (size_t)s->count++ * BLOCK_SIZE, entries, size);
	s->blocks[block] = (uint8_t)i;
}

static uint16_t plain_entry(const struct characters *c, const struct numbers *numbers, uint32_t code)
{
	unsigned id = code < 0x10000 ? numbers->of[code] : 0;

	if (!c->plain[code])
		return 0;
	return (uint16_t)((id ? id : DICTIONARY_UNKNOWN) | (unsigned)c->plain_category[code] << DICTIONARY_ID_BITS);
}

struct kinds {
	struct dictionary_kind of[KINDS_MAX];
	unsigned count;
};

static uint16_t kind_entry(struct kinds *kinds, struct dictionary_kind kind)
{
	unsigned i = 0;

	while (i < kinds->count && memcmp(&kinds->of[i], &kind, sizeof kind) != 0)
		i++;
	if (i == KINDS_MAX)
		die("too many kinds of characters");
	if (i == kinds->count)
		kinds->of[kinds->count++] = kind;
	return (uint16_t)i;
}

/* The files. */

struct output {
	FILE *blob;
	FILE *source;
	const char *blob_name;
	size_t at;
	uint64_t hash;
};

static FILE *create(const char *name)
{
	FILE *file = fopen(name, "wb");

	if (!file)
		die("%s: cannot create", name);
	return file;
}

/* FNV-1a, 64 bits. */
static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		hash = (hash ^ ((const unsigned char *)bytes)[i]) * 0x100000001B3u;
	return hash;
}

static void put(struct output *o, const char *symbol, const void *bytes, size_t n)
{
	enum { ALIGNMENT = 64 };

	while (o->at % ALIGNMENT) {
		putc(0, o->blob);
		o->at++;
	}
	fwrite(bytes, 1, n, o->blob);
	o->hash = hash_bytes(o->hash, bytes, n);
	fprintf(o->source, "TABLE(\"%s\", \"%zu\", \"%zu\")\n", symbol, o->at, n);
	o->at += n;
}

static void put_stages(struct output *o, const char *blocks, const char *entries, const struct stages *s, bool narrow)
{
	size_t n = (size_t)s->count * BLOCK_SIZE;
	uint8_t bytes[BLOCKS_MAX * BLOCK_SIZE];

	put(o, blocks, s->blocks, sizeof s->blocks);
	if (!narrow) {
		put(o, entries, s->entries, n * sizeof *s->entries);
		return;
	}
	for (size_t i = 0; i < n; i++)
		bytes[i] = (uint8_t)s->entries[i];
	put(o, entries, bytes, n);
}

static void put_characters(struct output *o, const struct characters *c, const struct numbers *numbers)
{
	static struct stages plain;
	static struct stages all;
	struct kinds kinds = {.count = 0};

	for (unsigned block = 0; block < DICTIONARY_BLOCKS; block++) {
		uint16_t plains[BLOCK_SIZE];
		uint16_t entries[BLOCK_SIZE];

		for (unsigned i = 0; i < BLOCK_SIZE; i++) {
			uint32_t code = block * BLOCK_SIZE + i;

			plains[i] = plain_entry(c, numbers, code);
			entries[i] = kind_entry(&kinds, c->of[code]);
		}
		add_block(&plain, block, plains);
		add_block(&all, block, entries);
	}
	put_stages(o, "dictionary_plain_blocks", "dictionary_plains", &plain, false);
	put_stages(o, "dictionary_kind_blocks", "dictionary_kind_entries", &all, true);
	put(o, "dictionary_kinds", kinds.of, kinds.count * sizeof *kinds.of);
}

static void output_open(struct output *o, const char *blob, const char *source)
{
	*o = (struct output){create(blob), create(source), blob, 0, 0xCBF29CE484222325u};
	fprintf(o->source,
		"/* Made by make_dictionary from ICU %s. */\n"
		"#include \"dictionary.h\"\n\n"
		"#define TABLE(symbol, at, size) \\\n"
		"\t__asm__(\".section .rodata,\\\"a\\\",%%progbits\\n.balign 64\\n\" \\\n"
		"\t\t\".globl \" symbol \"\\n.hidden \" symbol \"\\n.type \" symbol \",%%object\\n\" \\\n"
		"\t\t\".size \" symbol \",\" size \"\\n\" symbol \":\\n\" \\\n"
		"\t\t\".incbin \\\"%s\\\",\" at \",\" size \"\\n.previous\\n\");\n\n",
		U_ICU_VERSION, blob);
}

static void output_close(struct output *o)
{
	fprintf(o->source, "\nconst uint64_t dictionary_hash = 0x%llXu;\n", (unsigned long long)o->hash);
	if (ferror(o->blob) || fclose(o->blob) != 0)
		die("%s: cannot write", o->blob_name);
	if (ferror(o->source) || fclose(o->source) != 0)
		die("the source of %s: cannot write", o->blob_name);
}

/* ICU versions differ in this: whether an engine's part begins a word of its own. Where it does, カ_カ is two. */
static void check_engine(void)
{
	UErrorCode status = U_ZERO_ERROR;
	UBreakIterator *words = ubrk_open(UBRK_WORD, "zh", u"カ_カ", 3, &status);

	check(status, "open its word tables");
	if (ubrk_next(words) != 3)
		die("the dictionary engine of this ICU breaks at its start");
	ubrk_close(words);
}

int main(int argc, char **argv)
{
	static struct rules rules;
	static struct characters characters;
	static struct numbers numbers;
	static struct trie trie;
	static struct slots slots;
	struct output out;
	uint8_t states[DICTIONARY_PLAIN_CATEGORIES] = {0};

	if (argc != 1 && argc != 3)
		die("usage: make_dictionary [BLOB SOURCE]");
	check_engine();
	read_rules(&rules);
	read_characters(&characters, &rules);
	check_plain(&characters, &rules, states);
	read_dictionary(&trie, characters.plain);
	if (argc == 1)
		return 0;
	prune(&trie, 1);
	number_characters(&numbers, &trie);
	place_all(&slots, &trie, &numbers);
	output_open(&out, argv[1], argv[2]);
	put(&out, "dictionary_first", slots.first, numbers.count * sizeof *slots.first);
	put(&out, "dictionary_states", rules.rows, rules.states * sizeof *rules.rows);
	put(&out, "dictionary_plain_states", states, sizeof states);
	put_characters(&out, &characters, &numbers);
	put(&out, "dictionary_labels", slots.labels, (slots.last_base + numbers.count) * sizeof *slots.labels);
	put(&out, "dictionary_nodes", slots.nodes, (slots.last_base + numbers.count) * sizeof *slots.nodes);
	output_close(&out);
	return 0;
}
