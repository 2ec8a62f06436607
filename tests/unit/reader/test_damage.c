/* Bits of an index flip: it is told, or the answers stay what they were. With --full, every bit is asked every
 * question. */
#include "index.h"
#include "questions.h"
#include "random.h"
#include "sound.h"
#include "unit.h"

#include <stdio.h>

/* How many bits of each file are flipped before every question is asked; of the small index all when --full is given. */
enum { SAMPLES = 150, SAMPLES_FULL = 2000 };
static bool full;

struct answered {
	struct sound sound;
	struct buf answers[QUESTIONS];
};

/* An index, and what it answers while it is sound. */
static void make(struct answered *answered, bool large)
{
	struct searcher *searcher;
	struct err err = {0};

	*answered = (struct answered){0};
	sound_make(&answered->sound, large);
	searcher = searcher_open(&patched_io, &answered->sound.scratch.index, 1, &err);
	assert_non_null(searcher);
	for (unsigned i = 0; i < QUESTIONS; i++)
		assert_int_equal(question_ask(searcher, i, &answered->answers[i], &err), 0);
	searcher_close(searcher);
}

static void release(struct answered *answered)
{
	for (unsigned i = 0; i < QUESTIONS; i++)
		buf_release(&answered->answers[i]);
	sound_release(&answered->sound);
}

static bool is_told(const struct err *err)
{
	return err->kind == ERR_DAMAGED || err->kind == ERR_FOREIGN || err->kind == ERR_VERSION ||
	       err->kind == ERR_ANALYSIS;
}

/* All of it is looked at: no flip may pass. */
static void check_is_told(struct answered *answered)
{
	struct index index;
	struct err err = {0};

	if (index_open(&index, &patched_io, answered->sound.scratch.index, &err) == 0) {
		index_check(&index, &err);
		index_close(&index);
	}
	assert_true(is_told(&err));
	assert_non_null(strstr(err.text, answered->sound.scratch.index));
}

/* Only what a question needs is looked at: the old answer, or trouble. Returns how many were answered. */
static unsigned ask_all(struct answered *answered)
{
	struct buf answer = {0};
	struct err err = {0};
	struct searcher *searcher = searcher_open(&patched_io, &answered->sound.scratch.index, 1, &err);
	unsigned count = 0;

	if (!searcher)
		assert_true(is_told(&err));
	for (unsigned i = 0; searcher && i < QUESTIONS; i++) {
		err = (struct err){0};
		buf_reset(&answer);
		if (question_ask(searcher, i, &answer, &err) < 0) {
			assert_int_equal(err.kind, ERR_DAMAGED);
			continue;
		}
		count++;
		if (!span_equal(buf_span(&answer), buf_span(&answered->answers[i])))
			fail_msg("question %u:\n%s", i, buf_string(&answer));
	}
	searcher_close(searcher);
	buf_release(&answer);
	return count;
}

static void flip(struct buf *file, size_t bit)
{
	file->data[bit / 8] = (char)(file->data[bit / 8] ^ 1 << bit % 8);
}

static void every_bit_is_checked(void **state)
{
	struct answered answered;
	struct buf *files[] = {&patched.manifest, &patched.segment};

	(void)state;
	make(&answered, false);
	for (size_t i = 0; i < 2; i++) {
		for (size_t bit = 0; bit < files[i]->n * 8; bit++) {
			flip(files[i], bit);
			check_is_told(&answered);
			flip(files[i], bit);
		}
	}
	release(&answered);
}

static void ask_with_flips(bool large, bool all)
{
	struct answered answered;
	struct buf *files[] = {&patched.manifest, &patched.segment};
	uint64_t seed = 1;
	unsigned count = 0;

	make(&answered, large);
	assert_int_equal(patched.segment.n > MAPPING_COPY, large);
	for (size_t i = 0; i < 2; i++) {
		size_t bits = files[i]->n * 8;
		size_t samples = all ? bits : full ? SAMPLES_FULL : SAMPLES;

		for (size_t k = 0; k < samples; k++) {
			size_t bit = all ? k : random_below(&seed, (uint32_t)bits);

			flip(files[i], bit);
			count += ask_all(&answered);
			flip(files[i], bit);
		}
	}
	assert_int_equal(ask_all(&answered), QUESTIONS);
	/* in a file of many pages a flip leaves most questions without a trace */
	assert_true(!large || count > SAMPLES);
	release(&answered);
}

static void a_small_index_never_answers_wrong(void **state)
{
	(void)state;
	ask_with_flips(false, full);
}

static void a_large_index_never_answers_wrong(void **state)
{
	(void)state;
	ask_with_flips(true, false);
}

/* Whole pages zeroed, swapped, and files cut anywhere. */
static void pages_are_not_mistaken(void **state)
{
	struct answered answered;
	struct buf saved = {0};
	uint64_t seed = 2;

	(void)state;
	make(&answered, true);
	buf_add_span(&saved, buf_span(&patched.segment));
	for (size_t at = 0; at + 4096 <= saved.n; at += 4096) {
		size_t other = random_below(&seed, (uint32_t)(saved.n / 4096)) * (size_t)4096;

		memset(patched.segment.data + at, 0, 4096);
		check_is_told(&answered);
		ask_all(&answered);
		memcpy(patched.segment.data + at, saved.data + other, 4096);
		memcpy(patched.segment.data + other, saved.data + at, 4096);
		if (other != at)
			check_is_told(&answered);
		ask_all(&answered);
		memcpy(patched.segment.data, saved.data, saved.n);
	}
	for (int i = 0; i < 100; i++) {
		patched.segment.n = random_below(&seed, (uint32_t)saved.n);
		check_is_told(&answered);
		assert_int_equal(ask_all(&answered), 0);
	}
	patched.segment.n = saved.n;
	buf_release(&saved);
	release(&answered);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_bit_is_checked),
		cmocka_unit_test(a_small_index_never_answers_wrong),
		cmocka_unit_test(a_large_index_never_answers_wrong),
		cmocka_unit_test(pages_are_not_mistaken),
	};

	full = argc > 1 && strcmp(argv[1], "--full") == 0;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
