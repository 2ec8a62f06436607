#include "lexicon.h"

#include "image.h"
#include "random.h"
#include "unit.h"
#include "utf8.h"

#include <stdlib.h>

enum { LEAVES = CONTAINER_NAME('L', 'E', 'A', 'F'), INDEX = CONTAINER_NAME('I', 'N', 'D', 'X') };

struct term {
	char bytes[LEXICON_TERM_MAX + 1];
	size_t n;
	uint32_t count;
	char list[LEXICON_LIST_MAX];
	size_t list_bytes;
	uint64_t offset;
	uint64_t bytes_of_list;
};

static struct span text_of(const struct term *term)
{
	return (struct span){term->bytes, term->n};
}

static int compare(const void *a, const void *b)
{
	return span_compare(text_of(a), text_of(b));
}

static void random_list(struct term *term, uint64_t *seed)
{
	static const uint32_t limits[] = {1, 128, 20000, UINT32_MAX};
	struct buf list = {0};

	term->count = random_below(seed, 2) ? 1 : 2 + random_below(seed, 1 + random_below(seed, 40));
	if (random_below(seed, 20) == 0)
		term->count = 2 + random_below(seed, UINT32_MAX - 2);
	if (term->count > 1) {
		term->bytes_of_list = (term->count + 7ull) / 8 + random_below(seed, 60);
		return;
	}
	buf_add_varint(&list, random_below(seed, limits[random_below(seed, 4)]));
	buf_add_varint(&list, random_below(seed, limits[random_below(seed, 4)]));
	memcpy(term->list, list.data, list.n);
	term->list_bytes = list.n;
	buf_release(&list);
}

/* From few characters, so that prefixes are shared; of one to four bytes each. A few are as long as a term can be. */
static void random_term(struct term *term, uint64_t *seed)
{
	static const uint32_t codes[] = {'a', 'b', 0xE9, 0x4E2D, 0x5546, 0x4E1A, 0xFFFD, 0x20000};
	unsigned characters = 1 + random_below(seed, 1 + random_below(seed, 11));

	*term = (struct term){0};
	for (unsigned i = 0; i < characters; i++)
		term->n += utf8_put(term->bytes + term->n, codes[random_below(seed, 8)]);
	if (random_below(seed, 30) == 0)
		while (term->n < LEXICON_TERM_MAX - random_below(seed, 4))
			term->bytes[term->n++] = (char)('a' + random_below(seed, random_below(seed, 2) + 1));
	random_list(term, seed);
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
		terms[i].offset = terms[i].count > 1 ? offset : 0;
		offset += terms[i].bytes_of_list;
	}
	return terms;
}

struct written {
	struct buf image;
	struct container container;
	struct lexicon lexicon;
	uint64_t leaves;
};

static void open_chunks(struct written *w, struct span leaves, struct span index)
{
	const struct image_chunk chunks[] = {{LEAVES, leaves}, {INDEX, index}};
	struct err err = {0};

	image_make(&w->image, IMAGE_KIND, chunks, 2);
	assert_int_equal(container_open(&w->container, buf_span(&w->image), IMAGE_KIND, "f", &err), 0);
}

static void add_term(struct lexicon_writer *writer, const struct term *term)
{
	struct lexicon_entry entry = {.text = text_of(term),
				      .count = term->count,
				      .list = {term->list, term->list_bytes},
				      .bytes = term->bytes_of_list};

	lexicon_add(writer, &entry);
}

/* The leaves are taken out whenever some are finished, as a writer of large indexes does. */
static void write_terms(struct written *w, const struct term *terms, size_t count)
{
	struct lexicon_writer writer = {0};
	struct buf leaves = {0};
	struct err err = {0};

	*w = (struct written){0};
	for (size_t i = 0; i < count; i++) {
		add_term(&writer, &terms[i]);
		buf_add_span(&leaves, buf_span(&writer.leaves));
		buf_reset(&writer.leaves);
	}
	lexicon_finish(&writer);
	buf_add_span(&leaves, buf_span(&writer.leaves));
	assert_int_equal(writer.count, count);
	assert_false(writer.failed);
	open_chunks(w, buf_span(&leaves), buf_span(&writer.index));
	w->leaves = leaves.n;
	buf_release(&leaves);
	lexicon_writer_release(&writer);
	assert_int_equal(lexicon_open(&w->lexicon, &w->container, LEAVES, INDEX, &err), 0);
}

