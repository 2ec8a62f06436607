#include "filter.h"

#include "literal.h"
#include "path.h"
#include "pathglob.h"

#include <string.h>

static unsigned char *new_set(struct arena *arena, struct segment_reader *segment, int fill)
{
	size_t bytes = segment->meta.section_count / 8 + 1;
	unsigned char *set = arena_array(arena, bytes, 1);

	if (set && fill)
		memset(set, 0xFF, bytes);
	return set;
}

uint32_t filter_next(const unsigned char *set, uint32_t section, uint32_t count)
{
	while (section < count && !filter_bit(set, section))
		section += set[section / 8] >> section % 8 ? 1 : 8 - section % 8;
	return section < count ? section : count;
}

static int find_phrase(struct filter *filter, size_t i, const struct query_phrase *phrase, bool titles,
		       struct index *index, struct segment_reader *segment, struct arena *arena, struct err *err)
{
	struct literal literal = {.folded = phrase->folded, .fold = true, .bounded = true, .titles = titles};
	struct buf sections = {0};
	unsigned char *set = phrase->negated ? filter->allowed : new_set(arena, segment, 0);
	int status = set ? literal_find(index, segment, &literal, arena, &sections, err) : err_memory(err, "search");

	for (size_t k = 0; status == 0 && k < BUF_COUNT(&sections, uint32_t); k++) {
		uint32_t section = BUF_AT(&sections, uint32_t, k);
		unsigned char bit = (unsigned char)(1u << section % 8);

		if (phrase->negated)
			set[section / 8] &= (unsigned char)~bit;
		else
			set[section / 8] |= bit;
	}
	if (!phrase->negated)
		filter->phrases[i] = set;
	buf_release(&sections);
	return status;
}

static int combine_phrases(struct filter *filter, struct segment_reader *segment, struct arena *arena)
{
	size_t bytes = segment->meta.section_count / 8 + 1;

	for (size_t i = 0; i < filter->phrase_count; i++) {
		const unsigned char *phrase = filter->phrases[i];

		if (!phrase)
			continue;
		if (!filter->all) {
			filter->all = new_set(arena, segment, 1);
			filter->any = new_set(arena, segment, 0);
		}
		if (!filter->all || !filter->any)
			return -1;
		for (size_t k = 0; k < bytes; k++) {
			filter->all[k] &= phrase[k];
			filter->any[k] |= phrase[k];
		}
	}
	return 0;
}

int filter_path_matches(const struct filter_options *options, struct index *index, uint32_t number, struct buf *scratch,
			struct err *err)
{
	struct manifest_document document;
	struct span shown;
	struct span below;

	if (manifest_document(&index->manifest, number, &document, err) < 0)
		return -1;
	buf_reset(scratch);
	buf_add_span(scratch, document.path);
	if (pathglob_match(options->glob, buf_string(scratch)))
		return 1;
	buf_reset(scratch);
	index_document_path(index, &document, scratch);
	buf_string(scratch);
	shown = buf_span(scratch);
	if (!strchr(options->glob, '/'))
		return 0;
	if (options->directory && path_below(shown, span_of(options->directory), &below))
		shown = below;
	return scratch->failed ? err_memory(err, "search") : pathglob_match(options->glob, shown.p);
}

static int keep_paths(struct filter *filter, const struct filter_options *options, struct index *index,
		      struct segment_reader *segment, struct err *err)
{
	struct buf scratch = {0};
	int matches = 0;

	for (uint32_t i = 0; i < segment->meta.document_count && matches >= 0; i++) {
		uint32_t section;
		uint32_t end;

		matches = section_table_document(&segment->sections, i, &section, &end, err);
		if (matches == 0)
			matches = filter_path_matches(options, index, i, &scratch, err);
		for (; section < end && matches == 0; section++)
			filter->allowed[section / 8] &= (unsigned char)~(1u << section % 8);
	}
	buf_release(&scratch);
	return matches < 0 ? -1 : 0;
}

int filter_make(struct filter *filter, const struct query *query, const struct filter_options *options,
		struct index *index, struct segment_reader *segment, struct arena *arena, struct err *err)
{
	bool restricts = options->glob != NULL;

	*filter = (struct filter){.phrase_count = query->phrase_count};
	for (size_t i = 0; i < query->phrase_count; i++)
		restricts |= query->phrases[i].negated;
	filter->phrases = arena_array(arena, query->phrase_count, sizeof *filter->phrases);
	if (restricts)
		filter->allowed = new_set(arena, segment, 1);
	if (!filter->phrases || (restricts && !filter->allowed))
		return err_memory(err, "search");
	for (size_t i = 0; i < query->phrase_count; i++)
		if (find_phrase(filter, i, &query->phrases[i], options->titles, index, segment, arena, err) < 0)
			return -1;
	if (combine_phrases(filter, segment, arena) < 0)
		return err_memory(err, "search");
	return options->glob ? keep_paths(filter, options, index, segment, err) : 0;
}
