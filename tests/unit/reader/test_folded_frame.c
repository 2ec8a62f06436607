#include "folded_frame.h"

#include "fold.h"
#include "index.h"
#include "random.h"
#include "scratch.h"
#include "unit.h"
#include "utf8.h"

#include <string.h>

static void add_word(struct buf *out, uint64_t *seed)
{
	static const char *const words[] = {"咖啡", "團隊", "看著", "GPT-3 ", "Node.js ", "ＡＢＣ", "，", "。",   "①",
					    "㍿",   "か",   "가",   "é",      "e\u0301",  "ﬁ",      "😀",  "⟶",    "℃",
					    "…",    "\t",   "ſ",    "K",      "\u200B",   "\n",     " ",  "豆子", "㎏"};

	buf_add_text(out, words[random_below(seed, sizeof words / sizeof words[0])]);
}

/* Text of some hundred KB, of which most is Han: its characters have a table. */
static void write_notes(struct scratch *scratch, uint64_t seed)
{
	struct buf text = {0};

	while (text.n < 300 * 1024) {
		uint32_t length = random_below(&seed, 40);

		for (uint32_t i = 0; i < length; i++)
			utf8_add(&text, random_below(&seed, 3) ? 0x4E00 + random_below(&seed, 300)
							       : ' ' + random_below(&seed, 95));
		add_word(&text, &seed);
	}
	scratch_write_bytes(scratch, "notes/long.md", buf_span(&text));
	buf_release(&text);
}

/* Every code point that is a character, in lines. */
static void write_characters(struct scratch *scratch)
{
	struct buf text = {0};

	for (uint32_t code = 0x20; code <= 0x2FFFF; code++) {
		if (code < 0xD800 || code > 0xDFFF)
			utf8_add(&text, code);
		if (code % 64 == 0)
			buf_add_text(&text, "\n");
	}
	scratch_write_bytes(scratch, "notes/characters.md", buf_span(&text));
	buf_release(&text);
}

static void open_index(struct scratch *scratch, struct index *index)
{
	struct err err = {0};

	scratch_build(scratch);
	assert_int_equal(index_open(index, &io_posix, scratch->index, &err), 0);
}

/* How many frames were folded: all of these as their text is. */
static uint32_t check_frames(struct segment_reader *segment)
{
	struct store *store = &segment->store;
	struct store_decoder decoder = {0};
	uint32_t count = 0;
	struct buf text = {0};
	struct buf folded = {0};
	struct buf expected = {0};
	struct err err = {0};

	assert_int_equal(store_decoder_open(&decoder, store, &err), 0);
	assert_int_equal(frame_folds_open(&segment->folds, store, &err), 0);
	for (uint32_t i = 0; i < store->frame_count; i++) {
		struct store_place place;
		struct span bytes;

		assert_int_equal(store_find_place(store, i, &place, &err), 0);
		assert_int_equal(store_decoder_read(&decoder, store, &place, &bytes, &err), 0);
		if (!folded_frame_make(&segment->folds, bytes, &folded))
			continue;
		buf_reset(&text);
		buf_reset(&expected);
		assert_int_equal(store_read(store, place.start, place.start + place.size, &text, &err), 0);
		fold_text(buf_span(&text), &expected, NULL);
		assert_true(span_equal(buf_span(&folded), buf_span(&expected)));
		count++;
	}
	assert_false(folded.failed);
	store_decoder_close(&decoder);
	buf_release(&text);
	buf_release(&folded);
	buf_release(&expected);
	return count;
}

static void folds_what_the_text_folds_to(void **state)
{
	struct scratch scratch;
	struct index index;

	(void)state;
	for (uint64_t seed = 0; seed < 3; seed++) {
		struct segment_reader *segment;

		scratch_make(&scratch);
		write_notes(&scratch, seed);
		write_characters(&scratch);
		open_index(&scratch, &index);
		segment = &index.segments[0];
		/* of characters that become many there may be a frame */
		assert_in_range(check_frames(segment), segment->store.frame_count - 1, segment->store.frame_count);
		assert_true(segment->store.recode.count > 200);
		index_close(&index);
		scratch_release(&scratch);
	}
}

static void of_a_small_tree_no_character_is_in_a_table(void **state)
{
	struct scratch scratch;
	struct index index;

	(void)state;
	scratch_make(&scratch);
	scratch_fill(&scratch);
	open_index(&scratch, &index);
	assert_int_equal(check_frames(&index.segments[0]), index.segments[0].store.frame_count);
	assert_int_equal(index.segments[0].store.recode.count, 0);
	index_close(&index);
	scratch_release(&scratch);
}

/* U+FDFA is 18 code points. */
static void what_grows_too_much_is_left_to_others(void **state)
{
	struct scratch scratch;
	struct index index;
	struct buf text = {0};

	(void)state;
	for (unsigned i = 0; i < 900; i++)
		utf8_add(&text, 0xFDFA);
	scratch_make(&scratch);
	scratch_write_bytes(&scratch, "notes/a.md", buf_span(&text));
	buf_release(&text);
	open_index(&scratch, &index);
	assert_int_equal(index.segments[0].store.frame_count, 1);
	assert_int_equal(check_frames(&index.segments[0]), 0);
	index_close(&index);
	scratch_release(&scratch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folds_what_the_text_folds_to),
		cmocka_unit_test(of_a_small_tree_no_character_is_in_a_table),
		cmocka_unit_test(what_grows_too_much_is_left_to_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
