#include "atom.h"

#include "synonym_list.h"

/* The whole of a compound beside its parts: a bonus for standing together, as pairs of characters are. */
#define WHOLE_WEIGHT PAIR_WEIGHT

struct resolver {
	struct atoms *atoms;
	const struct parts *parts;
	const struct bm25 *bm25;
	unsigned fields;
	struct synonym_lists synonyms;
	struct arena *arena;
	struct err *err;
};

/* Looks the text up. A lone character is in as many sections as hold it anywhere. */
static int find_text(struct resolver *r, const struct query_word *word, struct span text, struct atom *atom)
{
	/* Not with --title: the layer of characters is that of the whole section. */
	bool everywhere = word->lone && r->fields >> CHANNEL_BODY & 1;

	*atom = (struct atom){.text = text, .fields = r->fields, .lone = everywhere};
	if (term_find(&atom->words, r->parts, LAYER_WORDS, text, r->arena, r->err) < 0)
		return -1;
	if (word->lone && term_find(&atom->grams, r->parts, LAYER_GRAMS, text, r->arena, r->err) < 0)
		return -1;
	atom->df = word->lone ? atom->grams.count : atom->words.count;
	return 0;
}

static int add_atom(struct resolver *r, const struct query_word *word, unsigned number, const struct atom *found,
		    bool needed, double weight)
{
	struct atom *atom = &r->atoms->items[r->atoms->count++];

	*atom = *found;
	if (needed && synonym_lists_add(&r->synonyms, atom, number) < 0)
		return -1;
	atom->word = number;
	atom->needed = needed;
	atom->idf = bm25_idf(r->bm25, atom->df);
	atom->factor = atom->idf * weight * word->count * (word->content ? 1 : FUNCTION_WEIGHT) *
		       (word->han ? 1 : LATIN_WEIGHT);
	if (needed)
		r->atoms->idf[number] += atom->idf;
	return 0;
}

static int resolve_word(struct resolver *r, const struct query_word *word, unsigned number)
{
	struct atom whole;
	struct atom part;

	if (find_text(r, word, word->text, &whole) < 0)
		return -1;
	r->atoms->df[number] = whole.df;
	if (word->part_count == 0 || (whole.df > 0 && !word->parts_suffice)) {
		return add_atom(r, word, number, &whole, true, 1);
	}
	for (unsigned i = 0; i < word->part_count; i++) {
		if (find_text(r, word, word->parts[i], &part) < 0)
			return -1;
		if (add_atom(r, word, number, &part, !(word->inner >> i & 1), 1) < 0)
			return -1;
	}
	return add_atom(r, word, number, &whole, false, WHOLE_WEIGHT);
}

static int find_synonyms(struct resolver *r, const struct query *query)
{
	r->synonyms = (struct synonym_lists){.query = query,
					     .parts = r->parts,
					     .bm25 = r->bm25,
					     .fields = r->fields,
					     .arena = r->arena,
					     .err = r->err};
	if (synonym_lists_find(&r->synonyms) < 0)
		return -1;
	r->atoms->synonym_df = arena_array(r->arena, query->synonym_count, sizeof *r->atoms->synonym_df);
	if (!r->atoms->synonym_df)
		return err_memory(r->err, "search");
	for (size_t i = 0; i < query->synonym_count; i++)
		r->atoms->synonym_df[i] = r->synonyms.found[i].count;
	return 0;
}

int atoms_resolve(struct atoms *atoms, const struct query *query, const struct parts *parts, const struct bm25 *bm25,
		  unsigned fields, struct arena *arena, struct err *err)
{
	struct resolver r = {
		.atoms = atoms, .parts = parts, .bm25 = bm25, .fields = fields, .arena = arena, .err = err};
	size_t most = 0;

	for (size_t i = 0; i < query->word_count; i++)
		most += query->words[i].part_count + 1;
	atoms->items = arena_array(arena, most, sizeof *atoms->items);
	atoms->count = 0;
	atoms->content = atoms->free = 0;
	atoms->content_count = 0;
	atoms->content_idf = 0;
	if (!atoms->items)
		return err_memory(err, "search");
	if (find_synonyms(&r, query) < 0)
		return -1;
	for (unsigned i = 0; i < query->word_count; i++) {
		atoms->idf[i] = 0;
		if (query->words[i].free)
			atoms->free |= (uint64_t)1 << i;
		if (resolve_word(&r, &query->words[i], i) < 0)
			return -1;
		if (!query->words[i].content || query->words[i].optional)
			continue;
		atoms->content |= (uint64_t)1 << i;
		atoms->content_count += query->words[i].free;
		atoms->content_idf += atoms->idf[i];
	}
	atoms->inexact = r.synonyms.inexact;
	atoms->content_count += (unsigned)query->wanted_count;
	return 0;
}

/* A character that is all the query is about, and no word of the index, is looked for inside of words. Not one beside other words:
 * that is a slip more often (因行 for 银行). */
static bool open_character(const struct atoms *atoms, struct query *query)
{
	struct query_word *word = NULL;

	for (size_t i = 0; i < query->word_count; i++) {
		if (!query->words[i].content)
			continue;
		if (word)
			return false;
		word = &query->words[i];
	}
	if (!word || word->lone || atoms->df[word - query->words] || !query_is_character(word->text))
		return false;
	word->lone = true;
	return true;
}

bool atoms_open(const struct atoms *atoms, struct query *query)
{
	bool any = open_character(atoms, query);
	size_t before = query->word_count;
	uint64_t unknown = 0;

	for (size_t i = 0; i < atoms->count; i++)
		if (atoms->items[i].needed && atoms->items[i].df == 0)
			unknown |= (uint64_t)1 << atoms->items[i].word;
	for (size_t i = 0; i < atoms->count && query->word_count < QUERY_WORDS; i++) {
		const struct atom *atom = &atoms->items[i];
		const struct query_word *whole = &query->words[atom->word];

		if (!atom->needed && span_equal(atom->text, whole->text))
			continue;
		if (atom->df == 0 || !(unknown >> atom->word & 1) || query_word_bit(query, atom->text))
			continue;
		query->words[query->word_count++] = (struct query_word){.text = atom->text,
									.shown = atom->text,
									.content = whole->content,
									.free = whole->free,
									.optional = whole->optional,
									.han = whole->han,
									.count = whole->count};
	}
	return any || query->word_count > before;
}

double atoms_coverage(const struct atoms *atoms, uint64_t matched)
{
	double idf = 0;

	if ((atoms->content & ~matched) == 0 || atoms->content_idf <= 0)
		return 1;
	for (uint64_t rest = atoms->content & matched; rest; rest &= rest - 1)
		idf += atoms->idf[__builtin_ctzll(rest)];
	return idf / atoms->content_idf;
}
