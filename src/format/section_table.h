/* section_table - where each section is and what it is: compact records in groups.
 *
 * Shape:  groups of SECTION_GROUP records, the last may have fewer. Four chunks; integers little-endian, varints LEB128 in
 *         the shortest form, of at most 32 bits where no other size is given:
 *
 *           groups     one after the other, no gaps. A group begins with three varints: start of its first section's text
 *                      (64 bits), the last head of all sections before it (64 bits; 0 for none), its document. Then the
 *                      records. After the last group one varint: the bytes of all text (64 bits)
 *           index      u32 for each group, where it begins, and one more: where that last varint is
 *           bare       a bit for each section, the least of each byte first: its flags are not 0. The rest of the last
 *                      byte is 0
 *           documents  u32 for each document, its first section, or that of the next that has one; and one more: the number
 *                      of sections
 *
 *         A record, section `number`:
 *           header      one byte: bits 0-2 level, at most SECTION_LEVEL_MAX; bit 3 flags; bit 4 occurrence; bits 5-6 line_start less
 *                       line_first, 3 for more; bit 7 line
 *           text        varint: bytes of its text; the next section begins after them
 *           head        varint (64 bits): its distance from the last head of all sections before, twice; and 1 more when
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
 * Owner:  the writer owns its buffers; the table keeps the group it decoded last.
 * Errors: ERR_DAMAGED. No allocation when reading.
 * Cost:   some 8 bytes a section with all four chunks. Reading one decodes its group as far as it: 0.15 us; reading on
 *         in the group decodes each record once.
 *
 * A reader refuses: chunks of other sizes than the counts say; a first group that is not at 0, groups that do not rise or
 * pass their chunk; a group that ends before or after its records, or whose texts do not end where the next group's begin;
 * a group's document that does not hold its first section; documents that fall; a parent before the first section of
 * the document or not before its child; numbers above their bits; lines above 32 bits; a text that is too long or ends
 * after all text. All of a group is looked at when its last record is read. That a parent is of a lower level, that the
 * bare bits are those of the flags and that a head is inside its chunk is for the caller to see.
 */
#ifndef FORMAT_SECTION_TABLE_H
#define FORMAT_SECTION_TABLE_H

#include "container.h"

enum { SECTION_GROUP = 16 };

/* Levels of headings, 0 above the first. So a heading path has at most so many headings above one. */
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
	struct buf bare; /* a bit for each section whose flags are not 0 */
	struct buf
		documents; /* u32 for each document: its first section; once more at the end: the number of sections */
	uint32_t count;    /* sections so far */
	bool failed;       /* no memory, or larger than the limits: looked at after section_table_finish() */
	uint64_t offset;   /* of `groups` in its chunk */
	struct buf group;  /* the one being filled */
	struct section_record last; /* the section before, not yet in the group: its text ends where the next begins */
	struct section_record before; /* the one before that */
	uint64_t last_head;           /* of all that are in a group */
};

/* In order of the sections; documents without sections are passed over by their number. */
void section_table_add(struct section_table_writer *writer, const struct section_record *record);

/* `document_count`, `text_bytes`: of the segment. */
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
	uint32_t group;          /* the one that is decoded, as far as `decoded` */
	uint32_t decoded;        /* records of it; 0 for no group */
	struct cursor c;         /* what is left of it */
	uint64_t next_start;     /* of the next group's text */
	uint64_t end;            /* of the text of what was decoded last */
	uint64_t last_head;      /* so far */
	uint32_t document_first; /* sections of its document */
	uint32_t document_end;
	struct section_record records[SECTION_GROUP];
};

/* names: the chunks groups, index, bare, documents. The counts must hold. */
int section_table_open(struct section_table *table, struct container *container, const uint32_t names[4],
		       uint32_t section_count, uint32_t document_count, struct err *err);

/* number < section_count. *end: where its text ends. What comes out was checked: parent before its child and of its
 * document, document below the count, lines that rise, start <= end <= text_bytes. */
int section_table_read(struct section_table *table, uint32_t number, struct section_record *out, uint64_t *end,
		       struct err *err);

/* The whole bit set, (section_count + 7) / 8 bytes, its pages checked. */
int section_table_bare(struct section_table *table, const unsigned char **bits, struct err *err);

static inline bool section_table_is_bare(const unsigned char *bits, uint32_t number)
{
	return bits[number / 8] >> number % 8 & 1;
}

/* The sections [*first, *end) of a document, which is below document_count. */
int section_table_document(struct section_table *table, uint32_t document, uint32_t *first, uint32_t *end,
			   struct err *err);

#endif
