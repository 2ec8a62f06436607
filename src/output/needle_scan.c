#include "needle_scan.h"

#include "fold_step.h"
#include "unfold.h"
#include "utf8.h"

/* With more letters to look for it is no quicker to look for each in blocks. */
enum { ASCII_MOST = 8 };

/* One of the needles. */
struct sought {
	uint32_t needle;
	uint32_t first; /* the code point it begins with, */
	uint32_t bytes; /* how many it has, */
	uint64_t next;  /* and where the needle may be found again: place_of() */
};

struct scan {
	struct span text;
	const struct needle *needles;
	struct sought *sought;
	size_t count;
	struct buf *out;
	struct unfold_set begins; /* characters of the text that may begin a needle */
	/* Those of ASCII that needles begin with, each all over a block, when they are few. */
	byte_block ascii[ASCII_MOST];
	size_t ascii_count;
};

/* A place in the fold of the text: before one of the code points that a character folds to. */
struct place_in_fold {
	size_t at; /* the character, */
	size_t used;
	size_t index; /* and which of what it folds to */
	size_t count;
	uint32_t value; /* that code point if they are one, else where they stand in unicode_expansions */
};

static void go_to(struct place_in_fold *place, struct span text, size_t at)
{
	uint32_t code;
	bool valid;

	*place = (struct place_in_fold){.at = at, .count = 1};
	place->used = utf8_next(text.p + at, text.n - at, &code, &valid);
	place->value = code;
	if (unicode_entry(code) >= UNICODE_SELF_ENTRIES)
		place->count = unicode_fold_value(code, &place->value);
}

static uint32_t code_at(const struct place_in_fold *place, size_t index)
{
	return place->count == 1 ? place->value : unicode_expansions[place->value + index];
}

/* To the next character while there is nothing left of this one; false at the end. */
static inline bool settle(struct place_in_fold *place, struct span text)
{
	while (place->index == place->count) {
		if (place->at + place->used == text.n)
			return false;
		go_to(place, text, place->at + place->used);
	}
	return true;
}

/* Places in order. */
static uint64_t place_of(const struct place_in_fold *place)
{
	_Static_assert(UNICODE_FOLD_MAX < 32, "an index has room");
	return (uint64_t)place->at * 32 + place->index;
}

static bool is_word(uint32_t code)
{
	return unicode_in_word(unicode_class(code));
}

static bool word_before(struct place_in_fold place, struct span text)
{
	if (place.index > 0)
		return is_word(code_at(&place, place.index - 1));
	do {
		size_t end = place.at;

		if (end == 0)
			return false;
		go_to(&place, text, utf8_floor(text, end - 1));
		if (place.at + place.used != end) /* ill-formed */
			return false;
	} while (place.count == 0);
	return is_word(code_at(&place, place.count - 1));
}

static bool word_at(struct place_in_fold place, struct span text)
{
	return settle(&place, text) && is_word(code_at(&place, place.index));
}

/* Is the needle, of whose first code point that is known, at the place? Then the place is the one behind it. */
static bool pass_needle(struct place_in_fold *place, struct span text, struct span needle, size_t first)
{
	uint32_t code;
	bool valid;

	if (needle.n <= text.n - place->at && memcmp(text.p + place->at, needle.p, needle.n) == 0) {
		*place = (struct place_in_fold){.at = place->at + needle.n}; /* what is folded folds to itself */
		return true;
	}
	place->index++;
	for (size_t i = first; i < needle.n; place->index++) {
		if (!settle(place, text))
			return false;
		i += utf8_next(needle.p + i, needle.n - i, &code, &valid);
		if (code_at(place, place->index) != code)
			return false;
	}
	return true;
}

static void add(struct buf *out, struct occurrence found)
{
	struct occurrence *all;
	size_t i;

	buf_add(out, &found, sizeof(found));
	if (out->failed)
		return;
	/* several needles may begin in one place */
	all = (struct occurrence *)(void *)out->data;
	for (i = BUF_COUNT(out, struct occurrence) - 1;
	     i > 0 && found.start <= all[i - 1].start && occurrence_compare(&found, &all[i - 1]) < 0; i--)
		all[i] = all[i - 1];
	all[i] = found;
}

static void try_needle(struct scan *s, const struct place_in_fold *start, struct sought *sought)
{
	const struct needle *needle = &s->needles[sought->needle];
	struct place_in_fold place = *start;

	if (place_of(start) < sought->next || !pass_needle(&place, s->text, needle->text, sought->bytes))
		return;
	if (needle->whole_word && (word_before(*start, s->text) || word_at(place, s->text)))
		return;
	sought->next = place_of(&place);
	add(s->out, (struct occurrence){(uint32_t)start->at, (uint32_t)(place.at + place.used), sought->needle});
}

