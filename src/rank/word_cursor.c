#include "word_cursor.h"

static int add_lists(struct word_cursor *cursor, const struct term *term, const struct list_cursor *model,
		     const struct parts *parts, size_t part, struct arena *arena, struct err *err)
{
	struct posting_cursor *postings[WORD_LISTS];
	int count = term_cursors(term, parts, part, arena, postings, err);

	for (int i = 0; i < count; i++) {
		struct list_cursor *list = &cursor->lists[cursor->count++];

		*list = *model;
		list->postings = postings[i];
		list->layer = term->layer;
		if (list_cursor_init(list, err) < 0)
			return -1;
	}
	return count < 0 ? -1 : 0;
}

static int add_synonyms(struct word_cursor *cursor, struct synonym_part *found, const struct list_cursor *model,
			struct arena *arena, struct err *err)
{
	struct list_cursor *list = &cursor->lists[cursor->count++];

	*list = *model;
	list->layer = LAYER_WORDS;
	list->factor *= SYNONYM_WEIGHT;
	list->postings = arena_alloc(arena, sizeof *list->postings);
	if (!list->postings)
		return err_memory(err, "search");
	posting_cursor_open_decoded(list->postings, &found->list, found->count, model->segment->meta.section_count);
	return list_cursor_init(list, err);
}

int word_cursor_init(struct word_cursor *cursor, const struct atom *atom, const struct parts *parts, size_t part,
		     const struct bm25 *bm25, struct arena *arena, struct err *err)
{
	struct list_cursor model = {
		.segment = parts->segments[part], .bm25 = bm25, .fields = atom->fields, .factor = atom->factor};

	cursor->count = 0;
	if (add_lists(cursor, &atom->words, &model, parts, part, arena, err) < 0)
		return -1;
	if (atom->synonyms && atom->synonyms[part].count &&
	    add_synonyms(cursor, &atom->synonyms[part], &model, arena, err) < 0)
		return -1;
	model.fields = ALL_FIELDS; /* a gram has none */
	if (atom->lone && add_lists(cursor, &atom->grams, &model, parts, part, arena, err) < 0)
		return -1;
	return 0;
}

int word_cursor_open(struct word_cursor *cursor, const struct atom *atom, const struct parts *parts, size_t part,
		     const struct bm25 *bm25, struct arena *arena, struct err *err)
{
	if (word_cursor_init(cursor, atom, parts, part, bm25, arena, err) < 0)
		return -1;
	for (unsigned i = 0; i < cursor->count; i++)
		if (list_cursor_open(&cursor->lists[i], err) < 0)
			return -1;
	return word_cursor_seek(cursor, 0, err);
}
