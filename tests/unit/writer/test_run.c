#include "merge.h"

#include "random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { BATCHES = 4, TERMS = 60, NUMBERS = 40 };

/* The naive model: how often each term stands in each place, of every batch. */
struct model {
	uint32_t sections[BATCHES]; /* how many */
	uint32_t blocks[BATCHES];
	uint16_t counts[BATCHES][TERMS][CHANNEL_COUNT][NUMBERS];
};

static size_t term_text(char to[16], unsigned term)
{
	static const char *const words[] = {"", "a", "ab", "b", "商", "商业", "\xF0\xA0\x80\x80"};

	if (term < 7)
		return (size_t)sprintf(to, "%s", words[term]);
	return (size_t)sprintf(to, "%s%u", term % 2 ? "词" : "t", term);
}

static void add(struct run *run, struct model *model, size_t batch, unsigned term, enum channel channel,
		uint32_t number)
{
	char text[16];
	size_t n = term_text(text, term);

	run_add(run, run_list(run, (struct span){text, n}, channel), number);
	model->counts[batch][term][channel][number]++;
}

/* Numbers rise as they do when documents are read; terms and channels come in any order. */
static void fill(struct run *run, struct model *model, size_t batch, uint64_t *seed)
{
	uint32_t sections = model->sections[batch];

	for (uint32_t section = 0; section < sections; section++) {
		uint32_t block = section * model->blocks[batch] / sections;

		for (uint32_t i = random_below(seed, 100); i > 0; i--) {
			enum channel channel = (enum channel)random_below(seed, CHANNEL_COUNT);

			add(run, model, batch, random_below(seed, TERMS), channel,
			    channel == CHANNEL_BLOCK ? block : section);
		}
	}
}

static void make_batch(struct batch *batch, struct model *model, size_t i, uint64_t *seed)
{
	struct err err = {0};

	model->sections[i] = random_below(seed, 5) ? random_below(seed, NUMBERS) : 0;
	model->blocks[i] = model->sections[i] ? 1 + random_below(seed, model->sections[i]) : 0;
	fill(&batch->run, model, i, seed);
	assert_int_equal(run_sort(&batch->run, &err), 0);
	for (uint32_t k = 0; k < model->sections[i]; k++) {
		struct section_record record = {0};

		buf_add(&batch->sections, &record, sizeof record);
	}
	for (uint32_t k = 0; k < model->blocks[i]; k++)
		store_index_add(&batch->store.index, k, k);
}

static void check_run(const struct run *run, const struct model *model, size_t batch)
{
	struct cursor c = cursor_of(buf_span(&run->sorted));
	struct run_list_head head;
	struct span before = {NULL, 0};
	enum channel before_channel = CHANNEL_BODY;
	size_t lists = 0;
	size_t expected = 0;

	while (run_read_list(&c, &head) > 0) {
		int64_t number = -1;
		int order = span_compare(before, head.term);

		assert_true(lists == 0 || order < 0 || (order == 0 && before_channel < head.channel));
		assert_true(head.count > 0);
		before = head.term;
		before_channel = head.channel;
		lists++;
		for (uint32_t i = 0; i < head.count; i++) {
			struct posting posting;

			run_read_posting(&c, &number, &posting);
			assert_true(posting.number < NUMBERS && posting.frequency > 0);
		}
		assert_false(c.failed);
	}
	for (unsigned term = 0; term < TERMS; term++) {
		for (unsigned channel = 0; channel < CHANNEL_COUNT; channel++) {
			bool any = false;

			for (unsigned i = 0; i < NUMBERS; i++)
				any |= model->counts[batch][term][channel][i] > 0;
			expected += any;
		}
	}
	assert_int_equal(lists, expected);
}

static int compare_terms(const void *a, const void *b)
{
	char x[16];
	char y[16];
	size_t n = term_text(x, *(const unsigned *)a);
	size_t m = term_text(y, *(const unsigned *)b);

	return span_compare((struct span){x, n}, (struct span){y, m});
}

/* What the model says of a term in a channel of the whole, against what the merge says. */
static void check_channel(const struct model *model, unsigned term, unsigned channel, const struct buf *postings)
{
	uint32_t base = 0;
	size_t n = 0;

	for (size_t batch = 0; batch < BATCHES; batch++) {
		for (uint32_t i = 0; i < NUMBERS; i++) {
			uint32_t frequency = model->counts[batch][term][channel][i];
			struct posting got;

			if (!frequency)
				continue;
			assert_true(n < BUF_COUNT(postings, struct posting));
			got = BUF_AT(postings, struct posting, n);
			n++;
			assert_int_equal(got.number, base + i);
			assert_int_equal(got.frequency, frequency);
		}
		base += channel == CHANNEL_BLOCK ? model->blocks[batch] : model->sections[batch];
	}
	assert_int_equal(n, BUF_COUNT(postings, struct posting));
}

