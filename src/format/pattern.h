/* pattern - how often a word occurs in each field of one section: what the value of a posting of LAYER_WORDS stands for.
 *
 * Shape:  a chunk with the distinct patterns of the segment, the most frequent first. A pattern has PATTERN_BYTES: a byte for each
 *         field (channel.h), its frequency, then a byte with a bit for each field whose frequency is not zero. A posting holds
 *         only the number of its pattern, a small one for the frequent patterns: in two technical manuals 16 patterns are
 *         .89 to .92 of all postings, 256 are .99, some 3,000 are all.
 * Units:  frequencies are at most PATTERN_FREQUENCY_MAX; higher ones count as that.
 * Owner:  functions take and give copies.
 * Errors: a reader refuses a pattern whose last byte does not agree with the others, and one without any field.
 */
#ifndef FORMAT_PATTERN_H
#define FORMAT_PATTERN_H

#include "channel.h"
#include <assert.h>
#include <stdbool.h>
#include <stdint.h>

enum { PATTERN_BYTES = 8, PATTERN_FREQUENCY_MAX = 255 };

/* Laid out as its bytes are in the chunk. */
struct pattern {
	uint8_t frequency[CHANNEL_FIELDS];
	uint8_t fields; /* a bit for each that is not zero */
};

static_assert(sizeof(struct pattern) == PATTERN_BYTES, "a byte a field and one for which");

/* The frequencies as one integer, for finding equal patterns: the first field is in the lowest byte. */
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

/* Is it one that a reader accepts? */
static inline bool pattern_is_sound(const struct pattern *pattern)
{
	return pattern->fields != 0 && pattern->fields == pattern_of(pattern_key(pattern)).fields;
}

#endif
