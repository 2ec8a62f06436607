#include "sweep_score.h"

#include "processor.h"
#include "sieve.h"
#include "spread.h"

#include <math.h>

/* So many shares of words are remembered, a power of two: few queries have more than some dozens of sets of words. */
enum { SHARES = 64 };

/* So many postings of a list are looked at, at most, for sections to begin with. */
enum { FIRST_POSTINGS = 256 };

/* As many sections as are looked at together, at most. */
enum { STEP_SECTIONS = 64 * NUMBER_SET_STEP };

/* By how much the score to reach must have grown for setting the sieve to be worth it. */
#define WORTH_SETTING 1.1

struct share {
	uint64_t matched; /* 0: none yet */
	double share;     /* what coverage leaves of a sum */
};

struct scorer {
	struct sweep *sweep;
	struct top *top;
	struct sieve sieve;
	const unsigned char *bare; /* bit set of the sections with nothing to read */
	enum tier tier;            /* of the sections that are looked at and have text */
	bool fast;                 /* the processor counts bits */
	double limits[2];          /* what one of them, and of the bare ones, must reach to enter the top */
	struct share shares[SHARES];
	struct sweep_list **unscored; /* lists whose scores are not known: that which can add most first */
	size_t unscored_count;
	/* of a step: */
	size_t count;
	uint32_t sections[STEP_SECTIONS];
	uint16_t members[STEP_SECTIONS]; /* of these, those in the list at hand */
	double sums[STEP_SECTIONS];      /* what each scores, or can score at most, before its share */
};

static int no_memory(struct sweep *s)
{
	return err_memory(s->err, "search");
}

/* What a section of the tier must reach to enter the top. */
static double limit_of(const struct scorer *x, enum tier tier)
{
	const struct candidate *worst = top_worst(x->top);

	if (!worst || worst->tier > tier)
		return 0;
	return worst->tier < tier ? (double)INFINITY : worst->score;
}

static void set_limits(struct scorer *x)
{
	x->limits[0] = limit_of(x, x->tier);
	x->limits[1] = limit_of(x, x->tier + 1);
}

static double share_of(struct scorer *x, uint64_t matched)
{
	struct share *share = &x->shares[spread(matched) >> 58 & (SHARES - 1)];

	if (share->matched != matched)
		*share = (struct share){matched, bm25_share(atoms_coverage(x->sweep->request->atoms, matched))};
	return share->share;
}

/* Where the section, which is in the list, stands in it. */
static uint32_t position(const struct sweep_list *list, uint32_t section)
{
	if (list->ranks)
		return number_set_before(list->set, list->ranks, section);
	return posting_find(list->postings.numbers, list->postings.cursor->count, section);
}

/* Scores a section in the lists of which that is not known, those that can add most first, as long as it may reach the limit; its
 * lists add `most` at the most. 1, or 0 when it cannot. */
static int score_lists(struct scorer *x, uint32_t section, double most, double limit)
{
	struct sweep *s = x->sweep;
	const unsigned char *lengths = segment_lengths(s->segment, section, s->err);

	if (!lengths)
		return -1;
	for (size_t i = 0; i < x->unscored_count && most >= limit; i++) {
		struct sweep_list *list = x->unscored[i];
		uint32_t value;

		list->score = 0;
		if (!number_set_has(list->set, section))
			continue;
		if (posting_array_value(&list->postings, position(list, section), &value) < 0)
			return segment_damaged_postings(s->segment, list->list->layer, s->err);
		if (list_cursor_rate(list->list, value, lengths, &list->score, s->err) < 0)
			return -1;
		most -= list->most - list->score;
	}
	return most >= limit;
}

/* Is the section in a list whose scores are not known? */
static bool is_unscored(const struct scorer *x, uint32_t section)
{
	for (size_t i = 0; i < x->unscored_count; i++)
		if (number_set_has(x->unscored[i]->set, section))
			return true;
	return false;
}

/* What a list whose scores are known adds. */
static double score_in(const struct sweep_list *list, uint32_t section)
{
	return number_set_has(list->set, section) ? list->list->factor * list->scores[position(list, section)] : 0;
}

