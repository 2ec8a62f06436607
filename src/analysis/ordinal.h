/* ordinal - 第四条, 第4条 and 第 4 條 as one term.
 *
 * Shape:  第, a number in digits or as in numeral.h, and what is counted: 条 章 节 步 次 ...; blanks may stand around digits. Where
 *         it begins with a word and ends with one (第三方 and 第一|项目 are none), the tokens of it become TOKEN_PARTs of a
 *         TOKEN_WORD with digits: 第4条. So it is found by what it was cut into, too.
 * Owner:  as analyzer.h.
 * Errors: sticky in the buffers.
 * Cost:   one look at each token's first bytes; a copy of the tokens where there is an ordinal.
 */
#ifndef ANALYSIS_ORDINAL_H
#define ANALYSIS_ORDINAL_H

#include "analyzer.h"

struct ordinals {
	struct buf texts;  /* of the terms */
	struct buf tokens; /* working space */
};

void ordinals_release(struct ordinals *ordinals);

/* Of the tokens of `folded`, those from number `first` on. */
void ordinals_join(struct ordinals *ordinals, struct span folded, struct buf *tokens, size_t first);

/* The term of an ordinal with a Chinese numeral (第四条 for 第4条), to be looked for in text: appended to `out`; false, and
 * nothing, for any other term. */
bool ordinal_spell(struct span term, struct buf *out);

#endif