static void release(struct written *w)
{
	container_close(&w->container);
	buf_release(&w->image);
}

static void assert_entry(const struct lexicon_entry *entry, const struct term *term)
{
	assert_true(span_equal(entry->text, text_of(term)));
	assert_int_equal(entry->count, term->count);
	assert_true(span_equal(entry->list, (struct span){term->list, term->list_bytes}));
	assert_int_equal(entry->offset, term->offset);
	assert_int_equal(entry->bytes, term->bytes_of_list);
}

/* All terms from `from` on, which `first` is the first of. */
static void check_scan(struct written *w, const struct term *terms, size_t count, struct span from, size_t first)
{
	struct lexicon_scan scan;
	struct lexicon_entry entry;
	struct err err = {0};

	assert_int_equal(lexicon_scan_start(&scan, &w->lexicon, from, &err), 0);
	for (size_t i = first; i < count; i++) {
		assert_int_equal(lexicon_scan_next(&scan, &entry, &err), 1);
		assert_entry(&entry, &terms[i]);
	}
	for (int i = 0; i < 3; i++)
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

static void check_some_scans(struct written *w, const struct term *terms, size_t count, uint64_t *seed)
{
	for (int i = 0; i < 30; i++) {
		struct term from;
		size_t first = 0;

		random_term(&from, seed);
		while (first < count && compare(&terms[first], &from) < 0)
			first++;
		check_scan(w, terms, count, text_of(&from), first);
		if (count)
			check_scan(w, terms, count, text_of(&terms[count - 1]), count - 1);
	}
}

static void check_terms(const struct term *terms, size_t count, uint64_t *seed)
{
	struct term sought;
	struct written w;

	write_terms(&w, terms, count);
	check_scan(&w, terms, count, (struct span){NULL, 0}, 0);
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
	sought.n = 0;
	check_find(&w, terms, count, &sought);
	check_some_scans(&w, terms, count, seed);
	release(&w);
}

static void finds_what_was_added(void **state)
{
	static const size_t sizes[] = {0, 1, 2, 15, 16, 17, 31, 32, 33, 150, 300, 5000};
	uint64_t seed = 1;

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		struct term *terms = random_terms(sizes[i], &seed);

		check_terms(terms, sizes[i], &seed);
		test_free(terms);
	}
}

/* Many leaves whose first terms have equal first 8 bytes, zeros among them. */
static void equal_prefixes_are_told_apart(void **state)
{
	enum { COUNT = 4000 };
	struct term *terms = test_malloc((COUNT + 3) * sizeof *terms);
	uint64_t seed = 3;

	(void)state;
	for (uint32_t i = 0; i < COUNT; i++) {
		terms[i] = (struct term){.bytes = "prefix", .n = 12};
		for (unsigned k = 0; k < 4; k++)
			terms[i].bytes[8 + k] = (char)(unsigned char)(i / 3 >> (24 - 8 * k));
		/* "x", "x\0" and "x\0\0" */
		terms[i].n += i % 3;
		random_list(&terms[i], &seed);
		terms[i].offset = 0;
	}
	for (size_t i = 0, offset = 0; i < COUNT; i++) {
		terms[i].offset = terms[i].count > 1 ? offset : 0;
		offset += terms[i].bytes_of_list;
	}
	check_terms(terms, COUNT, &seed);
	test_free(terms);
}

static void the_longest_terms_fit(void **state)
{
	enum { COUNT = 200 };
	struct term *terms = test_malloc(COUNT * sizeof *terms);
	uint64_t seed = 5;

	(void)state;
	for (unsigned i = 0; i < COUNT; i++) {
		terms[i] = (struct term){
			.n = LEXICON_TERM_MAX, .count = 2, .bytes_of_list = 1000000, .offset = i * 1000000};
		memset(terms[i].bytes, (int)i + 1, LEXICON_TERM_MAX);
	}
	check_terms(terms, COUNT, &seed);
	test_free(terms);
}

