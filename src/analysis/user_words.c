#include "user_words.h"

#include "cursor.h"
#include "mem.h"
#include "spread.h"
#include "utf8.h"

#include <stdlib.h>

/* Two Han characters: one alone begins too many words. */
enum { FILTER_BYTES_MAX = 6 };

/* Bits a word: one look in sixteen passes for nothing. */
enum { FILTER_BITS = 16 };

static int compare(const void *a, const void *b)
{
	return span_compare(*(const struct span *)a, *(const struct span *)b);
}

static size_t unique(struct span *words, size_t count)
{
	size_t kept = 0;

	if (count)
		qsort(words, count, sizeof *words, compare);
	for (size_t i = 0; i < count; i++)
		if (kept == 0 || !span_equal(words[kept - 1], words[i]))
			words[kept++] = words[i];
	return kept;
}

void user_words_encode(struct buf *out, struct span *words, size_t count)
{
	size_t end = 0;

	count = unique(words, count);
	if (count == 0)
		return;
	buf_add_u32(out, (uint32_t)count);
	for (size_t i = 0; i < count; i++) {
		end += words[i].n;
		buf_add_u32(out, (uint32_t)end);
	}
	for (size_t i = 0; i < count; i++)
		buf_add_span(out, words[i]);
}

bool user_words_open(struct user_words *words, struct span list)
{
	struct cursor c = cursor_of(list);
	struct span ends;

	*words = (struct user_words){0};
	if (list.n == 0)
		return true;
	words->count = cursor_u32(&c);
	ends = cursor_bytes(&c, (size_t)words->count * 4);
	words->ends = (const unsigned char *)ends.p;
	words->text = cursor_bytes(&c, cursor_left(&c));
	return !c.failed && words->count <= USER_WORDS_LIMIT;
}

void user_words_release(struct user_words *words)
{
	mem_free(words->filter);
	*words = (struct user_words){0};
}

struct checksum_128 user_words_fingerprint(const struct checksum_128 *analysis, struct span list)
{
	struct checksum_128 both[2] = {*analysis};

	if (list.n == 0)
		return *analysis;
	both[1] = checksum_128(list);
	return checksum_128((struct span){(const char *)both, sizeof both});
}

struct span user_words_at(const struct user_words *words, uint32_t number)
{
	uint32_t start = number ? load_u32(words->ends + (size_t)(number - 1) * 4) : 0;
	uint32_t end = load_u32(words->ends + (size_t)number * 4);

	if (start > end || end > words->text.n)
		return (struct span){words->text.p, 0};
	return (struct span){words->text.p + start, end - start};
}

static bool is_folded_text(struct span word)
{
	return word.n >= 1 && word.n <= USER_WORD_MAX && utf8_is_text(word);
}

bool user_words_check(const struct user_words *words)
{
	size_t sum = 0;

	for (uint32_t i = 0; i < words->count; i++) {
		struct span word = user_words_at(words, i);

		if (!is_folded_text(word) || (i && span_compare(user_words_at(words, i - 1), word) >= 0))
			return false;
		sum += word.n;
	}
	return sum == words->text.n && (words->count > 0 || !words->ends);
}

/* The number of the bit of `bytes`, which are filter_bytes long. */
static size_t filter_bit_of(const struct user_words *words, const char *bytes)
{
	uint64_t key = 0;

	memcpy(&key, bytes, words->filter_bytes);
	/* multiplicative hashing (Knuth 6.4): 2^64 over the golden ratio */
	return (size_t)(spread(key) >> words->filter_shift);
}

static size_t shortest(const struct user_words *words)
{
	size_t least = FILTER_BYTES_MAX;

	for (uint32_t i = 0; i < words->count; i++) {
		size_t n = user_words_at(words, i).n;

		least = n < least ? n : least;
	}
	return least;
}

void user_words_index(struct user_words *words)
{
	unsigned bits = 10;

	words->filter_bytes = shortest(words);
	if (words->count == 0 || words->filter_bytes == 0)
		return;
	while (((uint64_t)1 << bits) < (uint64_t)words->count * FILTER_BITS)
		bits++;
	words->filter_shift = 64 - bits;
	words->filter = mem_zero((size_t)1 << (bits - 3), 1);
	for (uint32_t i = 0; i < words->count && words->filter; i++) {
		size_t bit = filter_bit_of(words, user_words_at(words, i).p);

		words->filter[bit / 8] |= (unsigned char)(1u << bit % 8);
	}
}

bool user_words_may_begin(const struct user_words *words, struct span text)
{
	size_t bit;

	if (!words->filter)
		return words->count > 0;
	if (text.n < words->filter_bytes)
		return false;
	bit = filter_bit_of(words, text.p);
	return words->filter[bit / 8] >> bit % 8 & 1;
}

uint32_t user_words_seek(const struct user_words *words, uint32_t from, struct span text)
{
	uint32_t end = words->count;

	while (from < end) {
		uint32_t middle = from + (end - from) / 2;

		if (span_compare(user_words_at(words, middle), text) < 0)
			from = middle + 1;
		else
			end = middle;
	}
	return from;
}
