/* What an index holds, against the files it was made from. */
#include "fold.h"
#include "gram.h"
#include "index.h"
#include "length.h"
#include "random.h"
#include "scratch.h"
#include "utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

enum { GRAM_BYTES = 64 };

/* A gram at a place: a section, or a stored block. */
struct occurrence {
	char text[GRAM_BYTES];
	size_t n;
	enum channel channel;
	uint32_t number;
	uint32_t frequency;
};

struct opened {
	struct scratch scratch;
	struct index index;
	struct segment_reader *segment;
};

static int make(void **state)
{
	struct opened *opened = test_malloc(sizeof *opened);

	scratch_make(&opened->scratch);
	*state = opened;
	return 0;
}

static int release(void **state)
{
	struct opened *opened = *state;

	scratch_release(&opened->scratch);
	test_free(opened);
	return 0;
}

/* Lines of every sort, in any order. */
static void add_random_line(struct buf *out, uint64_t *seed)
{
	static const char *const lines[] = {
		"# 标题",
		"## Heading two",
		"### 深一层 ###",
		"题目\n====",
		"Setext\n---",
		"```\ncode x\n```",
		"```",
		"- 列表项",
		"1. first",
		"> 引用 quote",
		"**要点：** 说明",
		"",
		"",
		"　　缩进",
		"哈哈哈哈 haha",
		"咖啡豆与咖啡",
		"GPT-3 与 C++",
		"團隊建設",
		"|表|格|\n|-|-|\n|一|2|",
		"[[目标|别名]] [链](a.md)",
		"emoji 😀 文字",
		"\tindented",
		"线\r",
		"<b>html</b>",
		"---",
		"题目：问什么？",
		"abcdefg",
		"ａｂｃ　全角",
		"é è 組合",
		"\\# not a heading",
	};

	buf_add_text(out, lines[random_below(seed, sizeof lines / sizeof lines[0])]);
	if (random_below(seed, 3) == 0)
		utf8_add(out, 0x4E00 + random_below(seed, 40));
	buf_add_text(out, "\n");
}

static void write_notes(struct scratch *scratch, uint64_t *seed)
{
	for (uint32_t i = 1 + random_below(seed, 4); i > 0; i--) {
		struct buf text = {0};
		struct buf name = {0};

		for (uint32_t k = random_below(seed, i == 1 ? 2000 : 30); k > 0; k--)
			add_random_line(&text, seed);
		if (text.n && random_below(seed, 3) == 0)
			text.n--; /* no newline at the end */
		buf_printf(&name, "notes/%u.%s", i, i % 3 ? "md" : "txt");
		scratch_write_bytes(scratch, buf_string(&name), buf_span(&text));
		buf_release(&text);
		buf_release(&name);
	}
}

static void build_and_open(struct opened *opened)
{
	struct build_request request = scratch_request(&opened->scratch, &io_posix);
	struct build_report report;
	struct err err = {0};

	request.force = true;
	assert_int_equal(build_index(&request, &report, &err), 0);
	assert_int_equal(index_open(&opened->index, &io_posix, opened->scratch.index, &err), 0);
	opened->segment = &opened->index.segments[0];
}

/* Every byte of every file is in exactly one section, in order. */
static void check_tiling(struct opened *opened)
{
	struct buf stored = {0};
	struct buf file = {0};
	struct buf name = {0};
	struct err err = {0};
	uint32_t section = 0;

	for (uint32_t i = 0; i < opened->index.manifest.document_count; i++) {
		struct manifest_document document;
		struct section_record record;

		assert_int_equal(manifest_document(&opened->index.manifest, i, &document, &err), 0);
		buf_reset(&stored);
		for (; section < opened->segment->meta.section_count; section++) {
			assert_int_equal(segment_section(opened->segment, section, &record, &err), 0);
			if (record.document != i)
				break;
			assert_int_equal(segment_text(opened->segment, section, &stored, &err), 0);
		}
		buf_reset(&name);
		buf_printf(&name, "notes/%.*s", (int)document.path.n, document.path.p);
		scratch_read(&opened->scratch, buf_string(&name), &file);
		if (stored.n || span_trim(buf_span(&file), " \t\r\n").n)
			assert_true(span_equal(buf_span(&stored), buf_span(&file)));
	}
	assert_int_equal(section, opened->segment->meta.section_count);
	buf_release(&stored);
	buf_release(&file);
	buf_release(&name);
}

