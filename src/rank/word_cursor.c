#include "word_cursor.h"

static void find_section(struct word_cursor *cursor)
{
	cursor->section = WORD_CURSOR_END;
	for (unsigned i = 0; i < cursor->list_count; i++) {
		const struct word_list *list = &cursor->lists[i];

		if (!list->ended && (cursor->section == WORD_CURSOR_END || list->current.number < cursor->section))
			cursor->section = list->current.number;
	}
}

static int seek_list(struct word_cursor *cursor, struct word_list *list, uint32_t section, struct err *err)
{
	int got = posting_decoder_seek(list->decoder, section, &list->current);

	list->ended = got <= 0;
	return got < 0 ? segment_damaged_postings(cursor->segment, err) : 0;
}

int word_cursor_open(struct word_cursor *cursor, struct segment_reader *segment, struct span word, unsigned channels,
		     struct arena *arena, struct err *err)
{
	struct lexicon_entry entry;
	int found = lexicon_find(&segment->lexicon, word, &entry, err);

	*cursor = (struct word_cursor){.segment = segment, .section = WORD_CURSOR_END};
	for (unsigned channel = 0; found > 0 && channel < CHANNEL_LENGTHS; channel++) {
		struct word_list *list = &cursor->lists[cursor->list_count];

		if (!(channels >> channel & 1) || entry.lists[channel].count == 0)
			continue;
		list->channel = (enum channel)channel;
		list->decoder = arena_alloc(arena, sizeof *list->decoder);
		if (!list->decoder)
			return err_memory(err, "search");
		if (segment_postings(segment, &entry.lists[channel], list->channel, list->decoder, err) < 0 ||
		    seek_list(cursor, list, 0, err) < 0)
			return -1;
		cursor->list_count++;
	}
	find_section(cursor);
	return found < 0 ? -1 : 0;
}

int word_cursor_seek(struct word_cursor *cursor, uint32_t section, struct err *err)
{
	if (cursor->section == WORD_CURSOR_END || cursor->section >= section)
		return 0;
	for (unsigned i = 0; i < cursor->list_count; i++) {
		struct word_list *list = &cursor->lists[i];

		if (!list->ended && list->current.number < section && seek_list(cursor, list, section, err) < 0)
			return -1;
	}
	find_section(cursor);
	return 0;
}

double word_cursor_score(const struct word_cursor *cursor, const struct bm25 *bm25, const unsigned char *lengths)
{
	double score = 0;

	for (unsigned i = 0; i < cursor->list_count; i++) {
		const struct word_list *list = &cursor->lists[i];

		if (!list->ended && list->current.number == cursor->section)
			score += bm25_channel(bm25, list->channel, list->current.frequency, lengths[list->channel]);
	}
	return score;
}
