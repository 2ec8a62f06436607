#include "posting_block.h"

#include "bits.h"
#include "posting_wide.h"

/* Postings on their way into bits. */
struct gaps {
	uint32_t n;
	uint32_t any_value; /* all of them, or'ed */
	uint32_t gap[POSTING_BLOCK];
	uint32_t value[POSTING_BLOCK];
};

static void split(struct gaps *gaps, const struct posting *postings, uint32_t n, uint32_t from)
{
	gaps->n = n;
	gaps->gap[0] = postings[0].number - from;
	gaps->any_value = gaps->value[0] = postings[0].value;
	for (uint32_t i = 1; i < n; i++) {
		gaps->gap[i] = postings[i].number - postings[i - 1].number - 1;
		gaps->any_value |= gaps->value[i] = postings[i].value;
	}
}

/* By how many bits all unary parts become shorter where k + 1 is taken for k: (gap >> k) - (gap >> k + 1). */
static uint64_t gain(const struct gaps *gaps, unsigned k)
{
	uint64_t sum = 0;

	for (uint32_t i = 0; i < gaps->n; i++)
		sum += ((gaps->gap[i] >> k) + 1) >> 1;
	return sum;
}

/* A bit more for each gap must gain more than n bits, and the gain never grows with k: so the first k where it does not
 * is the best. That is where the sum of the gaps >> k is n, or before. */
static unsigned gap_width(const struct gaps *gaps, uint32_t sum)
{
	unsigned k = 0;

	while (k < 31 && sum > (uint64_t)gaps->n << k)
		k++;
	while (k > 0 && gain(gaps, k - 1) <= gaps->n)
		k--;
	return k;
}

/* How many values >> v are `least` or more. */
static uint32_t count_from(const struct gaps *gaps, unsigned v, uint32_t least)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < gaps->n; i++)
		count += gaps->value[i] >> v >= least;
	return count;
}

/* May a quotient be `least` or more? No is certain. */
static bool may_reach(const struct gaps *gaps, unsigned v, uint32_t least)
{
	return gaps->any_value >> v >= least;
}

static uint32_t value_bits(const struct gaps *gaps, unsigned v)
{
	/* where the varint of an escape begins to take a byte more */
	static const uint32_t steps[] = {0, 1u << 7, 1u << 14, 1u << 21, 1u << 28};
	uint32_t bits = gaps->n * (v + 1);

	for (uint32_t i = 0; i < gaps->n; i++) {
		uint32_t quotient = gaps->value[i] >> v;

		bits += quotient < POSTING_ESCAPE ? quotient : POSTING_ESCAPE;
	}
	for (size_t i = 0; i < sizeof steps / sizeof *steps && may_reach(gaps, v, POSTING_ESCAPE + steps[i]); i++)
		bits += 8 * count_from(gaps, v, POSTING_ESCAPE + steps[i]);
	return bits;
}

/* With escapes there may be more than one minimum; but v + 1 bits are spent in any case, which ends most tries soon. */
static unsigned value_width(const struct gaps *gaps)
{
	uint32_t least = UINT32_MAX;
	unsigned best = 0;

	if (gaps->any_value == 0)
		return POSTING_ZEROS;
	for (unsigned v = 0; v < POSTING_ZEROS && gaps->n * (v + 1) < least; v++) {
		uint32_t bits = value_bits(gaps, v);

		if (bits < least) {
			least = bits;
			best = v;
		}
	}
	return best;
}

static void add_low(struct bits_writer *writer, const uint32_t *numbers, uint32_t n, unsigned width)
{
	uint64_t mask = ((uint64_t)1 << width) - 1;
	uint32_t i = 0;

	if (width == 0)
		return;
	for (; width <= 8 && i + 4 <= n; i += 4)
		bits_add(writer,
			 (numbers[i] & mask) | (numbers[i + 1] & mask) << width | (numbers[i + 2] & mask) << 2 * width |
				 (numbers[i + 3] & mask) << 3 * width,
			 4 * width);
	for (; i < n; i++)
		bits_add(writer, numbers[i] & mask, width);
}

static void add_high(struct bits_writer *writer, const uint32_t *numbers, uint32_t n, unsigned width, uint32_t most)
{
	for (uint32_t i = 0; i < n; i++) {
		uint32_t quotient = numbers[i] >> width;

		bits_add_unary(writer, quotient < most ? quotient : most);
	}
}

static void add_escapes(struct buf *out, const struct gaps *gaps, unsigned v)
{
	for (uint32_t i = 0; i < gaps->n; i++) {
		uint32_t quotient = gaps->value[i] >> v;

		if (quotient >= POSTING_ESCAPE)
			buf_add_varint(out, quotient - POSTING_ESCAPE);
	}
}

