/* sound - a sound index in memory, to be damaged.
 *
 * Shape:  an index of some notes that has one of everything: words in strong and weak lists of one block and of several, a
 *         dictionary of the store (when large), empty fields and empty files, three sections with one text. The files are served through patched.h.
 * Owner:  sound_release() removes it all.
 */
#ifndef TEST_SOUND_H
#define TEST_SOUND_H

#include "patched.h"
#include "scratch.h"

struct sound {
	struct scratch scratch;
	struct buf segment;
	struct buf manifest;
};

/* `large`: enough text for a dictionary; else as little as there can be. The patched files are the sound ones. */
void sound_make(struct sound *sound, bool large);
void sound_release(struct sound *sound);

/* The patched files are the sound ones again. */
void sound_restore(const struct sound *sound);

/* Makes every checksum of the patched files right, and the manifest name the segment as it is now. */
void sound_seal(const struct sound *sound);

#endif
