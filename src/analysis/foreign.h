/* foreign - words of the scripts that our own tables do not cover.
 *
 * Shape:  the seam to ICU, chosen when a program is linked, as base/mem.h is: analysis_icu (foreign_icu.c) cuts by ICU,
 *         which it opens at the first call; analysis_plain (foreign_none.c) refuses, and brings no ICU into the program.
 * Units:  as segmenter.h.
 * Owner:  *state is NULL before the first call; foreign_free() takes what was made of it. A state serves one thread.
 * Errors: ERR_MEMORY; ERR_ANALYSIS when ICU refuses (its message is in *err); ERR_SCRIPT from analysis_plain, always.
 * Cost:   opening takes ICU some 2 ms; it cuts 15 to 35 MB/s.
 */
#ifndef ANALYSIS_FOREIGN_H
#define ANALYSIS_FOREIGN_H

#include "buf.h"
#include "err.h"

struct foreign;

/* Appends where the words of `run` end, as segmenter_cut() does. */
int foreign_cut(struct foreign **state, struct span run, struct buf *ends, struct err *err);

void foreign_free(struct foreign *state);

#endif
