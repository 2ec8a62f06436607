#include "entry_cache.h"

#include "image.h"
#include "random.h"
#include "unit.h"

#include <stdio.h>

enum {
	TERMS = 2 * ENTRY_CACHE_SLOTS,
	LEAVES = CONTAINER_NAME('L', 'E', 'A', 'F'),
	INDEX = CONTAINER_NAME('I', 'N', 'D', 'X')
};

/* A lexicon of every second of the numbers as text; some of one posting, some longer than what is kept. */
struct words {
	struct buf image;
	struct container container;
	struct lexicon lexicon;
};

static struct span text_of(unsigned number, char room[64])
{
	const char *tail = number % 100 == 0 ? "-and-so-on-and-so-on-and-so-on" : "";

	return (struct span){room, (size_t)snprintf(room, 64, "%06u%s", number, tail)};
}

static void make(struct words *words, unsigned more)
{
	struct lexicon_writer writer = {.failed = false};
	struct err err = {0};

	*words = (struct words){.image = {0}};
	for (unsigned i = 0; i < TERMS; i += 2) {
		char room[64];
		struct lexicon_entry entry = {.text = text_of(i, room), .count = 1 + i % 3, .bytes = 5 + more + i % 7};

		if (entry.count == 1)
			entry.list = (struct span){"\5\1", 2};
		lexicon_add(&writer, &entry);
	}
	lexicon_finish(&writer);
	assert_false(writer.failed);
	image_make(&words->image, IMAGE_KIND,
		   (const struct image_chunk[]){{LEAVES, buf_span(&writer.leaves)}, {INDEX, buf_span(&writer.index)}},
		   2);
	lexicon_writer_release(&writer);
	assert_int_equal(container_open(&words->container, buf_span(&words->image), IMAGE_KIND, "f", &err), 0);
	assert_int_equal(lexicon_open(&words->lexicon, &words->container, LEAVES, INDEX, &err), 0);
}

static void release(struct words *words)
{
	container_close(&words->container);
	buf_release(&words->image);
}

static void check(struct entry_cache *cache, struct words *words, unsigned number)
{
	char room[64];
	struct span text = text_of(number, room);
	struct lexicon_entry expected;
	struct lexicon_entry entry;
	struct err err = {0};
	int found = lexicon_find(&words->lexicon, text, &expected, &err);
	char list[LEXICON_LIST_MAX];

	assert_int_equal(found, number % 2 == 0);
	if (found && expected.list.n)
		memcpy(list, expected.list.p, expected.list.n); /* it is the lexicon's until the next find */
	assert_int_equal(entry_cache_find(cache, &words->lexicon, text, &entry, &err), found);
	if (!found)
		return;
	assert_true(span_equal(entry.text, text));
	assert_int_equal(entry.count, expected.count);
	assert_int_equal(entry.list.n, expected.list.n);
	assert_memory_equal(entry.list.n ? entry.list.p : "", entry.list.n ? list : "", entry.list.n);
	if (entry.count > 1) {
		assert_int_equal(entry.offset, expected.offset);
		assert_int_equal(entry.bytes, expected.bytes);
	}
}

/* More terms than slots, of two lexicons that have the same terms, in any order and again and again. */
static void says_what_the_lexicon_says(void **state)
{
	struct words words[2];
	struct entry_cache cache = {.on = true};
	uint64_t seed = 9;

	(void)state;
	make(&words[0], 0);
	make(&words[1], 3);
	for (int i = 0; i < 50000; i++) {
		unsigned number = random_below(&seed, random_below(&seed, 2) ? TERMS : 50);

		check(&cache, &words[random_below(&seed, 2)], number);
	}
	assert_non_null(cache.slots);
	entry_cache_release(&cache);
	release(&words[0]);
	release(&words[1]);
}

static void keeps_nothing_until_it_is_on(void **state)
{
	struct words words;
	struct entry_cache cache = {.on = false};

	(void)state;
	make(&words, 0);
	for (unsigned i = 0; i < 10; i++)
		check(&cache, &words, i / 2);
	assert_null(cache.slots);
	entry_cache_release(&cache);
	release(&words);
}

/* What is kept is asked for of the lexicon no more: its pages may go bad. */
static void a_kept_term_needs_no_lexicon(void **state)
{
	struct words words;
	struct entry_cache cache = {.on = true};
	struct lexicon_entry entry;
	struct err err = {0};
	char room[64];

	(void)state;
	make(&words, 0);
	for (unsigned i = 2; i < 6; i++)
		check(&cache, &words, i);
	words.lexicon.leaf_count = 0;
	assert_int_equal(lexicon_find(&words.lexicon, text_of(2, room), &entry, &err), 0);
	for (unsigned i = 2; i < 6; i++)
		assert_int_equal(entry_cache_find(&cache, &words.lexicon, text_of(i, room), &entry, &err), i % 2 == 0);
	entry_cache_release(&cache);
	release(&words);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_what_the_lexicon_says),
		cmocka_unit_test(keeps_nothing_until_it_is_on),
		cmocka_unit_test(a_kept_term_needs_no_lexicon),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
