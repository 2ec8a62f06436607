/* lexicon - the dictionary of one layer: its terms in order, and where their posting lists are.
 *
 * Shape:  terms of 1 to LEXICON_TERM_MAX bytes in byte order (memcmp, the shorter first), in leaves; a leaf is groups, a
 *         group up to LEXICON_GROUP entries. Two chunks, integers little-endian unless they are said to be otherwise,
 *         varints LEB128 in the shortest form:
 *
 *           leaves   one after the other, no gaps:
 *                      groups    u16, at least 1
 *                      postings  u64: where the leaf's first list is in the layer's chunk of postings
 *                      ends      u16 for each group but the last, where it ends; the last ends with the leaf. Bytes from
 *                                where the groups begin, which is here
 *                      groups    each of LEXICON_GROUP entries, only the last may have fewer:
 *                        postings  varint: where the group's first list is, from the leaf's
 *                        entries
 *           index    12 bytes a leaf: its first term's first 8 bytes as a big-endian integer, zeros after a shorter term
 *                    (u64), and where the leaf is in its chunk (u32)
 *
 *         An entry:
 *           header   one byte: bits 0-2 rest, bits 3-5 shared, bits 6-7 kind
 *           shared   only when those bits are 7: a byte, the bytes shared less 7
 *           rest     only when those bits are 0: a byte, the bytes of the rest less 8
 *           bytes    the rest of the term, at least 1 byte: the term is so many shared bytes of the term before, and
 *                    these. The first of a group shares 0. Otherwise all bytes that are equal are shared
 *           list     by kind:
 *                      0  one posting: number and value, two varints of 32 bits (posting.h)
 *                      1  one posting: its number, a varint; its value is 0
 *                      2  2 to 17 postings: a byte; the high four bits are the count less 2, the low four are the bytes
 *                         of the list less count, less half the count (rounded down)
 *                      3  2 or more postings: count (varint of 32 bits), bytes of the list (varint)
 *         Lists of kinds 2 and 3 follow each other in the chunk of postings in the order of the terms.
 *         The writer ends a leaf with the group that makes it LEXICON_LEAF bytes or more; it takes kind 2 where it fits.
 * Units:  offsets and sizes are bytes; a chunk of postings has at most LEXICON_POSTINGS_MAX, leaves 4 GB less 1.
 * Owner:  the writer owns its buffers. An entry borrows its text and list: after lexicon_find() until the next find, after
 *         lexicon_scan_next() until the scan's next step. Reading allocates nothing.
 * Errors: ERR_DAMAGED.
 * Cost:   a look-up is a binary search over the index (some 0.6 % of the lexicon), then one over the groups of a leaf of some
 *         2 KB, then decodes a group up to the term: 0.2 us. An entry takes some 7.2 bytes for words and 4.4 for pairs of Han
 *         characters, lists of one posting included.
 * Source: front coding with restart points, as in the blocks of LevelDB's sorted tables; lists of one posting in the lexicon
 *         itself: Cutting and Pedersen, Optimizations for dynamic inverted index maintenance, 1990 (pulsing).
 *
 * A reader refuses: an index that is no multiple of 12 bytes; one chunk empty and not the other; a first leaf that is not
 * at 0, leaves that do not rise or are above LEXICON_LEAF_MAX; no groups; ends that do not rise or pass the leaf; a first
 * term that does not have the index's 8 bytes; a group without entries, with too many, with too few before another; an
 * entry that passes its group; a term that is too long, does not follow the one before or does not share all it could;
 * numbers above their bits; a list of no bytes or of fewer bits than postings; lists that end after LEXICON_POSTINGS_MAX,
 * and, when scanning, lists or leaves that leave a gap. It does so when it comes to these bytes, not when it opens.
 */
#ifndef FORMAT_LEXICON_H
#define FORMAT_LEXICON_H

#include "container.h"

#define LEXICON_POSTINGS_MAX ((uint64_t)1 << 40)

