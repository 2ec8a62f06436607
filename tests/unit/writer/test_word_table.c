#include "word_table.h"

#include "random.h"
#include "unit.h"
#include "word_hash.h"

#include <stdio.h>

enum { WORDS = 90, SECTIONS = 50, TOKENS = 40 };

/* The naive model: how often each word stands in each field of each section. */
struct model {
	uint16_t counts[WORDS][SECTIONS][CHANNEL_FIELDS];
};

/* Words of every length that is looked at in its own way, many with the same beginning. */
static struct span word(char to[80], unsigned number)
{
	static const char *const heads[] = {"", "商", "商业", "word", "beginning", "beginnings of longer words "};
	int n = number < 6 ? sprintf(to, "%s", number ? heads[number] : "x")
			   : sprintf(to, "%s%u", heads[number % 6], number / 6);

	return (struct span){to, (size_t)n};
}

static void add(struct word_table *table, struct model *model, unsigned number, uint32_t section, enum channel field)
{
	char text[80];

	word_table_add(table, word_table_find(table, word(text, number)), section, field);
	model->counts[number][section][field]++;
}

/* Some words at once, none to more than are looked up at a time. */
static void add_tokens(struct word_table *table, struct model *model, uint32_t section, enum channel field,
		       uint64_t *seed)
{
	char texts[TOKENS][80];
	struct token tokens[TOKENS];
	size_t count = random_below(seed, TOKENS + 1);
	const uint64_t *keys;

	for (size_t i = 0; i < count; i++) {
		unsigned number = random_below(seed, WORDS);

		tokens[i] = (struct token){.text = word(texts[i], number)};
		model->counts[number][section][field]++;
	}
	keys = word_table_keys(table, tokens, count);
	assert_non_null(keys);
	word_table_add_tokens(table, tokens, keys, count, section, field);
}

static void fill(struct word_table *table, struct model *model, uint64_t *seed)
{
	memset(model, 0, sizeof *model);
	for (uint32_t section = 0; section < SECTIONS; section++) {
		for (uint32_t i = random_below(seed, 200); i > 0; i--)
			add(table, model, random_below(seed, 1 + random_below(seed, WORDS)), section,
			    (enum channel)random_below(seed, CHANNEL_FIELDS));
		add_tokens(table, model, section, (enum channel)random_below(seed, CHANNEL_FIELDS), seed);
	}
}

static uint64_t pattern_of_model(const struct model *model, unsigned number, uint32_t section)
{
	struct pattern pattern = {{0}};

	for (unsigned field = 0; field < CHANNEL_FIELDS; field++) {
		uint16_t n = model->counts[number][section][field];

		pattern.frequency[field] = n > PATTERN_FREQUENCY_MAX ? PATTERN_FREQUENCY_MAX : (uint8_t)n;
	}
	return pattern_key(&pattern);
}

/* Takes the word's postings out of the model, checks them, and leaves nothing. */
static void check_list(const struct pattern_table *patterns, struct model *model, unsigned number,
		       const struct posting *postings, size_t count)
{
	size_t n = 0;

	for (uint32_t section = 0; section < SECTIONS; section++) {
		uint64_t pattern = pattern_of_model(model, number, section);

		if (!pattern)
			continue;
		assert_true(n < count);
		assert_int_equal(postings[n].number, section);
		assert_true(BUF_AT(&patterns->patterns, struct pattern_count, postings[n].value).key == pattern);
		n++;
	}
	assert_int_equal(n, count);
	memset(model->counts[number], 0, sizeof model->counts[number]);
}

static unsigned number_of(struct span text)
{
	char to[80];
	unsigned number = 0;

	while (!span_equal(word(to, number), text))
		number++;
	return number;
}

