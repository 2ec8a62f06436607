#include "term_range.h"

int term_range_open(struct term_range *range, struct segment_reader *segment, struct span begin, struct arena *arena,
		    struct err *err)
{
	*range = (struct term_range){
		.segment = segment, .begin = begin, .cursor = arena_alloc(arena, sizeof *range->cursor), .err = err};
	if (!range->cursor)
		return err_memory(err, "search");
	return lexicon_scan_start(&range->scan, &segment->layers[LAYER_WORDS].lexicon, begin, err);
}

static int next_term(struct term_range *range)
{
	struct lexicon_entry entry;
	int got = lexicon_scan_next(&range->scan, &entry, range->err);

	range->list = range->list_count = 0;
	if (got <= 0 || !span_starts(entry.text, range->begin))
		return got < 0 ? -1 : 0;
	range->list_count = segment_lists(range->segment, LAYER_WORDS, &entry, range->lists, range->err);
	return range->list_count < 0 ? -1 : 1;
}

/* Opens the next list: 1, 0 at the end. */
static int next_list(struct term_range *range)
{
	while (range->list == range->list_count) {
		int got = next_term(range);

		if (got <= 0)
			return got;
	}
	if (segment_cursor(range->segment, LAYER_WORDS, &range->lists[range->list++], range->cursor, range->err) < 0)
		return -1;
	return 1;
}

int term_range_next(struct term_range *range, uint32_t *section)
{
	int got = range->list ? posting_cursor_next(range->cursor, section) : 0;

	while (got == 0) {
		int more = next_list(range);

		if (more <= 0)
			return more;
		got = posting_cursor_next(range->cursor, section);
	}
	return got < 0 ? segment_damaged_postings(range->segment, LAYER_WORDS, range->err) : 1;
}

int term_range_value(struct term_range *range, uint32_t *value)
{
	if (posting_cursor_value(range->cursor, value) < 0)
		return segment_damaged_postings(range->segment, LAYER_WORDS, range->err);
	return 0;
}
