#include "list_cache.h"
#include "pipeline.h"

#include "heap.h"
#include "unit.h"

#include <string.h>

enum { LISTS = 50, COUNT = 1000 };

#define EMPTY(bytes)                                                                                                   \
	{                                                                                                              \
		.mutex = PTHREAD_MUTEX_INITIALIZER, .limit = (bytes)                                                   \
	}

/* Lists are known by where they are: there is none here. */
static struct list_key key_of(unsigned i, uint32_t count)
{
	return (struct list_key){200 * (uint64_t)i, 200, count};
}

/* What a reader does, and what an opened list would be: its number in its first and last room. */
static struct kept_list *ask(struct list_cache *cache, unsigned i, uint32_t count)
{
	bool worth;
	struct kept_list *list = list_cache_find(cache, key_of(i, count), &worth);

	if (!list && worth && (list = list_cache_add(cache, key_of(i, count), false, 0))) {
		list->decoded.numbers[0] = list->decoded.values[0] = i;
		list->decoded.numbers[count + POSTING_SPARE - 1] = list->decoded.values[count + POSTING_SPARE - 1] = i;
		list_cache_keep(cache, list);
	}
	if (list) {
		assert_int_equal(list->decoded.numbers[0], i);
		assert_int_equal(list->decoded.numbers[count + POSTING_SPARE - 1], i);
		assert_int_equal(list->decoded.values[0], i);
		assert_int_equal(list->decoded.values[count + POSTING_SPARE - 1], i);
	}
	return list;
}

static size_t bytes_of(uint32_t count)
{
	return sizeof(struct kept_list) + 2 * (count + (size_t)POSTING_SPARE) * sizeof(uint32_t); /* whole doubles */
}

static void a_list_is_kept_when_it_comes_back(void **state)
{
	struct list_cache cache = EMPTY(1 << 20);
	struct kept_list *list;

	(void)state;
	assert_null(ask(&cache, 0, COUNT));
	assert_null(cache.block);
	list = ask(&cache, 0, COUNT);
	assert_non_null(list);
	assert_int_equal(cache.next, bytes_of(COUNT));
	assert_ptr_equal(ask(&cache, 0, COUNT), list);
	list_cache_release(&cache);
	assert_null(cache.block);
}

/* Hostile lexicons may say different things of the same bytes. */
static void other_sizes_are_other_lists(void **state)
{
	struct list_cache cache = EMPTY(1 << 20);
	bool worth;

	(void)state;
	ask(&cache, 0, COUNT);
	assert_non_null(ask(&cache, 0, COUNT));
	assert_null(list_cache_find(&cache, key_of(0, COUNT + 1), &worth));
	assert_null(list_cache_find(&cache, (struct list_key){0, 199, COUNT}, &worth));
	list_cache_release(&cache);
}

static void short_lists_are_not_kept(void **state)
{
	struct list_cache cache = EMPTY(1 << 20);

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		assert_null(ask(&cache, 0, KEPT_LEAST - 1));
		assert_int_equal(ask(&cache, 1, KEPT_LEAST) != NULL, i > 0);
	}
	list_cache_release(&cache);
}

static void without_a_limit_nothing_is_kept(void **state)
{
	struct list_cache cache = EMPTY(0);

	(void)state;
	for (unsigned i = 0; i < 3; i++)
		assert_null(ask(&cache, 0, COUNT));
	assert_null(cache.slots);
	list_cache_release(&cache);
}

static bool is_kept(struct list_cache *cache, unsigned i, uint32_t count)
{
	bool worth;

	return list_cache_find(cache, key_of(i, count), &worth) != NULL;
}

/* Of five, with room for three: those that came last, whoever is asked for in between. */
static void the_oldest_go(void **state)
{
	struct list_cache cache = EMPTY(3 * bytes_of(COUNT) + 100);

	(void)state;
	for (unsigned i = 0; i < 5; i++) {
		list_cache_turn(&cache, 0);
		assert_int_equal(is_kept(&cache, 0, COUNT), i > 0 && i < 4);
		list_cache_turn(&cache, 0);
		ask(&cache, i, COUNT);
		assert_non_null(ask(&cache, i, COUNT));
		assert_true(cache.next <= cache.limit);
	}
	for (unsigned i = 0; i < 5; i++)
		assert_int_equal(is_kept(&cache, i, COUNT), i >= 2);
	list_cache_release(&cache);
}

