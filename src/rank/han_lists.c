#include "han_lists.h"

#include "utf8.h"

static int damaged(struct han_lists *h, struct err *err)
{
	return segment_damaged_postings(h->segment, LAYER_GRAMS, err);
}

/* Does a Han character begin at `at`? */
static bool is_han(struct span text, size_t at)
{
	uint32_t code;
	bool valid;

	if (at == text.n)
		return false;
	utf8_next(text.p + at, text.n - at, &code, &valid);
	return gram_code(code) & GRAM_CODE_HAN;
}

int han_lists_add(struct han_lists *h, struct span needle, const struct gram *gram, struct arena *arena,
		  struct err *err)
{
	size_t start = (size_t)(gram->text.p - needle.p);
	bool single = gram->kind == GRAM_HAN;
	bool before = single && start > 0 && is_han(needle, utf8_floor(needle, start - 1));
	bool behind = single && is_han(needle, start + gram->text.n);
	struct posting_cursor **lists = before ? h->between : h->lists;
	unsigned *count = before ? &h->between_count : &h->count;
	struct lexicon_entry entry;
	char room[8];
	int found;

	h->bytes += single ? gram->text.n : 0;
	if (before != behind)
		return 1;
	found = segment_find(h->segment, LAYER_GRAMS, gram_key(gram, room), &entry, err);
	h->incomplete |= *count == HAN_LISTS_MAX;
	if (found <= 0 || h->incomplete)
		return found;
	return term_open_one(h->segment, LAYER_GRAMS, &entry, arena, &lists[(*count)++], err) < 0 ? -1 : 1;
}

int han_lists_next(struct han_lists *h, uint32_t section, uint32_t *out, struct err *err)
{
	unsigned agreed = 0;

	for (unsigned i = 0; agreed < h->count; i = (i + 1) % h->count) {
		uint32_t found;
		int got = posting_cursor_seek(h->lists[i], section, &found);

		if (got <= 0)
			return got < 0 ? damaged(h, err) : 0;
		agreed = found == section ? agreed + 1 : 1;
		section = found;
	}
	*out = section;
	return section < h->segment->meta.section_count;
}

int han_lists_prove(struct han_lists *h, uint32_t section, struct err *err)
{
	int64_t least = 0;
	uint32_t value;

	if (han_lists_are_one(h))
		return 1;
	for (unsigned i = 0; i < h->count; i++) {
		if (posting_cursor_value(h->lists[i], &value) < 0)
			return damaged(h, err);
		least += (int64_t)value + 1;
	}
	for (unsigned i = 0; i < h->between_count; i++) {
		uint32_t found;
		int got = posting_cursor_seek(h->between[i], section, &found);

		if (got < 0 || (got > 0 && posting_cursor_value(h->between[i], &value) < 0))
			return damaged(h, err);
		if (got == 0 || found != section)
			return 0;
		least -= (int64_t)value + 1;
	}
	return least > 0;
}
