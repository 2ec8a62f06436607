/* score_step - how a score comes about, step by step: for --explain.
 *
 * Shape:  what scores a section notes each step where somebody asks, with the sum as it then is. So steps are no second
 *         formula: the last sum is the score itself, and what a step adds is the difference from the one before.
 * Owner:  an array in the asker's buffer; texts are the query's.
 * Errors: sticky in the buffer; ERR_DAMAGED.
 */
#ifndef RANK_SCORE_STEP_H
#define RANK_SCORE_STEP_H

#include "word_cursor.h"

enum score_step_kind {
	STEP_WORD,      /* a word, or a part of a compound */
	STEP_PREFIX,    /* all prefixes of the query */
	STEP_COVERAGE,  /* what is lost by the words that are missing */
	STEP_CHARACTER, /* a character of the query */
	STEP_PAIR,      /* two that stand together */
	STEP_PASSAGE,   /* what stands in one piece in a long section */
	STEP_TYPED,     /* what the query as it was typed brings */
	STEP_MATCH,     /* a literal or pinyin: how it matches is all there is */
};

struct score_step {
	enum score_step_kind kind;
	struct span text; /* of the word or gram */
	double after;     /* the sum with this step */
	double factor;    /* of a word or gram: idf and weights; of coverage: what the sum was multiplied by */
	double idf;
	uint32_t frequency[CHANNEL_LENGTHS]; /* of a word or gram, in each channel, */
	uint32_t length[CHANNEL_LENGTHS];    /* and how long that is, as the index has it */
};

/* A word where its cursor stands; `lengths` are those of the section. */
int score_step_add_word(struct buf *steps, const struct atom *atom, const struct word_cursor *cursor,
			const unsigned char *lengths, double after, struct err *err);

void score_step_add(struct buf *steps, enum score_step_kind kind, double factor, double after);

#endif
