#include "correction.h"

#include "edit.h"
#include "function_word.h"
#include "homophone.h"
#include "unicode.h"
#include "utf8.h"
#include "variant.h"

/* A slip is in one place or two: a query with more is something else. */
enum { SPOTS = 4, ALTERNATIVES = 3 };

/* What is in so many times fewer sections than the best is not worth a second line: it may be somebody's slip itself. */
enum { RARER = 8 };

/* A piece of the query, and what may stand there instead. */
struct spot {
	uint32_t start;
	uint32_t end;
	struct span texts[ALTERNATIVES];
	int count;
	uint64_t sections; /* that have the first */
};

struct corrector {
	const struct search_job *job;
	struct span text;  /* of the query */
	struct buf tokens; /* its own */
	struct buf scratch;
	struct buf spelt;
	struct spot spots[SPOTS];
	size_t spot_count;
	struct span *found;
	size_t found_count;
	unsigned trials;
};

static struct err *err_of(const struct corrector *s)
{
	return s->job->err;
}

static int no_memory(const struct corrector *s)
{
	return err_memory(err_of(s), "suggest another query");
}

/* Does the query find anything whole? */
static int finds(const struct corrector *s, struct span text, bool literal)
{
	struct search_request request = *s->job->request;
	struct search_job trial = {.request = &request,
				   .parts = s->job->parts,
				   .bm25 = s->job->bm25,
				   .analyzer = s->job->analyzer,
				   .tables = s->job->tables,
				   .origins = s->job->origins,
				   .arena = s->job->arena,
				   .err = s->job->err};
	int status;

	request.query = text;
	request.literal = literal;
	request.match = SEARCH_ALL;
	request.limit = 1;
	request.files = false;
	status = search_job_run(&trial);
	search_job_release(&trial);
	return status < 0 ? -1 : trial.counts.full > 0;
}

static int is_known(const struct corrector *s, struct span word)
{
	uint64_t count;

	return term_count(s->job->parts, LAYER_WORDS, word, &count, err_of(s)) < 0 ? -1 : count > 0;
}

/* The character before `at`, which moves before it; 0 at the start. */
static uint32_t step_back(struct span text, size_t *at)
{
	size_t end = *at;
	uint32_t code;
	bool valid;

	if (end == 0)
		return 0;
	*at = utf8_floor(text, end - 1);
	utf8_next(text.p + *at, end - *at, &code, &valid);
	return code;
}

static bool is_colon(uint32_t code)
{
	return code == ':' || code == 0xFF1A;
}

/* Is [start, end) of the query left out by a minus, or one side of a colon? */
static bool is_apart(struct span text, size_t start, size_t end)
{
	uint32_t before = step_back(text, &start);
	uint32_t after = 0;
	bool valid;

	if (end < text.n)
		utf8_next(text.p + end, text.n - end, &after, &valid);
	if (is_colon(before) || is_colon(after))
		return true;
	if (before != '-' && before != 0xFF0D)
		return false;
	before = step_back(text, &start);
	return before == 0 || unicode_class(before) == CLASS_SPACE;
}

static struct spot *new_spot(struct corrector *s, uint32_t start, uint32_t end)
{
	struct spot *spot = &s->spots[s->spot_count++];

	*spot = (struct spot){.start = start, .end = end};
	return spot;
}

/* The best comes first. */
static void add_text(struct spot *spot, struct span text, uint64_t sections)
{
	if (spot->count == 0)
		spot->sections = sections;
	if (spot->count < ALTERNATIVES && sections * RARER >= spot->sections)
		spot->texts[spot->count++] = text;
}

/* A Latin word that no section has. */
static int look_at_latin(struct corrector *s, const struct token *token)
{
	int known = edit_possible(token->text) ? is_known(s, token->text) : 1;
	struct edit_answer answers[EDIT_ANSWERS];
	struct spot *spot;
	int count;

	if (known || s->spot_count == SPOTS || is_apart(s->text, token->start, token->end))
		return known < 0 ? -1 : 0;
	spot = new_spot(s, token->start, token->end);
	count = edit_find(s->job->parts, token->text, s->job->arena, answers, err_of(s));
	for (int i = 0; i < count; i++)
		add_text(spot, answers[i].text, answers[i].sections);
	return count < 0 ? -1 : 0;
}

/* A run of Han characters, and where in the query each begins; one more for its end. */
struct place {
	struct homophone_run run;
	uint32_t starts[HOMOPHONE_RUN + 1];
};

/* false: it is too long, or has a character that is not one when folded. */
static bool read_run(const struct corrector *s, uint32_t start, uint32_t end, struct place *out)
{
	uint32_t at = start;

	out->run = (struct homophone_run){.count = 0};
	while (at < end) {
		uint32_t folded[UNICODE_FOLD_MAX];
		uint32_t code;
		bool valid;

		if (out->run.count == HOMOPHONE_RUN)
			return false;
		out->starts[out->run.count] = at;
		at += (uint32_t)utf8_next(s->text.p + at, s->text.n - at, &code, &valid);
		if (unicode_fold(code, folded) != 1)
			return false;
		out->run.codes[out->run.count++] = folded[0];
	}
	out->starts[out->run.count] = end;
	return true;
}

