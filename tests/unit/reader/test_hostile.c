/* Index files made to do harm: any bytes, under checksums and ids that are right. Nothing may crash, hang or read past
 * an end, and what index_check() calls sound must answer every question. */
#include "hostile.h"
#include "image.h"
#include "manifest.h"
#include "random.h"
#include "segment.h"
#include "unit.h"

static unsigned rounds = 300;

static unsigned checked; /* changed indexes that passed the check */
static unsigned refused;

static void use(struct sound *sound)
{
	bool passed = hostile_use(sound);

	checked += passed;
	refused += !passed;
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
