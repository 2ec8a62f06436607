/* word_cursor - one word's occurrences in a segment, all channels together, section by section.
 *
 * Shape:  the union of the word's posting lists: `section` is where the cursor stands.
 * Owner:  decoders live in the arena of the query.
 * Errors: -1 with ERR_DAMAGED.
 * Cost:   one decoder (about 1 KiB) a channel the word occurs in.
 */
#ifndef RANK_WORD_CURSOR_H
#define RANK_WORD_CURSOR_H

#include "bm25.h"
#include "segment_reader.h"

enum { WORD_CURSOR_END = -1 };

struct word_list {
	enum channel channel;
	struct posting_decoder *decoder;
	struct posting current;
	bool ended;
};

struct word_cursor {
	struct segment_reader *segment;
	struct word_list lists[CHANNEL_LENGTHS];
	unsigned list_count;
	int64_t section; /* where it stands, or WORD_CURSOR_END */
};

/* The word in the channels of the bit set `channels`; stands at the first section. A word that is not there has ended. */
int word_cursor_open(struct word_cursor *cursor, struct segment_reader *segment, struct span word, unsigned channels,
		     struct arena *arena, struct err *err);

/* To the first section that is not before `section`. */
int word_cursor_seek(struct word_cursor *cursor, uint32_t section, struct err *err);

/* The word's score where it stands, before idf and weight; `lengths` are those of that section. */
double word_cursor_score(const struct word_cursor *cursor, const struct bm25 *bm25, const unsigned char *lengths);

#endif
