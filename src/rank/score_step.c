#include "score_step.h"

#include "length.h"

static void set_channel(struct score_step *step, unsigned channel, uint32_t frequency, const unsigned char *lengths)
{
	step->frequency[channel] = frequency;
	step->length[channel] = frequency ? length_decode(lengths[channel]) : 0;
}

static int set_channels(struct score_step *step, const struct list_cursor *list, const unsigned char *lengths,
			struct err *err)
{
	const struct pattern *pattern;
	uint32_t value;

	if (posting_cursor_value(list->postings, &value) < 0)
		return segment_damaged_postings(list->segment, list->layer, err);
	if (list->layer != LAYER_WORDS) {
		set_channel(step, CHANNEL_HAN, value + 1, lengths);
		return 0;
	}
	pattern = segment_pattern(list->segment, value, err);
	for (unsigned i = 0; pattern && i < CHANNEL_FIELDS; i++)
		if (list->fields >> i & 1)
			set_channel(step, i, pattern->frequency[i], lengths);
	return pattern ? 0 : -1;
}

int score_step_add_word(struct buf *steps, const struct atom *atom, const struct word_cursor *cursor,
			const unsigned char *lengths, double after, struct err *err)
{
	struct score_step step = {.kind = STEP_WORD, .text = atom->text, .after = after, .idf = atom->idf};

	for (unsigned i = 0; i < cursor->count; i++) {
		if (cursor->lists[i].section != cursor->section)
			continue;
		/* the list's: less than the atom's where a synonym stands */
		step.factor = cursor->lists[i].factor;
		if (set_channels(&step, &cursor->lists[i], lengths, err) < 0)
			return -1;
	}
	buf_add(steps, &step, sizeof step);
	return 0;
}

void score_step_add(struct buf *steps, enum score_step_kind kind, double factor, double after)
{
	struct score_step step = {.kind = kind, .factor = factor, .after = after};

	buf_add(steps, &step, sizeof step);
}
