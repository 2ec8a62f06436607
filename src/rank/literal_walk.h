/* literal_walk - the sections that may hold a literal, by the grams of its fold, and where their texts are.
 *
 * Shape:  sections that all lists of Han grams name (han_lists.h) and that reach into a group with all units (unit_groups.h), of
 *         the literal and of each that is with it. Sections outside these groups are leapt over.
 * Owner:  the arena of the query.
 * Errors: ERR_DAMAGED, ERR_MEMORY.
 * Cost:   a step is one in each list, and where groups matter 50 ns to find the frames of a section.
 */
#ifndef RANK_LITERAL_WALK_H
#define RANK_LITERAL_WALK_H

#include "han_lists.h"
#include "literal.h"

struct literal_walk {
	struct segment_reader *segment;
	const struct literal *literal;
	struct han_lists han;
	const uint64_t *reached[LITERAL_MOST]; /* sets of groups, one for each literal that says something of groups */
	unsigned reached_count;
	uint32_t next;   /* where to go on */
	uint32_t placed; /* the section whose text is in frames[0] to frames[1], if it has any; or none yet */
	bool has_text;
	uint32_t frames[2];
	struct err *err;
};

/* 1, or 0 when a gram is nowhere: then neither is the literal. */
int literal_walk_open(struct literal_walk *walk, struct segment_reader *segment, const struct literal *literal,
		      struct arena *arena, struct err *err);

/* The next one: 1, 0 at the end. */
int literal_walk_next(struct literal_walk *walk, uint32_t *section);

/* Finds the frames of its text: 1, 0 without text. */
int literal_walk_place(struct literal_walk *walk, uint32_t section);

#endif
