/* literal - the sections that hold a substring.
 *
 * Shape:  the grams of the folded needle choose candidates (literal_walk.h), then the sections' source text decides: bytes
 *         against bytes, or fold against fold. Where these are many, whole frames are searched first (frame_search.h). A needle
 *         without grams (one letter) looks at every section.
 * Units:  a set is an ascending array of section numbers of one segment.
 * Owner:  the set is appended to the caller's buffer.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   one or two Han characters, folded: a posting list. Else one decompressed frame a candidate, 20 us where its section is
 *         read, 8 by each thread where many are searched, unless frequencies prove what is in it (han_lists.h): of longer
 *         needles of Han they do for most.
 */
#ifndef RANK_LITERAL_H
#define RANK_LITERAL_H

#include "index.h"

struct literal {
	struct span folded;
	struct span exact; /* the bytes as typed: compared instead of the fold when `fold` is false */
	bool fold;
	bool titles;   /* only headings and file names are looked at */
	bool bounded;  /* at an end that is a Latin letter or a digit, the text must not go on with another one, */
	bool open_end; /* but after the end it may */
	const uint64_t *among;      /* set of the sections to look at (section_set.h); NULL: all */
	uint64_t looks;             /* at texts, after which the search may stop; 0: find all */
	uint64_t enough;            /* it does when so many are found */
	bool shared;                /* several threads may look at texts */
	const struct literal *with; /* of folds, not of titles: the section holds this one too; or NULL */
};

enum { LITERAL_MOST = 16 }; /* with each other */

/* Does the text hold it? `folded` is room for its fold; an error in that is the caller's to see. */
bool literal_holds(const struct literal *literal, struct span text, struct buf *folded);

/* `sections`: array of uint32_t. 0 all were found, 1 enough were. */
int literal_find(struct index *index, struct segment_reader *segment, const struct literal *literal,
		 struct arena *arena, struct buf *sections, struct err *err);

#endif
