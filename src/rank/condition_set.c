#include "condition_set.h"

#include "list_cursor.h"
#include "literal.h"
#include "path.h"
#include "pathglob.h"
#include "property_filter.h"
#include "term_range.h"

#include <string.h>

static int no_memory(const struct search_place *place)
{
	return err_memory(place->err, "search");
}

static uint64_t *new_set(const struct search_place *place, bool all)
{
	uint64_t *set = section_set_new(place->arena, place->segment, all);

	if (!set)
		no_memory(place);
	return set;
}

static unsigned fields_of(const struct search_place *place, const struct condition *leaf)
{
	return place->titles || leaf->scope == SCOPE_TITLE ? TITLE_FIELDS : ALL_FIELDS;
}

/* -------------------------------------------------------------------------------------------------------- literals */

static int add_literal(const struct search_place *place, const struct literal *literal, uint64_t *set)
{
	struct buf sections = {0};
	int status = literal_find(place->index, place->segment, literal, place->arena, &sections, place->err);

	for (size_t i = 0; status == 0 && i < BUF_COUNT(&sections, uint32_t); i++)
		number_set_add(set, BUF_AT(&sections, uint32_t, i));
	buf_release(&sections);
	return status;
}

static int find_phrase(const struct search_place *place, const struct condition *leaf, uint64_t *set)
{
	struct literal literal = {.folded = leaf->folded,
				  .fold = true,
				  .bounded = true,
				  .open_end = leaf->kind == CONDITION_PREFIX,
				  .titles = fields_of(place, leaf) == TITLE_FIELDS};

	return add_literal(place, &literal, set);
}

/* ----------------------------------------------------------------------------------------------------------- words */

/* Does the posting where the cursor stands say that it is in any of the fields? */
static int is_in(const struct search_place *place, enum layer layer, struct posting_cursor *cursor, unsigned fields)
{
	const struct pattern *pattern;

	if (layer != LAYER_WORDS || fields == ALL_FIELDS)
		return 1;
	pattern = segment_cursor_pattern(place->segment, cursor, place->err);
	return pattern ? (pattern->fields & fields) != 0 : -1;
}

/* Adds the sections of a term that have it in any of the fields. */
static int add_term(const struct search_place *place, const struct term *term, unsigned fields, uint64_t *set)
{
	struct posting_cursor *cursors[WORD_LISTS];
	int count = term_cursors(term, place->parts, place->part, place->arena, cursors, place->err);

	for (int i = 0; i < count; i++) {
		uint32_t section;
		int got;

		while ((got = posting_cursor_next(cursors[i], &section)) > 0) {
			int here = is_in(place, term->layer, cursors[i], fields);

			if (here < 0)
				return -1;
			if (here)
				number_set_add(set, section);
		}
		if (got < 0)
			return segment_damaged_postings(place->segment, term->layer, place->err);
	}
	return count < 0 ? -1 : 0;
}

/* Keeps the sections that have the atom. */
static int keep_atom(const struct search_place *place, const struct atom *atom, unsigned fields, uint64_t *set)
{
	uint64_t *found = new_set(place, false);

	if (!found || add_term(place, &atom->words, fields, found) < 0)
		return -1;
	if (atom->lone && fields == ALL_FIELDS && add_term(place, &atom->grams, fields, found) < 0)
		return -1;
	number_set_and(set, found, section_set_words(place->segment));
	return 0;
}

static int find_words(const struct search_place *place, const struct condition *leaf, uint64_t *set)
{
	for (size_t i = 0; i < place->atoms->count; i++) {
		const struct atom *atom = &place->atoms->items[i];

		if (atom->needed && leaf->words >> atom->word & 1 &&
		    keep_atom(place, atom, fields_of(place, leaf), set) < 0)
			return -1;
	}
	return 0;
}

/* -------------------------------------------------------------------------------------------------------- prefixes */

static int add_range(const struct search_place *place, const struct condition *leaf, uint64_t *set)
{
	struct term_range range;
	uint32_t section;
	int got;

	if (term_range_open(&range, place->segment, leaf->folded, place->arena, place->err) < 0)
		return -1;
	while ((got = term_range_next(&range, &section)) > 0) {
		int here = is_in(place, LAYER_WORDS, range.cursor, fields_of(place, leaf));

		if (here < 0)
			return -1;
		if (here)
			number_set_add(set, section);
	}
	return got;
}

static int look_up_prefix(const struct search_place *place, const struct condition *leaf, uint64_t *set)
{
	if (add_range(place, leaf, set) < 0)
		return -1;
	return leaf->is_word ? 0 : find_phrase(place, leaf, set);
}

static int find_prefix(const struct search_place *place, const struct condition *leaf, uint64_t **out)
{
	struct prefix_set *found = *place->prefixes;

	while (found && found->leaf != leaf)
		found = found->next;
	if (!found) {
		found = arena_array(place->arena, 1, sizeof *found);
		if (!found)
			return no_memory(place);
		*found = (struct prefix_set){leaf, new_set(place, false), *place->prefixes};
		if (!found->set || look_up_prefix(place, leaf, found->set) < 0)
			return -1;
		*place->prefixes = found;
	}
	*out = found->set;
	return 0;
}

