/* pattern - how often a word stands in each field of one section: the value of a posting of words, by number.
 *
 * Shape:  a chunk of PATTERN_BYTES a pattern, the most frequent first: a byte a field (channel.h), then a byte with a bit
 *         for each field that is not zero. Postings hold the number of their pattern, so that frequent ones are short:
 *         16 patterns are .89 to .92 of all, 256 are .99, some 3,000 are all (measured on two technical manuals).
 * Units:  frequencies up to PATTERN_FREQUENCY_MAX; more counts as that.
 * Owner:  copies; bytes are the caller's.
 * Errors: a reader refuses a pattern whose last byte does not agree with the others, and one without any field.
 */
#ifndef FORMAT_PATTERN_H
#define FORMAT_PATTERN_H

#include "channel.h"
#include <assert.h>
#include <stdbool.h>
#include <stdint.h>

enum { PATTERN_BYTES = 8, PATTERN_FREQUENCY_MAX = 255 };

/* As its bytes are in the chunk. */
struct pattern {
	uint8_t frequency[CHANNEL_FIELDS];
	uint8_t fields; /* a bit for each that is not zero */
};

static_assert(sizeof(struct pattern) == PATTERN_BYTES, "a byte a field and one for which");

/* The frequencies as an integer, so that equal patterns are found fast: the first field in the lowest byte. */
static inline uint64_t pattern_key(const struct pattern *pattern)
{
	uint64_t key = 0;

	for (unsigned i = 0; i < CHANNEL_FIELDS; i++)
		key |= (uint64_t)pattern->frequency[i] << 8 * i;
	return key;
}

/* The pattern that has the key. */
static inline struct pattern pattern_of(uint64_t key)
{
	struct pattern pattern = {.fields = 0};

	for (unsigned i = 0; i < CHANNEL_FIELDS; i++) {
		pattern.frequency[i] = (uint8_t)(key >> 8 * i);
		pattern.fields |= (uint8_t)((pattern.frequency[i] != 0) << i);
	}
	return pattern;
}

/* Is it one that a reader takes? */
static inline bool pattern_is_sound(const struct pattern *pattern)
{
	return pattern->fields != 0 && pattern->fields == pattern_of(pattern_key(pattern)).fields;
}

#endif
