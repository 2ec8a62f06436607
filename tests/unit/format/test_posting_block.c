#include "list.h"
#include "random.h"
#include "unit.h"

/* A second encoder, straight from the header: a bit an element. */
struct bits {
	size_t n;
	char bit[POSTING_BLOCK * 100];
};

static void add_unary(struct bits *bits, uint32_t zeros)
{
	while (zeros--)
		bits->bit[bits->n++] = 0;
	bits->bit[bits->n++] = 1;
}

static void add_streams(struct bits *bits, const uint32_t *numbers, size_t n, unsigned width, uint32_t most)
{
	for (size_t i = 0; i < n; i++) {
		for (unsigned j = 0; j < width; j++)
			bits->bit[bits->n++] = numbers[i] >> j & 1;
	}
	for (size_t i = 0; i < n; i++)
		add_unary(bits, numbers[i] >> width < most ? numbers[i] >> width : most);
}

static uint64_t count_bits(const uint32_t *numbers, size_t n, unsigned width, uint32_t most)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < n; i++) {
		uint32_t quotient = numbers[i] >> width;

		sum += width + 1 + (quotient < most ? quotient : most);
		for (uint32_t rest = quotient - most; quotient >= most; rest >>= 7) {
			sum += 8;
			if (rest < 128)
				break;
		}
	}
	return sum;
}

static unsigned best_width(const uint32_t *numbers, size_t n, unsigned widths, uint32_t most)
{
	unsigned best = 0;

	for (unsigned width = 1; width < widths; width++) {
		if (count_bits(numbers, n, width, most) < count_bits(numbers, n, best, most))
			best = width;
	}
	return best;
}

static void model_block(struct buf *out, const struct posting *postings, size_t n, uint32_t from)
{
	uint32_t gaps[POSTING_BLOCK] = {0};
	uint32_t values[POSTING_BLOCK] = {0};
	struct bits bits = {0};
	bool zeros = true;
	unsigned k;
	unsigned v;

	for (size_t i = 0; i < n; i++) {
		gaps[i] = postings[i].number - (i ? postings[i - 1].number + 1 : from);
		values[i] = postings[i].value;
		zeros &= values[i] == 0;
	}
	k = best_width(gaps, n, 32, UINT32_MAX);
	v = zeros ? POSTING_ZEROS : best_width(values, n, POSTING_ZEROS, POSTING_ESCAPE);
	add_streams(&bits, gaps, n, k, UINT32_MAX);
	if (!zeros)
		add_streams(&bits, values, n, v, POSTING_ESCAPE);
	buf_add_byte(out, (unsigned char)(k | v << 5));
	for (size_t i = 0; i < bits.n; i += 8) {
		unsigned byte = 0;

		for (size_t j = i; j < i + 8 && j < bits.n; j++)
			byte |= (unsigned)bits.bit[j] << (j - i);
		buf_add_byte(out, (unsigned char)byte);
	}
	for (size_t i = 0; !zeros && i < n; i++) {
		if (values[i] >> v >= POSTING_ESCAPE)
			buf_add_varint(out, (values[i] >> v) - POSTING_ESCAPE);
	}
}

static void model_list(struct buf *out, const struct list *list)
{
	struct buf blocks = {0};

	for (size_t i = 0; i < list->count; i += POSTING_BLOCK) {
		size_t n = list->count - i < POSTING_BLOCK ? list->count - i : POSTING_BLOCK;

		model_block(&blocks, list->postings + i, n, i ? list->postings[i - 1].number + 1 : 0);
		if (list->count <= POSTING_BLOCK)
			continue;
		buf_add_u32(out, list->postings[i + n - 1].number);
		buf_add_u32(out, (uint32_t)blocks.n);
	}
	buf_add_span(out, buf_span(&blocks));
	buf_release(&blocks);
}

static void bytes_are_as_documented(void **state)
{
	struct list *list = test_malloc(sizeof *list);
	struct buf expected = {0};
	uint64_t seed = 5;

	(void)state;
	for (size_t i = 1; i < LIST_COUNTS; i++) {
		for (unsigned shape = LIST_DENSE; shape < LIST_SHAPES * LIST_VALUES; shape++) {
			list_fill(list, list_counts[i], (enum list_shape)(shape % LIST_SHAPES),
				  (enum list_values)(shape / LIST_SHAPES), &seed);
			list_encode(list, false);
			buf_reset(&expected);
			model_list(&expected, list);
			assert_int_equal(list->bytes.n, expected.n);
			assert_memory_equal(list->bytes.data, expected.data, expected.n);
			buf_release(&list->bytes);
		}
	}
	buf_release(&expected);
	test_free(list);
}