enum {
	LEXICON_TERM_MAX = 255,
	LEXICON_GROUP = 16,      /* entries between restart points */
	LEXICON_LEAF = 2048,     /* bytes from which on a leaf is full */
	LEXICON_LEAF_MAX = 8192, /* limit for readers: a leaf not yet full, and one more group of the longest entries */
	LEXICON_LIST_MAX = 10,   /* bytes of a list of one posting */
	LEXICON_INDEX_BYTES = 12,
};

struct lexicon_entry {
	struct span text;
	uint32_t count;   /* postings (the document frequency), at least 1 */
	struct span list; /* of one posting: the list itself; else empty */
	uint64_t offset;  /* of more: where the list is in the layer's chunk of postings */
	uint64_t bytes;   /* of more: the size of the list */
};

struct lexicon_writer {
	struct buf leaves; /* finished leaves: may be written out and emptied between calls of lexicon_add() */
	struct buf index;
	uint64_t count; /* terms so far */
	bool failed;    /* no memory, or a limit exceeded: to be asked after lexicon_finish() */
	/* private */
	uint64_t offset;             /* of the leaf being filled, in its chunk */
	uint64_t postings;           /* where the next list goes */
	uint64_t base;               /* where the first list of the leaf being filled went */
	struct buf groups;           /* the groups of that leaf, */
	struct buf ends;             /* and where they end, all but the last */
	unsigned group_left;         /* entries that the last group still has room for */
	uint64_t prefix;             /* the first 8 bytes of the leaf's first term */
	unsigned length;             /* of `text` */
	char text[LEXICON_TERM_MAX]; /* the term added last */
};

/* Adds the next term, in byte order. Of a list of one posting `list` is copied into the entry. Any other list the caller writes to
 * the chunk of postings, in the same order; only its `bytes` are read here. */
void lexicon_add(struct lexicon_writer *writer, const struct lexicon_entry *entry);

/* Ends the last leaf. `index` is then the whole chunk, and `leaves` the end of the other: what came since it was last emptied. */
void lexicon_finish(struct lexicon_writer *writer);

void lexicon_writer_release(struct lexicon_writer *writer);

/* A walk over the terms in order. Private. */
struct lexicon_scan {
	struct lexicon *lexicon;
	struct span groups; /* of the current leaf */
	const unsigned char *ends;
	uint64_t base; /* where the leaf's first list is */
	uint32_t leaf;
	uint32_t group_count;
	uint32_t group;    /* the current one, in the leaf */
	struct cursor c;   /* the rest of the group */
	uint32_t left;     /* entries that may still come in the group */
	bool known;        /* `text` and `postings` say where the entry before ended */
	bool pending;      /* `entry` was found, but not handed out yet */
	uint64_t postings; /* where the next list is */
	struct lexicon_entry entry;
	uint32_t length; /* of `text`, the term decoded last */
	char text[LEXICON_TERM_MAX];
	char list[LEXICON_LIST_MAX];
};

struct lexicon {
	struct container *container;
	struct chunk leaves;
	struct chunk index;
	uint32_t leaf_count;
	struct lexicon_scan found; /* private: where the last find ended */
};

int lexicon_open(struct lexicon *lexicon, struct container *container, uint32_t leaves, uint32_t index,
		 struct err *err);

/* Looks up a term: 1 found, 0 absent, -1. */
int lexicon_find(struct lexicon *lexicon, struct span text, struct lexicon_entry *out, struct err *err);

/* Starts a scan at the first term that is not before `from`; an empty span: at the first of all. */
int lexicon_scan_start(struct lexicon_scan *scan, struct lexicon *lexicon, struct span from, struct err *err);

/* The next term: 1, 0 at the end (and ever after), -1. Terms rise strictly. */
int lexicon_scan_next(struct lexicon_scan *scan, struct lexicon_entry *out, struct err *err);

#endif