void posting_block_encode(struct buf *out, const struct posting *postings, uint32_t n, uint32_t from)
{
	unsigned char *start = (unsigned char *)buf_reserve(out, POSTING_BLOCK_BYTES);
	/* not cleared by the compiler: most lists are short */
	struct gaps gaps __attribute__((uninitialized));
	struct bits_writer writer;
	unsigned k;
	unsigned v;

	if (!start)
		return;
	split(&gaps, postings, n, from);
	k = gap_width(&gaps, postings[n - 1].number - from - (n - 1));
	v = value_width(&gaps);
	start[0] = (unsigned char)(k | v << 5);
	writer = (struct bits_writer){.p = start + 1};
	add_low(&writer, gaps.gap, n, k);
	add_high(&writer, gaps.gap, n, k, UINT32_MAX);
	if (v != POSTING_ZEROS) {
		add_low(&writer, gaps.value, n, v);
		add_high(&writer, gaps.value, n, v, POSTING_ESCAPE);
	}
	out->n += (size_t)(bits_finish(&writer) - start);
	if (v != POSTING_ZEROS && may_reach(&gaps, v, POSTING_ESCAPE))
		add_escapes(out, &gaps, v);
}

/* Asked for behind POSTING_WIDE, without which there is nothing to call. */
static inline bool is_wide(const struct posting_block *block)
{
	return !block->plain && posting_wide_usable();
}

/* Where the first `n` ones after bit `from` stand, counted from there: the bit after the last of them, or 0 when they are
 * not all in the block. Four at a time, so that the end of a word is mispredicted but once; `at` has room for three more
 * than `n`. */
static size_t find_ones(const struct posting_block *block, size_t from, uint32_t *at, uint32_t n)
{
	uint64_t word = bits_load(block->bytes, block->readable, from / 8) >> from % 8 << from % 8;
	size_t bit = from & ~(size_t)7;
	uint32_t found = 0;

	if (POSTING_WIDE && is_wide(block))
		return posting_wide_ones(block, from, at, n);
	for (;;) {
		uint32_t ones = (uint32_t)__builtin_popcountll(word);
		uint32_t stop = found + (ones < n - found ? ones : n - found);
		uint32_t base = (uint32_t)(bit - from);

		for (; found + 4 <= stop; found += 4)
			for (uint32_t j = 0; j < 4; j++, word &= word - 1)
				at[found + j] = base + (uint32_t)__builtin_ctzll(word);
		for (uint32_t j = 0; j < 3; j++, word &= word - 1)
			at[found + j] = base + (uint32_t)__builtin_ctzll(word | (uint64_t)1 << 63);
		found = stop;
		if (found == n)
			break;
		bit += 64;
		if (bit >= 8 * block->n)
			return 0;
		word = bits_load(block->bytes, block->readable, bit / 8);
	}
	bit = from + at[n - 1] + 1;
	return bit <= 8 * block->n ? bit : 0;
}

/* The `width` low bits of `n` numbers from `bit` on; `out` has room for three more. */
static void unpack(const struct posting_block *block, size_t bit, unsigned width, uint32_t *out, uint32_t n)
{
	uint32_t mask = ((uint32_t)1 << width) - 1;
	uint32_t i = 0;

	if (POSTING_WIDE && width <= POSTING_WIDE_BITS && is_wide(block)) {
		i = posting_wide_unpack(block, bit, width, out, n);
		bit += (size_t)i * width;
	} else if (width <= 14) { /* four and the seven bits before them fit a word */
		for (; i < n && bit / 8 + 8 <= block->readable; i += 4, bit += 4 * (size_t)width) {
			uint64_t word = load_u64(block->bytes + bit / 8) >> bit % 8;

			for (uint32_t j = 0; j < 4; j++, word >>= width)
				out[i + j] = (uint32_t)word & mask;
		}
	}
	for (; i < n && bit / 8 + 8 <= block->readable; i++, bit += width)
		out[i] = (uint32_t)(load_u64(block->bytes + bit / 8) >> bit % 8) & mask;
	for (; i < n; i++, bit += width)
		out[i] = (uint32_t)(bits_load(block->bytes, block->readable, bit / 8) >> bit % 8) & mask;
}

/* Where all streams have ended only zeros may follow, up to a whole byte: the byte after it, or 0. */
static size_t end_bits(const struct posting_block *block, size_t bit)
{
	if (bit % 8 && block->bytes[bit / 8] >> bit % 8)
		return 0;
	return (bit + 7) / 8;
}

typedef uint32_t quad __attribute__((vector_size(16), aligned(4), may_alias));

/* From where the ones of the unary parts stand (in `numbers`) and the low parts, the numbers modulo 2^32: by four, whatever
 * `n`, with the sum of low parts carried in all lanes. */
static void join_gaps(const struct posting_block *block, uint32_t *numbers, const uint32_t *low, unsigned k, uint32_t n,
		      uint32_t from)
{
	const quad zero = {0};
	quad index = {0, 1, 2, 3};
	quad before = {from, from, from, from};

	if (POSTING_WIDE && is_wide(block)) {
		posting_wide_gaps(numbers, low, k, n, from);
		return;
	}
	for (uint32_t i = 0; i < n; i += 4, index += 4) {
		quad sum = *(const quad *)(low + i);
		quad *out = (quad *)(numbers + i);

		sum += __builtin_shufflevector(sum, zero, 4, 0, 1, 2);
		sum += __builtin_shufflevector(sum, zero, 4, 4, 0, 1);
		sum += before;
		before = __builtin_shufflevector(sum, sum, 3, 3, 3, 3);
		*out = sum + index + ((*out - index) << k);
	}
}