static void terms_beyond_the_limit_fail(void **state)
{
	struct lexicon_writer writer = {0};
	struct lexicon_entry entry = {.text = span_of("a"), .count = 9, .bytes = LEXICON_POSTINGS_MAX};

	(void)state;
	lexicon_add(&writer, &entry);
	assert_false(writer.failed);
	entry.text = span_of("b");
	entry.bytes = 2;
	lexicon_add(&writer, &entry);
	lexicon_finish(&writer);
	assert_true(writer.failed);
	lexicon_writer_release(&writer);
}

static int scan_all(struct lexicon *lexicon, struct err *err)
{
	struct lexicon_scan scan;
	struct lexicon_entry entry;
	int status = lexicon_scan_start(&scan, lexicon, (struct span){NULL, 0}, err);
	char before[LEXICON_TERM_MAX];
	size_t n = 0;
	int count = 0;

	if (status < 0)
		return -1;
	while ((status = lexicon_scan_next(&scan, &entry, err)) > 0) {
		assert_true(entry.text.n && entry.text.n <= LEXICON_TERM_MAX);
		assert_true(span_compare((struct span){before, n}, entry.text) < 0);
		memcpy(before, entry.text.p, entry.text.n);
		n = entry.text.n;
		checksum_32(entry.list);
		count++;
	}
	return status < 0 ? -1 : count;
}

/* With chunks as given: what a scan says, -1 when even opening fails. */
static int judge(struct span leaves, struct span index, struct span sought, int *found)
{
	struct written w = {0};
	struct lexicon_entry entry;
	struct err err = {0};
	int count = -1;

	open_chunks(&w, leaves, index);
	*found = -1;
	if (lexicon_open(&w.lexicon, &w.container, LEAVES, INDEX, &err) == 0) {
		count = scan_all(&w.lexicon, &err);
		assert_int_equal(count < 0, err.kind == ERR_DAMAGED);
		err = (struct err){0};
		*found = lexicon_find(&w.lexicon, sought, &entry, &err);
		assert_int_equal(*found < 0, err.kind == ERR_DAMAGED);
	}
	release(&w);
	return count;
}

/* Bytes as a case says. */
struct bytes {
	unsigned char b[64];
	size_t n;
};

#define BYTES(...)                                                                                                     \
	{                                                                                                              \
		{__VA_ARGS__}, sizeof((const unsigned char[]){__VA_ARGS__})                                            \
	}

/* The lower byte of groups, 0, and eight of postings. */
#define LEAF(groups) groups, 0, 0, 0, 0, 0, 0, 0, 0, 0

#define HEADER(kind, shared, rest) ((kind) << 6 | (shared) << 3 | (rest))

struct hostile {
	const char *what;
	struct bytes leaf;
	int found; /* of "ac": a lookup does not see all that a scan sees */
};

static void add_index(struct buf *index, const char *term, uint64_t leaf)
{
	for (size_t i = 0; i < 8; i++)
		buf_add_byte(index, (unsigned char)(strlen(term) > 7 - i ? term[7 - i] : 0));
	buf_add_u32(index, (uint32_t)leaf);
}

/* One leaf that begins with "ab" as far as the index knows. */
static int judge_leaf(const struct bytes *leaf, int *found)
{
	struct buf index = {0};
	int count;

	add_index(&index, "ab", 0);
	count = judge((struct span){(const char *)leaf->b, leaf->n}, buf_span(&index), span_of("ac"), found);
	buf_release(&index);
	return count;
}

