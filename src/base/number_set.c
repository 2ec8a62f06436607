#include "number_set.h"

#include "processor.h"

#if defined __x86_64__ && defined __GNUC__
#define POPCNT __attribute__((target("popcnt")))
#else
#define POPCNT
#endif

/* Each loop twice: the compiler makes one instruction of a sum where the processor has it. */
#define INLINE __attribute__((always_inline)) static inline

INLINE uint64_t count(const uint64_t *set, size_t words)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < words; i++)
		sum += (uint64_t)__builtin_popcountll(set[i]);
	return sum;
}

INLINE void rank(const uint64_t *set, size_t words, uint32_t *ranks)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < words; i++) {
		ranks[i] = sum;
		sum += (uint32_t)__builtin_popcountll(set[i]);
	}
}

POPCNT static uint64_t count_fast(const uint64_t *set, size_t words)
{
	return count(set, words);
}

POPCNT static void rank_fast(const uint64_t *set, size_t words, uint32_t *ranks)
{
	rank(set, words, ranks);
}

void number_set_invert(uint64_t *set, uint32_t limit)
{
	for (size_t i = 0; i < limit / 64; i++)
		set[i] = ~set[i];
	set[limit / 64] ^= ((uint64_t)1 << limit % 64) - 1;
}

uint32_t number_set_next(const uint64_t *set, uint32_t number, uint32_t limit)
{
	if (number >= limit)
		return limit;
	for (size_t i = number / 64; i <= limit / 64; i++) {
		uint64_t rest = i == number / 64 ? set[i] >> number % 64 << number % 64 : set[i];

		if (rest)
			return (uint32_t)(64 * i) + (uint32_t)__builtin_ctzll(rest);
	}
	return limit;
}

uint64_t number_set_count(const uint64_t *set, size_t words)
{
	return processor_has_fast_bits() ? count_fast(set, words) : count(set, words);
}

void number_set_rank(const uint64_t *set, size_t words, uint32_t *ranks)
{
	if (processor_has_fast_bits())
		rank_fast(set, words, ranks);
	else
		rank(set, words, ranks);
}
