/* segment_reader - one segment file, opened for searching.
 *
 * Shape:  sections by number, terms by text, postings as cursors.
 * Owner:  views borrow from the mapped file; one reader serves one thread (it remembers which pages it has checked).
 * Errors: every number that comes out was checked against the counts: what the functions return can be used as an
 *         index. ERR_DAMAGED otherwise; a damaged segment never looks like an empty one.
 * Cost:   opening touches the file's end and the pages of its totals.
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
	struct chunk heads;
	struct records lengths;
	struct records patterns;
	struct layer_reader layers[LAYER_COUNT];
	struct store store;
	struct frame_folds folds;
	/* set by who searches more than once; or NULL */
	struct list_cache *kept;
	struct entry_cache *entries;
};

/* Opens `name` in the directory; `path` names it in messages and must outlive the reader. What the manifest says of the
 * segment must hold. *gone is set when there is no such file. */
int segment_reader_open(struct segment_reader *reader, const struct io *io, int directory, const char *path,
			const struct manifest_segment *expected, const struct manifest *manifest, bool *gone,
			struct err *err);
void segment_reader_close(struct segment_reader *reader);

static inline int segment_section(struct segment_reader *reader, uint32_t number, struct section_record *out,
				  struct err *err)
{
	uint64_t end;

	return section_table_read(&reader->sections, number, out, &end, err);
}

/* The parent of a section that has one: of the same document, and of a lower level. */
int segment_parent(struct segment_reader *reader, const struct section_record *record, struct section_record *out,
		   struct err *err);

struct section_head {
	struct span heading;
	struct span question;
};

/* Its texts go to the arena. */
int segment_head(struct segment_reader *reader, const struct section_record *record, struct arena *arena,
		 struct section_head *out, struct err *err);

/* The CHANNEL_LENGTHS length bytes of a section; NULL when damaged. */
static inline const unsigned char *segment_lengths(struct segment_reader *reader, uint32_t number, struct err *err)
{
	return records_at(&reader->lengths, number, err);
}

/* The failure that a cursor's -1 means. */
int segment_damaged_postings(struct segment_reader *reader, enum layer layer, struct err *err);

/* Pattern `number`, which a posting has: NULL when it is not below the count, or damaged. Read as it stands: whether its
 * last byte agrees with the others is for index_check() to say, and harmless. */
static inline const struct pattern *segment_pattern(struct segment_reader *reader, uint32_t number, struct err *err)
{
	if (number >= reader->patterns.count) {
		segment_damaged_postings(reader, LAYER_WORDS, err);
		return NULL;
	}
	return (const struct pattern *)(const void *)records_at(&reader->patterns, number, err);
}

/* The same of the posting where a cursor over words stands. */
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

/* Where the section's text is in the store. */
int segment_text_range(struct segment_reader *reader, uint32_t number, uint64_t *start, uint64_t *end, struct err *err);

/* The section's source text: borrowed from the store until its next read, or appended to `spare`. */
int segment_text(struct segment_reader *reader, uint32_t number, struct buf *spare, struct span *out, struct err *err);

/* The same in the arena, with a NUL behind it. */
int segment_copy_text(struct segment_reader *reader, uint32_t number, struct arena *arena, struct span *out,
		      struct err *err);

/* Looks a term up by its key in a layer: 1, 0 absent, -1. */
static inline int segment_find(struct segment_reader *reader, enum layer layer, struct span key,
			       struct lexicon_entry *out, struct err *err)
{
	struct lexicon *lexicon = &reader->layers[layer].lexicon;

	return reader->entries ? entry_cache_find(reader->entries, lexicon, key, out, err)
			       : lexicon_find(lexicon, key, out, err);
}

/* Groups of stored frames, as LAYER_UNITS numbers them. */
static inline uint32_t segment_groups(const struct segment_reader *reader)
{
	return reader->store.frame_count / STORE_GROUP + 1;
}

/* The posting lists of an entry, two at the most: how many. That of a single posting is the entry's own bytes. */
int segment_lists(struct segment_reader *reader, enum layer layer, const struct lexicon_entry *entry,
		  struct posting_list out[WORD_LISTS], struct err *err);

/* Opens a cursor over a list of segment_lists(), which lasts as long as its bytes do, or until the cache's next turn. */
int segment_cursor(struct segment_reader *reader, enum layer layer, const struct posting_list *list,
		   struct posting_cursor *out, struct err *err);

#endif
