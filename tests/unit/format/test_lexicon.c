#include "lexicon.h"

#include "image.h"
#include "random.h"
#include "utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

enum { BLOCKS = CONTAINER_NAME('B', 'L', 'K', 'S'), KEYS = CONTAINER_NAME('K', 'E', 'Y', 'S') };
enum { INDEX = CONTAINER_NAME('I', 'N', 'D', 'X') };

static const uint32_t names[3] = {BLOCKS, KEYS, INDEX};

enum { TERM_BYTES = 48 };

struct term {
	char bytes[TERM_BYTES];
	size_t n;
	uint32_t df;
	struct lexicon_list lists[CHANNEL_COUNT];
};

static struct span text_of(const struct term *term)
{
	return (struct span){term->bytes, term->n};
}

static int compare(const void *a, const void *b)
{
	return span_compare(text_of(a), text_of(b));
}

/* From few characters, so that prefixes are shared; of one to four bytes each. */
static void random_term(struct term *term, uint64_t *seed)
{
	static const uint32_t codes[] = {'a', 'b', 0xE9, 0x4E2D, 0x5546, 0x4E1A, 0xFFFD, 0x20000};
	unsigned characters = 1 + random_below(seed, 1 + random_below(seed, 11));

	*term = (struct term){.df = random_below(seed, 3) ? random_below(seed, 1000) : random_below(seed, UINT32_MAX)};
	for (unsigned i = 0; i < characters; i++)
		term->n += utf8_put(term->bytes + term->n, codes[random_below(seed, 8)]);
	for (unsigned i = 0; i < CHANNEL_COUNT; i++)
		if (random_below(seed, 4) == 0)
			term->lists[i].count = 1 + random_below(seed, 500);
	term->lists[random_below(seed, CHANNEL_COUNT)].count = 1 + random_below(seed, UINT32_MAX - 1);
	for (unsigned i = 0; i < CHANNEL_COUNT; i++)
		if (term->lists[i].count)
			term->lists[i].bytes = (uint64_t)term->lists[i].count + random_below(seed, 1000);
}

/* `count` distinct terms in order, with the offsets that their lists should have. */
static struct term *random_terms(size_t count, uint64_t *seed)
{
	struct term *terms = test_malloc((count + 1) * sizeof *terms);
	uint64_t offset = 0;
	size_t n = 0;

	while (n < count) {
		while (n < count)
			random_term(&terms[n++], seed);
		qsort(terms, n, sizeof *terms, compare);
		n = count > 0;
		for (size_t i = 1; i < count; i++)
			if (compare(&terms[n - 1], &terms[i]) != 0)
				terms[n++] = terms[i];
	}
	for (size_t i = 0; i < count; i++) {
		for (unsigned k = 0; k < CHANNEL_COUNT; k++) {
			terms[i].lists[k].offset = terms[i].lists[k].count ? offset : 0;
			offset += terms[i].lists[k].bytes;
		}
	}
	return terms;
}

struct written {
	struct buf image;
	struct container container;
	struct lexicon lexicon;
};

static void open_chunks(struct written *w, struct span blocks, struct span keys, struct span index)
{
	const struct image_chunk chunks[] = {{BLOCKS, blocks}, {KEYS, keys}, {INDEX, index}};
	struct err err = {0};

	image_make(&w->image, IMAGE_KIND, chunks, 3);
	assert_int_equal(container_open(&w->container, buf_span(&w->image), IMAGE_KIND, "f", &err), 0);
}

static void write_terms(struct written *w, const struct term *terms, size_t count)
{
	struct lexicon_writer writer = {0};
	struct err err = {0};

	*w = (struct written){0};
	for (size_t i = 0; i < count; i++) {
		struct lexicon_entry entry = {.text = text_of(&terms[i]), .df = terms[i].df};

		memcpy(entry.lists, terms[i].lists, sizeof entry.lists);
		lexicon_add(&writer, &entry);
	}
	lexicon_finish(&writer);
	assert_int_equal(writer.count, count);
	open_chunks(w, buf_span(&writer.blocks), buf_span(&writer.keys), buf_span(&writer.index));
	lexicon_writer_release(&writer);
	assert_int_equal(lexicon_open(&w->lexicon, &w->container, names, &err), 0);
}

static void release(struct written *w)
{
	lexicon_close(&w->lexicon);
	container_close(&w->container);
	buf_release(&w->image);
}

