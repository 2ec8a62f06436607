/* folding - a text folded to be searched, and the way back to where its characters came from.
 *
 * Shape:  the fold of fold.h. Most characters keep their length: only where one does not, a shift is noted. On the way,
 *         places are noted where a needle may begin: a character of the fold that is watched, or by chance another.
 * Units:  bytes.
 * Owner:  the struct owns its buffers and starts zeroed; it may be used again.
 * Errors: sticky in the buffers.
 * Cost:   some 12 instructions a byte of technical Chinese, 40 a Han character.
 */
#ifndef OUTPUT_FOLDING_H
#define OUTPUT_FOLDING_H

#include "buf.h"

/* A character that does not keep its length, and behind it, up to the next shift, those that do. */
struct folding_shift {
	uint32_t folded; /* offset in the fold */
	uint32_t source; /* where it comes from in the text */
	uint8_t made;    /* bytes of the fold that are the character's */
	uint8_t used;    /* and of the text */
};

struct folding {
	struct buf text;
	struct buf shifts; /* array of struct folding_shift, ascending by `folded`, the first at 0: of no character */
	struct buf noted;  /* array of uint32_t, ascending: offsets in the fold */
	size_t near;       /* the shift looked up last */
};

/* 64 words, 4096 bits: a dozen needles are mistaken for others once in 300 characters. */
enum { FOLDING_WATCH_WORDS = 64 };

/* Code points, by their lowest bits; of ASCII none is noted. */
struct folding_watch {
	uint64_t bits[FOLDING_WATCH_WORDS];
};

void folding_watch_add(struct folding_watch *watch, uint32_t code);

void folding_make(struct folding *folding, struct span text, const struct folding_watch *watch);

bool folding_failed(const struct folding *folding);
void folding_release(struct folding *folding);

/* Where the character of the text begins that made the byte at `at` of its fold. */
size_t folding_source(struct folding *folding, struct span text, size_t at);

#endif
