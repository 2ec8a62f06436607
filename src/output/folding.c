#include "folding.h"

#include "fold_step.h"
#include "utf8.h"

/* What one code point may become. */
enum { STEP_MAX = UNICODE_FOLD_MAX * 4 };

_Static_assert((int)STEP_MAX <= UINT8_MAX, "folding_shift.made holds it");

#define EACH_BYTE(value) ((value)*UINT64_C(0x0101010101010101))

/* Copies `n` bytes, ASCII in lower case, in whole blocks as far as `readable` bytes allow: there is room for what is copied
 * behind them. */
static void copy_lower(char *to, const char *from, size_t n, size_t readable)
{
	size_t i = 0;

	for (; i < n && readable - i >= FOLD_BLOCK; i += FOLD_BLOCK) {
		fold_block bytes = fold_lower(fold_load(from + i));

		memcpy(to + i, &bytes, sizeof(bytes));
	}
	for (; i < n; i++)
		to[i] = (char)(from[i] >= 'A' && from[i] <= 'Z' ? from[i] | 0x20 : from[i]);
}

static bool watches(const struct folding_watch *watch, uint32_t code)
{
	return watch->bits[code / 64 % FOLDING_WATCH_WORDS] >> code % 64 & 1;
}

void folding_watch_add(struct folding_watch *watch, uint32_t code)
{
	watch->bits[code / 64 % FOLDING_WATCH_WORDS] |= UINT64_C(1) << code % 64;
}

static void note(struct buf *noted, size_t at)
{
	uint32_t offset = (uint32_t)at;

	buf_add(noted, &offset, sizeof(offset));
}

static size_t ascii_end(struct span text, size_t at)
{
	uint64_t bytes;

	while (text.n - at >= sizeof(bytes)) {
		memcpy(&bytes, text.p + at, sizeof(bytes));
		bytes &= EACH_BYTE(0x80);
		if (bytes)
			return at + (size_t)__builtin_ctzll(bytes) / 8;
		at += sizeof(bytes);
	}
	while (at < text.n && !(text.p[at] & 0x80))
		at++;
	return at;
}

/* Characters of three bytes that fold to themselves, but the last of the text: where they end. */
static size_t three_end(struct span text, size_t at, const struct folding_watch *watch, struct buf *noted, size_t moved)
{
	uint32_t code;

	for (; text.n - at >= 4 && (code = fold_self(text.p + at)); at += 3)
		if (watches(watch, code))
			note(noted, at + moved);
	return at;
}

/* Where the characters end that keep their bytes but for the case of ASCII. What is watched is noted as it will stand in the
 * fold, `moved` bytes on. */
static size_t simple_end(struct span text, size_t at, const struct folding_watch *watch, struct buf *noted,
			 size_t moved)
{
	size_t before;

	do {
		before = at;
		at = three_end(text, ascii_end(text, at), watch, noted, moved);
	} while (at > before);
	return at;
}

/* Notes that [start, folded->n) of the fold is the character of `used` bytes at `at`. One before it that folds to nothing is
 * forgotten. */
static size_t end_one(struct folding *folding, size_t start, size_t at, size_t used)
{
	struct folding_shift shift = {.folded = (uint32_t)start,
				      .source = (uint32_t)at,
				      .made = (uint8_t)(folding->text.n - start),
				      .used = (uint8_t)used};
	size_t count = BUF_COUNT(&folding->shifts, struct folding_shift);

	if (count && BUF_AT(&folding->shifts, struct folding_shift, count - 1).folded == start)
		BUF_AT(&folding->shifts, struct folding_shift, count - 1) = shift;
	else
		buf_add(&folding->shifts, &shift, sizeof(shift));
	return used;
}

/* A full-width form of ASCII, which punctuation of Chinese is: the code it folds to, 0 for any other character. */
static uint32_t narrow(struct span text, size_t at)
{
	const unsigned char *s = (const unsigned char *)text.p + at;
	uint32_t code;

	if (text.n - at < 3 || s[0] != 0xEF || (s[1] != 0xBC && s[1] != 0xBD) || (s[2] ^ 0x80u) >= 0x40)
		return 0;
	code = (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu);
	code -= 0xFF00 - 0xF000 - ' ';
	if (code <= ' ' || code > '~')
		return 0;
	return code >= 'A' && code <= 'Z' ? code | 0x20 : code;
}

/* Any character; there is room for it. Returns the bytes it takes. */
static size_t fold_one(struct folding *folding, struct span text, size_t at, const struct folding_watch *watch)
{
	struct buf *folded = &folding->text;
	uint32_t codes[UNICODE_FOLD_MAX];
	size_t start = folded->n;
	uint32_t code = narrow(text, at);
	size_t used, count;
	bool valid;

	if (code) {
		folded->data[folded->n++] = (char)code;
		return end_one(folding, start, at, 3);
	}
	used = utf8_next(text.p + at, text.n - at, &code, &valid);
	count = unicode_fold(code, codes);
	for (size_t i = 0; i < count; i++) {
		if (watches(watch, codes[i]))
			note(&folding->noted, folded->n);
		folded->n += utf8_put(folded->data + folded->n, codes[i]);
	}
	if (valid && count == 1 && folded->n - start == used)
		return used;
	return end_one(folding, start, at, used);
}

void folding_make(struct folding *folding, struct span text, const struct folding_watch *watch)
{
	struct buf *folded = &folding->text;
	size_t i = 0;

	buf_reset(folded);
	buf_reset(&folding->shifts);
	buf_reset(&folding->noted);
	folding->near = 0;
	end_one(folding, 0, 0, 0);
	/* The simple steps write as much as they read: the room is enough for the rest of the text and one step. */
	while (i < text.n && buf_reserve(folded, text.n - i + STEP_MAX)) {
		size_t end = simple_end(text, i, watch, &folding->noted, folded->n - i);

		copy_lower(folded->data + folded->n, text.p + i, end - i, text.n - i);
		folded->n += end - i;
		i = end;
		if (i < text.n)
			i += fold_one(folding, text, i, watch);
	}
}

bool folding_failed(const struct folding *folding)
{
	return folding->text.failed || folding->shifts.failed || folding->noted.failed;
}

void folding_release(struct folding *folding)
{
	buf_release(&folding->text);
	buf_release(&folding->shifts);
	buf_release(&folding->noted);
}

/* The last shift at or before `at`, which is most often the one found last or near behind it. */
static const struct folding_shift *find_shift(struct folding *folding, size_t at)
{
	const struct folding_shift *all = (const struct folding_shift *)(const void *)folding->shifts.data;
	size_t high = BUF_COUNT(&folding->shifts, struct folding_shift);
	size_t low = all[folding->near].folded <= at ? folding->near : 0;

	for (size_t step = 1; low + step < high; step *= 2) {
		if (all[low + step].folded > at)
			high = low + step;
		else
			low += step;
	}
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (all[middle].folded <= at)
			low = middle;
		else
			high = middle;
	}
	folding->near = low;
	return &all[low];
}

size_t folding_source(struct folding *folding, struct span text, size_t at)
{
	const struct folding_shift *shift = find_shift(folding, at);
	size_t first = shift->source + shift->used;
	size_t source = first;

	if (at - shift->folded < shift->made)
		return shift->source;
	/* What keeps its length is well formed. */
	for (source += at - shift->folded - shift->made;
	     source > first && ((unsigned char)text.p[source] & 0xC0) == 0x80;)
		source--;
	return source;
}