static void assert_entry(const struct lexicon_entry *entry, const struct term *term)
{
	assert_true(span_equal(entry->text, text_of(term)));
	assert_int_equal(entry->df, term->df);
	assert_memory_equal(entry->lists, term->lists, sizeof term->lists);
}

static void check_scan(struct written *w, const struct term *terms, size_t count)
{
	struct lexicon_scan scan;
	struct lexicon_entry entry;
	struct err err = {0};

	assert_int_equal(lexicon_scan_start(&scan, &w->lexicon, &err), 0);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(lexicon_scan_next(&scan, &entry, &err), 1);
		assert_entry(&entry, &terms[i]);
	}
	assert_int_equal(lexicon_scan_next(&scan, &entry, &err), 0);
}

static void check_find(struct written *w, const struct term *terms, size_t count, const struct term *sought)
{
	const struct term *found = count ? bsearch(sought, terms, count, sizeof *terms, compare) : NULL;
	struct lexicon_entry entry;
	struct err err = {0};

	assert_int_equal(lexicon_find(&w->lexicon, text_of(sought), &entry, &err), found != NULL);
	if (found)
		assert_entry(&entry, found);
}

static void check_lexicon(size_t count, uint64_t *seed)
{
	struct term *terms = random_terms(count, seed);
	struct term sought;
	struct written w;

	write_terms(&w, terms, count);
	check_scan(&w, terms, count);
	for (size_t i = 0; i < count; i++) {
		check_find(&w, terms, count, &terms[i]);
		/* just above, and just below */
		sought = terms[i];
		sought.bytes[sought.n++] = '\0';
		check_find(&w, terms, count, &sought);
		sought.n -= 2;
		check_find(&w, terms, count, &sought);
	}
	for (int i = 0; i < 300; i++) {
		random_term(&sought, seed);
		check_find(&w, terms, count, &sought);
	}
	sought = (struct term){.bytes = "\xFF\xFF", .n = 2};
	check_find(&w, terms, count, &sought);
	check_scan(&w, terms, count);
	release(&w);
	test_free(terms);
}

static void finds_what_was_added(void **state)
{
	static const size_t sizes[] = {0, 1, 2, 31, 32, 33, 63, 64, 65, 300, 5000};
	uint64_t seed = 1;

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
		check_lexicon(sizes[i], &seed);
}

/* A lexicon of one block, made of varints and texts as a case says. */
struct hostile {
	const char *what;
	const char *key;
	struct {
		int shared;
		const char *rest;
		int rest_claimed; /* length it claims to have */
		uint64_t df;
		uint64_t channels;
		uint64_t count;
		uint64_t bytes;
	} entries[3];
	size_t entry_count;
};

static void encode_block(struct buf *out, const struct hostile *hostile)
{
	buf_add_varint(out, 0);
	for (size_t i = 0; i < hostile->entry_count; i++) {
		buf_add_varint(out, (uint64_t)hostile->entries[i].shared);
		buf_add_varint(out, (uint64_t)hostile->entries[i].rest_claimed);
		buf_add_text(out, hostile->entries[i].rest);
		buf_add_varint(out, hostile->entries[i].df);
		buf_add_varint(out, hostile->entries[i].channels);
		buf_add_varint(out, hostile->entries[i].count);
		buf_add_varint(out, hostile->entries[i].bytes);
	}
}

static int scan_all(struct lexicon *lexicon, struct err *err)
{
	struct lexicon_scan scan;
	struct lexicon_entry entry;
	int status = lexicon_scan_start(&scan, lexicon, err);
	int count = 0;

	if (status < 0)
		return -1;
	while ((status = lexicon_scan_next(&scan, &entry, err)) > 0) {
		checksum_32(entry.text);
		count++;
	}
	return status < 0 ? -1 : count;
}

/* With an index as given: what a scan says, -1 when even opening fails. */
static int judge(struct span blocks, struct span keys, struct span index, struct span sought, int *found)
{
	struct written w = {0};
	struct lexicon_entry entry;
	struct err err = {0};
	int count = -1;

	open_chunks(&w, blocks, keys, index);
	*found = -1;
	if (lexicon_open(&w.lexicon, &w.container, names, &err) == 0) {
		count = scan_all(&w.lexicon, &err);
		assert_int_equal(count < 0, err.kind == ERR_DAMAGED);
		err = (struct err){0};
		*found = lexicon_find(&w.lexicon, sought, &entry, &err);
		assert_int_equal(*found < 0, err.kind == ERR_DAMAGED);
	}
	release(&w);
	return count;
}