/* Do characters of [first, end) of the run stand beside others that they are nowhere beside: all of them, or any? 1, 0, -1. */
static int is_torn(const struct corrector *s, const struct homophone_run *run, unsigned first, unsigned end, bool all)
{
	int torn = 0;

	for (unsigned i = first ? first : 1; i <= end && i < run->count; i++) {
		int pair = homophone_pair(s->job->parts, run->codes[i - 1], run->codes[i], err_of(s));

		if (pair < 0)
			return -1;
		if (pair == all)
			return !all;
		torn = 1;
	}
	return torn && all;
}

/* May the token, which is [first, end) of the run, be a slip? Not a known word of two characters or more. 1, 0, -1. */
static int is_doubtful(const struct corrector *s, const struct token *token, const struct homophone_run *run,
		       unsigned first, unsigned end)
{
	int known = utf8_count(token->text) == 1 ? 0 : is_known(s, token->text);

	return known ? (known < 0 ? -1 : 0) : is_torn(s, run, first, end, is_function_word(token->text));
}

/* Opens the characters of the tokens [first, end) that may be slips: how many, or -1. */
static int open_characters(const struct corrector *s, size_t first, size_t end, struct place *place)
{
	struct homophone_run *run = &place->run;
	unsigned at = 0;
	int opened = 0;

	for (size_t i = first; i < end; i++) {
		const struct token *token = &BUF_AT(&s->tokens, struct token, i);
		unsigned from = at;
		int open;

		while (at < run->count && place->starts[at] < token->end)
			at++;
		open = is_doubtful(s, token, run, from, at);
		if (open < 0)
			return -1;
		for (unsigned k = from; k < at && open; k++, opened++)
			run->open[k] = true;
	}
	return opened;
}

/* The run as it would have been typed. */
static struct span spell(struct corrector *s, const struct place *place, const struct homophone_run *meant)
{
	buf_reset(&s->scratch);
	for (unsigned i = 0; i < meant->count; i++) {
		if (meant->codes[i] == place->run.codes[i])
			buf_add(&s->scratch, s->text.p + place->starts[i], place->starts[i + 1] - place->starts[i]);
		else
			utf8_add(&s->scratch, meant->codes[i]);
	}
	return s->scratch.failed ? (struct span){NULL, 0} : arena_copy(s->job->arena, buf_span(&s->scratch));
}

/* The sections of the rarest word that has a changed character; 0 when one of them is in no word of two or more. */
static int count_words(struct corrector *s, struct span text, const struct homophone_run *typed,
		       const struct homophone_run *meant, uint64_t *sections)
{
	struct buf tokens = {0};
	unsigned at = 0;
	int status = analyzer_cut(s->job->analyzer, text, &tokens, err_of(s));

	*sections = UINT64_MAX;
	for (size_t i = 0; i < BUF_COUNT(&tokens, struct token) && status == 0; i++) {
		const struct token *token = &BUF_AT(&tokens, struct token, i);
		size_t length = utf8_count(token->text);
		uint64_t count = 0;
		bool changed = false;

		for (size_t k = 0; k < length && at < meant->count; k++, at++)
			changed |= meant->codes[at] != typed->codes[at];
		if (changed && length > 1)
			status = term_count(s->job->parts, LAYER_WORDS, token->text, &count, err_of(s));
		if (changed && count < *sections)
			*sections = count;
	}
	buf_release(&tokens);
	return status;
}

/* Adds the runs that make known words; if none does, the best that stands somewhere as it is. */
static int add_runs(struct corrector *s, struct spot *spot, const struct place *place,
		    const struct homophone_run *meant, int count)
{
	struct span first = {NULL, 0};
	int status = 0;

	for (int i = 0; i < count && status == 0; i++) {
		struct span text = spell(s, place, &meant[i]);
		uint64_t sections;

		if (!text.p)
			return no_memory(s);
		status = count_words(s, text, &place->run, &meant[i], &sections);
		if (status == 0 && sections > 0)
			add_text(spot, text, sections);
		if (i == 0)
			first = text;
	}
	if (status == 0 && spot->count == 0) {
		status = finds(s, first, true);
		if (status > 0)
			add_text(spot, first, 1);
	}
	return status < 0 ? -1 : 0;
}

