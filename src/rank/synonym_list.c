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

static int look_up(const struct synonym_lists *l, const struct query_synonym *synonym, struct alternative *a)
{
	*a = (struct alternative){.possible = true};
	a->conditions = arena_array(l->arena, CONDITIONS, sizeof *a->conditions);
	if (!a->conditions)
		return no_memory(l);
	if (l->fields == ALL_FIELDS && add_pairs(l, a, synonym->text) < 0)
		return -1;
	a->words = a->count;
	for (size_t i = 0; i < synonym->word_count && a->possible && a->count < CONDITIONS; i++)
		if (add_condition(l, a, LAYER_WORDS, synonym->words[i], l->fields) < 0)
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

static int find_places(const struct synonym_lists *l, size_t i)
{
	struct synonym_found *found = &l->found[i];
	struct alternative a;

	found->places = arena_array(l->arena, l->parts->count, sizeof *found->places);
	if (!found->places)
		return no_memory(l);
	if (look_up(l, &l->query->synonyms[i], &a) < 0)
		return -1;
	found->count = 0;
	for (size_t part = 0; part < l->parts->count && a.possible; part++) {
		if (find_in_part(l, &a, part, &found->places[part]) < 0)
			return -1;
		found->count += found->places[part].count;
	}
	return 0;
}

/* What is kept, and under what: how often an alternative stands somewhere, and where those of an atom do. */
enum key_kind { KEY_COUNT, KEY_LISTS };

static void add_to_key(struct buf *key, struct span text)
{
	buf_add_varint(key, text.n);
	buf_add(key, text.p, text.n);
}

static void begin_key(const struct synonym_lists *l, struct buf *key, enum key_kind kind, struct span text)
{
	buf_reset(key);
	buf_add_varint(key, kind);
	buf_add_varint(key, l->fields);
	add_to_key(key, text);
}

static int find_count(struct synonym_lists *l, size_t i, struct buf *key)
{
	const struct synonym_entry *kept;

	begin_key(l, key, KEY_COUNT, l->query->synonyms[i].text);
	kept = key->failed ? NULL : synonym_cache_find(l->parts->synonyms, buf_span(key));
	if (kept) {
		l->found[i].count = kept->count;
		return 0;
	}
	if (find_places(l, i) < 0)
		return -1;
	if (!key->failed)
		synonym_cache_add(l->parts->synonyms, buf_span(key),
				  &(struct synonym_entry){.count = l->found[i].count}, 0);
	return 0;
}

int synonym_lists_find(struct synonym_lists *l)
{
	struct buf key = {0};
	int status = 0;

	l->found = arena_array(l->arena, l->query->synonym_count, sizeof *l->found);
	if (!l->found)
		return no_memory(l);
	for (size_t i = 0; i < l->query->synonym_count && status == 0; i++)
		status = find_count(l, i, &key);
	buf_release(&key);
	return status;
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
	const struct synonym_places *places = &l->found[i].places[part];
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

	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	return (x->value > y->value) - (x->value < y->value);
}

/* Ascending, and once each: where two alternatives stand, the one with the lesser pattern, whatever qsort(3) does with equals. */
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
			room += l->found[i].places[part].count;
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

/* The places as a list, in memory that lasts as long as the atom's lists are kept: the bytes it takes. */
static size_t make_list(const struct synonym_places *places, struct arena *arena, size_t words,
			struct synonym_part *out)
{
	size_t room = places->count + POSTING_SPARE;
	struct posting_decoded *list = &out->list;
	size_t bytes = room * (sizeof *list->scores + sizeof *list->numbers + sizeof *list->values);

	out->count = (uint32_t)places->count;
	list->scores = arena_alloc(arena, bytes);
	if (!list->scores)
		return 0;
	list->numbers = (uint32_t *)(list->scores + room);
	list->values = list->numbers + room;
	for (size_t i = 0; i < places->count; i++) {
		list->numbers[i] = places->postings[i].number;
		list->values[i] = places->postings[i].value;
	}
	if (places->count < words)
		return bytes;
	list->set = arena_array(arena, words, sizeof *list->set);
	list->ranks = arena_alloc(arena, words * sizeof *list->ranks);
	if (arena->failed)
		return 0;
	number_set_add_all(list->set, list->numbers, places->count);
	number_set_rank(list->set, words, list->ranks);
	return bytes + words * (sizeof *list->set + sizeof *list->ranks);
}

/* Finds the lists of an atom in all parts; the bytes they take. */
static int find_lists(struct synonym_lists *l, const struct atom *atom, unsigned word, struct synonym_entry *out,
		      size_t *bytes)
{
	struct synonym_cache *cache = l->parts->synonyms;
	struct arena *arena = cache->on ? &cache->arena : l->arena;
	bool inexact = l->inexact;

	*out = (struct synonym_entry){.parts = arena_array(arena, l->parts->count, sizeof *out->parts)};
	l->inexact = false;
	for (size_t i = 0; i < l->query->synonym_count; i++)
		if (stands_for(l, i, word) && !l->found[i].places && find_places(l, i) < 0)
			return -1;
	for (size_t part = 0; part < l->parts->count && out->parts; part++) {
		struct synonym_places places;

		if (merge(l, atom, word, part, &places) < 0)
			return -1;
		out->count += places.count;
		if (places.count)
			*bytes += make_list(&places, arena, section_set_words(l->parts->segments[part]),
					    &out->parts[part]);
	}
	out->inexact = l->inexact;
	l->inexact |= inexact;
	return arena->failed ? no_memory(l) : 0;
}

static bool has_alternative(const struct synonym_lists *l, unsigned word)
{
	for (size_t i = 0; i < l->query->synonym_count; i++)
		if (stands_for(l, i, word) && l->found[i].count)
			return true;
	return false;
}

/* All that the lists of an atom depend on. */
static void make_key(const struct synonym_lists *l, const struct atom *atom, unsigned word, struct buf *key)
{
	begin_key(l, key, KEY_LISTS, atom->text);
	buf_add_varint(key, atom->lone);
	for (size_t i = 0; i < l->query->synonym_count; i++)
		if (stands_for(l, i, word))
			add_to_key(key, l->query->synonyms[i].text);
}

int synonym_lists_add(struct synonym_lists *l, struct atom *atom, unsigned word)
{
	const struct synonym_entry *kept;
	struct synonym_entry found;
	struct buf key = {0};
	size_t bytes = 0;
	int status = 0;

	if (!has_alternative(l, word))
		return 0;
	make_key(l, atom, word, &key);
	kept = key.failed ? NULL : synonym_cache_find(l->parts->synonyms, buf_span(&key));
	if (!kept) {
		status = find_lists(l, atom, word, &found, &bytes);
		if (status == 0 && !key.failed)
			synonym_cache_add(l->parts->synonyms, buf_span(&key), &found, bytes);
	}
	buf_release(&key);
	if (status < 0)
		return -1;
	kept = kept ? kept : &found;
	atom->synonyms = kept->parts;
	atom->df += kept->count;
	l->inexact |= kept->inexact;
	return 0;
}
