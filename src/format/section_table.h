/* section_table - where each section is and what it is: compact records in groups.
 *
 * Shape:  groups of SECTION_GROUP records, the last may have fewer. Four chunks; integers little-endian, varints LEB128 in
 *         the shortest form, of at most 32 bits where no other size is given:
 *
 *           groups     one after the other, no gaps. A group begins with three varints: start of its first section's text
 *                      (64 bits), the highest head of all sections before it (64 bits; 0 for none), its document. Then the
 *                      records. After the last group one varint: the bytes of all text (64 bits)
 *           index      u32 for each group, where it begins, and one more: where the varint after the last group is
 *           bare       a bit for each section, the lowest bit of each byte first: set when its flags are not 0. The
 *                      bits left over in the last byte are 0
 *           documents  u32 for each document: its first section, or, when it has none, the first section of the next
 *                      document that has one; and one u32 more: the number of sections
 *
 *         A record, section `number`:
 *           header      one byte: bits 0-2 level, at most SECTION_LEVEL_MAX; bit 3 flags; bit 4 occurrence; bits 5-6 line_start less
 *                       line_first, 3 for more; bit 7 line
 *           text        varint: bytes of its text; the next section begins after them
 *           head        varint (64 bits): its distance from the highest head of all sections before, twice; and 1 more when
 *                       it stands before that one
 *           parent      varint: number less the parent's, 0 for none
 *           lines       varint: line_end less line_start
 *           flags       varint (16 bits), when bit 3 is set; else they are 0
 *           occurrence  varint, when bit 4 is set; else it is 0
 *           gap         varint, when bits 5-6 are 3: line_start less line_first less 3
 *           line        varint, when bit 7 is set: line_first. Else that is 1 in the first section of a document, and in
 *                       others line_end + 1 of the section before (0 when the group begins here)
 *         A section's document is the group's, or one after it, as the documents say.
 * Units:  bytes of source text; lines from 1; heads below 2^63. A text has at most STORE_FRAME_MAX bytes; groups 4 GB less 1.
 * Owner:  the writer owns its buffers. The reader holds the group it decoded last, and allocates nothing.
 * Errors: ERR_DAMAGED.
 * Cost:   some 8 bytes a section, all four chunks together. Reading a section decodes its group up to it: 0.15 us. Reading the
 *         sections of a group in order decodes each record once.
 *
 * A reader refuses: chunks of other sizes than the counts say; a first group that is not at 0, groups that do not rise or
 * pass their chunk; a group that ends before or after its records, or whose texts do not end where the next group's begin;
 * a group's document that does not hold its first section; documents that fall; a parent before the first section of
 * the document or not before its child; numbers above their bits; lines above 32 bits; a text that is too long or ends
 * after all text. A group has been verified as a whole only when its last record has been read. Whether a parent has a lower
 * level, the bare bits agree with the flags, and a head lies within its chunk, the caller has to verify.
 */
#ifndef FORMAT_SECTION_TABLE_H
#define FORMAT_SECTION_TABLE_H

#include "container.h"

enum { SECTION_GROUP = 16 };

/* The lowest level of heading in Markdown; 0 is the text before the first heading. It bounds the length of a heading path. */
enum { SECTION_LEVEL_MAX = 6 };

struct section_record {
	uint64_t start;      /* of its text in the store; it ends where the next section starts */
	uint64_t head;       /* offset in the chunk of heads */
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

struct section_table_writer {
	struct buf groups; /* finished groups: may be written out and emptied between calls of section_table_add() */
	struct buf index;
	struct buf bare;
	struct buf documents;
	uint32_t count; /* sections so far */
	bool failed;    /* no memory, or a limit exceeded: to be asked after section_table_finish() */
	/* private */
	uint64_t offset;              /* of `groups` in its chunk */
	struct buf group;             /* the group being filled */
	struct section_record last;   /* the section added last, held back: its text ends where the next one begins */
	struct section_record before; /* the section before that */
	uint64_t last_head;           /* the highest head of the sections that are in a group */
};

/* Adds the next section. Document numbers may leave gaps, for documents without sections. */
void section_table_add(struct section_table_writer *writer, const struct section_record *record);

/* Completes the four buffers. The totals are those of the segment. */
void section_table_finish(struct section_table_writer *writer, uint32_t document_count, uint64_t text_bytes);

void section_table_writer_release(struct section_table_writer *writer);

struct section_table {
	struct container *container;
	uint32_t section_count;
	uint32_t document_count;
	uint64_t text_bytes;
	struct chunk groups;
	struct chunk index;
	struct chunk bare;
	struct chunk documents;
	/* private: the group read last */
	uint32_t group;
	uint32_t decoded;        /* how many of its records are decoded; 0: there is no such group yet */
	struct cursor c;         /* the rest of it */
	uint64_t next_start;     /* where the text of the next group starts */
	uint64_t end;            /* where the text of the record decoded last ends */
	uint64_t last_head;      /* the highest head so far */
	uint32_t document_first; /* the sections [first, end) of the document of that record */
	uint32_t document_end;
	struct section_record records[SECTION_GROUP];
};

/* names: the chunks groups, index, bare, documents. ERR_DAMAGED when their sizes do not fit the counts. */
int section_table_open(struct section_table *table, struct container *container, const uint32_t names[4],
		       uint32_t section_count, uint32_t document_count, struct err *err);

/* Reads section `number` (below section_count); *end is where its text ends. Verified: the parent is an earlier section of the same
 * document, the document is below the count, lines rise, start <= end <= text_bytes. */
int section_table_read(struct section_table *table, uint32_t number, struct section_record *out, uint64_t *end,
		       struct err *err);

/* The bits of all sections, (section_count + 7) / 8 bytes, their pages verified. */
int section_table_bare(struct section_table *table, const unsigned char **bits, struct err *err);

/* Is the section bare: one with nothing to read, such as a heading alone or a table of contents? */
static inline bool section_table_is_bare(const unsigned char *bits, uint32_t number)
{
	return bits[number / 8] >> number % 8 & 1;
}

/* The sections [*first, *end) of a document, which is below document_count. */
int section_table_document(struct section_table *table, uint32_t document, uint32_t *first, uint32_t *end,
			   struct err *err);

#endif
