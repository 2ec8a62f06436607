/* channel - the kinds of occurrence that a term has postings for.
 *
 * Shape:  a small number; the first CHANNEL_FIELDS are the fields of a section, in the order of input's enum field. A
 *         term has one posting list for each channel it occurs in.
 * Units:  CHANNEL_HAN lists hold section numbers and counts of a Han character or of two adjacent ones (folded source
 *         text, markup included); CHANNEL_BLOCK lists hold numbers of stored blocks that contain three adjacent
 *         letters or digits.
 */
#ifndef FORMAT_CHANNEL_H
#define FORMAT_CHANNEL_H

enum channel {
	CHANNEL_BODY,
	CHANNEL_CODE,
	CHANNEL_HEADING,
	CHANNEL_QUESTION,
	CHANNEL_LEAD,
	CHANNEL_ANCESTOR,
	CHANNEL_NAME,
	CHANNEL_FIELDS,
	CHANNEL_HAN = CHANNEL_FIELDS,
	CHANNEL_LENGTHS, /* channels up to here have a length for each section */
	CHANNEL_BLOCK = CHANNEL_LENGTHS,
	CHANNEL_COUNT
};

#endif
