#include "term.h"

#include "gram.h"

/* The key under which the layer has the text; false when it can have none. */
static bool make_key(enum layer layer, struct span text, char room[8], struct span *key)
{
	struct gram_scan scan = gram_scan_of(text);
	struct gram gram;

	*key = text;
	if (layer == LAYER_WORDS)
		return true;
	while (gram_next(&scan, &gram)) {
		if (!gram_is_han(gram.kind) || gram.text.n != text.n)
			continue;
		*key = gram_key(&gram, room);
		return true;
	}
	return false;
}

/* The list of one posting is the lexicon's until the next look-up: it is copied to the arena. */
static int keep(struct lexicon_entry *entry, struct arena *arena, struct err *err)
{
	if (entry->count == 1)
		entry->list = arena_copy(arena, entry->list);
	return arena->failed ? err_memory(err, "search") : 0;
}

/* Cursors over the lists of an entry that is kept, in the arena: how many there are, or -1. */
static int open_lists(struct segment_reader *segment, enum layer layer, const struct lexicon_entry *entry,
		      struct arena *arena, struct posting_cursor *out[WORD_LISTS], struct err *err)
{
	struct posting_list lists[WORD_LISTS];
	int count = segment_lists(segment, layer, entry, lists, err);

	for (int i = 0; i < count; i++) {
		out[i] = arena_alloc(arena, sizeof *out[i]);
		if (!out[i])
			return err_memory(err, "search");
		if (segment_cursor(segment, layer, &lists[i], out[i], err) < 0)
			return -1;
	}
	return count;
}

int term_open_one(struct segment_reader *segment, enum layer layer, const struct lexicon_entry *entry,
		  struct arena *arena, struct posting_cursor **out, struct err *err)
{
	struct lexicon_entry kept = *entry;
	struct posting_cursor *lists[WORD_LISTS];

	if (keep(&kept, arena, err) < 0 || open_lists(segment, layer, &kept, arena, lists, err) < 0)
		return -1;
	*out = lists[0];
	return 0;
}

int term_find(struct term *term, const struct parts *parts, enum layer layer, struct span text, struct arena *arena,
	      struct err *err)
{
	char room[8];
	struct span key;
	bool possible = make_key(layer, text, room, &key);

	*term = (struct term){.layer = layer,
			      .entries = arena_array(arena, parts->count, sizeof(struct lexicon_entry))};
	if (!term->entries)
		return err_memory(err, "search");
	for (size_t i = 0; i < parts->count && possible; i++) {
		struct lexicon_entry entry;
		int found = segment_find(parts->segments[i], layer, key, &entry, err);

		if (found < 0)
			return -1;
		if (found == 0)
			continue;
		if (keep(&entry, arena, err) < 0)
			return -1;
		term->entries[i] = entry;
		term->count += entry.count;
	}
	return 0;
}

int term_count(const struct parts *parts, enum layer layer, struct span text, uint64_t *count, struct err *err)
{
	char room[8];
	struct span key;
	bool possible = make_key(layer, text, room, &key);

	*count = 0;
	for (size_t i = 0; i < parts->count && possible; i++) {
		struct lexicon_entry entry;
		int found = segment_find(parts->segments[i], layer, key, &entry, err);

		if (found < 0)
			return -1;
		*count += found ? entry.count : 0;
	}
	return 0;
}

int term_cursors(const struct term *term, const struct parts *parts, size_t part, struct arena *arena,
		 struct posting_cursor *out[WORD_LISTS], struct err *err)
{
	const struct lexicon_entry *entry = &term->entries[part];

	return entry->count ? open_lists(parts->segments[part], term->layer, entry, arena, out, err) : 0;
}
