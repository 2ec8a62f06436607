/* index - an index directory opened for reading: the manifest and the segments of one moment.
 *
 * Shape:  the manifest, a reader for each of its segments, and where its roots are in the file system.
 * Owner:  index_open() allocates everything, index_close() frees it. Opening takes no lock and needs no write permission.
 * Errors: ERR_MISSING: no such index. ERR_FOREIGN, ERR_VERSION, ERR_DAMAGED: as in container.h. A writer may replace a segment
 *         between our reading of the manifest and our opening of the segment it names; then the manifest is read again, at most
 *         INDEX_TRIES times.
 */
#ifndef READER_INDEX_H
#define READER_INDEX_H

#include "segment_reader.h"
#include "synonyms.h"

enum { INDEX_TRIES = 10 };

struct index {
	const struct io *io;
	struct arena arena;
	const char *path; /* of the index directory, absolute */
	struct mapping mapping;
	struct manifest manifest;
	struct user_words words;  /* the user's dictionary, empty when there is none */
	struct synonyms synonyms; /* the user's synonyms, likewise */
	const char *
		*root_directories; /* absolute, one for each root; of a root that is one file, the directory of that */
	struct segment_reader *segments;
	size_t segment_count; /* of those that are open */
};

/* `path`: the index directory, or the directory whose .kbsearch it is. */
int index_open(struct index *index, const struct io *io, const char *path, struct err *err);
void index_close(struct index *index);

/* Reports that the user dictionary or the synonyms in the manifest are not what was written: always -1, ERR_DAMAGED. */
int index_damaged_words(const struct index *index, struct err *err);

/* Sections in all segments. */
uint64_t index_section_count(const struct index *index);

/* Documents that were indexed: those listed, less those that could not be read. */
static inline uint32_t index_document_count(const struct index *index)
{
	return index->manifest.document_count - index->manifest.missing_count;
}

/* The absolute path of root `i` as it was indexed, a directory or a file; appended to `out`. */
void index_root_path(const struct index *index, size_t i, struct buf *out);

/* A document's absolute path, appended to `out`. */
void index_document_path(const struct index *index, const struct manifest_document *document, struct buf *out);

/* Looks up the document at an absolute path, whether it was indexed or only listed: 1 found, 0 none, -1. A linear scan, some
 * 20 ns a document. */
int index_find_document(struct index *index, struct span path, uint32_t *number, struct manifest_document *out,
			struct err *err);

/* The full check of kbindex --check: reads every byte and follows every reference. 0: sound; -1: `err` says what is wrong. */
int index_check(struct index *index, struct err *err);

#endif