static void malformed_leaves_are_refused(void **state)
{
	enum { AB = HEADER(1, 0, 2), C = HEADER(1, 1, 1) };
	static const struct bytes sound = BYTES(LEAF(1), 0, AB, 'a', 'b', 7, C, 'c', 9);
	static const struct hostile table[] = {
		{"no groups", BYTES(LEAF(0), 0, AB, 'a', 'b', 7), -1},
		{"cut in its head", BYTES(1, 0, 0, 0), -1},
		{"more groups than bytes", BYTES(LEAF(9), 0, AB, 'a', 'b', 7), -1},
		{"a group ends at its start", BYTES(LEAF(2), 0, 0, 0, AB, 'a', 'b', 7), 0},
		{"a group ends outside", BYTES(LEAF(2), 99, 0, 0, AB, 'a', 'b', 7, 0, C, 'c', 9), -1},
		{"a short group before another", BYTES(LEAF(2), 5, 0, 0, AB, 'a', 'b', 7, 0, AB, 'a', 'c', 9), 1},
		{"no entries", BYTES(LEAF(1), 0), -1},
		{"postings begin above", BYTES(1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, AB, 'a', 'b', 7, C, 'c', 9), -1},
		{"first group not at the leaf's lists", BYTES(LEAF(1), 1, AB, 'a', 'b', 7, C, 'c', 9), -1},
		{"an offset that is not the shortest", BYTES(LEAF(1), 0x80, 0, AB, 'a', 'b', 7), -1},
		{"first entry shares", BYTES(LEAF(1), 0, HEADER(1, 1, 2), 'a', 'b', 7), -1},
		{"shares more than there is", BYTES(LEAF(1), 0, AB, 'a', 'b', 7, HEADER(1, 3, 1), 'c', 1), -1},
		{"shares far more", BYTES(LEAF(1), 0, AB, 'a', 'b', 7, HEADER(1, 7, 1), 255, 'c', 1), -1},
		{"shares less than it could", BYTES(LEAF(1), 0, AB, 'a', 'b', 7, HEADER(1, 0, 2), 'a', 'c', 1), -1},
		{"does not rise", BYTES(LEAF(1), 0, AB, 'a', 'b', 7, HEADER(1, 1, 1), 'a', 1), 0},
		{"the same again", BYTES(LEAF(1), 0, AB, 'a', 'b', 7, AB, 'a', 'b', 7), -1},
		{"text longer than the leaf", BYTES(LEAF(1), 0, HEADER(1, 0, 0), 9, 'a', 'b', 7), -1},
		{"no list", BYTES(LEAF(1), 0, AB, 'a', 'b'), -1},
		{"no value", BYTES(LEAF(1), 0, HEADER(0, 0, 2), 'a', 'b', 7), -1},
		{"a number above 32 bits", BYTES(LEAF(1), 0, AB, 'a', 'b', 255, 255, 255, 255, 31), -1},
		{"a number that is not the shortest", BYTES(LEAF(1), 0, AB, 'a', 'b', 0x87, 0), -1},
		{"kind 3 of no posting", BYTES(LEAF(1), 0, HEADER(3, 0, 2), 'a', 'b', 0, 1), -1},
		{"kind 3 of one posting", BYTES(LEAF(1), 0, HEADER(3, 0, 2), 'a', 'b', 1, 1), -1},
		{"kind 3 of no bytes", BYTES(LEAF(1), 0, HEADER(3, 0, 2), 'a', 'b', 2, 0), -1},
		{"more postings than bits", BYTES(LEAF(1), 0, HEADER(3, 0, 2), 'a', 'b', 9, 1), -1},
		{"count above 32 bits",
		 BYTES(LEAF(1), 0, HEADER(3, 0, 2), 'a', 'b', 255, 255, 255, 255, 31, 255, 255, 255, 255, 31), -1},
		{"lists end above",
		 BYTES(LEAF(1), 0, HEADER(3, 0, 2), 'a', 'b', 2, 255, 255, 255, 255, 255, 31, HEADER(3, 1, 1), 'c', 2,
		       5),
		 -1},
		{"a list above", BYTES(LEAF(1), 0, HEADER(3, 0, 2), 'a', 'b', 2, 255, 255, 255, 255, 255, 32), -1},
		{"first term of another leaf", BYTES(LEAF(1), 0, HEADER(1, 0, 2), 'a', 'a', 7, C, 'c', 9), -1},
	};
	int found;

	(void)state;
	assert_int_equal(judge_leaf(&sound, &found), 2);
	assert_int_equal(found, 1);
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		int count = judge_leaf(&table[i].leaf, &found);

		if (count != -1 || found != table[i].found)
			fail_msg("%s: %d %d", table[i].what, count, found);
	}
}

