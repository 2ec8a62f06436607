#include "synonym_list.h"

#include "gram.h"
#include "literal.h"
#include "section_set.h"
#include "word_cursor.h"

#include <stdlib.h>

/* Words and pairs of one alternative. */
enum { CONDITIONS = SYNONYM_WORDS + USER_WORD_MAX / 3 };

/* An alternative, looked up. */
struct alternative {
	struct atom *conditions; /* words first: all must stand there */
	size_t count;
	size_t words;
	size_t rarest; /* of the words */
	bool possible; /* none of them is nowhere */
};

static int no_memory(const struct synonym_lists *l)
{
	return err_memory(l->err, "search");
}

static int add_condition(const struct synonym_lists *l, struct alternative *a, enum layer layer, struct span text,
			 unsigned fields)
{
	struct atom *atom = &a->conditions[a->count];

	*atom = (struct atom){.text = text, .fields = fields};
	if (term_find(&atom->words, l->parts, layer, text, l->arena, l->err) < 0)
		return -1;
	atom->df = atom->words.count;
	a->possible &= atom->df > 0;
	a->count++;
	return 0;
}

/* Pairs first: most alternatives are nowhere, and one look-up of a pair tells. */
static int add_pairs(const struct synonym_lists *l, struct alternative *a, struct span text)
{
	struct gram_scan scan = gram_scan_of(text);
	struct gram gram;

	while (a->possible && a->count < CONDITIONS && gram_next(&scan, &gram))
		if (gram.kind == GRAM_PAIR && add_condition(l, a, LAYER_GRAMS, gram.text, ALL_FIELDS) < 0)
			return -1;
	return 0;
}

static int look_up(const struct synonym_lists *l, const struct query_synonym *synonym, unsigned fields,
		   struct alternative *a)
{
	*a = (struct alternative){.possible = true};
	a->conditions = arena_array(l->arena, CONDITIONS, sizeof *a->conditions);
	if (!a->conditions)
		return no_memory(l);
	if (fields == ALL_FIELDS && add_pairs(l, a, synonym->text) < 0)
		return -1;
	a->words = a->count;
	for (size_t i = 0; i < synonym->word_count && a->possible && a->count < CONDITIONS; i++)
		if (add_condition(l, a, LAYER_WORDS, synonym->words[i], fields) < 0)
			return -1;
	a->rarest = a->words;
	for (size_t i = a->words; i < a->count; i++)
		if (a->conditions[i].df < a->conditions[a->rarest].df)
			a->rarest = i;
	return 0;
}

/* The cursors of an alternative in one part, and what they agreed on. */
struct walk {
	struct word_cursor *cursors;
	size_t count;
	size_t rarest;
	struct err *err;
};

/* The first section from `section` on where all stand: 1, 0 at the end. */
static int agree(struct walk *w, uint32_t section, uint32_t *out)
{
	size_t agreed = 0;

	for (size_t i = 0; agreed < w->count; i = (i + 1) % w->count) {
		struct word_cursor *cursor = &w->cursors[i];

		if (word_cursor_seek(cursor, section, w->err) < 0)
			return -1;
		if (cursor->section == LIST_END)
			return 0;
		agreed = cursor->section == section ? agreed + 1 : 1;
		section = cursor->section;
	}
	*out = section;
	return 1;
}

/* The pattern that the word has there. */
static int value_of(const struct synonym_lists *l, struct word_cursor *cursor, uint32_t *value)
{
	for (unsigned i = 0; i < cursor->count; i++) {
		struct list_cursor *list = &cursor->lists[i];

		if (list->section != cursor->section)
			continue;
		return posting_cursor_value(list->postings, value) < 0
			       ? segment_damaged_postings(list->segment, list->layer, l->err)
			       : 0;
	}
	return 0;
}

