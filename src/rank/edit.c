#include "edit.h"

static const char signs[] = "abcdefghijklmnopqrstuvwxyz0123456789";

struct finder {
	const struct parts *parts;
	char texts[EDIT_ANSWERS][EDIT_MOST + 1];
	size_t lengths[EDIT_ANSWERS];
	uint64_t counts[EDIT_ANSWERS];
	int found;
	struct err *err;
};

bool edit_possible(struct span word)
{
	if (word.n < EDIT_LEAST || word.n > EDIT_MOST)
		return false;
	for (size_t i = 0; i < word.n; i++)
		if (!word.p[i] || !strchr(signs, word.p[i]))
			return false;
	return true;
}

static bool is_kept(const struct finder *f, struct span text)
{
	for (int i = 0; i < f->found; i++)
		if (span_equal(text, (struct span){f->texts[i], f->lengths[i]}))
			return true;
	return false;
}

static bool is_before(const struct finder *f, struct span text, uint64_t count, int at)
{
	if (count != f->counts[at])
		return count > f->counts[at];
	return span_compare(text, (struct span){f->texts[at], f->lengths[at]}) < 0;
}

/* Keeps the text when it is a word, and among the best. */
static int try(struct finder *f, struct span text)
{
	uint64_t count;
	int at = f->found;

	if (term_count(f->parts, LAYER_WORDS, text, &count, f->err) < 0)
		return -1;
	while (at > 0 && is_before(f, text, count, at - 1))
		at--;
	if (count == 0 || at == EDIT_ANSWERS || is_kept(f, text))
		return 0;
	if (f->found < EDIT_ANSWERS)
		f->found++;
	for (int i = f->found - 1; i > at; i--) {
		memcpy(f->texts[i], f->texts[i - 1], sizeof f->texts[i]);
		f->lengths[i] = f->lengths[i - 1];
		f->counts[i] = f->counts[i - 1];
	}
	memcpy(f->texts[at], text.p, text.n);
	f->lengths[at] = text.n;
	f->counts[at] = count;
	return 0;
}

/* Without the letter at `at`, and with it behind the next one. */
static int try_fewer(struct finder *f, struct span word, size_t at)
{
	char text[EDIT_MOST];
	size_t rest = word.n - at - 1;

	memcpy(text, word.p, at);
	memcpy(text + at, word.p + at + 1, rest);
	if (try(f, (struct span){text, word.n - 1}) < 0)
		return -1;
	if (rest == 0)
		return 0;
	memcpy(text, word.p, word.n);
	text[at] = word.p[at + 1];
	text[at + 1] = word.p[at];
	return try(f, (struct span){text, word.n});
}

/* With one more before `at`, and, where there is a letter, with another in its place. */
static int try_others(struct finder *f, struct span word, size_t at)
{
	char text[EDIT_MOST + 1];

	memcpy(text, word.p, at);
	memcpy(text + at + 1, word.p + at, word.n - at);
	for (const char *sign = signs; *sign; sign++) {
		text[at] = *sign;
		if (try(f, (struct span){text, word.n + 1}) < 0)
			return -1;
	}
	if (at == word.n)
		return 0;
	memcpy(text, word.p, word.n);
	for (const char *sign = signs; *sign; sign++) {
		text[at] = *sign;
		if (try(f, (struct span){text, word.n}) < 0)
			return -1;
	}
	return 0;
}

int edit_find(const struct parts *parts, struct span word, struct arena *arena, struct edit_answer out[EDIT_ANSWERS],
	      struct err *err)
{
	struct finder f = {.parts = parts, .err = err};

	for (size_t at = 0; at <= word.n; at++)
		if ((at < word.n && try_fewer(&f, word, at) < 0) || try_others(&f, word, at) < 0)
			return -1;
	for (int i = 0; i < f.found; i++)
		out[i] = (struct edit_answer){arena_copy(arena, (struct span){f.texts[i], f.lengths[i]}), f.counts[i]};
	return arena->failed ? err_memory(err, "search") : f.found;
}