/* 2 and 3, so gaps of 2 and 0, for which k is 0: 001 1; of 1 and 16 at v 2 the low parts 10 00 and the high ones 1 00001. */
static void small_lists_are_as_documented(void **state)
{
	static const struct posting postings[] = {{2, 1}, {3, 16}};
	static const unsigned char block[] = {0x40, 0x1C, 0x21};
	static const unsigned char single[] = {2, 1};
	struct buf bytes = {0};

	(void)state;
	posting_encode(&bytes, NULL, 0, NULL);
	assert_int_equal(bytes.n, 0);
	posting_encode(&bytes, postings, 1, NULL);
	assert_int_equal(bytes.n, sizeof single);
	assert_memory_equal(bytes.data, single, sizeof single);
	buf_reset(&bytes);
	posting_encode(&bytes, postings, 2, NULL);
	assert_int_equal(bytes.n, sizeof block);
	assert_memory_equal(bytes.data, block, sizeof block);
	buf_release(&bytes);
}

/* What one way of decoding gives. */
struct decoded {
	int status;
	int values_status;
	size_t value_bit;
	uint32_t numbers[POSTING_ROOM];
	uint32_t values[POSTING_ROOM];
};

static void decode(struct decoded *out, struct span bytes, uint32_t n, uint32_t limit, bool plain)
{
	struct posting_block block = {(const unsigned char *)bytes.p, bytes.n, bytes.n, plain};
	uint32_t scratch[POSTING_ROOM];

	memset(scratch, 0xFF, sizeof scratch);
	out->status = posting_block_numbers(&block, n, 7, limit, out->numbers, scratch, &out->value_bit);
	memset(scratch, 0xFF, sizeof scratch);
	out->values_status = out->status ? -1 : posting_block_values(&block, n, out->value_bit, out->values, scratch);
}

/* By the loops of posting_wide.h, where the processor has them, and without: the same, from the first to the last bit. */
static void compare_ways(struct span bytes, uint32_t n, uint32_t limit, struct decoded ways[2])
{
	char *copy = test_malloc(bytes.n);

	memcpy(copy, bytes.p, bytes.n);
	for (int i = 0; i < 2; i++)
		decode(&ways[i], (struct span){copy, bytes.n}, n, limit, i == 0);
	test_free(copy);
	assert_int_equal(ways[0].status, ways[1].status);
	assert_int_equal(ways[0].values_status, ways[1].values_status);
	if (ways[0].status == 0)
		assert_memory_equal(ways[0].numbers, ways[1].numbers, n * sizeof *ways[0].numbers);
	if (ways[0].values_status == 0)
		assert_memory_equal(ways[0].values, ways[1].values, n * sizeof *ways[0].values);
}

static void both_ways_decode_alike(void **state)
{
	struct list *list = test_malloc(sizeof *list);
	struct decoded *ways = test_malloc(2 * sizeof *ways);
	uint64_t seed = 8;

	(void)state;
	for (uint32_t n = 1; n <= POSTING_BLOCK; n++) {
		for (unsigned shape = LIST_DENSE; shape < LIST_SHAPES * LIST_VALUES; shape++) {
			struct buf bytes = {0};

			list_fill(list, n, (enum list_shape)(shape % LIST_SHAPES),
				  (enum list_values)(shape / LIST_SHAPES), &seed);
			for (uint32_t i = 0; i < n; i++)
				list->postings[i].number += 7;
			posting_block_encode(&bytes, list->postings, n, 7);
			compare_ways(buf_span(&bytes), n, list->limit + 7, ways);
			assert_int_equal(ways[0].values_status, 0);
			for (uint32_t i = 0; i < n; i++) {
				assert_int_equal(ways[1].numbers[i], list->postings[i].number);
				assert_int_equal(ways[1].values[i], list->postings[i].value);
			}
			compare_ways(buf_span(&bytes), n, list->postings[n - 1].number, ways);
			assert_int_equal(ways[0].status, -1);
			for (int i = 0; i < 20; i++) {
				bytes.data[random_below(&seed, (uint32_t)bytes.n)] ^=
					(char)(1 << random_below(&seed, 8));
				compare_ways(buf_span(&bytes), n, list->limit + 7, ways);
			}
			buf_release(&bytes);
		}
	}
	test_free(ways);
	test_free(list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_are_as_documented),
		cmocka_unit_test(small_lists_are_as_documented),
		cmocka_unit_test(both_ways_decode_alike),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
