#include "synonym_cache.h"

#include "heap.h"
#include "unit.h"

#include <stdio.h>

enum { KEYS = 3000 }; /* several a slot */

static struct span key_of(unsigned number, char room[32])
{
	return (struct span){room, (size_t)snprintf(room, 32, "key %u", number)};
}

static void add(struct synonym_cache *cache, unsigned number, size_t bytes)
{
	struct synonym_entry entry = {.count = number, .inexact = number % 2};
	char room[32];

	synonym_cache_add(cache, key_of(number, room), &entry, bytes);
}

static bool has(const struct synonym_cache *cache, unsigned number)
{
	char room[32];
	const struct synonym_entry *entry = synonym_cache_find(cache, key_of(number, room));

	if (!entry)
		return false;
	assert_int_equal(entry->count, number);
	assert_int_equal(entry->inexact, number % 2);
	return true;
}

static void what_was_added_is_found(void **state)
{
	struct synonym_cache cache = {.on = true};

	(void)state;
	for (unsigned i = 0; i < KEYS; i += 2)
		add(&cache, i, 0);
	synonym_cache_turn(&cache);
	for (unsigned i = 0; i < KEYS; i++)
		assert_int_equal(has(&cache, i), i % 2 == 0);
	synonym_cache_release(&cache);
}

static void nothing_is_kept_until_it_is_switched_on(void **state)
{
	struct synonym_cache cache = {0};

	(void)state;
	add(&cache, 1, 0);
	assert_false(has(&cache, 1));
	synonym_cache_turn(&cache);
	assert_false(cache.on);
	synonym_cache_release(&cache);
}

/* Not before the search is over that filled it: its lists are there. */
static void a_full_one_begins_anew(void **state)
{
	struct synonym_cache cache = {.on = true};

	(void)state;
	add(&cache, 1, SYNONYM_CACHE_BYTES);
	add(&cache, 2, 0);
	assert_true(has(&cache, 1) && has(&cache, 2));
	synonym_cache_turn(&cache);
	assert_false(has(&cache, 1) || has(&cache, 2));
	assert_true(cache.on);
	add(&cache, 3, 0);
	synonym_cache_turn(&cache);
	assert_true(has(&cache, 3));
	synonym_cache_release(&cache);
}

static void without_memory_nothing_is_kept(void **state)
{
	struct synonym_cache cache = {.on = true};

	(void)state;
	heap_fail(1, true);
	add(&cache, 1, 0);
	assert_true(heap_heal());
	assert_false(has(&cache, 1));
	synonym_cache_turn(&cache);
	add(&cache, 1, 0);
	assert_true(has(&cache, 1));
	synonym_cache_release(&cache);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_added_is_found),
		cmocka_unit_test(nothing_is_kept_until_it_is_switched_on),
		cmocka_unit_test(a_full_one_begins_anew),
		cmocka_unit_test(without_memory_nothing_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