static void check_run(const struct run_writer *run, const struct pattern_table *patterns, struct model *model)
{
	static const struct model nothing;
	const unsigned char *p = (const unsigned char *)run->bytes.data;
	struct run_reader reader = {.p = p, .end = p + run->bytes.n, .words = true};
	struct buf before = {0};
	struct buf word = {0};
	struct posting postings[SECTIONS];

	while (run_next(&reader) > 0) {
		buf_reset(&word);
		run_word_add(&word, reader.key, &reader.word);
		assert_true(span_compare(buf_span(&before), buf_span(&word)) < 0);
		assert_true(reader.key == run_word_key(buf_span(&word)));
		buf_reset(&before);
		buf_add_span(&before, buf_span(&word));
		assert_in_range(reader.count, 1, SECTIONS);
		assert_int_equal(run_read(&reader, 0, SECTIONS, postings), 0);
		check_list(patterns, model, number_of(buf_span(&word)), postings, reader.count);
	}
	buf_release(&before);
	buf_release(&word);
	assert_int_equal(run_next(&reader), 0);
	assert_memory_equal(model, &nothing, sizeof nothing);
}

static void release(struct word_table *table, struct run_writer *run, struct pattern_table *patterns)
{
	word_table_release(table);
	run_release(run);
	pattern_table_release(patterns);
}

static void equals_the_naive_model(void **state)
{
	struct model *model = test_malloc(sizeof *model);
	struct run_writer run = {0};
	struct pattern_table patterns = {0};
	struct word_table table = {.run = &run, .patterns = &patterns};
	uint64_t seed = 1;

	(void)state;
	for (int round = 0; round < 100; round++) {
		fill(&table, model, &seed);
		word_table_flush(&table);
		assert_false(table.failed);
		check_run(&run, &patterns, model);
		run_reset(&run);
		/* words may stay, or be forgotten */
		if (round % 2)
			word_table_reset(&table);
		if (round % 3 == 0)
			pattern_table_reset(&patterns);
	}
	release(&table, &run, &patterns);
	test_free(model);
}

static void frequencies_end_somewhere(void **state)
{
	struct model *model = test_calloc(1, sizeof *model);
	struct run_writer run = {0};
	struct pattern_table patterns = {0};
	struct word_table table = {.run = &run, .patterns = &patterns};

	(void)state;
	for (int i = 0; i < 1000; i++)
		add(&table, model, 3, 7, i % 3 ? CHANNEL_LEAD : CHANNEL_NAME);
	word_table_flush(&table);
	check_run(&run, &patterns, model);
	release(&table, &run, &patterns);
	test_free(model);
}

/* The table grows several times; each word keeps its list. */
static void grows(void **state)
{
	enum { MANY = 100000 };
	struct run_writer run = {0};
	struct pattern_table patterns = {0};
	struct word_table table = {.run = &run, .patterns = &patterns};
	char text[16];

	(void)state;
	for (int round = 0; round < 2; round++)
		for (unsigned i = 0; i < MANY; i++)
			assert_int_equal(word_table_find(&table, (struct span){text, (size_t)sprintf(text, "%u", i)}),
					 i);
	/* words without postings are not in the run */
	word_table_add(&table, 500, 1, CHANNEL_BODY);
	word_table_flush(&table);
	assert_int_equal(run.bytes.n, 9 + 1 + 1 + 1);
	release(&table, &run, &patterns);
}

/* Many postings go to several runs, cut between sections; lists that were looked up before still serve. */
static void many_postings_make_several_runs(void **state)
{
	enum { LISTS = 1000, MANY = 2 * WORD_RECORDS / LISTS + 10 };
	struct run_writer run = {0};
	struct pattern_table patterns = {0};
	struct word_table table = {.run = &run, .patterns = &patterns};
	char text[16];
	uint32_t lists[LISTS];
	size_t postings = 0;

	(void)state;
	for (unsigned i = 0; i < LISTS; i++)
		lists[i] = word_table_find(&table, (struct span){text, (size_t)sprintf(text, "%u", i)});
	for (uint32_t section = 0; section < MANY; section++)
		for (unsigned i = 0; i < LISTS; i++)
			word_table_add(&table, lists[i], section, CHANNEL_BODY);
	word_table_flush(&table);
	assert_false(table.failed);
	assert_int_equal(BUF_COUNT(&run.runs, struct run_extent), 3);
	for (size_t i = 0; i < 3; i++) {
		struct run_extent extent = BUF_AT(&run.runs, struct run_extent, i);
		const unsigned char *p = (const unsigned char *)run.bytes.data + extent.start;
		struct run_reader reader = {.p = p, .end = p + extent.bytes, .words = true};
		struct posting out[MANY];
		uint32_t sections = 0;

		while (run_next(&reader) > 0) {
			assert_true(sections == 0 || reader.count == sections);
			sections = reader.count;
			assert_int_equal(run_read(&reader, 0, MANY, out), 0);
			assert_int_equal(out[sections - 1].number - out[0].number, sections - 1);
			postings += sections;
		}
	}
	assert_int_equal(postings, (size_t)LISTS * MANY);
	release(&table, &run, &patterns);
}

