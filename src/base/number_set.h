/* number_set - a set of small numbers as bits, in steps that a processor takes at once.
 *
 * Shape:  number n is bit n % 64 of word n / 64. Sets are whole steps of NUMBER_SET_STEP words; bits behind the last number are 0
 *         where sets are counted or walked.
 * Owner:  words are the caller's.
 * Cost:   intersecting and uniting two words in a cycle or less; counting a word in a cycle, without POPCNT in ten.
 */
#ifndef BASE_NUMBER_SET_H
#define BASE_NUMBER_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	NUMBER_SET_STEP = 32
}; /* 256 bytes: loops over a step need no rest, and a dozen steps fit a first-level cache */

/* Words of a set of numbers below `limit`. */
static inline size_t number_set_words(uint32_t limit)
{
	return ((size_t)limit / 64 / NUMBER_SET_STEP + 1) * NUMBER_SET_STEP;
}

static inline bool number_set_has(const uint64_t *set, uint32_t number)
{
	return set[number / 64] >> number % 64 & 1;
}

static inline void number_set_add(uint64_t *set, uint32_t number)
{
	set[number / 64] |= (uint64_t)1 << number % 64;
}

static inline void number_set_add_all(uint64_t *set, const uint32_t *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		number_set_add(set, numbers[i]);
}

static inline void number_set_drop(uint64_t *set, uint32_t number)
{
	set[number / 64] &= ~((uint64_t)1 << number % 64);
}

static inline void number_set_and(uint64_t *set, const uint64_t *other, size_t words)
{
	for (size_t i = 0; i < words; i++)
		set[i] &= other[i];
}

static inline void number_set_or(uint64_t *set, const uint64_t *other, size_t words)
{
	for (size_t i = 0; i < words; i++)
		set[i] |= other[i];
}

static inline void number_set_without(uint64_t *set, const uint64_t *other, size_t words)
{
	for (size_t i = 0; i < words; i++)
		set[i] &= ~other[i];
}

/* Is any number in both? Of a step. */
static inline bool number_set_meet(const uint64_t *a, const uint64_t *b)
{
	uint64_t any = 0;

	for (size_t i = 0; i < NUMBER_SET_STEP; i++)
		any |= a[i] & b[i];
	return any;
}

/* A set of numbers below `limit`: all others of these instead. */
void number_set_invert(uint64_t *set, uint32_t limit);

/* The first member from `number` on; `limit` when there is none below that. */
uint32_t number_set_next(const uint64_t *set, uint32_t number, uint32_t limit);

uint64_t number_set_count(const uint64_t *set, size_t words);

/* ranks[i]: members in the words before word i. */
void number_set_rank(const uint64_t *set, size_t words, uint32_t *ranks);

/* How many members are before `number`. */
static inline uint32_t number_set_before(const uint64_t *set, const uint32_t *ranks, uint32_t number)
{
	return ranks[number / 64] +
	       (uint32_t)__builtin_popcountll(set[number / 64] & (((uint64_t)1 << number % 64) - 1));
}

#endif
