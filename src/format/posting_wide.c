#include "posting_wide.h"

#if POSTING_WIDE

#include "bits.h"
#include "processor.h"

#include <immintrin.h>

#define WIDE __attribute__((target("avx2,bmi,bmi2,popcnt")))

#define BYTES UINT64_C(0x0101010101010101)
#define WORDS UINT64_C(0x0001000100010001)

bool posting_wide_usable(void)
{
	return processor_has_avx2() && processor_has_fast_bits();
}

/* A byte's ones at a time: eight numbers are written, as many count as there are ones. */
WIDE size_t posting_wide_ones(const struct posting_block *block, size_t from, uint32_t *at, uint32_t n)
{
	const unsigned char *p = block->bytes + from / 8;
	const unsigned char *end = block->bytes + block->n;
	__m256i base = _mm256_set1_epi32(-(int)(from % 8));
	uint32_t *next = at;
	unsigned byte;

	if (p >= end)
		return 0;
	for (byte = (unsigned)*p >> from % 8 << from % 8;; byte = *p) {
		uint64_t places = _pext_u64(UINT64_C(0x0706050403020100), _pdep_u64(byte, BYTES) * 0xFF);
		__m256i ones = _mm256_cvtepu8_epi32(_mm_cvtsi64_si128((long long)places));

		_mm256_storeu_si256((__m256i *)(void *)next, _mm256_add_epi32(ones, base));
		next += _mm_popcnt_u32(byte);
		if (next >= at + n)
			return from + at[n - 1] + 1;
		if (++p == end)
			return 0;
		base = _mm256_add_epi32(base, _mm256_set1_epi32(8));
	}
}

/* How many whole steps of so many bits may be read eight bytes at a time. */
static size_t steps(const struct posting_block *block, size_t bit, size_t step)
{
	size_t readable = 8 * block->readable;

	return step && bit + 64 <= readable ? (readable - 64 - bit) / step + 1 : 0;
}

/* By eight where eight and the seven bits before them fit a word, else by four. */
WIDE uint32_t posting_wide_unpack(const struct posting_block *block, size_t bit, unsigned width, uint32_t *out,
				  uint32_t n)
{
	uint64_t mask = ((uint64_t)1 << width) - 1;
	unsigned lanes = width <= 7 ? 8 : 4;
	size_t step = lanes * (size_t)width;
	size_t most = steps(block, bit, step);
	uint32_t end = n <= most * lanes ? n : (uint32_t)most * lanes;
	uint32_t i = 0;

	if (width == 0) {
		memset(out, 0, n * sizeof *out);
		return n;
	}
	for (; lanes == 8 && i < end; i += 8, bit += step) {
		uint64_t bytes = _pdep_u64(load_u64(block->bytes + bit / 8) >> bit % 8, BYTES * mask);

		_mm256_storeu_si256((__m256i *)(void *)(out + i),
				    _mm256_cvtepu8_epi32(_mm_cvtsi64_si128((long long)bytes)));
	}
	for (; lanes == 4 && i < end; i += 4, bit += step) {
		uint64_t words = _pdep_u64(load_u64(block->bytes + bit / 8) >> bit % 8, WORDS * mask);

		_mm_storeu_si128((__m128i *)(void *)(out + i), _mm_cvtepu16_epi32(_mm_cvtsi64_si128((long long)words)));
	}
	return i;
}

/* Sums of eight: within halves, then the first half's into the second. */
WIDE static inline __m256i prefix_sums(__m256i x)
{
	const __m256i first_half = _mm256_setr_epi32(3, 3, 3, 3, 3, 3, 3, 3);
	__m256i carry;

	x = _mm256_add_epi32(x, _mm256_slli_si256(x, 4));
	x = _mm256_add_epi32(x, _mm256_slli_si256(x, 8));
	carry = _mm256_blend_epi32(_mm256_setzero_si256(), _mm256_permutevar8x32_epi32(x, first_half), 0xF0);
	return _mm256_add_epi32(x, carry);
}