static int rate_range(const struct search_place *place, const struct condition *prefix, const struct bm25 *bm25,
		      double *best)
{
	unsigned fields = fields_of(place, prefix);
	struct term_range range;
	uint32_t section;
	int got;

	if (term_range_open(&range, place->segment, prefix->folded, place->arena, place->err) < 0)
		return -1;
	while ((got = term_range_next(&range, &section)) > 0) {
		const unsigned char *lengths = segment_lengths(place->segment, section, place->err);
		const struct pattern *pattern;
		uint32_t value;
		double score;

		if (!lengths || term_range_value(&range, &value) < 0)
			return -1;
		pattern = segment_pattern(place->segment, value, place->err);
		if (!pattern)
			return -1;
		score = bm25_pattern(bm25, pattern, fields, lengths);
		best[section] = score > best[section] ? score : best[section];
	}
	return got;
}

int condition_set_rate(const struct search_place *place, const struct condition *prefix, const struct bm25 *bm25,
		       double factor, double *scores)
{
	uint32_t count = place->segment->meta.section_count;
	double *best = arena_array(place->arena, count, sizeof *best);

	if (!best)
		return no_memory(place);
	if (rate_range(place, prefix, bm25, best) < 0)
		return -1;
	for (uint32_t i = 0; i < count; i++)
		scores[i] += factor * best[i];
	return 0;
}

/* ----------------------------------------------------------------------------------------------------------- paths */

int condition_set_path_fits(const struct search_place *place, const char *glob, uint32_t number, struct buf *scratch)
{
	struct manifest_document document;
	struct span shown;
	struct span below;

	if (manifest_document(&place->index->manifest, number, &document, place->err) < 0)
		return -1;
	buf_reset(scratch);
	buf_add_span(scratch, document.path);
	if (pathglob_match(glob, buf_string(scratch)))
		return 1;
	if (scratch->failed)
		return no_memory(place);
	if (!strchr(glob, '/'))
		return 0;
	buf_reset(scratch);
	index_document_path(place->index, &document, scratch);
	buf_string(scratch);
	shown = buf_span(scratch);
	if (place->directory && path_below(shown, span_of(place->directory), &below))
		shown = below;
	return scratch->failed ? no_memory(place) : pathglob_match(glob, shown.p);
}

int condition_set_paths(const struct search_place *place, const char *glob, uint64_t **out)
{
	struct buf scratch = {0};
	int matches = 0;

	*out = new_set(place, false);
	if (!*out)
		return -1;
	for (uint32_t i = 0; i < place->segment->meta.document_count && matches >= 0; i++) {
		uint32_t section;
		uint32_t end;

		matches = section_table_document(&place->segment->sections, i, &section, &end, place->err);
		if (matches == 0)
			matches = condition_set_path_fits(place, glob, i, &scratch);
		for (; section < end && matches > 0; section++)
			number_set_add(*out, section);
	}
	buf_release(&scratch);
	return matches < 0 ? -1 : 0;
}

/* ------------------------------------------------------------------------------------------------------------ trees */

static int find_leaf(const struct search_place *place, const struct condition *leaf, uint64_t **out)
{
	if (leaf->scope == SCOPE_PATH)
		return condition_set_paths(place, leaf->folded.p, out);
	if (leaf->scope == SCOPE_KEY)
		return property_filter_find(place->segment, leaf, out, place->arena, place->err);
	if (leaf->kind == CONDITION_PREFIX)
		return find_prefix(place, leaf, out);
	*out = new_set(place, leaf->kind == CONDITION_WORDS);
	if (!*out)
		return -1;
	if (leaf->kind == CONDITION_WORDS)
		return find_words(place, leaf, *out);
	return find_phrase(place, leaf, *out);
}

static int find_children(const struct search_place *place, const struct condition *node, uint64_t **out)
{
	bool all = node->kind == CONDITION_ALL;

	*out = new_set(place, all);
	if (!*out)
		return -1;
	for (const struct condition *child = node->first; child; child = child->next) {
		uint64_t *set;

		if (condition_set_find(place, child, &set) < 0)
			return -1;
		if (all)
			number_set_and(*out, set, section_set_words(place->segment));
		else
			number_set_or(*out, set, section_set_words(place->segment));
	}
	return 0;
}

int condition_set_find(const struct search_place *place, const struct condition *condition, uint64_t **out)
{
	uint64_t *set;
	int status = condition->first ? find_children(place, condition, &set) : find_leaf(place, condition, &set);

	*out = set;
	if (status < 0 || !condition->negated)
		return status;
	*out = new_set(place, true);
	if (!*out)
		return -1;
	number_set_without(*out, set, section_set_words(place->segment));
	return 0;
}
