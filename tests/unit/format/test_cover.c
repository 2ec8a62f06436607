#include "cover.h"

#include "random.h"
#include "unit.h"

enum { SAMPLE = 1024, COUNT = 20 };

/* Samples of noise, each in two halves. */
static void make_noise(struct buf *samples, size_t sizes[static COUNT])
{
	uint64_t seed = 1;

	for (size_t i = 0; i < COUNT; i++) {
		sizes[i] = SAMPLE;
		for (size_t k = 0; k < SAMPLE; k++)
			buf_add_byte(samples, (unsigned char)random_below(&seed, 256));
	}
}

/* The first half of sample `from` also stands in sample `to`. */
static void repeat(struct buf *samples, size_t from, size_t to)
{
	memcpy(samples->data + to * SAMPLE, samples->data + from * SAMPLE, SAMPLE / 2);
}

static void select_into(struct buf *out, size_t limit, const struct buf *samples, const size_t *sizes)
{
	size_t before = out->n;
	struct err err = {0};

	assert_int_equal(cover_select(out, limit, buf_span(samples), sizes, COUNT, &err), 0);
	assert_true(out->n - before <= limit);
}

static void what_many_samples_share_comes_once_and_last(void **state)
{
	struct buf samples = {0};
	struct buf out = {0};
	size_t sizes[COUNT];
	size_t half = SAMPLE / 2;

	(void)state;
	make_noise(&samples, sizes);
	repeat(&samples, 0, 7);
	for (size_t i = 12; i < 17; i++)
		repeat(&samples, 3, i);
	buf_add_text(&out, "before");
	select_into(&out, SAMPLE, &samples, sizes);
	assert_int_equal(out.n, 6 + SAMPLE);
	assert_memory_equal(out.data, "before", 6);
	assert_memory_equal(out.data + 6, samples.data, half);
	assert_memory_equal(out.data + 6 + half, samples.data + 3 * SAMPLE, half);
	/* with room for one: the better */
	buf_reset(&out);
	select_into(&out, half + 100, &samples, sizes);
	assert_int_equal(out.n, half);
	assert_memory_equal(out.data, samples.data + 3 * SAMPLE, half);
	/* with room for all: each but once */
	buf_reset(&out);
	select_into(&out, samples.n, &samples, sizes);
	assert_int_not_equal(out.n, 0);
	for (size_t at = 0; at + half < out.n; at += half)
		assert_memory_not_equal(out.data + at, samples.data + 3 * SAMPLE, half);
	buf_release(&out);
	buf_release(&samples);
}

static void repetition_within_a_sample_counts_nothing(void **state)
{
	struct buf samples = {0};
	struct buf out = {0};
	size_t sizes[COUNT];

	(void)state;
	make_noise(&samples, sizes);
	repeat(&samples, 0, 7);
	for (size_t i = 0; i < 8; i++)
		memcpy(samples.data + 2 * SAMPLE + i * 128, samples.data + 2 * SAMPLE, 128);
	select_into(&out, SAMPLE / 2, &samples, sizes);
	assert_memory_equal(out.data, samples.data, SAMPLE / 2);
	buf_release(&out);
	buf_release(&samples);
}

/* More pieces than there are numbers for. */
static void many_samples_are_read_in_part(void **state)
{
	struct buf samples = {0};
	struct buf out = {0};
	struct err err = {0};
	uint64_t seed = 3;
	size_t n = 40 << 20;

	(void)state;
	while (samples.n < n)
		buf_add_u32(&samples, random_below(&seed, 1 << 20));
	n /= 2;
	memcpy(samples.data + n, samples.data, 1 << 20);
	assert_int_equal(cover_select(&out, 1 << 16, buf_span(&samples), (size_t[]){n, n}, 2, &err), 0);
	assert_int_equal(out.n, 1 << 16);
	buf_release(&out);
	buf_release(&samples);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_many_samples_share_comes_once_and_last),
		cmocka_unit_test(repetition_within_a_sample_counts_nothing),
		cmocka_unit_test(many_samples_are_read_in_part),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