static int gather(const struct synonym_lists *l, struct walk *w, struct synonym_places *out, size_t room)
{
	struct posting posting = {0};
	int got = 1;

	out->postings = arena_alloc(l->arena, room * sizeof *out->postings);
	if (!out->postings)
		return no_memory(l);
	/* there is room for all that the rarest word has; a list that lies has no more */
	while (out->count < room && (got = agree(w, posting.number, &posting.number)) > 0) {
		if (value_of(l, &w->cursors[w->rarest], &posting.value) < 0)
			return -1;
		out->postings[out->count++] = posting;
		posting.number++;
	}
	return got < 0 ? -1 : 0;
}

static int find_in_part(const struct synonym_lists *l, const struct alternative *a, size_t part,
			struct synonym_places *out)
{
	struct walk w = {.cursors = arena_alloc(l->arena, a->count * sizeof *w.cursors),
			 .count = a->count,
			 .rarest = a->rarest,
			 .err = l->err};

	if (!w.cursors)
		return no_memory(l);
	for (size_t i = 0; i < a->count; i++) {
		if (a->conditions[i].words.entries[part].count == 0)
			return 0;
		if (word_cursor_open(&w.cursors[i], &a->conditions[i], l->parts, part, l->bm25, l->arena, l->err) < 0)
			return -1;
	}
	return gather(l, &w, out, a->conditions[a->rarest].words.entries[part].count);
}

int synonym_lists_find(struct synonym_lists *l, unsigned fields)
{
	size_t count = l->query->synonym_count;

	if (count == 0)
		return 0;
	l->places = arena_array(l->arena, count * l->parts->count, sizeof *l->places);
	if (!l->places)
		return no_memory(l);
	for (size_t i = 0; i < count; i++) {
		struct alternative a;

		if (look_up(l, &l->query->synonyms[i], fields, &a) < 0)
			return -1;
		for (size_t part = 0; part < l->parts->count && a.possible; part++)
			if (find_in_part(l, &a, part, &l->places[i * l->parts->count + part]) < 0)
				return -1;
	}
	return 0;
}

uint64_t synonym_lists_count(const struct synonym_lists *l, size_t alternative)
{
	uint64_t sum = 0;

	for (size_t part = 0; part < l->parts->count; part++)
		sum += l->places[alternative * l->parts->count + part].count;
	return sum;
}

static bool stands_for(const struct synonym_lists *l, size_t alternative, unsigned word)
{
	return l->query->synonyms[alternative].typed >> word & 1;
}

/* Texts that are looked at for one alternative, 20 us each: more than any but a few have that frequencies do not prove. */
enum { LOOKS = 32 };

/* Without those that the atom has itself. */
static int drop_own(const struct synonym_lists *l, const struct atom *atom, size_t part, struct synonym_places *places)
{
	struct word_cursor own;
	size_t kept = 0;

	if (word_cursor_open(&own, atom, l->parts, part, l->bm25, l->arena, l->err) < 0)
		return -1;
	for (size_t i = 0; i < places->count; i++) {
		if (word_cursor_seek(&own, places->postings[i].number, l->err) < 0)
			return -1;
		if (own.section != places->postings[i].number)
			places->postings[kept++] = places->postings[i];
	}
	places->count = kept;
	return 0;
}

/* Without those where the pieces of the alternative stand apart. 1: there are too many to tell. */
static int drop_apart(const struct synonym_lists *l, struct span text, bool titles, size_t part,
		      struct synonym_places *places)
{
	uint64_t *among = section_set_new(l->arena, l->parts->segments[part], false);
	struct literal literal = {.folded = text, .fold = true, .titles = titles, .among = among, .looks = LOOKS};
	struct buf found = {0};
	size_t kept = 0;
	int status;

