/* literal - finds the sections whose source text holds a substring.
 *
 * Shape:  filter, then verify. The n-grams of the needle, folded, choose candidates from the index (literal_walk.h); then the source
 *         text of each candidate decides: its bytes, or its fold, are searched for the needle. After the first few, candidates
 *         are taken together: whole frames of the store are searched, by several threads (frame_search.h), and only sections
 *         in a frame that holds the needle are read. For a needle of Han characters, frequencies can often prove that a
 *         candidate holds it, and its text is not read (han_lists.h). A needle without n-grams, such as one letter, makes
 *         every section a candidate.
 * Units:  sections are numbers in one segment, ascending.
 * Owner:  results are appended to the caller's buffer.
 * Errors: ERR_DAMAGED, ERR_MEMORY, ERR_IO when no thread can be started.
 * Cost:   one or two Han characters, folded: a posting list. Else, for each candidate that is not proven, a decompressed frame:
 *         20 us, or 8 on each thread where many are searched.
 */
#ifndef RANK_LITERAL_H
#define RANK_LITERAL_H

#include "index.h"

struct literal {
	struct span folded; /* the needle, folded: always there, for its n-grams */
	struct span exact;  /* the needle as typed: what the text is compared with when `fold` is false */
	bool fold;
	bool titles; /* search headings and file names instead of the text */
	bool bounded; /* whole tokens: where the needle begins or ends with a letter or digit, the text must not go on with one, */
	bool open_end;              /* except after the end: a prefix */
	const uint64_t *among;      /* bit set of the sections to search (section_set.h); NULL: all */
	uint64_t looks;             /* stop after so many candidates, once `enough` were found; 0: find all */
	uint64_t enough;            /* see above */
	bool shared;                /* may several threads be used? */
	const struct literal *with; /* a section must hold this one, too; only with `fold`, without `titles`. Or NULL */
};

enum { LITERAL_MOST = 16 }; /* literals that may be linked by `with` */

/* Does the text hold the needle? `folded` is scratch; when it has failed (buf.h) the answer means nothing. */
bool literal_holds(const struct literal *literal, struct span text, struct buf *folded);

/* Appends the sections to `sections`, an array of uint32_t. 0: those are all; 1: it stopped, there may be more. */
int literal_find(struct index *index, struct segment_reader *segment, const struct literal *literal,
		 struct arena *arena, struct buf *sections, struct err *err);

#endif