static void add_index(struct buf *index, uint32_t key, uint64_t block)
{
	buf_add_u32(index, key);
	buf_add_u64(index, block);
}

static int judge_block(const struct hostile *hostile, const char *sought, int *found)
{
	struct buf block = {0};
	struct buf index = {0};
	int count;

	encode_block(&block, hostile);
	add_index(&index, 0, 0);
	add_index(&index, (uint32_t)strlen(hostile->key), block.n);
	count = judge(buf_span(&block), span_of(hostile->key), buf_span(&index), span_of(sought), found);
	buf_release(&block);
	buf_release(&index);
	return count;
}

static void malformed_entries_are_refused(void **state)
{
	static const struct hostile sound = {"", "ab", {{0, "ab", 2, 1, 1, 1, 1}, {1, "c", 1, 2, 2, 1, 1}}, 2};
	static const struct hostile table[] = {
		{"first entry shares", "ab", {{1, "ab", 2, 1, 1, 1, 1}}, 1},
		{"shares more than there is", "ab", {{0, "ab", 2, 1, 1, 1, 1}, {3, "c", 1, 1, 1, 1, 1}}, 2},
		{"text longer than the block", "ab", {{0, "ab", 99, 1, 1, 1, 1}}, 1},
		{"no channel", "ab", {{0, "ab", 2, 1, 0, 1, 1}}, 1},
		{"a channel too many", "ab", {{0, "ab", 2, 1, 1 << CHANNEL_COUNT, 1, 1}}, 1},
		{"a channel far too many", "ab", {{0, "ab", 2, 1, (uint64_t)1 << 63, 1, 1}}, 1},
		{"no postings", "ab", {{0, "ab", 2, 1, 1, 0, 1}}, 1},
		{"more postings than bytes", "ab", {{0, "ab", 2, 1, 1, 5, 4}}, 1},
		{"count above 32 bits", "ab", {{0, "ab", 2, 1, 1, (uint64_t)1 << 32, UINT64_MAX}}, 1},
		{"df above 32 bits", "ab", {{0, "ab", 2, (uint64_t)1 << 32, 1, 1, 1}}, 1},
		{"offsets overflow", "ab", {{0, "ab", 2, 1, 1, 1, UINT64_MAX}, {1, "c", 1, 1, 1, 1, 1}}, 2},
		{"a channel's list is missing", "ab", {{0, "ab", 2, 1, 3, 1, 1}}, 1},
		{"key of another block", "aa", {{0, "ab", 2, 1, 1, 1, 1}, {1, "c", 1, 2, 2, 1, 1}}, 2},
	};
	int found;

	(void)state;
	assert_int_equal(judge_block(&sound, "ac", &found), 2);
	assert_int_equal(found, 1);
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		if (judge_block(&table[i], "ac", &found) != -1 || found != -1)
			fail_msg("%s", table[i].what);
}

static void an_empty_block_is_refused(void **state)
{
	static const struct hostile empty = {.key = "ab"};
	int found;

	(void)state;
	assert_int_equal(judge_block(&empty, "ab", &found), -1);
	assert_int_equal(found, -1);
}

static void a_block_of_too_many_entries_is_refused(void **state)
{
	struct buf block = {0};
	struct buf index = {0};
	int found;

	(void)state;
	buf_add_varint(&block, 0);
	for (unsigned i = 0; i <= LEXICON_BLOCK; i++) {
		const unsigned char entry[] = {0, 1, (unsigned char)('A' + i), 1, 1, 1, 1};

		buf_add(&block, entry, sizeof entry);
	}
	add_index(&index, 0, 0);
	add_index(&index, 1, block.n);
	assert_int_equal(judge(buf_span(&block), span_of("A"), buf_span(&index), span_of("A"), &found), -1);
	assert_int_equal(found, 1);
	buf_release(&block);
	buf_release(&index);
}

/* The index of two blocks of one entry each, with one number changed. */
static int judge_index(size_t record, int key, int64_t block, int *found)
{
	static const unsigned char blocks[] = {0, 0, 1, 'b', 1, 1, 1, 1, 1, 0, 1, 'd', 1, 1, 1, 1};
	struct buf index = {0};
	int count;

	for (size_t i = 0; i < 3; i++) {
		uint32_t k = (uint32_t)i;
		uint64_t b = i * sizeof blocks / 2;

		if (i == record && key >= 0)
			k = (uint32_t)key;
		if (i == record && block >= 0)
			b = (uint64_t)block;
		add_index(&index, k, b);
	}
	count = judge((struct span){(const char *)blocks, sizeof blocks}, span_of("bd"), buf_span(&index), span_of("d"),
		      found);
	buf_release(&index);
	return count;
}