/* Groups of `first` and `second` terms of one byte; the lists of the second begin at `gap`. */
static int judge_groups(unsigned first, unsigned second, unsigned char gap)
{
	struct buf leaf = {0};
	struct buf index = {0};
	int found;
	int count;

	buf_add_u16(&leaf, 2);
	buf_add_u64(&leaf, 0);
	buf_add_u16(&leaf, (uint16_t)(1 + first * 3));
	for (unsigned i = 0; i < first + second; i++) {
		const unsigned char entry[] = {HEADER(1, 0, 1), (unsigned char)('A' + i), 1};

		if (i == 0 || i == first)
			buf_add_byte(&leaf, i ? gap : 0);
		buf_add(&leaf, entry, sizeof entry);
	}
	add_index(&index, "A", 0);
	count = judge(buf_span(&leaf), buf_span(&index), span_of("A"), &found);
	assert_int_equal(found, 1);
	buf_release(&leaf);
	buf_release(&index);
	return count;
}

static void groups_of_other_sizes_are_refused(void **state)
{
	(void)state;
	assert_int_equal(judge_groups(LEXICON_GROUP, 1, 0), LEXICON_GROUP + 1);
	assert_int_equal(judge_groups(LEXICON_GROUP, LEXICON_GROUP, 0), 2 * LEXICON_GROUP);
	assert_int_equal(judge_groups(LEXICON_GROUP + 1, 1, 0), -1);
	assert_int_equal(judge_groups(LEXICON_GROUP - 1, 1, 0), -1);
	assert_int_equal(judge_groups(LEXICON_GROUP, LEXICON_GROUP + 1, 0), -1);
	assert_int_equal(judge_groups(LEXICON_GROUP, 1, 1), -1); /* a gap between lists */
}

/* The index of two leaves of one entry each, "b" and "d", with one number changed. */
static int judge_index(size_t record, const char *term, uint64_t offset, int *found)
{
	static const unsigned char leaves[] = {LEAF(1), 0, HEADER(1, 0, 1), 'b', 1,
					       LEAF(1), 0, HEADER(1, 0, 1), 'd', 1};
	static const char *const terms[] = {"b", "d"};
	struct buf index = {0};
	int count;

	for (size_t i = 0; i < 2; i++)
		if (i == record)
			add_index(&index, term, offset);
		else
			add_index(&index, terms[i], i * sizeof leaves / 2);
	count = judge((struct span){(const char *)leaves, sizeof leaves}, buf_span(&index), span_of("d"), found);
	buf_release(&index);
	return count;
}

static void an_index_that_lies_is_refused(void **state)
{
	int found;

	(void)state;
	assert_int_equal(judge_index(9, "", 0, &found), 2);
	assert_int_equal(found, 1);
	assert_int_equal(judge_index(0, "a", 0, &found), -1); /* another first term */
	assert_int_equal(found, 1);
	assert_int_equal(judge_index(1, "c", 14, &found), -1);
	assert_int_equal(found, -1);
	assert_int_equal(judge_index(1, "e", 14, &found), -1);
	assert_int_equal(judge_index(0, "b", 14, &found), -1); /* leaves do not rise, or not from 0 */
	assert_int_equal(judge_index(0, "b", 1, &found), -1);
	assert_int_equal(judge_index(1, "d", 0, &found), -1);
	assert_int_equal(judge_index(1, "d", 28, &found), -1); /* outside */
	assert_int_equal(found, -1);
	assert_int_equal(judge_index(1, "d", 0xFFFFFFFF, &found), -1);
	assert_int_equal(found, -1);
	assert_int_equal(judge_index(1, "d", 13, &found), -1);
	assert_int_equal(judge_index(1, "d", 15, &found), -1);
}

static void chunks_of_no_size_are_refused(void **state)
{
	static const char zeros[30];
	int found;

	(void)state;
	for (size_t n = 0; n < sizeof zeros; n++) {
		assert_int_equal(judge((struct span){"", 0}, (struct span){zeros, n}, span_of("a"), &found),
				 n == 0 ? 0 : -1);
		assert_int_equal(found, n == 0 ? 0 : -1);
		if (n)
			assert_int_equal(judge((struct span){zeros, n}, (struct span){"", 0}, span_of("a"), &found),
					 -1);
	}
}

