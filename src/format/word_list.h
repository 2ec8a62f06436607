/* word_list - the postings of a word in one or two lists: those that score high apart from the others.
 *
 * Shape:  up to POSTING_BLOCK postings are one list of posting.h. More are
 *           count   varint: how many are strong
 *           bytes   varint: of their list
 *           strong  their list, unless there are none
 *           weak    the list of the others, unless there are none
 *         A posting is strong when its pattern has one of WORD_LIST_STRONG. Those are 7 to 16 % of the postings of frequent
 *         words (measured on a manual), and without them the others' bound (impact.h) is 3.3 to 3.7 times the word's idf
 *         instead of 6 to 9: so a search can do without walking the others.
 * Owner:  borrows the bytes.
 * Errors: -1 for bytes that are no such thing.
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

/* The lists in `bytes`, which hold `count` postings: how many lists. */
int word_list_split(struct span bytes, uint32_t count, struct posting_list out[WORD_LISTS]);

/* What comes before the two lists, of `count` and `bytes`: those of the strong one. */
void word_list_head(struct buf *out, uint32_t count, size_t bytes);

#endif