static void an_index_that_lies_is_refused(void **state)
{
	int found;

	(void)state;
	assert_int_equal(judge_index(9, -1, -1, &found), 2);
	assert_int_equal(found, 1);
	assert_int_equal(judge_index(0, 2, -1, &found), -1); /* keys fall */
	assert_int_equal(judge_index(1, 3, -1, &found), -1); /* a key outside */
	assert_int_equal(judge_index(2, 0, -1, &found), -1); /* keys fall */
	assert_int_equal(judge_index(2, 0x7FFFFFFF, -1, &found), -1);
	assert_int_equal(judge_index(0, -1, 9, &found), -1); /* blocks fall */
	assert_int_equal(judge_index(0, -1, INT64_MAX, &found), -1);
	assert_int_equal(judge_index(1, -1, 0, &found), -1);  /* an empty block */
	assert_int_equal(judge_index(1, -1, 17, &found), -1); /* a block outside */
	assert_int_equal(judge_index(2, -1, 17, &found), -1);
	assert_int_equal(judge_index(2, -1, 7, &found), -1);
	assert_int_equal(judge_index(2, -1, INT64_MAX, &found), -1);
}

static void an_index_of_no_size_is_refused(void **state)
{
	static const char zeros[30];
	int found;

	(void)state;
	for (size_t n = 0; n < sizeof zeros; n++) {
		int count = judge((struct span){"", 0}, (struct span){"", 0}, (struct span){zeros, n}, span_of("a"),
				  &found);

		assert_int_equal(count, n == LEXICON_INDEX_BYTES ? 0 : -1);
		assert_int_equal(found, n == LEXICON_INDEX_BYTES ? 0 : -1);
	}
}

/* However the three chunks are changed: an error, or some answer, and never a byte beyond them. */
static void damage_never_leads_astray(void **state)
{
	uint64_t seed = 7;
	struct term *terms = random_terms(200, &seed);
	struct written w;

	(void)state;
	write_terms(&w, terms, 200);
	for (int round = 0; round < 6000; round++) {
		char *exact = image_exact(buf_span(&w.image));
		struct buf copy = {.data = exact, .n = w.image.n, .capacity = w.image.n};
		size_t content = image_table(&copy, 3) - 8 - IMAGE_HEAD;
		struct container container;
		struct lexicon lexicon;
		struct lexicon_entry entry;
		struct err err = {0};

		for (uint32_t i = random_below(&seed, 3); i < 3; i++) {
			size_t back = random_below(&seed, random_below(&seed, 2) ? 100 : (uint32_t)content);

			exact[IMAGE_HEAD + content - 1 - back] = (char)random_below(&seed, 256);
		}
		image_seal(&copy);
		assert_int_equal(container_open(&container, buf_span(&copy), IMAGE_KIND, "f", &err), 0);
		if (lexicon_open(&lexicon, &container, names, &err) == 0) {
			scan_all(&lexicon, &err);
			for (size_t i = 0; i < 200; i += 17)
				lexicon_find(&lexicon, text_of(&terms[i]), &entry, &err);
			lexicon_close(&lexicon);
		}
		assert_true(err.kind == ERR_NONE || err.kind == ERR_DAMAGED);
		container_close(&container);
		test_free(exact);
	}
	release(&w);
	test_free(terms);
}

static void a_missing_chunk_is_refused(void **state)
{
	static const uint32_t other[3] = {BLOCKS, KEYS, CONTAINER_NAME('N', 'O', 'N', 'E')};
	struct written w = {0};
	struct err err = {0};

	(void)state;
	open_chunks(&w, span_of(""), span_of(""), span_of(""));
	assert_int_equal(lexicon_open(&w.lexicon, &w.container, other, &err), -1);
	assert_int_equal(err.kind, ERR_DAMAGED);
	release(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_what_was_added),
		cmocka_unit_test(malformed_entries_are_refused),
		cmocka_unit_test(an_empty_block_is_refused),
		cmocka_unit_test(a_block_of_too_many_entries_is_refused),
		cmocka_unit_test(an_index_that_lies_is_refused),
		cmocka_unit_test(an_index_of_no_size_is_refused),
		cmocka_unit_test(damage_never_leads_astray),
		cmocka_unit_test(a_missing_chunk_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
