#include "atom.h"

/* The whole of a compound beside its parts: a bonus for standing together, as pairs of characters are. */
#define WHOLE_WEIGHT PAIR_WEIGHT

struct resolver {
	struct atoms *atoms;
	const struct parts *parts;
	const struct bm25 *bm25;
	unsigned channels;
	struct err *err;
};

int atoms_count(const struct parts *parts, struct span text, enum channel channel, uint64_t *count, struct err *err)
{
	*count = 0;
	for (size_t i = 0; i < parts->count; i++) {
		struct lexicon_entry entry;
		int found = lexicon_find(&parts->segments[i]->lexicon, text, &entry, err);

		if (found < 0)
			return -1;
		if (found)
			*count += entry.lists[channel].count;
	}
	return 0;
}

/* Sections that hold the text as a word, or, for a lone character, anywhere. */
static int count_sections(const struct resolver *r, struct span text, bool lone, uint64_t *df)
{
	*df = 0;
	if (lone)
		return atoms_count(r->parts, text, CHANNEL_HAN, df, r->err);
	for (size_t i = 0; i < r->parts->count; i++) {
		struct lexicon_entry entry;
		int found = lexicon_find(&r->parts->segments[i]->lexicon, text, &entry, r->err);

		if (found < 0)
			return -1;
		if (found)
			*df += entry.df;
	}
	return 0;
}

static int add_atom(struct resolver *r, const struct query_word *word, unsigned number, struct span text, bool needed,
		    double weight)
{
	struct atom *atom;

	atom = &r->atoms->items[r->atoms->count++];
	*atom = (struct atom){.text = text, .word = number, .channels = r->channels, .needed = needed};
	/* Not with --title: the channel of characters is that of the whole section. */
	if (word->lone && r->channels >> CHANNEL_BODY & 1)
		atom->channels |= 1u << CHANNEL_HAN;
	if (count_sections(r, text, word->lone, &atom->df) < 0)
		return -1;
	atom->idf = bm25_idf(r->bm25, atom->df);
	atom->factor = atom->idf * weight * word->count * (word->content ? 1 : FUNCTION_WEIGHT);
	if (needed)
		r->atoms->idf[number] += atom->idf;
	return 0;
}

static int resolve_word(struct resolver *r, const struct query_word *word, unsigned number)
{
	uint64_t df;

	if (count_sections(r, word->text, word->lone, &df) < 0)
		return -1;
	r->atoms->df[number] = df;
	if (word->part_count == 0 || (df > 0 && !word->parts_suffice))
		return add_atom(r, word, number, word->text, true, 1);
	for (unsigned i = 0; i < word->part_count; i++)
		if (add_atom(r, word, number, word->parts[i], true, 1) < 0)
			return -1;
	return add_atom(r, word, number, word->text, false, WHOLE_WEIGHT);
}

int atoms_resolve(struct atoms *atoms, const struct query *query, const struct parts *parts, const struct bm25 *bm25,
		  unsigned channels, struct arena *arena, struct err *err)
{
	struct resolver r = {.atoms = atoms, .parts = parts, .bm25 = bm25, .channels = channels, .err = err};
	size_t most = 0;

	for (size_t i = 0; i < query->word_count; i++)
		most += query->words[i].part_count + 1;
	*atoms = (struct atoms){.items = arena_array(arena, most, sizeof *atoms->items)};
	if (!atoms->items)
		return err_memory(err, "search");
	for (unsigned i = 0; i < query->word_count; i++) {
		if (query->words[i].free)
			atoms->free |= (uint64_t)1 << i;
		if (resolve_word(&r, &query->words[i], i) < 0)
			return -1;
		if (!query->words[i].content)
			continue;
		atoms->content |= (uint64_t)1 << i;
		atoms->content_count += query->words[i].free;
		atoms->content_idf += atoms->idf[i];
	}
	for (size_t i = 0; i < query->phrase_count; i++)
		atoms->content_count += !query->phrases[i].negated;
	return 0;
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
