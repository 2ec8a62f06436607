/* What an index holds, against the files it was made from. */
#include "analyzer.h"
#include "document.h"
#include "fold.h"
#include "gram.h"
#include "impact.h"
#include "index.h"
#include "length.h"
#include "random.h"
#include "scratch.h"
#include "unit.h"
#include "utf8.h"

#include <stdlib.h>

/* A term at a place: a section, or a group of stored frames. */
struct occurrence {
	struct span text; /* the key */
	enum layer layer;
	uint32_t number;
	uint32_t frequency[CHANNEL_FIELDS]; /* grams and units: the first alone */
};

struct opened {
	struct scratch scratch;
	struct index index;
	struct segment_reader *segment;
	struct arena arena; /* keys */
	/* What was met over all rounds: a test of what is nowhere would pass. */
	unsigned strong_lists;
	unsigned weak_lists;
	unsigned impacts;
	unsigned groups;
};

static int make(void **state)
{
	struct opened *opened = test_calloc(1, sizeof *opened);

	scratch_make(&opened->scratch);
	*state = opened;
	return 0;
}

static int release(void **state)
{
	struct opened *opened = *state;

	scratch_release(&opened->scratch);
	arena_release(&opened->arena);
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

		for (uint32_t k = random_below(seed, i == 1 ? 8000 : 30); k > 0; k--)
			add_random_line(&text, seed);
		/* more often than a pattern counts */
		for (uint32_t k = i == 1 && random_below(seed, 2) ? 300 : 0; k > 0; k--)
			buf_add_text(&text, "咖啡 code ");
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

static void add_text(struct segment_reader *segment, uint32_t section, struct buf *out)
{
	struct buf spare = {0};
	struct arena arena = {0};
	struct span text, copy;
	struct err err = {0};

	assert_int_equal(segment_text(segment, section, &spare, &text, &err), 0);
	buf_add_span(out, text);
	/* copied, it is the same */
	assert_int_equal(segment_copy_text(segment, section, &arena, &copy, &err), 0);
	assert_int_equal(copy.n, text.n);
	assert_memory_equal(copy.p, text.n ? out->data + out->n - text.n : copy.p, text.n);
	assert_int_equal(copy.p[copy.n], 0);
	arena_release(&arena);
	buf_release(&spare);
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
			add_text(opened->segment, section, &stored);
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
		add_text(opened->segment, i, &text);
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

/* A key that lasts. */
static struct span keep(struct opened *opened, struct span text)
{
	struct span copy = arena_copy(&opened->arena, text);

	assert_non_null(copy.p);
	return copy;
}

static void add_occurrence(struct opened *opened, struct buf *out, struct span text, enum layer layer, uint32_t number,
			   unsigned field)
{
	struct occurrence occurrence = {.text = keep(opened, text), .layer = layer, .number = number};

	occurrence.frequency[field] = 1;
	buf_add(out, &occurrence, sizeof occurrence);
}

static int compare(const void *a, const void *b)
{
	const struct occurrence *x = a;
	const struct occurrence *y = b;
	int order = (x->layer > y->layer) - (x->layer < y->layer);

	if (order == 0)
		order = span_compare(x->text, y->text);
	return order ? order : (x->number > y->number) - (x->number < y->number);
}

/* Sorts, and adds up what stands at one place. */
static void count_equal(struct buf *terms)
{
	struct occurrence *all = &BUF_AT(terms, struct occurrence, 0);
	size_t count = BUF_COUNT(terms, struct occurrence);
	size_t kept = 0;

	if (count)
		qsort(all, count, sizeof *all, compare);
	for (size_t i = 0; i < count; i++) {
		if (kept && compare(&all[kept - 1], &all[i]) == 0) {
			for (unsigned field = 0; field < CHANNEL_FIELDS; field++)
				all[kept - 1].frequency[field] += all[i].frequency[field];
		} else {
			all[kept++] = all[i];
		}
	}
	terms->n = kept * sizeof *all;
}

/* Words of a text in a field of a section: how many, parts of compounds not counted. */
static uint32_t add_words(struct opened *opened, struct buf *out, struct analyzer *analyzer, struct span text,
			  uint32_t section, enum field field)
{
	struct buf tokens = {0};
	struct err err = {0};
	uint32_t words = 0;

	assert_int_equal(analyzer_cut(analyzer, text, &tokens, &err), 0);
	for (size_t i = 0; i < BUF_COUNT(&tokens, struct token); i++) {
		const struct token *token = &BUF_AT(&tokens, struct token, i);

		words += token->kind == TOKEN_WORD;
		add_occurrence(opened, out, token->text, LAYER_WORDS, section, (unsigned)field);
	}
	buf_release(&tokens);
	return words;
}

static void words_of_section(struct opened *opened, struct buf *out, struct analyzer *analyzer,
			     const struct document *document, uint32_t i, uint32_t number)
{
	const struct section *section = &document->sections[i];
	uint32_t words[CHANNEL_FIELDS] = {0};
	const unsigned char *lengths;
	struct err err = {0};

	for (const struct piece *piece = section->pieces; piece; piece = piece->next)
		words[piece->field] += add_words(opened, out, analyzer, piece->text, number, piece->field);
	for (uint32_t p = section->parent; p != SECTION_NO_PARENT; p = document->sections[p].parent)
		words[CHANNEL_ANCESTOR] +=
			add_words(opened, out, analyzer, document->sections[p].heading, number, FIELD_ANCESTOR);
	words[CHANNEL_NAME] += add_words(opened, out, analyzer, document->name, number, FIELD_NAME);
	words[CHANNEL_NAME] += add_words(opened, out, analyzer, document->title, number, FIELD_NAME);
	lengths = segment_lengths(opened->segment, number, &err);
	assert_non_null(lengths);
	for (unsigned field = 0; field < CHANNEL_FIELDS; field++)
		assert_int_equal(lengths[field], length_encode(words[field]));
}

/* From the files themselves, in the order of the manifest. */
static void words_of_files(struct opened *opened, struct buf *out)
{
	struct err err = {0};
	struct analyzer *analyzer = analyzer_new(&err);
	uint32_t number = 0;

	assert_non_null(analyzer);
	for (uint32_t i = 0; i < opened->index.manifest.document_count; i++) {
		struct arena arena = {0};
		struct buf name = {0};
		struct buf text = {0};
		struct manifest_document record;
		struct document document;

		assert_int_equal(manifest_document(&opened->index.manifest, i, &record, &err), 0);
		buf_printf(&name, "notes/%.*s", (int)record.path.n, record.path.p);
		scratch_read(&opened->scratch, buf_string(&name), &text);
		buf_string(&text);
		assert_int_equal(
			document_parse(&document, buf_string(&name) + strlen("notes/"), buf_span(&text), &arena, &err),
			0);
		for (uint32_t k = 0; k < document.section_count; k++)
			words_of_section(opened, out, analyzer, &document, k, number++);
		buf_release(&name);
		buf_release(&text);
		arena_release(&arena);
	}
	assert_int_equal(number, opened->segment->meta.section_count);
	analyzer_free(analyzer);
}

/* Grams of one layer in a text: how many Han characters it has. */
static uint32_t add_grams(struct opened *opened, struct buf *out, struct span source, enum layer layer, uint32_t number)
{
	struct buf folded = {0};
	struct gram_scan scan;
	struct gram gram;
	char key[8];
	uint32_t characters = 0;

	fold_text(source, &folded, NULL);
	scan = gram_scan_of(buf_span(&folded));
	while (gram_next(&scan, &gram)) {
		characters += gram.kind == GRAM_HAN;
		if (gram_is_han(gram.kind) == (layer == LAYER_GRAMS))
			add_occurrence(opened, out, gram_key(&gram, key), layer, number, 0);
	}
	buf_release(&folded);
	return characters;
}

/* From the text: of each section its Han grams, of each group of stored frames its others, which are there or not. */
static void grams_of_text(struct opened *opened, struct buf *out)
{
	struct segment_reader *segment = opened->segment;
	struct store *store = &segment->store;
	struct buf text = {0};
	struct err err = {0};

	for (uint32_t i = 0; i < segment->meta.section_count; i++) {
		const unsigned char *lengths = segment_lengths(segment, i, &err);

		buf_reset(&text);
		add_text(segment, i, &text);
		assert_non_null(lengths);
		assert_true(lengths && lengths[CHANNEL_HAN] ==
					       length_encode(add_grams(opened, out, buf_span(&text), LAYER_GRAMS, i)));
	}
	for (uint32_t i = 0; i < store->frame_count; i += STORE_GROUP) {
		uint32_t after = store->frame_count - i < STORE_GROUP ? store->frame_count : i + STORE_GROUP;
		uint64_t start;
		uint64_t end;

		buf_reset(&text);
		assert_int_equal(store_frame_start(store, i, &start, &err), 0);
		assert_int_equal(store_frame_start(store, after, &end, &err), 0);
		assert_int_equal(store_read(store, start, end, &text, &err), 0);
		add_grams(opened, out, buf_span(&text), LAYER_UNITS, i / STORE_GROUP);
		opened->groups += i > 0;
	}
	buf_release(&text);
}

static void limit_frequencies(struct buf *terms)
{
	for (size_t i = 0; i < BUF_COUNT(terms, struct occurrence); i++) {
		struct occurrence *at = &BUF_AT(terms, struct occurrence, i);
		uint32_t most = at->layer == LAYER_UNITS   ? 1
				: at->layer == LAYER_WORDS ? PATTERN_FREQUENCY_MAX
							   : UINT32_MAX;

		for (unsigned field = 0; field < CHANNEL_FIELDS; field++)
			at->frequency[field] = at->frequency[field] < most ? at->frequency[field] : most;
	}
}

/* What a posting says, by the rules of its layer. */
static void read_value(struct opened *opened, enum layer layer, uint32_t value, struct occurrence *out)
{
	const struct pattern *pattern;
	struct err err = {0};

	if (layer == LAYER_GRAMS)
		out->frequency[0] = value + 1;
	if (layer == LAYER_UNITS) {
		assert_int_equal(value, 0);
		out->frequency[0] = 1;
	}
	if (layer != LAYER_WORDS)
		return;
	pattern = segment_pattern(opened->segment, value, &err);
	assert_non_null(pattern);
	for (unsigned field = 0; field < CHANNEL_FIELDS; field++) {
		out->frequency[field] = pattern->frequency[field];
		assert_int_equal(pattern->fields >> field & 1, pattern->frequency[field] != 0);
	}
}

/* One posting, as the writer saw it. */
static void see(struct opened *opened, struct impact_writer *block, uint32_t number, uint32_t value)
{
	struct err err = {0};
	const struct pattern *pattern = segment_pattern(opened->segment, value, &err);
	const unsigned char *lengths = segment_lengths(opened->segment, number, &err);

	if (!pattern || !lengths)
		fail_msg("%s", err.text);
	else
		impact_add(block, pattern, lengths);
}

static void assert_impact(struct impact_writer *seen, struct span bytes)
{
	struct buf expected = {0};

	impact_encode(seen, &expected);
	assert_true(span_equal(buf_span(&expected), bytes));
	impact_reset(seen);
	buf_release(&expected);
}

/* The impacts of a list of words and of each of its blocks, made again from its postings. */
static void check_impacts(struct opened *opened, const struct posting_list *list)
{
	struct impact_writer *block = test_calloc(1, sizeof *block);
	struct impact_writer *whole = test_calloc(1, sizeof *whole);
	struct posting_cursor cursor;
	struct err err = {0};
	uint32_t number;
	uint32_t count = 0;

	assert_int_equal(segment_cursor(opened->segment, LAYER_WORDS, list, &cursor, &err), 0);
	while (posting_cursor_next(&cursor, &number) > 0) {
		uint32_t value;

		assert_int_equal(posting_cursor_value(&cursor, &value), 1);
		see(opened, block, number, value);
		if (++count % POSTING_BLOCK == 0 || count == list->count) {
			impact_merge(whole, block);
			assert_impact(block, posting_cursor_impact(&cursor));
		}
	}
	assert_impact(whole, cursor.impact);
	opened->impacts++;
	test_free(block);
	test_free(whole);
}

static void add_list(struct opened *opened, struct span text, enum layer layer, const struct posting_list *list,
		     struct buf *out)
{
	struct posting_cursor cursor;
	struct err err = {0};
	uint32_t number;
	uint32_t before = 0;
	uint32_t count = 0;
	int got;

	assert_int_equal(segment_cursor(opened->segment, layer, list, &cursor, &err), 0);
	while ((got = posting_cursor_next(&cursor, &number)) > 0) {
		struct occurrence occurrence = {.text = text, .layer = layer, .number = number};
		uint32_t value;

		assert_true(count == 0 || number > before);
		assert_int_equal(posting_cursor_value(&cursor, &value), 1);
		read_value(opened, layer, value, &occurrence);
		buf_add(out, &occurrence, sizeof occurrence);
		before = number;
		count++;
	}
	assert_int_equal(got, 0);
	assert_int_equal(count, list->count);
	if (layer == LAYER_WORDS && count > POSTING_BLOCK)
		check_impacts(opened, list);
}

static bool is_strong(const struct occurrence *at)
{
	return at->frequency[CHANNEL_HEADING] || at->frequency[CHANNEL_QUESTION] || at->frequency[CHANNEL_LEAD];
}

/* Where a word has more than a block, what stands in a strong field is in the one list and the rest in the other. */
static void check_lists(struct opened *opened, const struct posting_list *list, uint32_t count,
			const struct occurrence *postings)
{
	assert_true(count > POSTING_BLOCK || (!list->strong && list->count == count));
	for (uint32_t i = 0; i < list->count && count > POSTING_BLOCK; i++)
		assert_int_equal(is_strong(&postings[i]), list->strong);
	opened->strong_lists += list->strong;
	opened->weak_lists += count > POSTING_BLOCK && !list->strong;
}

static void terms_of_layer(struct opened *opened, enum layer layer, struct buf *out)
{
	struct lexicon_scan scan;
	struct lexicon_entry entry;
	struct err err = {0};
	uint64_t terms = 0;

	assert_int_equal(
		lexicon_scan_start(&scan, &opened->segment->layers[layer].lexicon, (struct span){NULL, 0}, &err), 0);
	for (; lexicon_scan_next(&scan, &entry, &err) > 0; terms++) {
		struct span text = keep(opened, entry.text);
		struct posting_list lists[WORD_LISTS];
		int count = segment_lists(opened->segment, layer, &entry, lists, &err);

		assert_in_range(count, 1, layer == LAYER_WORDS ? WORD_LISTS : 1);
		for (int i = 0; i < count; i++) {
			size_t first = BUF_COUNT(out, struct occurrence);

			add_list(opened, text, layer, &lists[i], out);
			if (layer == LAYER_WORDS)
				check_lists(opened, &lists[i], entry.count, &BUF_AT(out, struct occurrence, first));
		}
	}
	assert_int_equal(err.kind, ERR_NONE);
	assert_int_equal(terms, opened->segment->meta.term_count[layer]);
}

/* By the way of a search: each term of the naive count is found, with as many postings as places. */
static void find_terms(struct opened *opened, const struct buf *terms)
{
	const struct occurrence *all = &BUF_AT(terms, struct occurrence, 0);
	size_t count = BUF_COUNT(terms, struct occurrence);
	struct lexicon_entry entry;
	struct err err = {0};
	size_t end;

	for (size_t i = 0; i < count; i = end) {
		for (end = i + 1;
		     end < count && all[end].layer == all[i].layer && span_equal(all[end].text, all[i].text);)
			end++;
		assert_int_equal(segment_find(opened->segment, all[i].layer, all[i].text, &entry, &err), 1);
		assert_int_equal(entry.count, end - i);
	}
}

static void check_terms(struct opened *opened)
{
	struct buf expected = {0};
	struct buf found = {0};

	words_of_files(opened, &expected);
	grams_of_text(opened, &expected);
	count_equal(&expected);
	limit_frequencies(&expected);
	for (unsigned layer = 0; layer < LAYER_COUNT; layer++)
		terms_of_layer(opened, (enum layer)layer, &found);
	if (found.n) /* a word's lists in turn; nothing is to be added up */
		qsort(found.data, BUF_COUNT(&found, struct occurrence), sizeof(struct occurrence), compare);
	assert_int_equal(BUF_COUNT(&found, struct occurrence), BUF_COUNT(&expected, struct occurrence));
	for (size_t i = 0; i < BUF_COUNT(&expected, struct occurrence); i++) {
		const struct occurrence *a = &BUF_AT(&expected, struct occurrence, i);
		const struct occurrence *b = &BUF_AT(&found, struct occurrence, i);

		if (compare(a, b) != 0 || memcmp(a->frequency, b->frequency, sizeof a->frequency) != 0)
			fail_msg("layer %d, %u: %.*s", (int)a->layer, a->number, (int)a->text.n, a->text.p);
	}
	find_terms(opened, &expected);
	buf_release(&expected);
	buf_release(&found);
	arena_reset(&opened->arena);
}

static void every_line_word_and_character_is_there(void **state)
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
		check_terms(opened);
		index_close(&opened->index);
	}
	assert_true(opened->strong_lists > 10 && opened->weak_lists > 10 && opened->impacts > 10 &&
		    opened->groups > 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_line_word_and_character_is_there, make, release),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
