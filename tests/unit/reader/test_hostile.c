/* Index files made to do harm: any bytes, under checksums and ids that are right. Nothing may crash, hang or read past
 * an end, and what index_check() calls sound must answer every question. */
#include "image.h"
#include "index.h"
#include "questions.h"
#include "random.h"
#include "sound.h"
#include "unit.h"

static unsigned rounds = 300;

static unsigned checked; /* changed indexes that passed the check */
static unsigned refused;

static bool is_refusal(const struct err *err)
{
	return err->kind == ERR_DAMAGED || err->kind == ERR_FOREIGN || err->kind == ERR_VERSION ||
	       err->kind == ERR_ANALYSIS;
}

static bool passes_check(struct sound *sound)
{
	struct index index;
	struct err err = {0};
	int status = index_open(&index, &patched_io, sound->scratch.index, &err);

	if (status == 0) {
		status = index_check(&index, &err);
		index_close(&index);
	}
	assert_int_equal(status < 0, is_refusal(&err));
	return status == 0;
}

static void use(struct sound *sound)
{
	struct buf answer = {0};
	struct err err = {0};
	bool passed = passes_check(sound);
	struct searcher *searcher = searcher_open(&patched_io, &sound->scratch.index, 1, &err);

	if (!searcher)
		assert_true(is_refusal(&err) && (!passed || err.kind == ERR_ANALYSIS));
	for (unsigned i = 0; searcher && i < QUESTIONS; i++) {
		err = (struct err){0};
		buf_reset(&answer);
		if (question_ask(searcher, i, &answer, &err) < 0 && (passed || !is_refusal(&err)))
			fail_msg("question %u: %s", i, err.text);
	}
	checked += passed;
	refused += !passed;
	searcher_close(searcher);
	buf_release(&answer);
}

/* Changes one byte of the file's chunk number `number`, modulo their count. */
static void change(struct buf *file, uint32_t kind, uint32_t number, uint64_t *seed)
{
	struct container container;
	struct chunk chunk;
	struct err err = {0};
	uint32_t how = random_below(seed, 4);
	char *byte;

	assert_int_equal(container_open(&container, buf_span(file), kind, "f", &err), 0);
	chunk = container.chunks[number % container.chunk_count];
	container_close(&container);
	byte = file->data + chunk.offset + random_below(seed, (uint32_t)chunk.length);
	if (how == 0)
		*byte = (char)random_below(seed, 256);
	else if (how == 1)
		*byte = (char)(*byte ^ 1 << random_below(seed, 8));
	else
		*byte = (char)(how == 2 ? *byte + 1 : *byte - 1);
}

static void segments_made_to_do_harm(void **state)
{
	struct sound sound;
	uint64_t seed = 1;

	(void)state;
	sound_make(&sound, true);
	checked = refused = 0;
	use(&sound);
	assert_int_equal(checked, 1);
	for (unsigned round = 0; round < rounds; round++) {
		sound_restore(&sound);
		for (uint32_t i = random_below(&seed, 4); i < 4; i++)
			change(&patched.segment, SEGMENT_KIND, round, &seed);
		sound_seal(&sound);
		use(&sound);
	}
	/* both ways are taken: else the changes were not where they matter */
	assert_true(checked > 1 && refused > rounds / 4);
	sound_release(&sound);
}

static void manifests_made_to_do_harm(void **state)
{
	struct sound sound;
	uint64_t seed = 2;

	(void)state;
	sound_make(&sound, false);
	checked = refused = 0;
	for (unsigned round = 0; round < rounds; round++) {
		sound_restore(&sound);
		for (uint32_t i = random_below(&seed, 3); i < 3; i++)
			change(&patched.manifest, MANIFEST_KIND, round, &seed);
		image_seal(&patched.manifest);
		use(&sound);
	}
	assert_true(checked > 1 && refused > rounds / 8);
	sound_release(&sound);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(segments_made_to_do_harm),
		cmocka_unit_test(manifests_made_to_do_harm),
	};

	if (argc > 1 && strcmp(argv[1], "--full") == 0)
		rounds *= 20;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
