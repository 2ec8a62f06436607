/* manifest - what an index consists of at the moment: roots, options, documents and segments.
 *
 * Shape:  a container of kind MANIFEST_KIND. A commit replaces the whole file by rename(2). Whatever can change while the text
 *         stays as it is (times, paths) is here, so that the bytes of a segment depend on the text alone. Chunks:
 *           INFO  generation (u64), built (i64, seconds since 1970), fingerprint (16), documents (u32), those that are
 *                 missing from the index (u32), then lists, each a varint count and
 *                 its items: roots (text; a byte, 1 for a single file), globs (text), segments (name, id 16, sections
 *                 u32). A text is a varint length and its bytes.
 *           DOCS  the documents, in the order of the segment's: groups of MANIFEST_GROUP, the last may have fewer, no gaps.
 *                 A document:
 *                   place  varint: root, four times, and state
 *                   path   varint: the bytes shared with the path before (0 for the first of a group); a text, the rest
 *                   size   varint (64 bits)
 *                   mtime  varint (64 bits): mtime_ns less that of the document before (0 for the first of a group), as a
 *                          zigzag number: twice, or for one below 0 twice its complement and 1; modulo 2^64
 *                   hash   u64
 *           DCIX  u32 for each group, where it begins in DOCS, and one more, where the last one ends
 *           WORD  the list of the user's dictionary, if there is one: see user_words.h
 *           SYNO  the table of the user's synonyms, if there are any: see synonyms.h
 * Units:  a root is relative to the index directory ("..": its parent); a document's path is relative to its root.
 * Owner:  manifest_open() copies the lists to the caller's arena, each text with a NUL behind it. Documents are decoded when they
 *         are asked for; the manifest owns the path of the one it read last.
 * Errors: ERR_DAMAGED as container.h has it. A reader refuses: chunks of other sizes than the counts say; groups that fall
 *         or pass their chunk, or end before or after their documents; a root or state that there is not; more bytes shared
 *         than the path before has.
 * Cost:   some 30 bytes a document. Reading a document decodes its group up to it: 0.2 us, or 20 ns for the one that follows the one
 *         read last.
 */
#ifndef FORMAT_MANIFEST_H
#define FORMAT_MANIFEST_H

#include "arena.h"
#include "container.h"

#define MANIFEST_KIND CONTAINER_NAME('M', 'A', 'N', 'I')

enum { MANIFEST_GROUP = 16 }; /* documents: paths share their beginnings within a group (front coding) */

struct manifest_root {
	struct span path;
	bool file; /* `path` names one file, not a tree */
};

struct manifest_segment {
	struct span name;
	struct checksum_128 id;
	uint32_t sections;
};

/* A file that could not be indexed is listed nevertheless, so that kbindex need not try it again until it has changed. */
enum document_state {
	DOCUMENT_INDEXED,
	DOCUMENT_REFUSED, /* because of its content: not text, or too large */
	DOCUMENT_UNREADABLE, /* the system would not open it: tried again every time, since permissions are not in its mtime */
};

struct manifest_document {
	struct span path;
	uint32_t root;
	uint64_t size;
	int64_t mtime_ns;
	uint64_t hash;
	enum document_state state;
};

struct manifest {
	uint64_t generation; /* counts commits, from 1 */
	int64_t built;
	struct checksum_128 fingerprint;
	struct manifest_root *roots;
	size_t root_count;
	struct span *globs;
	size_t glob_count;
	struct span words;    /* the encoded user dictionary; empty: none */
	struct span synonyms; /* the encoded synonyms; empty: none */
	struct manifest_segment *segments;
	size_t segment_count;
	uint32_t document_count; /* of all that are listed */
	uint32_t missing_count;  /* of those that were not indexed */
	/* private: where the documents are, and how far the last group was decoded */
	struct container container;
	struct chunk documents;
	struct chunk groups;
	uint32_t next;                 /* number of the next document in that group; 0: no group was entered */
	struct cursor left;            /* the undecoded rest of the group */
	struct manifest_document last; /* the document before `next` */
	struct buf path;               /* the path of `last` */
};

/* Writes a manifest file: its head from the public fields of `manifest` (counts aside), and the documents given. */
int manifest_encode(struct out *out, const struct manifest *manifest, const struct manifest_document *documents,
		    size_t document_count, struct err *err);

/* Opens the bytes of a manifest file, which are borrowed until manifest_close(). `path` is for messages. */
int manifest_open(struct manifest *out, struct span bytes, const char *path, struct arena *arena, struct err *err);
void manifest_close(struct manifest *manifest);

/* Reads document `number` (below document_count). Its path is borrowed until the next one is read. */
int manifest_document(struct manifest *manifest, uint32_t number, struct manifest_document *out, struct err *err);

#endif
