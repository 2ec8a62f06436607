#include "collocation.h"

#include "count_table.h"
#include "function_word.h"
#include "mem.h"
#include "spread.h"

#include <math.h>
#include <stdlib.h>

/* Fewer times is chance. */
enum { COUNT_MIN = 5 };

/* Bits. Below, phrases that anybody could make come in; above, words of frequent parts (数据|源) are lost. */
#define COHESION_MIN 4.0

/* Bits: at least two neighbours on both sides, as likely as each other. */
#define FREEDOM_MIN 1.0

/* What a word of one character is worth: 35 of the first 50 words of the manuals of TiDB have one. */
#define SPLINTER 2.0

struct candidate {
	struct span text;
	uint32_t words;
	uint8_t ends[COLLOCATION_WORDS]; /* of each word, in bytes */
	bool splinter;
	uint32_t count;
	double sides[2]; /* sum of n * log2(n) over the words before, and behind */
};

struct collocation_miner {
	bool again;
	uint64_t total;           /* words */
	struct count_table words; /* and pairs */
	struct count_table neighbours;
	struct arena texts;
	struct buf candidates; /* array of struct candidate */
	uint32_t *places;      /* hash table: number of a candidate, plus 1 */
};

enum { PLACES = COLLOCATION_MAX * 2 };

struct collocation_miner *collocation_miner_new(struct err *err)
{
	struct collocation_miner *miner = mem_zero(1, sizeof *miner);

	if (!miner)
		err_memory(err, "look for words");
	return miner;
}

void collocation_miner_free(struct collocation_miner *miner)
{
	if (!miner)
		return;
	count_table_release(&miner->words);
	count_table_release(&miner->neighbours);
	arena_release(&miner->texts);
	buf_release(&miner->candidates);
	mem_free(miner->places);
	mem_free(miner);
}

void collocation_again(struct collocation_miner *miner)
{
	miner->again = true;
}

/* Of a text of so many words. */
static uint64_t key_of(struct span text, unsigned words)
{
	uint64_t key = checksum_64(text) + spread(words);

	return key ? key : 1;
}

static struct span join(const struct token *first, const struct token *last)
{
	return (struct span){first->text.p, (size_t)(last->text.p + last->text.n - first->text.p)};
}

/* May it be in a candidate? */
static bool is_part(const struct token *token)
{
	return token->kind == TOKEN_WORD && token->han && !is_function_word(token->text);
}

static bool touch(const struct token *a, const struct token *b)
{
	return a->text.p + a->text.n == b->text.p;
}

static void count_words(struct collocation_miner *m, const struct token *tokens, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (!is_part(&tokens[i]))
			continue;
		m->total++;
		count_table_add(&m->words, key_of(tokens[i].text, 1));
		if (i + 1 < count && is_part(&tokens[i + 1]) && touch(&tokens[i], &tokens[i + 1]))
			count_table_add(&m->words, key_of(join(&tokens[i], &tokens[i + 1]), 2));
	}
}

/* How much more often than by chance, in bits. */
static double information(const struct collocation_miner *m, double whole, double a, double b)
{
	return a > 0 && b > 0 ? log2(whole * (double)m->total / (a * b)) : 0;
}

static bool stick(const struct collocation_miner *m, const struct token *a, const struct token *b)
{
	uint32_t together;

	if (!is_part(a) || !is_part(b) || !touch(a, b))
		return false;
	together = count_table_get(&m->words, key_of(join(a, b), 2));
	return together >= COUNT_MIN && information(m, together, count_table_get(&m->words, key_of(a->text, 1)),
						    count_table_get(&m->words, key_of(b->text, 1))) >= COHESION_MIN;
}

static struct candidate *new_candidate(struct collocation_miner *m, const struct token *tokens, unsigned words)
{
	struct candidate candidate = {.text = arena_copy(&m->texts, join(&tokens[0], &tokens[words - 1])),
				      .words = words};

	for (unsigned i = 0; i < words; i++) {
		candidate.ends[i] = (uint8_t)(tokens[i].text.p + tokens[i].text.n - tokens[0].text.p);
		candidate.splinter |= tokens[i].text.n <= 4;
	}
	buf_add(&m->candidates, &candidate, sizeof candidate);
	if (m->candidates.failed || m->texts.failed)
		return NULL;
	return &BUF_AT(&m->candidates, struct candidate, BUF_COUNT(&m->candidates, struct candidate) - 1);
}

static struct candidate *look_up(const struct collocation_miner *m, struct span text, unsigned words, size_t *place)
{
	*place = (size_t)key_of(text, words) & (PLACES - 1);
	for (; m->places[*place]; *place = (*place + 1) & (PLACES - 1)) {
		struct candidate *candidate = &BUF_AT(&m->candidates, struct candidate, m->places[*place] - 1);

		if (candidate->words == words && span_equal(candidate->text, text))
			return candidate;
	}
	return NULL;
}

