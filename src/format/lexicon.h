/* lexicon - the sorted terms of a segment and where their posting lists are.
 *
 * Shape:  terms in byte order, in blocks of LEXICON_BLOCK entries. Three chunks:
 *           blocks  each block begins with the offset of its first list in the postings chunk (varint): lists stand in
 *                   the order of the entries. Then the entries: bytes shared with the term before (varint, 0 for the
 *                   first), the other bytes (varint length, bytes), df (varint: sections that have the term in any
 *                   field, 0 for a gram that is no word), channels (varint, a bit each), and for each channel the count
 *                   of its postings and their bytes (varints)
 *           keys    the first term of each block, one after the other
 *           index   for each block and once more for the end: u32 offset in keys, u64 offset in blocks
 * Owner:  the writer owns its buffers; an entry's text is valid until the next find or scan step of the lexicon.
 * Errors: find returns 1 found, 0 absent, -1 with ERR_DAMAGED.
 * Cost:   a binary search over keys (some three pages), and one block of entries.
 */
#ifndef FORMAT_LEXICON_H
#define FORMAT_LEXICON_H

#include "channel.h"
#include "container.h"

enum { LEXICON_BLOCK = 32, LEXICON_INDEX_BYTES = 12 };

struct lexicon_list {
	uint32_t count;  /* postings; 0 when the term has none in this channel */
	uint64_t offset; /* in the postings chunk */
	uint64_t bytes;
};

struct lexicon_entry {
	struct span text;
	uint32_t df;
	struct lexicon_list lists[CHANNEL_COUNT];
};

struct lexicon_writer {
	struct buf blocks;
	struct buf keys;
	struct buf index;
	struct buf previous;
	uint64_t postings; /* offset in the postings chunk of the next list */
	uint64_t count;
};

/* Terms must come in byte order; the lists' offsets are implied: they follow each other in channel order. */
void lexicon_add(struct lexicon_writer *writer, const struct lexicon_entry *entry);

/* Closes the index; the three buffers are then the chunks. */
void lexicon_finish(struct lexicon_writer *writer);

void lexicon_writer_release(struct lexicon_writer *writer);

struct lexicon {
	struct container *container;
	struct chunk blocks;
	struct chunk keys;
	struct chunk index;
	uint32_t block_count;
	struct buf text; /* of the entry last decoded */
};

int lexicon_open(struct lexicon *lexicon, struct container *container, const uint32_t names[3], struct err *err);
void lexicon_close(struct lexicon *lexicon);

/* Looks a term up. */
int lexicon_find(struct lexicon *lexicon, struct span text, struct lexicon_entry *out, struct err *err);

/* All terms in order: start, then next until 0. The entry's text shares the buffer of lexicon_find(). */
struct lexicon_scan {
	struct lexicon *lexicon;
	uint32_t block;
	uint32_t left; /* at most so many entries of the block to come: its bytes tell the end */
	struct cursor c;
	uint64_t postings;
};

int lexicon_scan_start(struct lexicon_scan *scan, struct lexicon *lexicon, struct err *err);
int lexicon_scan_next(struct lexicon_scan *scan, struct lexicon_entry *out, struct err *err);

#endif
