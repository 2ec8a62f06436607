/* segment - what a segment file holds: its chunks, its totals, and one record for each section.
 *
 * Shape:  a container of kind SEGMENT_KIND with the chunks named below. Sections are numbered in the order of documents
 *         (as the manifest lists them) and lines: the number is the last key of the ranking.
 *         META  struct segment_meta, in the order of its fields
 *         SECT  SECTION_BYTES a section: struct section_record in the order of its fields
 *         HEAD  for each section heading and question: varint length and bytes
 *         LENS  a byte for each section and channel below CHANNEL_LENGTHS, section by section (length.h)
 *         LEXB LEXK LEXI  lexicon.h;  POST  posting.h;  TEXT TXIX  store.h
 * Units:  bytes of source text; lines from 1.
 * Errors: decoders check what can be checked alone; a reader checks numbers against the counts.
 */
#ifndef FORMAT_SEGMENT_H
#define FORMAT_SEGMENT_H

#include "channel.h"
#include "container.h"

#define SEGMENT_KIND CONTAINER_NAME('S', 'E', 'G', 'M')
#define CHUNK_META   CONTAINER_NAME('M', 'E', 'T', 'A')
#define CHUNK_SECT   CONTAINER_NAME('S', 'E', 'C', 'T')
#define CHUNK_HEAD   CONTAINER_NAME('H', 'E', 'A', 'D')
#define CHUNK_LENS   CONTAINER_NAME('L', 'E', 'N', 'S')
#define CHUNK_LEXB   CONTAINER_NAME('L', 'E', 'X', 'B')
#define CHUNK_LEXK   CONTAINER_NAME('L', 'E', 'X', 'K')
#define CHUNK_LEXI   CONTAINER_NAME('L', 'E', 'X', 'I')
#define CHUNK_POST   CONTAINER_NAME('P', 'O', 'S', 'T')
#define CHUNK_TEXT   CONTAINER_NAME('T', 'E', 'X', 'T')
#define CHUNK_TXIX   CONTAINER_NAME('T', 'X', 'I', 'X')

struct segment_meta {
	struct checksum_128 fingerprint; /* of the analysis */
	uint32_t section_count;
	uint32_t document_count;
	uint64_t term_count;
	uint64_t text_bytes;
	uint64_t length_sum[CHANNEL_LENGTHS];   /* words of all sections, exact */
	uint32_t length_count[CHANNEL_LENGTHS]; /* sections where the channel is not empty */
};

void segment_meta_encode(struct buf *out, const struct segment_meta *meta);
int segment_meta_decode(struct segment_meta *out, struct span bytes);

enum { SECTION_BYTES = 40 };

/* A section as stored; the flags are input's section_flag. */
struct section_record {
	uint64_t start;      /* of its text in the store; it ends where the next section starts */
	uint32_t head;       /* offset in HEAD */
	uint32_t document;   /* number in the segment */
	uint32_t parent;     /* section number, or SECTION_RECORD_NO_PARENT */
	uint32_t line_first; /* line of the first byte of text */
	uint32_t line_start;
	uint32_t line_end;
	uint32_t occurrence;
	uint16_t level;
	uint16_t flags;
};

#define SECTION_RECORD_NO_PARENT UINT32_MAX

void section_record_encode(struct buf *out, const struct section_record *record);
struct section_record section_record_decode(const char bytes[SECTION_BYTES]);

#endif
