/* literal_walk - the candidates of a literal search: the sections that have all n-grams of a needle.
 *
 * Shape:  an intersection of two kinds of lists. Han characters and pairs name sections (LAYER_GRAMS, han_lists.h). All other grams,
 *         the units, name groups of frames of the store (LAYER_UNITS, unit_groups.h), and a section counts when its text
 *         reaches into such a group. Every literal that is linked by `with` must be satisfied. Sections outside the groups are
 *         leapt over.
 * Owner:  the arena of the query.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   a step is a step in each list; where groups matter, 50 ns more to find the frames of a section.
 */
#ifndef RANK_LITERAL_WALK_H
#define RANK_LITERAL_WALK_H

#include "han_lists.h"
#include "literal.h"

struct literal_walk {
	struct segment_reader *segment;
	const struct literal *literal;
	struct han_lists han;
	const uint64_t *reached[LITERAL_MOST]; /* bit sets of groups, one for each literal that has units */
	unsigned reached_count;
	uint32_t next;      /* the section to go on with */
	uint32_t placed;    /* the section that the next two speak of; UINT32_MAX: none yet */
	bool has_text;      /* is its text not empty? */
	uint32_t frames[2]; /* the first and the last frame of its text */
	struct err *err;
};

/* 1; 0 when some gram is nowhere, so that nothing can be found; -1. */
int literal_walk_open(struct literal_walk *walk, struct segment_reader *segment, const struct literal *literal,
		      struct arena *arena, struct err *err);

/* The next candidate: 1, 0 at the end, -1. */
int literal_walk_next(struct literal_walk *walk, uint32_t *section);

/* Fills `frames` for a section: 1, 0 when it has no text, -1. */
int literal_walk_place(struct literal_walk *walk, uint32_t section);

#endif