/* The same of lists of many sizes: the last ones that were kept are all there, as far as two of the largest leave room. */
static void what_came_last_is_kept(void **state)
{
	enum { ROOM = 8 * COUNT, LAST = 5 };
	struct list_cache cache = EMPTY(bytes_of(ROOM));
	uint32_t counts[LISTS];

	(void)state;
	for (unsigned round = 0; round < 7; round++) {
		for (unsigned i = 0; i < LISTS; i++) {
			counts[i] = KEPT_LEAST + (i * 7919 + round * 104729) % COUNT;
			list_cache_turn(&cache, 0);
			ask(&cache, i, counts[i]);
			assert_non_null(ask(&cache, i, counts[i]));
			assert_true(cache.next <= cache.limit);
			for (unsigned k = i > LAST ? i - LAST : 0; k < i; k++)
				assert_non_null(ask(&cache, k, counts[k]));
		}
	}
	list_cache_release(&cache);
}

/* A search may still be looking at them. */
static void lists_of_this_turn_stay(void **state)
{
	struct list_cache cache = EMPTY(3 * bytes_of(COUNT));
	struct kept_list *kept[3];

	(void)state;
	for (unsigned i = 0; i < 5; i++)
		ask(&cache, i, COUNT);
	list_cache_turn(&cache, 0);
	for (unsigned i = 0; i < 3; i++)
		assert_non_null(kept[i] = ask(&cache, i, COUNT));
	for (unsigned i = 3; i < 5; i++)
		assert_null(ask(&cache, i, COUNT));
	for (unsigned i = 0; i < 3; i++)
		assert_ptr_equal(ask(&cache, i, COUNT), kept[i]);
	list_cache_turn(&cache, 0);
	assert_non_null(ask(&cache, 4, COUNT));
	list_cache_release(&cache);
}

/* Every part has room of its own: what is written to one is in no other. */
static void parts_do_not_overlap(void **state)
{
	enum { WORDS = 32, ROOM = COUNT + POSTING_SPARE };
	struct list_cache cache = EMPTY(1 << 20);
	bool worth;

	(void)state;
	for (unsigned i = 0; i < 4; i++) {
		bool scores = i % 2;
		size_t words = i / 2 * WORDS;
		struct posting_decoded *list;

		list_cache_find(&cache, key_of(i, COUNT), &worth);
		list = &list_cache_add(&cache, key_of(i, COUNT), scores, words)->decoded;
		assert_int_equal(list->scores != NULL, scores);
		assert_int_equal(list->set != NULL, words > 0);
		for (size_t k = 0; k < words; k++)
			assert_int_equal(list->set[k], 0);
		memset(list->numbers, 1, ROOM * sizeof *list->numbers);
		memset(list->values, 2, ROOM * sizeof *list->values);
		if (scores)
			memset(list->scores, 3, ROOM * sizeof *list->scores);
		if (words) {
			memset(list->set, 4, words * sizeof *list->set);
			memset(list->ranks, 5, words * sizeof *list->ranks);
		}
		assert_int_equal(list->numbers[ROOM - 1], 0x01010101);
		assert_int_equal(list->values[0], 0x02020202);
		if (scores)
			assert_memory_equal(&list->scores[ROOM - 1], "\3\3\3\3\3\3\3\3", 8);
		if (words)
			assert_int_equal(list->set[WORDS - 1], 0x0404040404040404);
	}
	list_cache_release(&cache);
}

static void a_list_above_the_limit_is_not_kept(void **state)
{
	struct list_cache cache = EMPTY(bytes_of(COUNT) - 1);

	(void)state;
	for (unsigned i = 0; i < 3; i++)
		assert_null(ask(&cache, 0, COUNT));
	assert_non_null(ask(&cache, 0, COUNT - 1));
	list_cache_release(&cache);
}

