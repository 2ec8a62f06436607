#include "sieve.h"

#include "random.h"
#include "unit.h"

enum { SECTIONS = 4000, ATOMS = 40 };

/* A sweep of random lists: an atom a word, with one list or two that share no section. */
struct made {
	struct arena arena;
	struct atoms atoms;
	struct atom items[ATOMS];
	struct list_cursor cursors[2 * ATOMS];
	struct sweep_list lists[2 * ATOMS];
	struct match_request request;
	struct sweep sweep;
	struct sieve sieve;
};

static double random_part(uint64_t *seed)
{
	return (1 + random_below(seed, 1000)) / 1000.0;
}

static void add_list(struct made *made, size_t atom, double most)
{
	size_t n = made->sweep.list_count++;

	made->cursors[n] = (struct list_cursor){.layer = LAYER_WORDS};
	made->lists[n] = (struct sweep_list){.list = &made->cursors[n],
					     .set = arena_array(&made->arena, made->sweep.words, sizeof(uint64_t)),
					     .atom = atom,
					     .most = most};
}

static void add_atom(struct made *made, size_t atom, uint64_t *seed)
{
	unsigned lists = 1 + random_below(seed, 2);
	uint32_t apart = 1 + random_below(seed, 20);

	for (unsigned i = 0; i < lists; i++)
		add_list(made, atom, random_part(seed) * 10);
	for (uint32_t n = 0; n < SECTIONS; n += 1 + random_below(seed, apart)) {
		struct sweep_list *list = &made->lists[made->sweep.list_count - 1 - random_below(seed, lists)];

		number_set_add((uint64_t *)list->set, n);
	}
	made->items[atom].word = (unsigned)atom;
	made->atoms.idf[atom] = random_part(seed) * 8;
	if (atom == 0 || random_below(seed, 4)) {
		made->atoms.content |= (uint64_t)1 << atom;
		made->atoms.content_idf += made->atoms.idf[atom];
	}
}

static void make(struct made *made, size_t atoms, uint64_t *seed)
{
	struct err err = {0};

	*made = (struct made){.atoms.items = made->items, .atoms.count = atoms};
	made->request = (struct match_request){.atoms = &made->atoms, .arena = &made->arena};
	made->sweep = (struct sweep){
		.request = &made->request, .lists = made->lists, .words = number_set_words(SECTIONS), .err = &err};
	for (size_t i = 0; i < atoms; i++)
		add_atom(made, i, seed);
	assert_int_equal(sieve_init(&made->sieve, &made->sweep, &err), 0);
}

static double bound_of(const struct made *made, uint32_t section)
{
	uint64_t matched = 0;
	double most = 0;

	for (size_t i = 0; i < made->sweep.list_count; i++) {
		if (!number_set_has(made->lists[i].set, section))
			continue;
		most += made->lists[i].most;
		matched |= (uint64_t)1 << made->lists[i].atom;
	}
	return most * (1 - COVERAGE_WEIGHT * (1 - atoms_coverage(&made->atoms, matched)));
}

/* Every section that can reach the score stays, and with `only` no other. */
static void check(struct made *made, double score, bool only)
{
	uint64_t *from = arena_array(&made->arena, made->sweep.words, sizeof *from);
	uint64_t left[NUMBER_SET_STEP];

	for (uint32_t n = 0; n < SECTIONS; n += n % 7 ? 1 : 2)
		number_set_add(from, n);
	sieve_set(&made->sieve, score);
	for (size_t at = 0; at < made->sweep.words; at += NUMBER_SET_STEP) {
		sieve_pass(&made->sieve, from, at, left);
		for (uint32_t n = 0; n < 64 * NUMBER_SET_STEP && 64 * at + n < SECTIONS; n++) {
			uint32_t section = (uint32_t)(64 * at) + n;
			double bound = bound_of(made, section);

			if (!number_set_has(from, section))
				assert_false(number_set_has(left, n));
			else if (bound >= score)
				assert_true(number_set_has(left, n));
			else if (only && bound < score * (1 - 1e-6))
				assert_false(number_set_has(left, n));
		}
	}
}

static void leaves_those_that_can_reach_the_score(void **state)
{
	static struct made made;
	uint64_t seed = 5;

	(void)state;
	for (int round = 0; round < 200; round++) {
		/* of so few lists all groups have room */
		make(&made, 1 + random_below(&seed, 4), &seed);
		for (int i = 0; i < 5; i++)
			check(&made, random_part(&seed) * 30, true);
		check(&made, bound_of(&made, random_below(&seed, SECTIONS)) + 1e-300, true);
		arena_release(&made.arena);
	}
}

/* With so many lists that groups are cut short, it keeps more; it forgets none. */
static void forgets_none_of_many_lists(void **state)
{
	static struct made made;
	uint64_t seed = 6;

	(void)state;
	for (int round = 0; round < 20; round++) {
		make(&made, 5 + random_below(&seed, ATOMS - 4), &seed);
		for (int i = 0; i < 5; i++)
			check(&made, random_part(&seed) * 100, false);
		check(&made, 1e9, true);
		arena_release(&made.arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(leaves_those_that_can_reach_the_score),
		cmocka_unit_test(forgets_none_of_many_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