/* The tokens [first, end), which touch each other: a run of Han characters. */
static int look_at_run(struct corrector *s, size_t first, size_t end)
{
	uint32_t start = BUF_AT(&s->tokens, struct token, first).start;
	uint32_t stop = BUF_AT(&s->tokens, struct token, end - 1).end;
	struct homophone_run meant[HOMOPHONE_ANSWERS];
	struct place place;
	int count;
	int opened;

	if (s->spot_count == SPOTS || is_apart(s->text, start, stop) || !read_run(s, start, stop, &place))
		return 0;
	opened = open_characters(s, first, end, &place);
	if (opened <= 0 || opened > HOMOPHONE_OPEN)
		return opened < 0 ? -1 : 0;
	count = homophone_find(s->job->parts, &place.run, meant, err_of(s));
	return count > 0 ? add_runs(s, new_spot(s, start, stop), &place, meant, count) : count;
}

static bool is_run(const struct token *token)
{
	return token->kind == TOKEN_WORD && token->han;
}

static int find_spots(struct corrector *s)
{
	size_t count = BUF_COUNT(&s->tokens, struct token);
	int status = 0;

	for (size_t i = 0, end; i < count && status == 0; i = end) {
		const struct token *token = &BUF_AT(&s->tokens, struct token, i);

		end = i + 1;
		if (!is_run(token)) {
			status = look_at_latin(s, token);
			continue;
		}
		while (end < count && is_run(&BUF_AT(&s->tokens, struct token, end)) &&
		       BUF_AT(&s->tokens, struct token, end).start == BUF_AT(&s->tokens, struct token, end - 1).end)
			end++;
		status = look_at_run(s, i, end);
	}
	return status;
}

/* The query with the first text of each spot, but number `choice` of the spot `other`. */
static struct span rewrite(struct corrector *s, size_t other, int choice)
{
	uint32_t at = 0;

	buf_reset(&s->scratch);
	for (size_t i = 0; i < s->spot_count; i++) {
		const struct spot *spot = &s->spots[i];

		/* A compound and its parts share their place: the first that has a text has it. */
		if (spot->count == 0 || spot->start < at)
			continue;
		buf_add(&s->scratch, s->text.p + at, spot->start - at);
		buf_add_span(&s->scratch, spot->texts[i == other ? choice : 0]);
		at = spot->end;
	}
	buf_add(&s->scratch, s->text.p + at, s->text.n - at);
	buf_reset(&s->spelt);
	variant_spell(buf_span(&s->scratch), &s->spelt);
	if (s->scratch.failed || s->spelt.failed)
		return (struct span){NULL, 0};
	return arena_copy(s->job->arena, buf_span(&s->spelt));
}

static int try(struct corrector *s, size_t other, int choice)
{
	struct span text;
	int good;

	if (s->trials == CORRECTION_TRIALS || s->found_count == SUGGESTIONS)
		return 0;
	s->trials++;
	text = rewrite(s, other, choice);
	good = text.p ? finds(s, text, false) : no_memory(s);
	if (good > 0)
		s->found[s->found_count++] = text;
	return good < 0 ? -1 : 0;
}

/* The best of every spot first; then one spot at a time is given another text. */
static int try_all(struct corrector *s)
{
	int most = 0;

	for (size_t i = 0; i < s->spot_count; i++)
		most = s->spots[i].count > most ? s->spots[i].count : most;
	if (most == 0)
		return 0;
	if (try(s, 0, 0) < 0)
		return -1;
	for (int choice = 1; choice < most; choice++)
		for (size_t i = 0; i < s->spot_count; i++)
			if (choice < s->spots[i].count && try(s, i, choice) < 0)
				return -1;
	return 0;
}

/* The tokens of the query; their texts outlive the analyzer's next call, of which there are many. */
static int cut_query(struct corrector *s)
{
	if (analyzer_cut(s->job->analyzer, s->text, &s->tokens, err_of(s)) < 0)
		return -1;
	for (size_t i = 0; i < BUF_COUNT(&s->tokens, struct token); i++) {
		struct token *token = &BUF_AT(&s->tokens, struct token, i);

		token->text = arena_copy(s->job->arena, token->text);
	}
	return s->job->arena->failed ? no_memory(s) : 0;
}

/* Nothing whole, as it was typed; or, where any word will do, one that is nowhere. */
static bool is_wanted(const struct search_job *job)
{
	bool unknown = false;

	if (!answer_mode_has_words(job->mode))
		return false;
	for (size_t i = 0; i < job->query.word_count; i++)
		unknown |= job->query.words[i].content && job->atoms.df[i] == 0;
	return job->counts.full == 0 || job->opened || (job->mode == MODE_ANY && unknown);
}

int correction_find(const struct search_job *job, struct answer *answer)
{
	struct corrector s = {.job = job, .text = job->query.text};
	int status = -1;

	if (!is_wanted(job))
		return 0;
	s.found = arena_array(job->arena, SUGGESTIONS, sizeof *s.found);
	if (!s.found)
		return no_memory(&s);
	if (cut_query(&s) == 0 && find_spots(&s) == 0)
		status = try_all(&s);
	answer->suggestions = s.found;
	answer->suggestion_count = s.found_count;
	buf_release(&s.tokens);
	buf_release(&s.scratch);
	buf_release(&s.spelt);
	return status;
}