/* The runs' postings of one word: how many, and the numbers of the first and the last section. */
static size_t find_word(const struct run_writer *run, struct span word, uint32_t *first, uint32_t *last)
{
	struct buf bytes = {0};
	size_t found = 0;

	for (size_t i = 0; i < BUF_COUNT(&run->runs, struct run_extent); i++) {
		struct run_extent extent = BUF_AT(&run->runs, struct run_extent, i);
		const unsigned char *p = (const unsigned char *)run->bytes.data + extent.start;
		struct run_reader reader = {.p = p, .end = p + extent.bytes, .words = true};

		while (run_next(&reader) > 0) {
			struct posting out[4];

			assert_in_range(reader.count, 1, 4);
			assert_int_equal(run_read(&reader, 0, UINT32_MAX, out), 0);
			buf_reset(&bytes);
			run_word_add(&bytes, reader.key, &reader.word);
			if (!span_equal(buf_span(&bytes), word))
				continue;
			*first = found ? *first : out[0].number;
			*last = out[reader.count - 1].number;
			found += reader.count;
		}
	}
	buf_release(&bytes);
	return found;
}

/* One section of more different words than are held: it goes to two runs, and words are forgotten meanwhile, but for the
 * lists that the caller knows. */
static void many_words_of_one_section_make_several_runs(void **state)
{
	struct run_writer run = {0};
	struct pattern_table patterns = {0};
	struct buf lists = {0};
	struct word_table table = {.run = &run, .patterns = &patterns, .lists = &lists};
	char text[24];
	uint32_t known;
	uint32_t first = 0;
	uint32_t last = 0;

	(void)state;
	word_table_add(&table, word_table_find(&table, span_of("small")), 0, CHANNEL_BODY);
	known = word_table_find(&table, span_of("known"));
	buf_add(&lists, &known, sizeof known);
	for (unsigned i = 0; i < WORD_RECORDS + 1000; i++)
		word_table_add(&table,
			       word_table_find(&table, (struct span){text, (size_t)sprintf(text, "a long word %u", i)}),
			       1, CHANNEL_BODY);
	assert_int_equal(BUF_COUNT(&run.runs, struct run_extent), 1);
	word_table_add(&table, BUF_AT(&lists, uint32_t, 0), 1, CHANNEL_ANCESTOR);
	word_table_add(&table, BUF_AT(&lists, uint32_t, 0), 2, CHANNEL_ANCESTOR);
	word_table_flush(&table);
	assert_false(table.failed);
	assert_int_equal(BUF_COUNT(&run.runs, struct run_extent), 2);
	assert_int_equal(find_word(&run, span_of("known"), &first, &last), 2);
	assert_int_equal(first, 1);
	assert_int_equal(last, 2);
	assert_int_equal(find_word(&run, span_of("small"), &first, &last), 1);
	assert_int_equal(find_word(&run, span_of("a long word 0"), &first, &last), 1);
	assert_int_equal(find_word(&run, (struct span){text, strlen(text)}, &first, &last), 1);
	buf_release(&lists);
	release(&table, &run, &patterns);
}

static void keys_do_not_depend_on_the_way(void **state)
{
	char text[64];

	(void)state;
	for (size_t i = 0; i < sizeof text; i++)
		text[i] = (char)(i * 37 + 5);
	for (size_t n = 0; n <= 48; n++)
		for (size_t at = 0; at < 8; at++)
			assert_true(word_key_near((struct span){text + at, n}) ==
				    word_key((struct span){text + at, n}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equals_the_naive_model),
		cmocka_unit_test(frequencies_end_somewhere),
		cmocka_unit_test(grows),
		cmocka_unit_test(many_postings_make_several_runs),
		cmocka_unit_test(many_words_of_one_section_make_several_runs),
		cmocka_unit_test(keys_do_not_depend_on_the_way),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