/* Lines of the records, counted in the text itself. */
static void check_lines(struct opened *opened)
{
	struct buf text = {0};
	struct err err = {0};
	uint32_t line = 1;
	uint32_t document = UINT32_MAX;

	for (uint32_t i = 0; i < opened->segment->meta.section_count; i++) {
		struct section_record record;
		uint32_t lines = 0;

		assert_int_equal(segment_section(opened->segment, i, &record, &err), 0);
		buf_reset(&text);
		assert_int_equal(segment_text(opened->segment, i, &text, &err), 0);
		if (record.document != document)
			line = 1;
		document = record.document;
		for (size_t k = 0; k < text.n; k++)
			lines += text.data[k] == '\n' || k + 1 == text.n;
		assert_int_equal(record.line_first, line);
		assert_true(record.line_start >= line && record.line_start < line + lines);
		assert_true(record.line_end >= record.line_start && record.line_end < line + lines);
		line += lines;
	}
	buf_release(&text);
}

static void add_occurrence(struct buf *out, struct span text, enum channel channel, uint32_t number, uint32_t frequency)
{
	struct occurrence occurrence = {.n = text.n, .channel = channel, .number = number, .frequency = frequency};

	assert_true(text.n <= GRAM_BYTES);
	memcpy(occurrence.text, text.p, text.n);
	buf_add(out, &occurrence, sizeof occurrence);
}

static uint32_t add_grams(struct buf *out, struct span source, bool three, uint32_t number)
{
	struct buf folded = {0};
	struct gram_scan scan;
	struct gram gram;
	uint32_t characters = 0;

	fold_text(source, &folded, NULL);
	scan = gram_scan_of(buf_span(&folded));
	while (gram_next(&scan, &gram)) {
		characters += gram.kind == GRAM_HAN;
		if ((gram.kind == GRAM_THREE) == three)
			add_occurrence(out, gram.text, three ? CHANNEL_BLOCK : CHANNEL_HAN, number, 1);
	}
	buf_release(&folded);
	return characters;
}

static int compare(const void *a, const void *b)
{
	const struct occurrence *x = a;
	const struct occurrence *y = b;
	int order = span_compare((struct span){x->text, x->n}, (struct span){y->text, y->n});

	if (order == 0)
		order = (x->channel > y->channel) - (x->channel < y->channel);
	return order ? order : (x->number > y->number) - (x->number < y->number);
}

/* Sorts, and adds up what stands at one place. */
static void count_equal(struct buf *grams)
{
	struct occurrence *all = &BUF_AT(grams, struct occurrence, 0);
	size_t count = BUF_COUNT(grams, struct occurrence);
	size_t kept = 0;

	if (count)
		qsort(all, count, sizeof *all, compare);
	for (size_t i = 0; i < count; i++) {
		if (kept && compare(&all[kept - 1], &all[i]) == 0)
			all[kept - 1].frequency += all[i].frequency;
		else
			all[kept++] = all[i];
	}
	grams->n = kept * sizeof *all;
}