WIDE void posting_wide_gaps(uint32_t *numbers, const uint32_t *low, unsigned k, uint32_t n, uint32_t from)
{
	const __m256i last = _mm256_set1_epi32(7);
	const __m128i shift = _mm_cvtsi32_si128((int)k);
	__m256i index = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
	__m256i before = _mm256_set1_epi32((int)from);

	for (uint32_t i = 0; i < n; i += 8, index = _mm256_add_epi32(index, _mm256_set1_epi32(8))) {
		__m256i *out = (__m256i *)(void *)(numbers + i);
		__m256i sum = prefix_sums(_mm256_loadu_si256((const __m256i *)(const void *)(low + i)));
		__m256i high = _mm256_sll_epi32(_mm256_sub_epi32(_mm256_loadu_si256(out), index), shift);

		_mm256_storeu_si256(out,
				    _mm256_add_epi32(_mm256_add_epi32(sum, before), _mm256_add_epi32(high, index)));
		before = _mm256_add_epi32(before, _mm256_permutevar8x32_epi32(sum, last));
	}
}

WIDE int posting_wide_values(uint32_t *values, const uint32_t *low, unsigned v, uint32_t n)
{
	const __m256i escape = _mm256_set1_epi32(POSTING_ESCAPE);
	const __m256i turn = _mm256_setr_epi32(7, 0, 1, 2, 3, 4, 5, 6);
	const __m128i shift = _mm_cvtsi32_si128((int)v);
	__m256i before = _mm256_set1_epi32(-1);
	__m256i any = _mm256_setzero_si256();
	__m256i above = _mm256_setzero_si256();

	for (uint32_t i = 0; i < 7; i++) /* lanes past the end: quotients of 0 */
		values[n + i] = values[n - 1] + 1 + i;
	for (uint32_t i = 0; i < n; i += 8) {
		__m256i *out = (__m256i *)(void *)(values + i);
		__m256i turned = _mm256_permutevar8x32_epi32(_mm256_loadu_si256(out), turn);
		__m256i left = _mm256_blend_epi32(turned, before, 1);
		__m256i quotient =
			_mm256_sub_epi32(_mm256_sub_epi32(_mm256_loadu_si256(out), left), _mm256_set1_epi32(1));

		before = turned;
		any = _mm256_or_si256(any, _mm256_cmpeq_epi32(quotient, escape));
		above = _mm256_or_si256(above, _mm256_cmpgt_epi32(quotient, escape));
		_mm256_storeu_si256(out, _mm256_or_si256(_mm256_sll_epi32(quotient, shift),
							 _mm256_loadu_si256((const __m256i *)(const void *)(low + i))));
	}
	if (!_mm256_testz_si256(above, above))
		return -1;
	return !_mm256_testz_si256(any, any);
}

WIDE uint32_t posting_wide_escapes(const uint32_t *values, uint32_t n, unsigned v, uint8_t *list)
{
	const __m256i escape = _mm256_set1_epi32(POSTING_ESCAPE);
	const __m128i shift = _mm_cvtsi32_si128((int)v);
	uint32_t count = 0;

	for (uint32_t i = 0; i < n; i += 8) {
		__m256i quotient =
			_mm256_srl_epi32(_mm256_loadu_si256((const __m256i *)(const void *)(values + i)), shift);
		__m256i found = _mm256_cmpeq_epi32(quotient, escape);
		unsigned bits = (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(found));

		if (n - i < 8) /* what is behind the last is anything */
			bits &= (1u << (n - i)) - 1;
		for (; bits; bits &= bits - 1)
			list[count++] = (uint8_t)(i + (unsigned)__builtin_ctz(bits));
	}
	return count;
}

#else

bool posting_wide_usable(void)
{
	return false;
}

/* Never called. */

size_t posting_wide_ones(const struct posting_block *block, size_t from, uint32_t *at, uint32_t n)
{
	return (void)block, (void)from, (void)at, (void)n, 0;
}

uint32_t posting_wide_unpack(const struct posting_block *block, size_t bit, unsigned width, uint32_t *out, uint32_t n)
{
	return (void)block, (void)bit, (void)width, (void)out, (void)n, 0;
}

void posting_wide_gaps(uint32_t *numbers, const uint32_t *low, unsigned k, uint32_t n, uint32_t from)
{
	(void)numbers, (void)low, (void)k, (void)n, (void)from;
}

int posting_wide_values(uint32_t *values, const uint32_t *low, unsigned v, uint32_t n)
{
	return (void)values, (void)low, (void)v, (void)n, -1;
}

uint32_t posting_wide_escapes(const uint32_t *values, uint32_t n, unsigned v, uint8_t *list)
{
	return (void)values, (void)n, (void)v, (void)list, 0;
}

#endif
