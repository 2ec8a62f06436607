#include "substring.h"

#include "copies.h"
#include "match_walk.h"

/* Texts that are looked at before a search may stop, so that most totals are exact: 20 us each, if in frames of their own. What has
 * blanks hardly ever stands as text where its words do not: of 46 such headings, searched in the manual that they are from, 1,578
 * texts had all grams and no whole match, 1,188 of them for one (top n 信息), and none held the heading. Its pieces are looked for
 * as far as a text without blanks, but only where nothing else is whole: half of it in the order of the files, and where that is
 * not all, as much in the sections with one of the two rarest words, which score highest. */
enum { LOOKS = 1000, LOOKS_BLANKS = 16, LOOKS_PIECES = LOOKS / 2, LOOKS_WORD = LOOKS_PIECES / 2 };

#define BLANKS " \t\n\v\f\r"

static int no_memory(struct search_job *x)
{
	return err_memory(x->err, "search");
}

struct literal substring_literal(const struct search_job *x)
{
	const struct search_request *request = x->request;

	/* What folds to nothing (a zero-width space) can only be compared as bytes. */
	return (struct literal){.folded = x->query.literal_folded,
				.exact = x->query.literal,
				.titles = request->titles,
				.shared = !request->batch,
				.fold = !request->exact && x->query.literal_folded.n > 0};
}

/* Is everything to be found? */
static bool wants_all(const struct search_job *x)
{
	return x->shown == 0 || x->request->exact_total;
}

static bool has_blank(struct span text)
{
	return memchr(text.p, ' ', text.n);
}

/* The pieces of the query between its blanks, each with the next; NULL: there are no two, or too many, or no memory. */
static const struct literal *make_pieces(struct search_job *x)
{
	struct literal *pieces = arena_array(x->arena, LITERAL_MOST, sizeof *pieces);
	struct span left = x->query.literal_folded;
	size_t count = 0;

	for (; pieces && (left = span_trim(left, BLANKS)).n; count++) {
		size_t n = 0;

		while (n < left.n && !memchr(BLANKS, left.p[n], sizeof BLANKS - 1))
			n++;
		if (count == LITERAL_MOST)
			return NULL;
		pieces[count] = (struct literal){.folded = {left.p, n}, .fold = true, .shared = !x->request->batch};
		if (count)
			pieces[count - 1].with = &pieces[count];
		left = (struct span){left.p + n, left.n - n};
	}
	return count > 1 ? pieces : NULL;
}

/* `sections`: an array of uint32_t. 1: there may be more. */
static int find(struct search_job *x, uint32_t part, const struct literal *literal, struct buf *sections)
{
	int status;

	buf_reset(sections);
	status = literal_find(x->parts->indexes[part], x->parts->segments[part], literal, x->arena, sections, x->err);
	x->inexact |= status > 0;
	return status;
}

static int add_hits(struct search_job *x, uint32_t part, struct literal *literal, struct buf *sections)
{
	literal->among = x->filters[part].allowed;
	literal->looks = wants_all(x) ? 0 : LOOKS;
	literal->enough = x->shown > x->counts.matching ? x->shown - x->counts.matching : 1;
	if (find(x, part, literal, sections) < 0)
		return -1;
	for (size_t i = 0; i < BUF_COUNT(sections, uint32_t); i++) {
		struct candidate candidate = {
			.score = 1, .section = BUF_AT(sections, uint32_t, i), .part = part, .full = true};

		x->counts.matching++;
		number_set_add(x->matches[part], candidate.section);
		top_add(&x->top, &candidate);
	}
	return x->top.heap.failed ? no_memory(x) : 0;
}

int substring_search(struct search_job *x)
{
	struct literal literal = substring_literal(x);
	struct buf sections = {0};
	int status = 0;

	x->mode = MODE_LITERAL;
	search_job_forget(x, x->shown);
	for (uint32_t i = 0; i < x->parts->count && status == 0; i++)
		status = add_hits(x, i, &literal, &sections);
	x->counts.full = x->counts.matching;
	buf_release(&sections);
	return status;
}

/* Are so many whole matches fewer hits than are asked for? Copies of one another are one; how many there are matters when a search
 * before had too few hits for them. */
static int are_few(struct search_job *x, uint64_t whole)
{
	uint64_t limit = x->request->limit;

	if (x->widened && whole >= limit && copies_count(x, limit, &whole) < 0)
		return -1;
	return whole < limit;
}

int substring_wanted(struct search_job *x, uint64_t whole, bool raised)
{
	const struct search_request *request = x->request;
	int wanted = 1;

	if (x->query.clause_count || request->titles || request->match == SEARCH_ANY)
		return 0;
	if (!wants_all(x) && !raised)
		wanted = are_few(x, whole);
	x->inexact |= !wanted;
	return wanted;
}

/* What is allowed and no match yet: where to look. */
static uint64_t *others(struct search_job *x, uint32_t part)
{
	struct segment_reader *segment = x->parts->segments[part];
	uint64_t *left = section_set_new(x->arena, segment, true);

	if (!left) {
		no_memory(x);
		return NULL;
	}
	if (x->filters[part].allowed)
		number_set_and(left, x->filters[part].allowed, section_set_words(segment));
	number_set_without(left, x->matches[part], section_set_words(segment));
	return left;
}