/* Its room is used again when its turn comes. */
static void what_could_not_be_filled_is_not_found(void **state)
{
	struct list_cache cache = EMPTY(LISTS / 2 * bytes_of(COUNT));
	bool worth;

	(void)state;
	for (unsigned i = 0; i < 3 * LISTS; i++) {
		list_cache_turn(&cache, 0);
		if (i % 2)
			assert_non_null(list_cache_add(&cache, key_of(i, COUNT), false, 0));
		else
			ask(&cache, i, COUNT);
		assert_int_equal(ask(&cache, i, COUNT) != NULL, i % 2 == 0);
		assert_int_equal(list_cache_find(&cache, key_of(i, COUNT), &worth) != NULL, i % 2 == 0);
	}
	list_cache_release(&cache);
}

/* One that searches for long keeps what was handed out since; one that is done keeps nothing. */
static void lists_of_any_user_stay(void **state)
{
	struct list_cache cache = EMPTY(3 * bytes_of(COUNT));
	struct kept_list *kept;

	(void)state;
	list_cache_turn(&cache, 1);
	ask(&cache, 0, COUNT);
	kept = ask(&cache, 0, COUNT);
	assert_non_null(kept);
	for (unsigned i = 1; i < 9; i++) {
		list_cache_turn(&cache, 0);
		ask(&cache, i, COUNT);
		assert_int_equal(ask(&cache, i, COUNT) != NULL, i < 3);
		assert_ptr_equal(ask(&cache, 0, COUNT), kept);
	}
	list_cache_rest(&cache, 1);
	for (unsigned i = 1; i < 9; i++) {
		list_cache_turn(&cache, 0);
		ask(&cache, i, COUNT);
		assert_non_null(ask(&cache, i, COUNT));
	}
	assert_false(is_kept(&cache, 0, COUNT));
	list_cache_release(&cache);
}

enum { THREADS = 4, ROUNDS = 300 };

/* Searches of a few lists each, in a cache that holds a third of them; what is held stays as it is. */
static int search(void *context, unsigned worker, size_t task, size_t slot, struct err *err)
{
	struct list_cache *cache = context;
	struct kept_list *held[5];
	unsigned numbers[5];

	(void)task;
	(void)slot;
	(void)err;
	for (unsigned round = 0; round < ROUNDS; round++) {
		list_cache_turn(cache, worker);
		for (unsigned i = 0; i < 5; i++) {
			numbers[i] = (round * 7 + i * 11 + worker) % LISTS;
			held[i] = ask(cache, numbers[i], COUNT);
		}
		for (unsigned i = 0; i < 5; i++)
			if (held[i] && held[i]->decoded.numbers[0] != numbers[i])
				return -1;
		list_cache_rest(cache, worker);
	}
	return 0;
}

static void threads_share_it(void **state)
{
	struct list_cache cache = EMPTY(LISTS / 3 * bytes_of(COUNT));
	struct pipeline pipeline = {.tasks = THREADS, .jobs = THREADS, .context = &cache, .work = search};
	struct err err = {0};

	(void)state;
	assert_int_equal(pipeline_run(&pipeline, &err), 0);
	list_cache_release(&cache);
}

static void without_memory_nothing_is_kept(void **state)
{
	struct list_cache cache = EMPTY(1 << 20);
	bool worth;

	(void)state;
	heap_fail(1, true);
	for (unsigned i = 0; i < 3; i++)
		assert_null(ask(&cache, 0, COUNT));
	heap_heal();
	assert_null(ask(&cache, 0, COUNT));
	heap_fail(1, true);
	assert_null(list_cache_find(&cache, key_of(0, COUNT), &worth));
	assert_true(worth);
	assert_null(list_cache_add(&cache, key_of(0, COUNT), false, 0));
	heap_heal();
	assert_non_null(ask(&cache, 0, COUNT));
	list_cache_release(&cache);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_list_is_kept_when_it_comes_back),
		cmocka_unit_test(other_sizes_are_other_lists),
		cmocka_unit_test(short_lists_are_not_kept),
		cmocka_unit_test(without_a_limit_nothing_is_kept),
		cmocka_unit_test(the_oldest_go),
		cmocka_unit_test(what_came_last_is_kept),
		cmocka_unit_test(lists_of_this_turn_stay),
		cmocka_unit_test(parts_do_not_overlap),
		cmocka_unit_test(a_list_above_the_limit_is_not_kept),
		cmocka_unit_test(what_could_not_be_filled_is_not_found),
		cmocka_unit_test(lists_of_any_user_stay),
		cmocka_unit_test(threads_share_it),
		cmocka_unit_test(without_memory_nothing_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
