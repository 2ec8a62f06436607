/* word_list - the postings of a word in up to two lists: those that score high apart from the others.
 *
 * Shape:  up to POSTING_BLOCK postings are one list of posting.h. More are
 *           count   varint: how many are strong
 *           bytes   varint: of their list
 *           strong  their list, unless there are none
 *           weak    the list of the others, unless there are none
 *         A posting is strong when the word occurs in a heading, question or bold lead of the section (WORD_LIST_STRONG). In a
 *         manual those are 7 to 16 % of the postings of frequent words. With them apart, the upper bound of the weak list
 *         (impact.h) is 3.3 to 3.7 times the word's idf instead of 6 to 9, low enough for most searches to skip its sections.
 * Owner:  borrows the bytes.
 * Errors: -1 for bytes that are no such lists.
 * Source: the idea of high and low lists: Manning et al., Introduction to Information Retrieval, 7.1.3 (champion lists).
 */
#ifndef FORMAT_WORD_LIST_H
#define FORMAT_WORD_LIST_H

#include "pattern.h"
#include "posting.h"

enum {
	WORD_LIST_STRONG = 1 << CHANNEL_HEADING | 1 << CHANNEL_QUESTION | 1 << CHANNEL_LEAD,
	WORD_LISTS = 2,
};

static inline bool word_list_is_strong(const struct pattern *pattern)
{
	return pattern->fields & WORD_LIST_STRONG;
}

struct posting_list {
	struct span bytes;
	uint32_t count; /* > 0 */
	bool strong;
};

/* Splits the bytes of a lexicon entry with `count` postings into lists. Returns how many there are, or -1. */
int word_list_split(struct span bytes, uint32_t count, struct posting_list out[WORD_LISTS]);

/* Appends what comes before the two lists. `count` and `bytes` are those of the strong one. */
void word_list_head(struct buf *out, uint32_t count, size_t bytes);

#endif
