/* word_cursor - all posting lists of one atom in a segment, walked as one.
 *
 * Shape:  the one or two lists of the word (word_list.h), and that of its synonyms, exclude each other: a section is in one of them
 *         at most. For a lone character (atom.h) also the list of that character as a gram, which does not.
 * Owner:  the lists are in the struct, their cursors in the arena of the query.
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
	uint32_t section; /* where it stands: the first of theirs */
};

/* Initialises the lists of the atom (list_cursor_init()): for bounds, not for walking. */
int word_cursor_init(struct word_cursor *cursor, const struct atom *atom, const struct parts *parts, size_t part,
		     const struct bm25 *bm25, struct arena *arena, struct err *err);

/* Opens the lists, and moves to the first section. */
int word_cursor_open(struct word_cursor *cursor, const struct atom *atom, const struct parts *parts, size_t part,
		     const struct bm25 *bm25, struct arena *arena, struct err *err);

/* Moves to the first section that is not before `section`. */
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

/* Adds the atom's score in the section where it stands to *score; `lengths` are those of that section. */
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