/* The sum over the lists in their order, so that it is the same sum everywhere. */
static double sum_up(const struct sweep *s, uint32_t section)
{
	double sum = 0;

	for (size_t i = 0; i < s->list_count; i++)
		sum += s->lists[i].scores ? score_in(&s->lists[i], section) : s->lists[i].score;
	return sum;
}

static uint64_t find_words(const struct sweep *s, uint32_t section)
{
	uint64_t matched = 0;

	for (size_t i = 0; i < s->request->query->word_count; i++)
		matched |= (uint64_t)number_set_has(s->stands[i], section) << i;
	return matched;
}

/* Puts the section, whose lists add `most`, or at the most, into the top if it belongs there. */
static int consider(struct scorer *x, uint32_t section, double most)
{
	const struct sweep *s = x->sweep;
	bool bare = section_table_is_bare(x->bare, section);
	struct candidate candidate;
	uint64_t matched;
	double share;

	if (most * BOUND_SLACK < x->limits[bare])
		return 0;
	matched = find_words(s, section);
	share = share_of(x, matched);
	if (most * share * BOUND_SLACK < x->limits[bare])
		return 0;
	if (is_unscored(x, section)) {
		int reaches = score_lists(x, section, most, x->limits[bare] / (share * BOUND_SLACK));

		if (reaches <= 0)
			return reaches;
		most = sum_up(s, section);
	}
	candidate = (struct candidate){.score = most * share,
				       .matched = matched,
				       .section = section,
				       .part = s->part,
				       .tier = x->tier + bare,
				       .full = !(s->request->atoms->content & ~matched)};
	top_add(x->top, &candidate);
	set_limits(x);
	return 0;
}

/* What a list adds to each of the sections, without a branch: nobody could foretell it. */
__attribute__((always_inline)) static inline void add_ranked(struct scorer *x, const struct sweep_list *list)
{
	const uint64_t *set = list->set;
	const uint32_t *ranks = list->ranks;
	const double *scores = list->scores;
	double factors[2] = {0, list->list->factor};

	for (size_t i = 0; i < x->count; i++) {
		uint32_t section = x->sections[i];
		uint32_t at = number_set_before(set, ranks, section);

		x->sums[i] += factors[number_set_has(set, section)] * scores[at];
	}
}

#if defined __x86_64__ && defined __GNUC__
__attribute__((target("popcnt"))) static void add_ranked_fast(struct scorer *x, const struct sweep_list *list)
{
	add_ranked(x, list);
}
#else
#define add_ranked_fast add_ranked
#endif

/* Which of the sections are in the set: how many. Without a branch, too. */
static size_t find_members(struct scorer *x, const uint64_t *set)
{
	size_t count = 0;

	for (size_t i = 0; i < x->count; i++) {
		x->members[count] = (uint16_t)i;
		count += number_set_has(set, x->sections[i]);
	}
	return count;
}

static void add_list(struct scorer *x, const struct sweep_list *list)
{
	size_t count;

	if (list->scores && list->ranks) {
		if (x->fast)
			add_ranked_fast(x, list);
		else
			add_ranked(x, list);
		return;
	}
	count = find_members(x, list->set);
	for (size_t i = 0; i < count; i++) {
		uint32_t section = x->sections[x->members[i]];

		x->sums[x->members[i]] +=
			list->scores ? list->list->factor * list->scores[position(list, section)] : list->most;
	}
}

/* Lists the members of a step of a set, which begins with word `at`. */
static void find_sections(struct scorer *x, const uint64_t *set, size_t at)
{
	x->count = 0;
	for (size_t i = 0; i < NUMBER_SET_STEP; i++)
		for (uint64_t rest = set[i]; rest; rest &= rest - 1)
			x->sections[x->count++] = (uint32_t)((at + i) * 64 + (unsigned)__builtin_ctzll(rest));
}

/* Considers the sections found, which are of the step that begins with word `at` of `set`; NULL: of any. */
static int consider_found(struct scorer *x, const uint64_t *set, size_t at)
{
	const struct sweep *s = x->sweep;

	memset(x->sums, 0, x->count * sizeof *x->sums);
	for (size_t i = 0; i < s->list_count && x->count; i++)
		if (!set || number_set_meet(s->lists[i].set + at, set))
			add_list(x, &s->lists[i]);
	for (size_t i = 0; i < x->count; i++)
		if (consider(x, x->sections[i], x->sums[i]) < 0)
			return -1;
	return 0;
}