/* Reads in every way: an error, or some answer, and never a byte beyond the image. */
static void read_all(struct span image, const struct term *terms, size_t count, size_t step)
{
	struct container container;
	struct lexicon lexicon;
	struct lexicon_entry entry;
	struct err err = {0};

	assert_int_equal(container_open(&container, image, IMAGE_KIND, "f", &err), 0);
	if (lexicon_open(&lexicon, &container, LEAVES, INDEX, &err) == 0) {
		scan_all(&lexicon, &err);
		for (size_t i = 0; i < count; i += step)
			if (lexicon_find(&lexicon, text_of(&terms[i]), &entry, &err) > 0)
				checksum_32(entry.list);
	}
	assert_true(err.kind == ERR_NONE || err.kind == ERR_DAMAGED);
	container_close(&container);
}

static void damage_never_leads_astray(void **state)
{
	uint64_t seed = 7;
	struct term *terms = random_terms(300, &seed);
	struct written w;

	(void)state;
	write_terms(&w, terms, 300);
	for (int round = 0; round < 4000; round++) {
		char *exact = image_exact(buf_span(&w.image));
		struct buf copy = {.data = exact, .n = w.image.n, .capacity = w.image.n};
		size_t content = (size_t)load_u64((const unsigned char *)exact + image_tail(&copy) + 16) - IMAGE_HEAD;

		for (uint32_t i = random_below(&seed, 3); i < 3; i++) {
			size_t back = random_below(&seed, random_below(&seed, 2) ? 100 : (uint32_t)content);

			exact[IMAGE_HEAD + content - 1 - back] = (char)random_below(&seed, 256);
		}
		image_seal(&copy);
		read_all(buf_span(&copy), terms, 300, 17);
		test_free(exact);
	}
	release(&w);
	test_free(terms);
}

static void every_flipped_bit_is_survived(void **state)
{
	uint64_t seed = 9;
	struct term *terms = random_terms(40, &seed);
	struct written w;

	(void)state;
	write_terms(&w, terms, 40);
	for (size_t bit = 0; bit < (w.leaves + LEXICON_INDEX_BYTES) * 8; bit++) {
		char *exact = image_exact(buf_span(&w.image));
		struct buf copy = {.data = exact, .n = w.image.n, .capacity = w.image.n};

		exact[IMAGE_HEAD + bit / 8] ^= (char)(1 << bit % 8);
		image_seal(&copy);
		read_all(buf_span(&copy), terms, 40, 3);
		test_free(exact);
	}
	release(&w);
	test_free(terms);
}

/* The leaves end early: never all terms, never a crash. */
static void every_cut_is_noticed(void **state)
{
	uint64_t seed = 11;
	struct term *terms = random_terms(150, &seed);
	struct written w;

	(void)state;
	write_terms(&w, terms, 150);
	for (size_t n = 1; n < w.leaves; n++) {
		struct span leaves = {w.image.data + IMAGE_HEAD, n};
		struct span index = {w.image.data + IMAGE_HEAD + w.leaves, (size_t)w.lexicon.index.length};
		int found;

		assert_true(judge(leaves, index, text_of(&terms[149]), &found) < 150);
		assert_true(found <= 0);
	}
	release(&w);
	test_free(terms);
}

static void a_missing_chunk_is_refused(void **state)
{
	struct written w = {0};
	struct err err = {0};

	(void)state;
	open_chunks(&w, span_of(""), span_of(""));
	assert_int_equal(lexicon_open(&w.lexicon, &w.container, LEAVES, CONTAINER_NAME('N', 'O', 'N', 'E'), &err), -1);
	assert_int_equal(err.kind, ERR_DAMAGED);
	release(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_what_was_added),          cmocka_unit_test(equal_prefixes_are_told_apart),
		cmocka_unit_test(the_longest_terms_fit),         cmocka_unit_test(terms_beyond_the_limit_fail),
		cmocka_unit_test(malformed_leaves_are_refused),  cmocka_unit_test(groups_of_other_sizes_are_refused),
		cmocka_unit_test(an_index_that_lies_is_refused), cmocka_unit_test(chunks_of_no_size_are_refused),
		cmocka_unit_test(damage_never_leads_astray),     cmocka_unit_test(every_flipped_bit_is_survived),
		cmocka_unit_test(every_cut_is_noticed),          cmocka_unit_test(a_missing_chunk_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
