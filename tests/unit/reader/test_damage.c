/* Bits of an index flip: it is told, or the answers stay what they were. With --full, every bit is asked every
 * question. */
#include "index.h"
#include "patched.h"
#include "questions.h"
#include "random.h"
#include "scratch.h"
#include "utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

/* How many bits of each file are flipped before every question is asked; of the small index all when --full is given. */
enum { SAMPLES = 150, SAMPLES_FULL = 2000 };
static bool full;

struct sound {
	struct scratch scratch;
	struct buf answers[QUESTIONS];
};

static void make_notes(struct scratch *scratch, bool large)
{
	scratch_fill(scratch);
	for (int i = 0; large && i < 150; i++) {
		struct buf name = {0};
		struct buf text = {0};

		buf_printf(&name, "notes/大/%d.md", i);
		buf_printf(&text, "# 第 %d 篇\n\n租金 %d 元，咖啡豆 %d 克，word%d。\n\n## 收银 %d\n\n店里 -> 对账\n", i,
			   i * 7, i * 11, i, i % 9);
		for (int k = 0; k < 60; k++)
			utf8_add(&text, 0x4E00 + (uint32_t)(i * 131 + k * 37) % 5000);
		scratch_write(scratch, buf_string(&name), buf_string(&text));
		buf_release(&name);
		buf_release(&text);
	}
}

static void read_files(struct scratch *scratch)
{
	struct buf name = {0};

	buf_printf(&name, "index/%s", scratch_segment(scratch));
	scratch_read(scratch, buf_string(&name), &patched.segment);
	scratch_read(scratch, "index/MANIFEST", &patched.manifest);
	buf_release(&name);
}

/* An index in memory, and what it answers while it is sound. */
static void make_sound(struct sound *sound, bool large)
{
	struct searcher *searcher;
	struct err err = {0};

	*sound = (struct sound){0};
	scratch_make(&sound->scratch);
	make_notes(&sound->scratch, large);
	scratch_build(&sound->scratch);
	read_files(&sound->scratch);
	searcher = searcher_open(&patched_io, &sound->scratch.index, 1, &err);
	assert_non_null(searcher);
	for (unsigned i = 0; i < QUESTIONS; i++)
		assert_int_equal(question_ask(searcher, i, &sound->answers[i], &err), 0);
	searcher_close(searcher);
}

static void release(struct sound *sound)
{
	for (unsigned i = 0; i < QUESTIONS; i++)
		buf_release(&sound->answers[i]);
	scratch_release(&sound->scratch);
	buf_release(&patched.manifest);
	buf_release(&patched.segment);
}

static bool is_told(const struct err *err)
{
	return err->kind == ERR_DAMAGED || err->kind == ERR_FOREIGN || err->kind == ERR_VERSION ||
	       err->kind == ERR_ANALYSIS;
}

/* All of it is looked at: no flip may pass. */
static void check_is_told(struct sound *sound)
{
	struct index index;
	struct err err = {0};

	if (index_open(&index, &patched_io, sound->scratch.index, &err) == 0) {
		index_check(&index, &err);
		index_close(&index);
	}
	assert_true(is_told(&err));
	assert_non_null(strstr(err.text, sound->scratch.index));
}

/* Only what a question needs is looked at: the old answer, or trouble. Returns how many were answered. */
static unsigned ask_all(struct sound *sound)
{
	struct buf answer = {0};
	struct err err = {0};
	struct searcher *searcher = searcher_open(&patched_io, &sound->scratch.index, 1, &err);
	unsigned answered = 0;

	if (!searcher)
		assert_true(is_told(&err));
	for (unsigned i = 0; searcher && i < QUESTIONS; i++) {
		err = (struct err){0};
		buf_reset(&answer);
		if (question_ask(searcher, i, &answer, &err) < 0) {
			assert_int_equal(err.kind, ERR_DAMAGED);
			continue;
		}
		answered++;
		if (!span_equal(buf_span(&answer), buf_span(&sound->answers[i])))
			fail_msg("question %u:\n%s", i, buf_string(&answer));
	}
	searcher_close(searcher);
	buf_release(&answer);
	return answered;
}

static void flip(struct buf *file, size_t bit)
{
	file->data[bit / 8] = (char)(file->data[bit / 8] ^ 1 << bit % 8);
}

static void every_bit_is_checked(void **state)
{
	struct sound sound;
	struct buf *files[] = {&patched.manifest, &patched.segment};

	(void)state;
	make_sound(&sound, false);
	for (size_t i = 0; i < 2; i++) {
		for (size_t bit = 0; bit < files[i]->n * 8; bit++) {
			flip(files[i], bit);
			check_is_told(&sound);
			flip(files[i], bit);
		}
	}
	release(&sound);
}

static void ask_with_flips(bool large, bool all)
{
	struct sound sound;
	struct buf *files[] = {&patched.manifest, &patched.segment};
	uint64_t seed = 1;
	unsigned answered = 0;

	make_sound(&sound, large);
	assert_int_equal(patched.segment.n > MAPPING_COPY, large);
	for (size_t i = 0; i < 2; i++) {
		size_t bits = files[i]->n * 8;
		size_t samples = all ? bits : full ? SAMPLES_FULL : SAMPLES;

		for (size_t k = 0; k < samples; k++) {
			size_t bit = all ? k : random_below(&seed, (uint32_t)bits);

			flip(files[i], bit);
			answered += ask_all(&sound);
			flip(files[i], bit);
		}
	}
	assert_int_equal(ask_all(&sound), QUESTIONS);
	/* in a file of many pages a flip leaves most questions without a trace */
	assert_true(!large || answered > SAMPLES);
	release(&sound);
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
	struct sound sound;
	struct buf saved = {0};
	uint64_t seed = 2;

	(void)state;
	make_sound(&sound, true);
	buf_add_span(&saved, buf_span(&patched.segment));
	for (size_t at = 0; at + 4096 <= saved.n; at += 4096) {
		size_t other = random_below(&seed, (uint32_t)(saved.n / 4096)) * (size_t)4096;

		memset(patched.segment.data + at, 0, 4096);
		check_is_told(&sound);
		ask_all(&sound);
		memcpy(patched.segment.data + at, saved.data + other, 4096);
		memcpy(patched.segment.data + other, saved.data + at, 4096);
		if (other != at)
			check_is_told(&sound);
		ask_all(&sound);
		memcpy(patched.segment.data, saved.data, saved.n);
	}
	for (int i = 0; i < 100; i++) {
		patched.segment.n = random_below(&seed, (uint32_t)saved.n);
		check_is_told(&sound);
		assert_int_equal(ask_all(&sound), 0);
	}
	patched.segment.n = saved.n;
	buf_release(&saved);
	release(&sound);
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
