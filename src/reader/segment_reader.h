/* segment_reader - one segment file opened for searching.
 *
 * Shape:  gives sections by number, terms by their text, and posting lists as cursors.
 * Owner:  what is handed out borrows from the mapped file. One reader serves one thread, since reading updates its memory of
 *         which pages were verified.
 * Errors: ERR_DAMAGED. Every number that comes out has been checked against the counts of the segment, so callers may use it as
 *         an index; and a damaged segment is never taken for an empty one.
 * Cost:   opening reads the end of the file (table of chunks) and the page with the totals.
 */
#ifndef READER_SEGMENT_READER_H
#define READER_SEGMENT_READER_H

#include "copy_table.h"
#include "entry_cache.h"
#include "folded_frame.h"
#include "lexicon.h"
#include "list_cache.h"
#include "manifest.h"
#include "mapping.h"
#include "property_table.h"
#include "records.h"
#include "section_table.h"
#include "segment.h"
#include "store.h"
#include "word_list.h"

/* The inverted index of one layer (channel.h). */
struct layer_reader {
	struct lexicon lexicon;
	struct chunk postings;
};

struct segment_reader {
	const struct io *io;
	struct mapping mapping;
	struct container container;
	struct segment_meta meta;
	struct section_table sections;
	struct copy_table copies;
	struct property_table properties;
	struct chunk heads;      /* headings and questions */
	struct records lengths;  /* by section: field lengths, for BM25 */
	struct records patterns; /* by pattern number: frequencies by field (pattern.h) */
	struct layer_reader layers[LAYER_COUNT];
	struct store store;
	struct frame_folds folds;
	/* caches, set by callers that run more than one search; else NULL */
	struct list_cache *kept;
	uint64_t kept_place; /* of its first byte: those of all segments follow each other */
	struct entry_cache *entries;
};

/* Opens the file expected->name in the directory. It must be the segment that the manifest describes: same id, fingerprint and
 * counts. `path` names the file in messages and must outlive the reader. *gone is set when there is no such file. */
int segment_reader_open(struct segment_reader *reader, const struct io *io, int directory, const char *path,
			const struct manifest_segment *expected, const struct manifest *manifest, bool *gone,
			struct err *err);
void segment_reader_close(struct segment_reader *reader);

/* The record of section `number`, which is below meta.section_count. */
static inline int segment_section(struct segment_reader *reader, uint32_t number, struct section_record *out,
				  struct err *err)
{
	uint64_t end;

	return section_table_read(&reader->sections, number, out, &end, err);
}

/* The record of the parent of a section that has one. Verifies that it is in the same document and has a lower level. */
int segment_parent(struct segment_reader *reader, const struct section_record *record, struct section_record *out,
		   struct err *err);

struct section_head {
	struct span heading;
	struct span question;
};

/* The heading and question of a section; either may be empty. The texts go to the arena. */
int segment_head(struct segment_reader *reader, const struct section_record *record, struct arena *arena,
		 struct section_head *out, struct err *err);

/* The lengths of a section's fields, CHANNEL_LENGTHS bytes as in length.h; NULL when damaged. */
static inline const unsigned char *segment_lengths(struct segment_reader *reader, uint32_t number, struct err *err)
{
	return records_at(&reader->lengths, number, err);
}

/* Reports damage in a posting list, which posting.h only tells as -1: always -1, ERR_DAMAGED. */
int segment_damaged_postings(struct segment_reader *reader, enum layer layer, struct err *err);

/* The pattern of a posting of LAYER_WORDS; `number` is the posting's value. NULL when there is no such pattern, or damage. Whether
 * its last byte agrees with the others is verified by index_check() alone: a wrong one changes
 * scores and nothing else. */
static inline const struct pattern *segment_pattern(struct segment_reader *reader, uint32_t number, struct err *err)
{
	if (number >= reader->patterns.count) {
		segment_damaged_postings(reader, LAYER_WORDS, err);
		return NULL;
	}
	return (const struct pattern *)(const void *)records_at(&reader->patterns, number, err);
}

/* The pattern of the posting where a cursor over LAYER_WORDS stands. */
static inline const struct pattern *segment_cursor_pattern(struct segment_reader *reader, struct posting_cursor *cursor,
							   struct err *err)
{
	uint32_t value;

	if (posting_cursor_value(cursor, &value) < 0) {
		segment_damaged_postings(reader, LAYER_WORDS, err);
		return NULL;
	}
	return segment_pattern(reader, value, err);
}

/* Where the section's source text is: the bytes [*start, *end) of the store. */
int segment_text_range(struct segment_reader *reader, uint32_t number, uint64_t *start, uint64_t *end, struct err *err);

/* The section's source text. It is borrowed from the store until the store's next read; or, when it spans several frames, appended
 * to `spare`. */
int segment_text(struct segment_reader *reader, uint32_t number, struct buf *spare, struct span *out, struct err *err);

/* The section's source text, copied to the arena and ended by a NUL. */
int segment_copy_text(struct segment_reader *reader, uint32_t number, struct arena *arena, struct span *out,
		      struct err *err);

/* Looks up a term in a layer by its key: 1 found, 0 absent, -1. */
static inline int segment_find(struct segment_reader *reader, enum layer layer, struct span key,
			       struct lexicon_entry *out, struct err *err)
{
	struct lexicon *lexicon = &reader->layers[layer].lexicon;

	return reader->entries ? entry_cache_find(reader->entries, lexicon, key, out, err)
			       : lexicon_find(lexicon, key, out, err);
}

/* How many groups of frames there are; LAYER_UNITS numbers these instead of sections. One more than needed
 * where the last group is full. */
static inline uint32_t segment_groups(const struct segment_reader *reader)
{
	return reader->store.frame_count / STORE_GROUP + 1;
}

/* The posting lists of a lexicon entry. Returns how many there are: one, or two where word_list.h splits a word's, or -1. A list of
 * a single posting is stored in the entry itself. */
int segment_lists(struct segment_reader *reader, enum layer layer, const struct lexicon_entry *entry,
		  struct posting_list out[WORD_LISTS], struct err *err);

/* Opens a cursor over a list of segment_lists(). It lasts as long as the bytes of the list, and where there is a list_cache until
 * its next turn. */
int segment_cursor(struct segment_reader *reader, enum layer layer, const struct posting_list *list,
		   struct posting_cursor *out, struct err *err);

#endif
