/* fuzz_index - an index of any bytes, under checksums that are right, is refused or answers: see hostile.h.
 *
 * The input changes a sound index: each three bytes, where in the file, as a part of it (two, the high one first), and what is
 * there then. The first byte says in which file.
 */
#include "fuzz.h"
#include "hostile.h"
#include "image.h"

/* More of them only make a file that is refused at once. */
enum { CHANGES = 64 };

static void change(struct buf *file, const uint8_t *data, size_t size)
{
	for (size_t i = 0; i + 3 <= size && i < 3 * CHANGES; i += 3)
		file->data[file->n * (size_t)(data[i] << 8 | data[i + 1]) >> 16] = (char)data[i + 2];
}

static struct sound sound;

static void release(void)
{
	sound_release(&sound);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0)
		return 0;
	if (!sound.segment.n) {
		sound_make(&sound, false);
		atexit(release);
	}
	sound_restore(&sound);
	change(data[0] & 1 ? &patched.manifest : &patched.segment, data + 1, size - 1);
	if (data[0] & 1)
		image_seal(&patched.manifest);
	else
		sound_seal(&sound);
	hostile_use(&sound);
	return 0;
}