/* The character at `at` may begin a needle. */
static void look_at(struct scan *s, size_t at)
{
	struct place_in_fold place;

	for (go_to(&place, s->text, at); place.index < place.count; place.index++) {
		uint32_t code = code_at(&place, place.index);

		for (size_t i = 0; i < s->count; i++)
			if (s->sought[i].first == code)
				try_needle(s, &place, &s->sought[i]);
	}
}

/* The bytes of a block that are letters needles begin with, as bits. */
static uint32_t find_ascii(const struct scan *s, byte_block bytes)
{
	byte_block lower = fold_lower(bytes);
	byte_block hits = {0};

	for (size_t i = 0; i < s->ascii_count; i++)
		hits |= lower == s->ascii[i];
	return byte_block_bits(hits);
}

/* Blocks of ASCII from `at` on: where the last ends, or what is ASCII of it. */
static size_t scan_blocks(struct scan *s, size_t at)
{
	for (; s->text.n - at >= BYTE_BLOCK; at += BYTE_BLOCK) {
		byte_block bytes = byte_block_load(s->text.p + at);
		uint32_t others = byte_block_bits(bytes);

		if (s->ascii_count > 0) {
			/* those before the first that is not ASCII */
			uint32_t found = find_ascii(s, bytes) & (others ^ (others - 1));

			for (; found; found &= found - 1)
				look_at(s, at + (size_t)__builtin_ctz(found));
		}
		if (others)
			return at + (size_t)__builtin_ctz(others);
	}
	return at;
}

/* ASCII from `at` on: where it ends. */
static size_t scan_ascii(struct scan *s, size_t at)
{
	if (s->ascii_count <= ASCII_MOST)
		at = scan_blocks(s, at);
	for (; at < s->text.n && !(s->text.p[at] & 0x80); at++)
		if (unfold_set_has(&s->begins, (unsigned char)s->text.p[at]))
			look_at(s, at);
	return at;
}

/* Is it a character of three bytes, well formed? E0 and ED, where not all bytes may follow, are left to others. */
static bool is_three(uint32_t bytes)
{
	return (bytes & 0xC0C0F0) == 0x8080E0 && 0xDFFE >> (bytes & 0x0F) & 1;
}

/* Characters of three bytes, but the last of the text: where they end. */
static size_t scan_three(struct scan *s, size_t at)
{
	for (; s->text.n - at >= 4; at += 3) {
		uint32_t bytes = load_u32((const unsigned char *)s->text.p + at);

		if (!is_three(bytes))
			break;
		if (s->begins.words[bytes >> 8 & 0x3F] >> (bytes >> 16 & 0x3F) & 1)
			look_at(s, at);
	}
	return at;
}

static size_t scan_one(struct scan *s, size_t at)
{
	uint32_t code;
	bool valid;
	size_t used = utf8_next(s->text.p + at, s->text.n - at, &code, &valid);

	if (unfold_set_has(&s->begins, code))
		look_at(s, at);
	return at + used;
}

static void add_ascii(struct scan *s, uint32_t code)
{
	for (size_t i = 0; i < s->ascii_count && i < ASCII_MOST; i++)
		if ((uint32_t)s->ascii[i][0] == code)
			return;
	if (s->ascii_count++ < ASCII_MOST)
		s->ascii[s->ascii_count - 1] = byte_block_of((char)code);
}

/* What the needles begin with. */
static bool choose(struct scan *s, size_t count, struct buf *space)
{
	struct sought sought = {0};
	bool valid;

	buf_reset(space);
	for (; sought.needle < count; sought.needle++) {
		const struct needle *needle = &s->needles[sought.needle];

		if (needle->exact || !needle->text.n)
			continue;
		sought.bytes = (uint32_t)utf8_next(needle->text.p, needle->text.n, &sought.first, &valid);
		if (!valid)
			continue;
		if (sought.first < 0x80)
			add_ascii(s, sought.first);
		unfold(&s->begins, sought.first);
		buf_add(space, &sought, sizeof(sought));
	}
	s->sought = (struct sought *)(void *)space->data;
	s->count = BUF_COUNT(space, struct sought);
	return s->count && !space->failed;
}

void needle_scan(struct buf *out, struct span text, const struct needle *needles, size_t count, struct buf *space)
{
	struct scan s = {.text = text, .needles = needles, .out = out};

	if (!choose(&s, count, space)) {
		out->failed |= space->failed;
		return;
	}
	for (size_t at = 0; at < text.n;) {
		size_t next = scan_three(&s, scan_ascii(&s, at));

		at = next == at ? scan_one(&s, at) : next;
	}
}