/* They are found: nobody is to find them again. */
static int take(struct search_job *x, uint32_t part, const struct buf *sections)
{
	struct filter *filter = &x->filters[part];

	if (sections->n && !filter->allowed)
		filter->allowed = section_set_new(x->arena, x->parts->segments[part], true);
	if (sections->n && !filter->allowed)
		return no_memory(x);
	for (size_t i = 0; i < BUF_COUNT(sections, uint32_t); i++) {
		struct substring substring = {.part = part, .section = BUF_AT(sections, uint32_t, i)};

		number_set_drop(filter->allowed, substring.section);
		buf_add(&x->substrings, &substring, sizeof substring);
	}
	return x->substrings.failed ? no_memory(x) : 0;
}

/* The text; where it is nowhere, its pieces: 1, or 0 when it has none. */
static int choose(struct search_job *x, struct literal *literal)
{
	*literal = substring_literal(x);
	literal->looks = wants_all(x) ? 0 : has_blank(literal->folded) ? LOOKS_BLANKS : LOOKS;
	if (x->counts.full)
		return 1;
	x->pieces = make_pieces(x);
	if (!x->pieces)
		return x->arena->failed ? no_memory(x) : 0;
	*literal = *x->pieces;
	literal->looks = wants_all(x) ? 0 : LOOKS_PIECES;
	return 1;
}

/* Of the atoms that stand anywhere the rarest, but for this one; NULL: there is none. */
static const struct atom *rarest(const struct search_job *x, const struct atom *but)
{
	const struct atom *best = NULL;

	for (size_t i = 0; i < x->atoms.count; i++) {
		const struct atom *atom = &x->atoms.items[i];

		if (atom != but && atom->needed && atom->df && (!best || atom->df < best->df))
			best = atom;
	}
	return best;
}

/* Keeps the sections that have the atom. */
static int keep_holders(struct search_job *x, uint32_t part, const struct atom *atom, uint64_t *set)
{
	uint64_t *holders = section_set_new(x->arena, x->parts->segments[part], false);
	struct word_cursor cursor;
	int status = 0;

	if (!holders)
		return no_memory(x);
	if (word_cursor_open(&cursor, atom, x->parts, part, x->bm25, x->arena, x->err) < 0)
		return -1;
	while (status == 0 && cursor.section != LIST_END) {
		number_set_add(holders, cursor.section);
		status = word_cursor_seek(&cursor, cursor.section + 1, x->err);
	}
	number_set_and(set, holders, section_set_words(x->parts->segments[part]));
	return status;
}

static void add_all(uint64_t *set, const struct buf *sections)
{
	for (size_t i = 0; i < BUF_COUNT(sections, uint32_t); i++)
		number_set_add(set, BUF_AT(sections, uint32_t, i));
}

/* Adds to `found` those among the sections that have the atom. */
static int find_holders(struct search_job *x, uint32_t part, struct literal *literal, const struct atom *atom,
			uint64_t *found, struct buf *sections)
{
	uint64_t *among = others(x, part);

	if (!among)
		return -1;
	number_set_without(among, found, section_set_words(x->parts->segments[part]));
	literal->among = among;
	literal->looks = LOOKS_WORD;
	if (keep_holders(x, part, atom, among) < 0 || find(x, part, literal, sections) < 0)
		return -1;
	add_all(found, sections);
	return 0;
}

/* Adds those among the sections that have the rarest words. */
static int find_best(struct search_job *x, uint32_t part, struct literal *literal, struct buf *sections)
{
	uint32_t end = x->parts->segments[part]->meta.section_count;
	uint64_t *found = section_set_new(x->arena, x->parts->segments[part], false);
	const struct atom *first = rarest(x, NULL);
	const struct atom *second = first ? rarest(x, first) : NULL;

	if (!found)
		return no_memory(x);
	add_all(found, sections);
	if ((first && find_holders(x, part, literal, first, found, sections) < 0) ||
	    (second && find_holders(x, part, literal, second, found, sections) < 0))
		return -1;
	buf_reset(sections);
	for (uint32_t i = number_set_next(found, 0, end); i < end; i = number_set_next(found, i + 1, end))
		buf_add(sections, &i, sizeof i);
	return sections->failed ? no_memory(x) : 0;
}

static int find_others(struct search_job *x, uint32_t part, struct literal literal, struct buf *sections)
{
	int more;

	literal.among = others(x, part);
	if (!literal.among)
		return -1;
	more = find(x, part, &literal, sections);
	return more > 0 && x->pieces ? find_best(x, part, &literal, sections) : more;
}

int substring_find(struct search_job *x, bool raised)
{
	struct literal literal;
	struct buf sections = {0};
	int status = choose(x, &literal);

	if (status <= 0)
		return status;
	status = 0;
	x->mixed = raised && !match_whole_first(MATCH_SOME, &x->atoms);
	for (uint32_t i = 0; i < x->parts->count && status == 0; i++) {
		status = find_others(x, i, literal, &sections);
		if (status >= 0)
			status = take(x, i, &sections);
	}
	buf_release(&sections);
	return status;
}

int substring_rank(struct search_job *x)
{
	struct match_request request = search_job_request(x, MATCH_SOME);
	size_t count = BUF_COUNT(&x->substrings, struct substring);
	struct match_walk walk;

	for (size_t i = 0; i < count; i++) {
		const struct substring *substring = &BUF_AT(&x->substrings, struct substring, i);
		bool first = i == 0 || substring[-1].part != substring->part;

		if (first && match_walk_open(&walk, &request, substring->part, &x->top, &x->counts, x->err) < 0)
			return -1;
		walk.whole_first = !x->mixed;
		if (match_add_substring(&walk, substring->section) < 0)
			return -1;
	}
	return x->top.heap.failed ? no_memory(x) : 0;
}