/* n * log2(n) of one occurrence more. */
static double step(uint32_t count)
{
	return count > 1 ? count * log2(count) - (count - 1) * log2(count - 1) : 0;
}

/* Nothing that touches is another neighbour each time. */
static void count_neighbour(struct collocation_miner *m, struct candidate *candidate, unsigned side,
			    const struct token *neighbour)
{
	uint64_t keys[2] = {key_of(candidate->text, candidate->words + 8 * side), 0};

	if (!neighbour)
		return;
	keys[1] = key_of(neighbour->text, 1);
	candidate->sides[side] +=
		step(count_table_add(&m->neighbours, key_of((struct span){(const char *)keys, sizeof keys}, 1)));
}

static void count_candidate(struct collocation_miner *m, const struct token *tokens, size_t count, size_t at,
			    unsigned words)
{
	struct span text = join(&tokens[at], &tokens[at + words - 1]);
	const struct token *before = at > 0 && touch(&tokens[at - 1], &tokens[at]) ? &tokens[at - 1] : NULL;
	const struct token *behind = NULL;
	size_t place;
	struct candidate *candidate = look_up(m, text, words, &place);

	if (text.n > UINT8_MAX)
		return;
	if (!candidate && BUF_COUNT(&m->candidates, struct candidate) < COLLOCATION_MAX) {
		candidate = new_candidate(m, tokens + at, words);
		if (candidate)
			m->places[place] = (uint32_t)BUF_COUNT(&m->candidates, struct candidate);
	}
	if (!candidate)
		return;
	if (at + words < count && touch(&tokens[at + words - 1], &tokens[at + words]))
		behind = &tokens[at + words];
	candidate->count++;
	count_neighbour(m, candidate, 0, before);
	count_neighbour(m, candidate, 1, behind);
}

static void count_candidates(struct collocation_miner *m, const struct token *tokens, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (unsigned words = 2; words <= COLLOCATION_WORDS && i + words <= count; words++) {
			if (!stick(m, &tokens[i + words - 2], &tokens[i + words - 1]))
				break;
			count_candidate(m, tokens, count, i, words);
		}
}

int collocation_add(struct collocation_miner *m, const struct token *tokens, size_t count, struct err *err)
{
	if (!m->again)
		count_words(m, tokens, count);
	else if (!m->places)
		m->places = mem_zero(PLACES, sizeof *m->places);
	if (m->again && m->places)
		count_candidates(m, tokens, count);
	return m->words.failed || m->neighbours.failed || m->candidates.failed || m->texts.failed ||
			       (m->again && !m->places)
		       ? err_memory(err, "look for words")
		       : 0;
}

/* How often the words from `first` to `end` of the candidate come. */
static double part_count(const struct collocation_miner *m, const struct candidate *whole, unsigned first, unsigned end)
{
	size_t start = first ? whole->ends[first - 1] : 0;
	struct span text = {whole->text.p + start, whole->ends[end - 1] - start};
	const struct candidate *part;
	size_t place;

	if (end - first == 1)
		return count_table_get(&m->words, key_of(text, 1));
	part = look_up(m, text, end - first, &place);
	return part ? part->count : count_table_get(&m->words, key_of(text, end - first));
}

static double cohesion(const struct collocation_miner *m, const struct candidate *c)
{
	double least = INFINITY;

	for (unsigned i = 1; i < c->words; i++)
		least = fmin(least, information(m, c->count, part_count(m, c, 0, i), part_count(m, c, i, c->words)));
	return least;
}

/* log2(n) less the mean of log2 over neighbours. */
static double freedom(const struct candidate *c)
{
	return log2(c->count) - fmax(c->sides[0], c->sides[1]) / c->count;
}

static double score(const struct collocation_miner *m, const struct candidate *c)
{
	double cohesive = cohesion(m, c);
	double free = freedom(c);

	if (c->count < COUNT_MIN || cohesive < COHESION_MIN || free < FREEDOM_MIN)
		return 0;
	return cohesive * free * log2(c->count) * (c->splinter ? SPLINTER : 1);
}

static int better_first(const void *a, const void *b)
{
	const struct collocation *x = a;
	const struct collocation *y = b;

	if (x->score != y->score)
		return x->score < y->score ? 1 : -1;
	return span_compare(x->text, y->text);
}

int collocation_rank(struct collocation_miner *m, size_t limit, struct arena *arena, struct collocation **out,
		     size_t *count, struct err *err)
{
	size_t n = BUF_COUNT(&m->candidates, struct candidate);

	*count = 0;
	*out = arena_array(arena, n, sizeof **out);
	if (!*out)
		return err_memory(err, "look for words");
	for (size_t i = 0; i < n; i++) {
		const struct candidate *c = &BUF_AT(&m->candidates, struct candidate, i);
		struct collocation found = {c->text, c->count, score(m, c)};

		if (found.score > 0)
			(*out)[(*count)++] = found;
	}
	if (*count)
		qsort(*out, *count, sizeof **out, better_first);
	*count = *count < limit ? *count : limit;
	return 0;
}
