/* questions - a fixed set of searches, and of questions why a file is a hit or is none; and what an index answers to them as text that can be compared. */
#ifndef TEST_QUESTIONS_H
#define TEST_QUESTIONS_H

#include "searcher.h"

enum { SEARCHES = 22, WHYS = 6, QUESTIONS = SEARCHES + WHYS };

/* The answer to question `number` (below QUESTIONS) as the searcher gives it, and its text. */
int question_search(struct searcher *searcher, unsigned number, struct answer *answer, struct err *err);
void question_describe(const struct answer *answer, struct buf *out);

/* Asks question `number` (below QUESTIONS) and appends the answer: mode, terms, total, and each hit with place, score,
 * coverage, headings and a checksum of its text; and why, if that was asked. -1 with *err when the search fails. */
int question_ask(struct searcher *searcher, unsigned number, struct buf *out, struct err *err);

#endif