/* From the text: of each section its Han grams, of each stored block its others. */
static void grams_of_text(struct opened *opened, struct buf *out)
{
	struct segment_reader *segment = opened->segment;
	struct buf text = {0};
	struct err err = {0};

	for (uint32_t i = 0; i < segment->meta.section_count; i++) {
		const unsigned char *lengths;
		uint32_t characters;

		buf_reset(&text);
		assert_int_equal(segment_text(segment, i, &text, &err), 0);
		characters = add_grams(out, buf_span(&text), false, i);
		assert_int_equal(segment_lengths(segment, i, &lengths, &err), 0);
		assert_int_equal(lengths[CHANNEL_HAN], length_encode(characters));
	}
	for (uint32_t i = 0; i < segment->store.block_count; i++) {
		uint64_t start;
		uint64_t end;

		buf_reset(&text);
		assert_int_equal(store_block_start(&segment->store, i, &start, &err), 0);
		assert_int_equal(store_block_start(&segment->store, i + 1, &end, &err), 0);
		assert_int_equal(store_read(&segment->store, start, end, &text, &err), 0);
		add_grams(out, buf_span(&text), true, i);
	}
	count_equal(out);
	buf_release(&text);
}

static void add_list(struct opened *opened, const struct lexicon_entry *entry, enum channel channel, struct buf *out)
{
	struct posting_decoder decoder;
	struct posting posting;
	struct err err = {0};
	int got;

	if (entry->lists[channel].count == 0)
		return;
	assert_int_equal(segment_postings(opened->segment, &entry->lists[channel], channel, &decoder, &err), 0);
	while ((got = posting_decoder_next(&decoder, &posting)) > 0)
		add_occurrence(out, entry->text, channel, posting.number, posting.frequency);
	assert_int_equal(got, 0);
}

/* From the lists; and a term's df, counted from its fields. */
static void grams_of_index(struct opened *opened, struct buf *out)
{
	struct lexicon_scan scan;
	struct lexicon_entry entry;
	struct buf places = {0};
	struct err err = {0};

	assert_int_equal(lexicon_scan_start(&scan, &opened->segment->lexicon, &err), 0);
	while (lexicon_scan_next(&scan, &entry, &err) > 0) {
		buf_reset(&places);
		for (unsigned channel = 0; channel < CHANNEL_FIELDS; channel++)
			add_list(opened, &entry, (enum channel)channel, &places);
		for (size_t i = 0; i < BUF_COUNT(&places, struct occurrence); i++)
			BUF_AT(&places, struct occurrence, i).channel = CHANNEL_BODY;
		count_equal(&places);
		assert_int_equal(entry.df, BUF_COUNT(&places, struct occurrence));
		add_list(opened, &entry, CHANNEL_HAN, out);
		add_list(opened, &entry, CHANNEL_BLOCK, out);
	}
	assert_int_equal(err.kind, ERR_NONE);
	count_equal(out);
	buf_release(&places);
}

static void check_grams(struct opened *opened)
{
	struct buf expected = {0};
	struct buf found = {0};

	grams_of_text(opened, &expected);
	grams_of_index(opened, &found);
	assert_int_equal(BUF_COUNT(&found, struct occurrence), BUF_COUNT(&expected, struct occurrence));
	for (size_t i = 0; i < BUF_COUNT(&expected, struct occurrence); i++) {
		const struct occurrence *a = &BUF_AT(&expected, struct occurrence, i);
		const struct occurrence *b = &BUF_AT(&found, struct occurrence, i);

		if (compare(a, b) != 0 || a->frequency != b->frequency)
			fail_msg("%.*s", (int)a->n, a->text);
	}
	buf_release(&expected);
	buf_release(&found);
}

static void every_line_and_every_character_is_there(void **state)
{
	struct opened *opened = *state;
	uint64_t seed = 1;

	for (int round = 0; round < 12; round++) {
		struct err err = {0};

		write_notes(&opened->scratch, &seed);
		build_and_open(opened);
		if (index_check(&opened->index, &err) < 0)
			fail_msg("%s", err.text);
		check_tiling(opened);
		check_lines(opened);
		check_grams(opened);
		index_close(&opened->index);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_line_and_every_character_is_there, make, release),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
