/* label - the words that mark questions and answers: 题目： 问： Q: 答案： 答： A: and their spellings.
 *
 * Shape:  a label stands at the start of a line, directly followed by ':' or '：', inside or outside of bold. A Latin
 *         one with an ASCII colon also needs a blank, the end or Chinese text behind it: "A:\path" and "q:1" are text.
 * Cost:   a few comparisons, and the blanks at the start of the line.
 */
#ifndef INPUT_LABEL_H
#define INPUT_LABEL_H

#include "span.h"

struct label {
	size_t length; /* bytes at the start of the line, blanks before it and its colon included; 0: no label */
	bool question; /* what follows is a question */
};

/* `text` may go on after the line. */
struct label label_match(struct span text);

#endif
