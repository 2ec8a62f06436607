/* segment_reader - one segment file, opened for searching.
 *
 * Shape:  sections by number, terms by text, postings as decoders.
 * Owner:  views borrow from the mapped file; one reader serves one thread (it remembers which pages it has checked).
 * Errors: every number that comes out was checked against the counts: what the functions return can be used as an
 *         index. ERR_DAMAGED otherwise; a damaged segment never looks like an empty one.
 * Cost:   opening touches the file's end and its first page.
 */
#ifndef READER_SEGMENT_READER_H
#define READER_SEGMENT_READER_H

#include "lexicon.h"
#include "manifest.h"
#include "mapping.h"
#include "posting.h"
#include "segment.h"
#include "store.h"

struct segment_reader {
	const struct io *io;
	struct mapping mapping;
	struct container container;
	struct segment_meta meta;
	struct chunk sections;
	struct chunk heads;
	struct chunk lengths;
	struct chunk postings;
	struct lexicon lexicon;
	struct store store;
};

/* Opens `name` in the directory; `path` names it in messages and must outlive the reader. What the manifest says of the
 * segment must hold. *gone is set when there is no such file. */
int segment_reader_open(struct segment_reader *reader, const struct io *io, int directory, const char *path,
			const struct manifest_segment *expected, const struct manifest *manifest, bool *gone,
			struct err *err);
void segment_reader_close(struct segment_reader *reader);

int segment_section(struct segment_reader *reader, uint32_t number, struct section_record *out, struct err *err);

/* The parent of a section that has one: of the same document, and of a lower level. */
int segment_parent(struct segment_reader *reader, uint32_t number, const struct section_record *record,
		   struct section_record *out, struct err *err);

struct section_head {
	struct span heading;
	struct span question;
};

int segment_head(struct segment_reader *reader, const struct section_record *record, struct section_head *out,
		 struct err *err);

/* The CHANNEL_LENGTHS length bytes of a section. */
int segment_lengths(struct segment_reader *reader, uint32_t number, const unsigned char **out, struct err *err);

/* Where the section's text is in the store. */
int segment_text_range(struct segment_reader *reader, uint32_t number, uint64_t *start, uint64_t *end, struct err *err);

/* Appends the section's source text. */
int segment_text(struct segment_reader *reader, uint32_t number, struct buf *out, struct err *err);

/* A decoder over the list, which must not be empty. */
int segment_postings(struct segment_reader *reader, const struct lexicon_list *list, enum channel channel,
		     struct posting_decoder *out, struct err *err);

/* The failure that a decoder's -1 means. */
int segment_damaged_postings(struct segment_reader *reader, struct err *err);

#endif