	if (!among)
		return no_memory(l);
	for (size_t i = 0; i < places->count; i++)
		number_set_add(among, places->postings[i].number);
	status = literal_find(l->parts->indexes[part], l->parts->segments[part], &literal, l->arena, &found, l->err);
	for (size_t i = 0; i < places->count && status == 0 && kept < BUF_COUNT(&found, uint32_t); i++)
		if (places->postings[i].number == BUF_AT(&found, uint32_t, kept))
			places->postings[kept++] = places->postings[i];
	if (status == 0)
		places->count = kept;
	buf_release(&found);
	return status;
}

/* The places of alternative i that the atom has not, appended. */
static int add_places(struct synonym_lists *l, size_t i, const struct atom *atom, size_t part,
		      struct synonym_places *out)
{
	const struct query_synonym *synonym = &l->query->synonyms[i];
	const struct synonym_places *places = &l->places[i * l->parts->count + part];
	struct synonym_places added = {out->postings + out->count, places->count};
	int status = 0;

	if (places->count)
		memcpy(added.postings, places->postings, places->count * sizeof *places->postings);
	if (places->count && drop_own(l, atom, part, &added) < 0)
		return -1;
	if (added.count && synonym->word_count > 1)
		status = drop_apart(l, synonym->text, atom->fields != ALL_FIELDS, part, &added);
	l->inexact |= status > 0;
	out->count += added.count;
	return status < 0 ? -1 : 0;
}

static int by_number(const void *a, const void *b)
{
	const struct posting *x = a;
	const struct posting *y = b;

	return (x->number > y->number) - (x->number < y->number);
}

/* Ascending, and once each: where two alternatives stand, either. */
static void sort(struct synonym_places *places)
{
	size_t kept = 0;

	qsort(places->postings, places->count, sizeof *places->postings, by_number);
	for (size_t i = 0; i < places->count; i++)
		if (kept == 0 || places->postings[kept - 1].number != places->postings[i].number)
			places->postings[kept++] = places->postings[i];
	places->count = kept;
}

/* All places of the word's alternatives in a part that the atom has not. */
static int merge(struct synonym_lists *l, const struct atom *atom, unsigned word, size_t part,
		 struct synonym_places *out)
{
	size_t room = 0;

	*out = (struct synonym_places){0};
	for (size_t i = 0; i < l->query->synonym_count; i++)
		if (stands_for(l, i, word))
			room += l->places[i * l->parts->count + part].count;
	out->postings = arena_alloc(l->arena, room * sizeof *out->postings);
	if (!out->postings)
		return no_memory(l);
	for (size_t i = 0; i < l->query->synonym_count; i++)
		if (stands_for(l, i, word) && add_places(l, i, atom, part, out) < 0)
			return -1;
	if (out->count)
		sort(out);
	return 0;
}

static int encode(const struct synonym_lists *l, const struct synonym_places *places, struct posting_list *out)
{
	struct buf bytes = {0};

	if (places->count == 0)
		return 0;
	posting_encode(&bytes, places->postings, places->count, NULL);
	out->bytes = arena_copy(l->arena, buf_span(&bytes));
	out->count = (uint32_t)places->count;
	l->arena->failed |= bytes.failed;
	buf_release(&bytes);
	return l->arena->failed ? no_memory(l) : 0;
}

static bool has_alternative(const struct synonym_lists *l, unsigned word)
{
	for (size_t i = 0; i < l->query->synonym_count; i++)
		if (stands_for(l, i, word) && synonym_lists_count(l, i))
			return true;
	return false;
}

int synonym_lists_add(struct synonym_lists *l, struct atom *atom, unsigned word)
{
	struct posting_list *lists;

	if (!has_alternative(l, word))
		return 0;
	lists = arena_array(l->arena, l->parts->count, sizeof *lists);
	if (!lists)
		return no_memory(l);
	for (size_t part = 0; part < l->parts->count; part++) {
		struct synonym_places places;

		if (merge(l, atom, word, part, &places) < 0 || encode(l, &places, &lists[part]) < 0)
			return -1;
		atom->df += places.count;
	}
	atom->synonyms = lists;
	return 0;
}
