/* segment - the chunks of a segment file, and its totals.
 *
 * Shape:  a container of kind SEGMENT_KIND with the chunks named below, in this order. A segment is an inverted index whose unit
 *         is the section. Sections are numbered by document, in the order of the manifest, and then by line; hits of equal
 *         score are in the order of these numbers.
 *           TEXT TXIX DICT CHAR  store.h
 *           HEAD                 heads, each a heading and a question: varint length and bytes, recoded as the text is
 *                                (recode.h). Sections with equal heads share one
 *           SECT SCIX BARE DOCS  section_table.h
 *           COPY                 copy_table.h
 *           PROP                 property_table.h
 *           LENS                 a byte for each section and channel below CHANNEL_LENGTHS, section by section (length.h)
 *           PATT                 pattern.h
 *           WPOS WLEX WLIX       postings, leaves and index of LAYER_WORDS: posting.h, lexicon.h
 *           GPOS GLEX GLIX       of LAYER_GRAMS
 *           UPOS ULEX ULIX       of LAYER_UNITS
 *           META                 struct segment_meta: 16 bytes; u32 and u32; u64 a layer; u64; u64 a channel below
 *                                CHANNEL_LENGTHS; u32 a channel. Little-endian, in the order of its fields, no padding
 * Units:  bytes of source text; lines from 1.
 * Errors: segment_meta_decode() refuses totals of another size, and a channel that is said to be filled in more sections than
 *         there are. Whether the totals agree with the other chunks is up to the reader, and to its full check.
 */
#ifndef FORMAT_SEGMENT_H
#define FORMAT_SEGMENT_H

#include "channel.h"
#include "container.h"

#define SEGMENT_KIND CONTAINER_NAME('S', 'E', 'G', 'M')
#define CHUNK_TEXT   CONTAINER_NAME('T', 'E', 'X', 'T')
#define CHUNK_TXIX   CONTAINER_NAME('T', 'X', 'I', 'X')
#define CHUNK_DICT   CONTAINER_NAME('D', 'I', 'C', 'T')
#define CHUNK_CHAR   CONTAINER_NAME('C', 'H', 'A', 'R')
#define CHUNK_HEAD   CONTAINER_NAME('H', 'E', 'A', 'D')
#define CHUNK_SECT   CONTAINER_NAME('S', 'E', 'C', 'T')
#define CHUNK_SCIX   CONTAINER_NAME('S', 'C', 'I', 'X')
#define CHUNK_BARE   CONTAINER_NAME('B', 'A', 'R', 'E')
#define CHUNK_DOCS   CONTAINER_NAME('D', 'O', 'C', 'S')
#define CHUNK_COPY   CONTAINER_NAME('C', 'O', 'P', 'Y')
#define CHUNK_PROP   CONTAINER_NAME('P', 'R', 'O', 'P')
#define CHUNK_LENS   CONTAINER_NAME('L', 'E', 'N', 'S')
#define CHUNK_PATT   CONTAINER_NAME('P', 'A', 'T', 'T')
#define CHUNK_META   CONTAINER_NAME('M', 'E', 'T', 'A')

/* The chunks of each layer: its postings, then leaves and index of its lexicon. */
extern const uint32_t segment_layer_chunks[LAYER_COUNT][3];

struct segment_meta {
	struct checksum_128 fingerprint; /* of the analysis */
	uint32_t section_count;
	uint32_t document_count;
	uint64_t term_count[LAYER_COUNT];
	uint64_t text_bytes;                    /* of the source text of all sections */
	uint64_t length_sum[CHANNEL_LENGTHS];   /* words in the channel, all sections together, exact */
	uint32_t length_count[CHANNEL_LENGTHS]; /* sections in which the channel is not empty */
};

void segment_meta_encode(struct buf *out, const struct segment_meta *meta);
int segment_meta_decode(struct segment_meta *out, struct span bytes);

#endif
