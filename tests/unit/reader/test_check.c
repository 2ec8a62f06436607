/* Lies that are written down consistently: one number of a sound index is changed and every checksum made right. */
#include "image.h"
#include "index.h"
#include "patched.h"
#include "scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

struct sound {
	struct scratch scratch;
	struct buf segment;
	struct buf manifest;
	size_t id; /* where the manifest names the segment's */
};

static int make(void **state)
{
	struct sound *sound = test_calloc(1, sizeof *sound);
	struct buf name = {0};

	scratch_make(&sound->scratch);
	scratch_fill(&sound->scratch);
	scratch_build(&sound->scratch);
	buf_printf(&name, "index/%s", scratch_segment(&sound->scratch));
	scratch_read(&sound->scratch, buf_string(&name), &sound->segment);
	scratch_read(&sound->scratch, "index/MANIFEST", &sound->manifest);
	while (memcmp(sound->manifest.data + sound->id, sound->segment.data + image_tail(&sound->segment) + 32, 16))
		assert_true(++sound->id + 16 < sound->manifest.n);
	buf_release(&name);
	*state = sound;
	return 0;
}

static int release(void **state)
{
	struct sound *sound = *state;

	scratch_release(&sound->scratch);
	buf_release(&sound->segment);
	buf_release(&sound->manifest);
	buf_release(&patched.segment);
	buf_release(&patched.manifest);
	test_free(sound);
	return 0;
}

static void restore(const struct sound *sound)
{
	buf_reset(&patched.segment);
	buf_reset(&patched.manifest);
	buf_add_span(&patched.segment, buf_span(&sound->segment));
	buf_add_span(&patched.manifest, buf_span(&sound->manifest));
}

/* Where a byte of a chunk of the segment is in the file. */
static size_t place(uint32_t chunk_name, size_t offset)
{
	struct container container;
	struct chunk chunk;
	struct err err = {0};

	assert_int_equal(container_open(&container, buf_span(&patched.segment), SEGMENT_KIND, "f", &err), 0);
	assert_int_equal(container_find(&container, chunk_name, &chunk, &err), 0);
	assert_true(offset < chunk.length);
	container_close(&container);
	return (size_t)chunk.offset + offset;
}

/* What opening and checking say of the patched files, once they are sealed. */
static enum err_kind judge(const struct sound *sound)
{
	struct index index;
	struct err err = {0};

	image_seal(&patched.segment);
	memcpy(patched.manifest.data + sound->id, patched.segment.data + image_tail(&patched.segment) + 32, 16);
	image_seal(&patched.manifest);
	if (index_open(&index, &patched_io, sound->scratch.index, &err) == 0) {
		index_check(&index, &err);
		index_close(&index);
	}
	return err.kind;
}

static enum err_kind judge_change(const struct sound *sound, uint32_t chunk, size_t offset, int add)
{
	size_t at;

	restore(sound);
	at = place(chunk, offset);
	patched.segment.data[at] = (char)(patched.segment.data[at] + add);
	return judge(sound);
}

enum { SECTION_1 = SECTION_BYTES, META_LENGTHS = 40 };

static void every_lie_is_found(void **state)
{
	static const struct {
		const char *what;
		uint32_t chunk;
		size_t offset;
		int add;
		enum err_kind kind;
	} table[] = {
		{"fingerprint", CHUNK_META, 0, 1, ERR_FOREIGN},
		{"sections", CHUNK_META, 16, 1, ERR_DAMAGED},
		{"documents", CHUNK_META, 20, 1, ERR_FOREIGN},
		{"terms", CHUNK_META, 24, 1, ERR_DAMAGED},
		{"text bytes", CHUNK_META, 32, 1, ERR_DAMAGED},
		{"sections with a body", CHUNK_META, META_LENGTHS + 8, 1, ERR_DAMAGED},
		{"sections with Han characters", CHUNK_META, META_LENGTHS + 12 * CHANNEL_HAN + 8, -1, ERR_DAMAGED},
		{"text does not begin at 0", CHUNK_SECT, 0, 1, ERR_DAMAGED},
		{"text falls", CHUNK_SECT, SECTION_1 + 7, 1, ERR_DAMAGED},
		{"head outside", CHUNK_SECT, 11, 1, ERR_DAMAGED},
		{"document outside", CHUNK_SECT, 12, 100, ERR_DAMAGED},
		{"its own parent", CHUNK_SECT, SECTION_1 + 16, 1, ERR_DAMAGED},
		{"begins before its first line", CHUNK_SECT, SECTION_1 + 20, 50, ERR_DAMAGED},
		{"ends before it begins", CHUNK_SECT, SECTION_1 + 24, 50, ERR_DAMAGED},
		{"heading too long", CHUNK_HEAD, 0, 0x7F, ERR_DAMAGED},
		{"a length where there is none", CHUNK_LENS, CHANNEL_CODE, 1, ERR_DAMAGED},
		{"where the first list is", CHUNK_LEXB, 0, 1, ERR_DAMAGED},
		{"a key", CHUNK_LEXK, 0, 1, ERR_DAMAGED},
		{"where the first key is", CHUNK_LEXI, 0, 1, ERR_DAMAGED},
		{"where the text begins", CHUNK_TXIX, 0, 1, ERR_DAMAGED},
	};
	const struct sound *sound = *state;

	restore(sound);
	assert_int_equal(judge(sound), ERR_NONE);
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		if (judge_change(sound, table[i].chunk, table[i].offset, table[i].add) != table[i].kind)
			fail_msg("%s", table[i].what);
}

/* Whatever single byte of the lexicon or of a list is changed: terms would be missed, or found where they are not. The
 * check cannot know a term or a frequency from another, but the order of terms and the sizes must hold. */
static void most_changes_of_lists_are_found(void **state)
{
	static const uint32_t chunks[] = {CHUNK_LEXB, CHUNK_POST};
	const struct sound *sound = *state;

	for (size_t i = 0; i < 2; i++) {
		unsigned found = 0;

		for (size_t offset = 0; offset < 200; offset++)
			found += judge_change(sound, chunks[i], offset, 0x40) == ERR_DAMAGED;
		assert_true(found > 50);
	}
}

static void documents_are_checked(void **state)
{
	/* of the last one: the upper half of its path's offset, its root, its state */
	static const size_t places[] = {4, 40, 44};
	const struct sound *sound = *state;
	struct manifest manifest;
	struct arena arena = {0};
	struct err err = {0};
	size_t last;

	restore(sound);
	assert_int_equal(manifest_open(&manifest, buf_span(&patched.manifest), "f", &arena, &err), 0);
	last = (size_t)(manifest.documents.offset + manifest.documents.length) - MANIFEST_DOCUMENT_BYTES;
	manifest_close(&manifest);
	arena_release(&arena);
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		restore(sound);
		image_put_u32(&patched.manifest, last + places[i], 1);
		assert_int_equal(judge(sound), ERR_DAMAGED);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_lie_is_found, make, release),
		cmocka_unit_test_setup_teardown(most_changes_of_lists_are_found, make, release),
		cmocka_unit_test_setup_teardown(documents_are_checked, make, release),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