static bool occurs(const struct model *model, unsigned term)
{
	for (size_t batch = 0; batch < BATCHES; batch++)
		for (unsigned channel = 0; channel < CHANNEL_COUNT; channel++)
			for (unsigned i = 0; i < NUMBERS; i++)
				if (model->counts[batch][term][channel][i])
					return true;
	return false;
}

static void check_merge(struct batch *batches, const struct model *model)
{
	unsigned order[TERMS];
	struct merge merge;
	struct err err = {0};
	char text[16];

	for (unsigned i = 0; i < TERMS; i++)
		order[i] = i;
	qsort(order, TERMS, sizeof order[0], compare_terms);
	assert_int_equal(merge_start(&merge, batches, BATCHES, &err), 0);
	for (unsigned i = 0; i < TERMS; i++) {
		size_t n = term_text(text, order[i]);

		if (!occurs(model, order[i]))
			continue;
		assert_int_equal(merge_next(&merge, &err), 1);
		assert_true(span_equal(buf_span(&merge.term), (struct span){text, n}));
		for (unsigned channel = 0; channel < CHANNEL_COUNT; channel++)
			check_channel(model, order[i], channel, &merge.postings[channel]);
	}
	assert_int_equal(merge_next(&merge, &err), 0);
	assert_int_equal(merge_next(&merge, &err), 0);
	merge_release(&merge);
}

static void equals_the_naive_model(void **state)
{
	struct model *model = test_malloc(sizeof *model);
	uint64_t seed = 1;

	(void)state;
	for (int round = 0; round < 100; round++) {
		struct batch batches[BATCHES] = {{{0}}};

		memset(model, 0, sizeof *model);
		for (size_t i = 0; i < BATCHES; i++) {
			make_batch(&batches[i], model, i, &seed);
			check_run(&batches[i].run, model, i);
		}
		check_merge(batches, model);
		for (size_t i = 0; i < BATCHES; i++)
			batch_release(&batches[i]);
	}
	test_free(model);
}

/* Enough lists that the table of terms grows, and more than once; a frequency that takes several bytes. */
static void grows(void **state)
{
	enum { MANY = 70000 };
	struct run run = {0};
	struct cursor c;
	struct run_list_head head;
	struct err err = {0};
	char text[16];
	size_t lists = 0;

	(void)state;
	for (int round = 0; round < 2; round++) {
		for (unsigned i = 0; i < MANY; i++) {
			int n = sprintf(text, "%u", i);
			uint32_t list = run_list(&run, (struct span){text, (size_t)n}, CHANNEL_BODY);

			assert_int_equal(list, i);
			for (int k = 0; k < (i == 7 ? 70000 : 1); k++)
				run_add(&run, list, 5);
		}
	}
	assert_int_equal(run_sort(&run, &err), 0);
	c = cursor_of(buf_span(&run.sorted));
	while (run_read_list(&c, &head) > 0) {
		struct posting posting;
		int64_t number = -1;

		assert_int_equal(head.count, 1);
		run_read_posting(&c, &number, &posting);
		assert_int_equal(posting.number, 5);
		assert_int_equal(posting.frequency, span_equal(head.term, span_of("7")) ? 140000 : 2);
		lists++;
	}
	assert_int_equal(lists, MANY);
	run_release(&run);
}

static void nothing_makes_nothing(void **state)
{
	struct run run = {0};
	struct merge merge;
	struct batch batch = {{0}};
	struct err err = {0};

	(void)state;
	assert_int_equal(run_sort(&run, &err), 0);
	assert_int_equal(run.sorted.n, 0);
	run_release(&run);
	assert_int_equal(merge_start(&merge, NULL, 0, &err), 0);
	assert_int_equal(merge_next(&merge, &err), 0);
	merge_release(&merge);
	assert_int_equal(merge_start(&merge, &batch, 1, &err), 0);
	assert_int_equal(merge_next(&merge, &err), 0);
	merge_release(&merge);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equals_the_naive_model),
		cmocka_unit_test(grows),
		cmocka_unit_test(nothing_makes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