/* Sections of the lists that can add most, taken out of the set: until the top is full, and as many again. */
static void find_first(struct scorer *x, uint64_t *set)
{
	uint64_t left = 2 * x->top->limit < STEP_SECTIONS ? 2 * x->top->limit : STEP_SECTIONS;

	x->count = 0;
	for (size_t i = 0; i < x->sieve.item_count; i++) {
		for (unsigned k = 0; k < x->sieve.items[i].count; k++) {
			const struct posting_array *postings = &x->sieve.items[i].lists[k]->postings;
			uint32_t count =
				postings->cursor->count < FIRST_POSTINGS ? postings->cursor->count : FIRST_POSTINGS;

			for (uint32_t n = 0; n < count && x->count < left; n++) {
				uint32_t section = postings->numbers[n];

				x->sections[x->count] = section;
				x->count += number_set_has(set, section);
				number_set_drop(set, section);
			}
		}
	}
}

/* All of the set, which is used up: sections of one tier, or bare and of the one behind it. */
static int consider_all(struct scorer *x, uint64_t *set, enum tier tier)
{
	uint64_t left[NUMBER_SET_STEP];

	x->tier = tier;
	set_limits(x);
	if (x->limits[0] == (double)INFINITY)
		return 0;
	find_first(x, set);
	if (consider_found(x, NULL, 0) < 0)
		return -1;
	for (size_t at = 0; at < x->sweep->words; at += NUMBER_SET_STEP) {
		bool sieved = x->limits[0] > 0;

		if (sieved && x->limits[0] > x->sieve.score * WORTH_SETTING)
			sieve_set(&x->sieve, x->limits[0]);
		if (sieved)
			sieve_pass(&x->sieve, set, at, left);
		find_sections(x, sieved ? left : set + at, at);
		if (consider_found(x, sieved ? left : set + at, at) < 0)
			return -1;
	}
	return x->top->heap.failed ? no_memory(x->sweep) : 0;
}

/* All of a better tier come first. */
static int consider_tiers(struct scorer *x, bool some)
{
	struct sweep *s = x->sweep;

	if (!some)
		return consider_all(x, s->whole, TIER_FULL);
	if (sweep_find_some(s) < 0)
		return -1;
	if (!match_whole_first(s->request->rule, s->request->atoms))
		return consider_all(x, s->some, TIER_FULL);
	number_set_without(s->some, s->whole, s->words);
	if (consider_all(x, s->whole, TIER_FULL) < 0)
		return -1;
	x->sieve.score = 0;
	return consider_all(x, s->some, TIER_PARTIAL);
}

static void add_unscored(struct scorer *x, struct sweep_list *list)
{
	size_t k = x->unscored_count++;

	for (; k > 0 && x->unscored[k - 1]->most < list->most; k--)
		x->unscored[k] = x->unscored[k - 1];
	x->unscored[k] = list;
}

static int init(struct scorer *x, struct sweep *s, struct top *top)
{
	x->sweep = s;
	x->top = top;
	x->fast = processor_has_fast_bits();
	memset(x->shares, 0, sizeof x->shares);
	x->unscored_count = 0;
	x->unscored = arena_alloc(s->request->arena, (s->list_count + 1) * sizeof(struct sweep_list *));
	if (!x->unscored)
		return no_memory(s);
	for (size_t i = 0; i < s->list_count; i++)
		if (!s->lists[i].scores)
			add_unscored(x, &s->lists[i]);
	if (section_table_bare(&s->segment->sections, &x->bare, s->err) < 0)
		return -1;
	return sieve_init(&x->sieve, s, s->err);
}

int sweep_score(struct sweep *s, bool some, struct top *top)
{
	struct scorer *x = arena_alloc(s->request->arena, sizeof *x);

	if (!x)
		return no_memory(s);
	return init(x, s, top) < 0 ? -1 : consider_tiers(x, some);
}
