/* word_cursor - one atom's occurrences in a segment, section by section: all of its lists together.
 *
 * Shape:  the lists of the word, at most one of which has a section, and one of its alternatives, where none of them has; of a
 *         lone character its gram's as well.
 * Owner:  lists live in the struct, their cursors in the arena of the query.
 * Errors: -1 with ERR_DAMAGED.
 */
#ifndef RANK_WORD_CURSOR_H
#define RANK_WORD_CURSOR_H

#include "atom.h"
#include "list_cursor.h"

enum { ATOM_LISTS = WORD_LISTS + 2 };

struct word_cursor {
	struct list_cursor lists[ATOM_LISTS];
	unsigned count;
	uint32_t section; /* the least of theirs */
};

/* Its lists, initialised and not yet opened. */
int word_cursor_init(struct word_cursor *cursor, const struct atom *atom, const struct parts *parts, size_t part,
		     const struct bm25 *bm25, struct arena *arena, struct err *err);

/* The same, and stands at the first section. */
int word_cursor_open(struct word_cursor *cursor, const struct atom *atom, const struct parts *parts, size_t part,
		     const struct bm25 *bm25, struct arena *arena, struct err *err);

/* To the first section that is not before `section`. */
static inline int word_cursor_seek(struct word_cursor *cursor, uint32_t section, struct err *err)
{
	uint32_t least = LIST_END;

	for (unsigned i = 0; i < cursor->count; i++) {
		if (list_cursor_seek(&cursor->lists[i], section, err) < 0)
			return -1;
		if (cursor->lists[i].section < least)
			least = cursor->lists[i].section;
	}
	cursor->section = least;
	return 0;
}

/* Adds the atom's score in the section where it stands; `lengths` are those of that section. */
static inline int word_cursor_score(struct word_cursor *cursor, const unsigned char *lengths, double *score,
				    struct err *err)
{
	for (unsigned i = 0; i < cursor->count; i++) {
		if (cursor->lists[i].section != cursor->section)
			continue;
		if (list_cursor_score(&cursor->lists[i], lengths, err) < 0)
			return -1;
		*score += cursor->lists[i].score;
	}
	return 0;
}

#endif
