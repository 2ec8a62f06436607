/* index - an index directory, opened for reading: manifest and segments of one moment.
 *
 * Shape:  one manifest, its segments, and the documents' places in the file system.
 * Owner:  index_open() allocates all, index_close() frees it. Readers take no lock and need no write permission.
 * Errors: ERR_MISSING no such index; ERR_FOREIGN, ERR_VERSION, ERR_DAMAGED as container.h; when a segment that the
 *         manifest names has just been replaced by a writer, the manifest is read again (at most INDEX_TRIES times).
 */
#ifndef READER_INDEX_H
#define READER_INDEX_H

#include "segment_reader.h"
#include "synonyms.h"

enum { INDEX_TRIES = 10 };

struct index {
	const struct io *io;
	struct arena arena;
	const char *path; /* of the directory, absolute */
	struct mapping mapping;
	struct manifest manifest;
	struct user_words words;       /* its user dictionary, or none, */
	struct synonyms synonyms;      /* and synonyms */
	const char **root_directories; /* absolute; of the roots of the manifest */
	struct segment_reader *segments;
	size_t segment_count; /* opened */
};

/* `path` is the index, or the directory that has it as its .kbsearch: to a user it is the index of that directory. */
int index_open(struct index *index, const struct io *io, const char *path, struct err *err);
void index_close(struct index *index);

/* The failure that a list of words, or synonyms, which lies is. */
int index_damaged_words(const struct index *index, struct err *err);

/* Sections in all segments. */
uint64_t index_section_count(const struct index *index);

/* Documents whose text is in it. */
static inline uint32_t index_document_count(const struct index *index)
{
	return index->manifest.document_count - index->manifest.missing_count;
}

/* The absolute path of root `i` as it was indexed, a directory or a file; appended to `out`. */
void index_root_path(const struct index *index, size_t i, struct buf *out);

/* A document's absolute path, appended to `out`. */
void index_document_path(const struct index *index, const struct manifest_document *document, struct buf *out);

/* The document that the absolute path names, indexed or only listed: 1, 0 none. Looks at every document, some 20 ns each. */
int index_find_document(struct index *index, struct span path, uint32_t *number, struct manifest_document *out,
			struct err *err);

/* Reads every byte and follows every reference: 0 sound, -1 with what is wrong. */
int index_check(struct index *index, struct err *err);

#endif
