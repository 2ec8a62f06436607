#define _GNU_SOURCE /* memmem(3) */
#include "unit_groups.h"

#include "gram.h"
#include "term.h"

#include <string.h>

enum {
	/* More lists than this exclude hardly anything more, and each costs its decoder. */
	LISTS_MAX = 16,
	/* Groups that may hold the needle: with more of them it pays to go through the lexicon as well. */
	GROUPS_MANY = 256,
};

/* Letters at an end of the needle. */
struct cut {
	struct span letters;
	bool begins; /* a run: nothing is before them in it */
	bool ends;
	uint64_t *groups;
	uint64_t left; /* postings that may come until these are as good as all groups */
	bool useless;
};

struct finder {
	struct segment_reader *segment;
	struct arena *arena;
	bool lines; /* the needle has several */
	uint64_t *groups;
	unsigned lists;
	struct cut cuts[2];
	unsigned cut_count;
	struct err *err;
};

static size_t words(const struct finder *f)
{
	return number_set_words(segment_groups(f->segment));
}

/* A set of groups, of none yet. */
static uint64_t *new_groups(struct finder *f)
{
	uint64_t *groups = arena_array(f->arena, words(f), sizeof *groups);

	if (!groups)
		err_memory(f->err, "search");
	return groups;
}

/* Adds the groups of a list to `set`. */
static int add_groups(struct finder *f, const struct lexicon_entry *entry, uint64_t *set)
{
	struct posting_cursor *cursor;
	uint32_t number;
	int got;

	if (term_open_one(f->segment, LAYER_UNITS, entry, f->arena, &cursor, f->err) < 0)
		return -1;
	while ((got = posting_cursor_next(cursor, &number)) > 0)
		number_set_add(set, number);
	return got < 0 ? segment_damaged_postings(f->segment, LAYER_UNITS, f->err) : 0;
}

/* Keeps the groups that are in this set as well. */
static void keep(struct finder *f, uint64_t *named)
{
	if (f->groups)
		number_set_and(named, f->groups, words(f));
	f->groups = named;
}

/* A unit: 1, or 0 when it is nowhere. */
static int keep_unit(struct finder *f, const struct gram *gram)
{
	char room[8];
	struct lexicon_entry entry;
	uint64_t *named;
	int found = segment_find(f->segment, LAYER_UNITS, gram_key(gram, room), &entry, f->err);

	if (found <= 0 || f->lists == LISTS_MAX || f->lines)
		return found;
	f->lists++;
	named = new_groups(f);
	if (!named || add_groups(f, &entry, named) < 0)
		return -1;
	keep(f, named);
	return 1;
}

static void note_cut(struct finder *f, const struct gram *gram, struct span needle)
{
	struct span letters = gram->text;

	/* one letter is in all groups */
	if (letters.n > 1 && f->cut_count < 2)
		f->cuts[f->cut_count++] = (struct cut){
			.letters = letters,
			.begins = letters.p > needle.p,
			.ends = letters.p + letters.n < needle.p + needle.n,
			.left = segment_groups(f->segment),
		};
}

/* May the unit be what has the letters? They are all of it, or a part of three. */
static bool has_cut(struct span unit, const struct cut *cut)
{
	struct span letters = cut->letters;

	if (unit.n < letters.n)
		return false;
	if (cut->begins)
		return memcmp(unit.p, letters.p, letters.n) == 0;
	if (cut->ends)
		return memcmp(unit.p + unit.n - letters.n, letters.p, letters.n) == 0;
	return memmem(unit.p, unit.n, letters.p, letters.n) != NULL;
}

static int add_holder(struct finder *f, const struct lexicon_entry *entry, struct cut *cut)
{
	if (cut->useless || !has_cut(entry->text, cut))
		return 0;
	cut->useless = entry->count > cut->left;
	cut->left -= cut->useless ? 0 : entry->count;
	return cut->useless ? 0 : add_groups(f, entry, cut->groups);
}

static bool any_useful(const struct finder *f)
{
	for (unsigned i = 0; i < f->cut_count; i++)
		if (!f->cuts[i].useless)
			return true;
	return false;
}

/* Keeps the groups of all units that may have the cuts. Those with as many postings as there are groups are soon met anyway. */
static int keep_holders(struct finder *f)
{
	struct lexicon_scan scan;
	struct lexicon_entry entry;
	int got = 0;

	for (unsigned i = 0; i < f->cut_count; i++)
		if (!(f->cuts[i].groups = new_groups(f)))
			return -1;
	if (lexicon_scan_start(&scan, &f->segment->layers[LAYER_UNITS].lexicon, (struct span){NULL, 0}, f->err) < 0)
		return -1;
	while (any_useful(f) && (got = lexicon_scan_next(&scan, &entry, f->err)) > 0)
		for (unsigned i = 0; i < f->cut_count; i++)
			if (add_holder(f, &entry, &f->cuts[i]) < 0)
				return -1;
	for (unsigned i = 0; i < f->cut_count; i++)
		if (!f->cuts[i].useless)
			keep(f, f->cuts[i].groups);
	return got < 0 ? -1 : 0;
}

/* Would it be worth it? */
static bool is_vague(struct finder *f)
{
	return !f->lines && (!f->groups || number_set_count(f->groups, words(f)) > GROUPS_MANY);
}

int unit_groups_find(struct segment_reader *segment, struct span needle, bool apart, struct arena *arena,
		     uint64_t **out, struct err *err)
{
	struct finder f = {.segment = segment, .arena = arena, .lines = memchr(needle.p, '\n', needle.n), .err = err};
	struct gram_scan scan = gram_scan_of(needle);
	struct gram gram;

	while (gram_next(&scan, &gram)) {
		int found = 1;

		if (gram_is_cut(&scan, &gram))
			note_cut(&f, &gram, needle);
		else if (!gram_is_han(gram.kind))
			found = keep_unit(&f, &gram);
		if (found <= 0)
			return found;
	}
	if (f.cut_count && !apart && is_vague(&f) && keep_holders(&f) < 0)
		return -1;
	*out = f.groups;
	return 1;
}
