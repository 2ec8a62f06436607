/* word_hash - numbers for words: for a hash table of them, and for a hash of a text.
 *
 * Shape:  a key is the word itself up to eight bytes, else a hash of it. Not proof against somebody who looks for
 *         collisions.
 * Source: the multiplication whose halves are folded together, as in wyhash (Wang Yi).
 */
#ifndef WRITER_WORD_HASH_H
#define WRITER_WORD_HASH_H

#include "span.h"
#include <stdint.h>

static inline uint64_t word_hash_mix(uint64_t a, uint64_t b)
{
	__extension__ unsigned __int128 product =
		(unsigned __int128)(a ^ 0x9E3779B97F4A7C15u) * (b ^ 0xD6E8FEB86659FD93u);

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline uint64_t word_hash_load(const char *p, size_t n)
{
	uint64_t value = 0;

	memcpy(&value, p, n);
	return value;
}

/* Of up to eight bytes: these; of more: a hash of all of them. */
static inline uint64_t word_key(struct span word)
{
	uint64_t hash = word.n;
	size_t i = 0;

	if (word.n == 8 || word.n == 0)
		return word.n ? word_hash_load(word.p, 8) : 0;
	if (word.n < 8) {
		/* Two loads that may overlap, instead of a copy of a length that the compiler does not know. */
		if (word.n >= 4) {
			uint64_t high = word_hash_load(word.p + word.n - 4, 4);

			return word_hash_load(word.p, 4) | high << 8 * (word.n - 4);
		}
		return (uint64_t)(unsigned char)word.p[0] |
		       (uint64_t)(unsigned char)word.p[word.n / 2] << 8 * (word.n / 2) |
		       (uint64_t)(unsigned char)word.p[word.n - 1] << 8 * (word.n - 1);
	}
	for (; i + 8 < word.n; i += 8)
		hash = word_hash_mix(hash, word_hash_load(word.p + i, 8));
	return word_hash_mix(hash, word_hash_load(word.p + word.n - 8, 8));
}

/* The same of a word from whose start eight bytes can be read, and without a branch up to 16 bytes: nobody can foretell how
 * long the next word is. */
static inline uint64_t word_key_near(struct span word)
{
	uint64_t first = word_hash_load(word.p, 8);
	uint64_t last = word_hash_load(word.p + (word.n > 8 ? word.n - 8 : 0), 8);
	uint64_t hash = word_hash_mix(word_hash_mix(word.n, first), last);

	if (word.n > 16 || word.n == 0)
		return word_key(word);
	return word.n > 8 ? hash : first & UINT64_MAX >> (word.n < 8 ? 64 - 8 * word.n : 0);
}

#endif