/* The exact sum of the low parts; `last`: the last number modulo 2^32, `quotients`: the sum of the high parts. */
static uint64_t sum_low(const uint32_t *low, unsigned k, uint32_t n, uint32_t from, uint32_t quotients, uint32_t last)
{
	uint64_t sum = 0;

	/* of 128 of so few bits it is below 2^32: what `last` leaves */
	if (k <= 25)
		return last - from - (n - 1) - (quotients << k);
	for (uint32_t i = 0; i < n; i++)
		sum += low[i];
	return sum;
}

int posting_block_numbers(const struct posting_block *block, uint32_t n, uint32_t from, uint32_t limit,
			  uint32_t *numbers, uint32_t *scratch, size_t *value_bit)
{
	unsigned k = block->bytes[0] & 31;
	uint32_t *low = scratch;
	uint32_t quotients;

	if (block->n > POSTING_BLOCK_BYTES)
		return -1;
	*value_bit = find_ones(block, 8 + (size_t)n * k, numbers, n);
	if (*value_bit == 0)
		return -1;
	unpack(block, 8, k, low, n);
	quotients = numbers[n - 1] - (n - 1);
	join_gaps(block, numbers, low, k, n, from);
	/* Where the last number is below the limit all are. */
	if (sum_low(low, k, n, from, quotients, numbers[n - 1]) + from + n - 1 + ((uint64_t)quotients << k) >= limit)
		return -1;
	return block->bytes[0] >> 5 == POSTING_ZEROS && end_bits(block, *value_bit) != block->n ? -1 : 0;
}

/* From where the ones of the unary parts stand (in `values`) and the low parts, the values but for what escapes add:
 * whether there are any, or -1 for a quotient above theirs. */
static int join_values(const struct posting_block *block, uint32_t *values, const uint32_t *low, unsigned v, uint32_t n)
{
	const quad escape = {POSTING_ESCAPE, POSTING_ESCAPE, POSTING_ESCAPE, POSTING_ESCAPE};
	quad before = {UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX};
	quad any = {0};
	quad above = {0};

	if (POSTING_WIDE && is_wide(block))
		return posting_wide_values(values, low, v, n);
	for (uint32_t i = 0; i < 3; i++) /* lanes past the end: quotients of 0 */
		values[n + i] = values[n - 1] + 1 + i;
	for (uint32_t i = 0; i < n; i += 4) {
		quad *out = (quad *)(values + i);
		quad ones = *out;
		quad quotient = ones - __builtin_shufflevector(before, ones, 3, 4, 5, 6) - 1;

		before = ones;
		any |= (quad)(quotient == escape);
		above |= (quad)(quotient > escape);
		*out = *(const quad *)(low + i) | quotient << v;
	}
	if (above[0] | above[1] | above[2] | above[3])
		return -1;
	return (any[0] | any[1] | any[2] | any[3]) != 0;
}

static uint32_t list_escapes(const struct posting_block *block, const uint32_t *values, uint32_t n, unsigned v,
			     uint8_t *list)
{
	uint32_t count = 0;

	if (POSTING_WIDE && is_wide(block))
		return posting_wide_escapes(values, n, v, list);
	for (uint32_t i = 0; i < n; i++) {
		list[count] = (uint8_t)i;
		count += values[i] >> v == POSTING_ESCAPE;
	}
	return count;
}

/* The rests of the values that have one, from byte `at` on; the block must end with them. */
static int read_escapes(const struct posting_block *block, uint32_t *values, uint32_t n, unsigned v, size_t at)
{
	uint8_t list[POSTING_BLOCK + 1];
	uint32_t count = list_escapes(block, values, n, v, list);
	struct cursor c = cursor_of((struct span){(const char *)block->bytes + at, block->n - at});

	for (uint32_t i = 0; i < count; i++) {
		uint64_t sum = values[list[i]] + ((uint64_t)cursor_varint32(&c) << v);

		if (sum > UINT32_MAX)
			return -1;
		values[list[i]] = (uint32_t)sum;
	}
	return c.failed || cursor_left(&c) ? -1 : 0;
}

int posting_block_values(const struct posting_block *block, uint32_t n, size_t value_bit, uint32_t *values,
			 uint32_t *scratch)
{
	unsigned v = block->bytes[0] >> 5;
	uint32_t *low = scratch;
	size_t bit;
	size_t end;
	int escapes;

	if (v == POSTING_ZEROS) {
		memset(values, 0, n * sizeof *values);
		return 0;
	}
	bit = find_ones(block, value_bit + (size_t)n * v, values, n);
	end = bit ? end_bits(block, bit) : 0;
	if (end == 0)
		return -1;
	unpack(block, value_bit, v, low, n);
	escapes = join_values(block, values, low, v, n);
	if (escapes <= 0)
		return escapes == 0 && end == block->n ? 0 : -1;
	return read_escapes(block, values, n, v, end);
}
