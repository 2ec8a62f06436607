#include "clause.h"

#include "buf.h"
#include "unicode.h"
#include "utf8.h"

#include <string.h>

enum {
	LEFT_QUOTE = 0x201C,
	RIGHT_QUOTE = 0x201D,
	WIDE_QUOTE = 0xFF02,
	WIDE_MINUS = 0xFF0D,
	WIDE_BLANK = 0x3000,
	WIDE_OPEN = 0xFF08,
	WIDE_CLOSE = 0xFF09,
	WIDE_STAR = 0xFF0A,
	WIDE_COLON = 0xFF1A,
	WIDE_BAR = 0xFF5C,
};

/* A quote that is not closed within so many bytes is text. */
enum { QUOTED_MAX = 4096 };

/* By what closes them: ", ” and ＂. */
enum { QUOTE_KINDS = 3 };

/* Bytes of a key before a colon. */
enum { KEY_MAX = 64 };

/* One pass over a query. */
struct splitter {
	struct span query;
	const struct query_keys *keys;
	struct err *err;
	size_t at;
	size_t unclosed[QUOTE_KINDS]; /* from the last quote that was not closed to here nothing closes its kind */
	struct buf clauses;
	size_t after_open;         /* where the last clause ended, if it opened a group; else 0 */
	size_t open[CLAUSE_DEPTH]; /* where the groups begin that are not closed yet */
	unsigned depth;
	unsigned deepest;           /* so many at most */
	size_t alone[CLAUSE_DEPTH]; /* parentheses that the pass before found no partners for */
	unsigned alone_count;
};

/* The code point at `at`, 0 at the end, and where the next one begins. */
static uint32_t look(struct span text, size_t at, size_t *next)
{
	uint32_t code;
	bool valid;

	*next = at;
	if (at >= text.n)
		return 0;
	*next += utf8_next(text.p + at, text.n - at, &code, &valid);
	return code;
}

static bool is_blank(uint32_t code)
{
	return code == ' ' || (code >= '\t' && code <= '\r') || code == WIDE_BLANK;
}

static bool is_open_quote(uint32_t code)
{
	return code == '"' || code == LEFT_QUOTE || code == WIDE_QUOTE;
}

static bool is_open(uint32_t code)
{
	return code == '(' || code == WIDE_OPEN;
}

static bool is_close(uint32_t code)
{
	return code == ')' || code == WIDE_CLOSE;
}

static bool is_colon(uint32_t code)
{
	return code == ':' || code == WIDE_COLON;
}

static bool is_star(uint32_t code)
{
	return code == '*' || code == WIDE_STAR;
}

static bool closes(uint32_t open, uint32_t code)
{
	return code == (open == LEFT_QUOTE ? (uint32_t)RIGHT_QUOTE : open);
}

static unsigned quote_kind(uint32_t open)
{
	return open == '"' ? 0 : open == LEFT_QUOTE ? 1 : 2;
}

/* What a name can begin with; digits, marks and signs only go on. */
static bool begins_name(uint32_t code)
{
	enum char_class class = unicode_class(code);

	return class == CLASS_LETTER || class == CLASS_HAN || class == CLASS_SCRIPT;
}

static bool is_of_word(uint32_t code)
{
	enum char_class class = unicode_class(code);

	return class != CLASS_SYMBOL && class != CLASS_SPACE;
}

static bool is_all_blank(struct span text)
{
	for (size_t at = 0; at < text.n;)
		if (!is_blank(look(text, at, &at)))
			return false;
	return true;
}

/* To the next blank. */
static struct span run_at(struct span query, size_t at)
{
	size_t start = at;
	size_t next;

	while (at < query.n && !is_blank(look(query, at, &next)))
		at = next;
	return (struct span){query.p + start, at - start};
}

/* With an opening quote at `at`: the text inside and where it ends; false when it is never closed or blank. Each is asked for
 * behind the last, so that no byte is looked at twice for one kind. */
static bool find_quoted(struct splitter *s, size_t at, struct span *inside, size_t *end)
{
	size_t start;
	uint32_t open = look(s->query, at, &start);
	size_t *unclosed = &s->unclosed[quote_kind(open)];
	size_t next = start > *unclosed ? start : *unclosed;

	if (!is_open_quote(open))
		return false;
	while (next < s->query.n && next - start < QUOTED_MAX) {
		size_t here = next;

		if (!closes(open, look(s->query, here, &next)))
			continue;
		*inside = (struct span){s->query.p + start, here - start};
		if (is_all_blank(*inside))
			return false;
		*end = next;
		return true;
	}
	*unclosed = next;
	return false;
}

/* Is the parenthesis that opens the run closed in it, with more than closing ones behind? */
static bool closes_inside(struct span run)
{
	unsigned depth = 0;
	bool closed = false;

	for (size_t at = 0; at < run.n;) {
		uint32_t code = look(run, at, &at);

		if (closed && !is_close(code))
			return true;
		depth += is_open(code);
		depth -= depth && is_close(code);
		closed |= depth == 0;
	}
	return false;
}

static bool opens(const struct splitter *s, size_t at)
{
	size_t ignored;

	if (!is_open(look(s->query, at, &ignored)) || s->depth == s->deepest)
		return false;
	for (unsigned i = 0; i < s->alone_count; i++)
		if (s->alone[i] == at)
			return false;
	return !closes_inside(run_at(s->query, at));
}

/* At the start, after a blank or an opening parenthesis: not where a quote has just been closed. */
static bool is_fresh(const struct splitter *s)
{
	size_t ignored;

	return s->at == 0 || s->at == s->after_open ||
	       is_blank(look(s->query, utf8_floor(s->query, s->at - 1), &ignored));
}

static bool take_minus(struct splitter *s)
{
	size_t after;
	size_t ignored;
	uint32_t sign = look(s->query, s->at, &after);
	uint32_t code = look(s->query, after, &ignored);

	if ((sign != '-' && sign != WIDE_MINUS) || !(begins_name(code) || is_open_quote(code) || opens(s, after)))
		return false;
	s->at = after;
	return true;
}

/* What can stand after the colon of a field. */
static bool is_value(struct splitter *s, size_t at)
{
	struct span inside;
	size_t end;
	uint32_t code = look(s->query, at, &end);

	if (at >= s->query.n || is_blank(code) || is_colon(code) || is_close(code))
		return false;
	if (is_open_quote(code))
		return find_quoted(s, at, &inside, &end);
	return !is_open(code) || opens(s, at);
}

/* The name before a colon, and where that ends; false when there is none. */
static bool find_name(const struct splitter *s, struct span *name, size_t *end)
{
	size_t at = s->at;
	size_t next;
	uint32_t code = look(s->query, at, &next);

	if (!begins_name(code))
		return false;
	while (at < s->query.n && at - s->at <= KEY_MAX && (is_of_word(code) || code == '_' || code == '-')) {
		at = next;
		code = look(s->query, at, &next);
	}
	*name = (struct span){s->query.p + s->at, at - s->at};
	*end = next;
	return at < s->query.n && is_colon(code);
}

/* 1 when a field was taken. */
static int take_scope(struct splitter *s, struct clause *clause)
{
	struct span name;
	size_t end;
	int known = 1;

	if (!find_name(s, &name, &end) || !is_value(s, end))
		return 0;
	if (span_equal(name, span_of("title")))
		clause->scope = SCOPE_TITLE;
	else if (span_equal(name, span_of("path")))
		clause->scope = SCOPE_PATH;
	else
		known = s->keys ? s->keys->has(s->keys->context, name, s->err) : 0;
	if (known <= 0)
		return known;
	if (clause->scope == SCOPE_TEXT) {
		clause->scope = SCOPE_KEY;
		clause->key = name;
	}
	s->at = end;
	return 1;
}

static void add(struct splitter *s, const struct clause *clause)
{
	buf_add(&s->clauses, clause, sizeof *clause);
}

static void add_open(struct splitter *s, struct clause *clause)
{
	s->open[s->depth++] = s->at;
	look(s->query, s->at, &s->at);
	s->after_open = s->at;
	clause->kind = CLAUSE_OPEN;
	add(s, clause);
}

/* Cuts off the closing parentheses at the run's end that nothing in it has opened, but no more than there are groups: how
 * many. */
static unsigned cut_closing(const struct splitter *s, struct span *run)
{
	unsigned depth = 0;
	unsigned surplus = 0;
	unsigned cut = 0;
	size_t ignored;

	for (size_t at = 0; at < run->n;) {
		uint32_t code = look(*run, at, &at);

		surplus += !depth && is_close(code);
		depth -= depth && is_close(code);
		depth += is_open(code);
	}
	for (; run->n && cut < surplus && cut < s->depth; cut++) {
		size_t last = utf8_floor(*run, run->n - 1);

		if (!is_close(look(*run, last, &ignored)))
			break;
		run->n = last;
	}
	return cut;
}

/* Takes the star off a run that has only the one, after a word's character. */
static bool cut_star(struct span *run)
{
	size_t last = run->n ? utf8_floor(*run, run->n - 1) : 0;
	size_t ignored;

	if (last == 0 || !is_star(look(*run, last, &ignored)) ||
	    !is_of_word(look(*run, utf8_floor(*run, last - 1), &ignored)))
		return false;
	for (size_t at = 0; at < last;)
		if (is_star(look(*run, at, &at)))
			return false;
	run->n = last;
	return true;
}

static bool is_or(struct span run)
{
	return span_equal(run, span_of("OR")) || span_equal(run, span_of("|")) || span_equal(run, span_of("｜"));
}

static void add_run(struct splitter *s, struct clause *clause)
{
	struct span run = run_at(s->query, s->at);
	unsigned closing;

	s->at += run.n;
	closing = cut_closing(s, &run);
	if (!clause->negated && clause->scope == SCOPE_TEXT && is_or(run))
		clause->kind = CLAUSE_OR;
	else if (clause->scope != SCOPE_PATH && cut_star(&run))
		clause->kind = CLAUSE_PREFIX;
	clause->text = run;
	if (run.n)
		add(s, clause);
	s->depth -= closing;
	for (; closing; closing--)
		add(s, &(struct clause){.kind = CLAUSE_CLOSE});
}

static int take_clause(struct splitter *s)
{
	struct clause clause = {0};
	bool fresh = is_fresh(s);

	if (fresh)
		clause.negated = take_minus(s);
	if (fresh && take_scope(s, &clause) < 0)
		return -1;
	if (fresh && opens(s, s->at)) {
		add_open(s, &clause);
	} else if (find_quoted(s, s->at, &clause.text, &s->at)) {
		clause.kind = CLAUSE_QUOTED;
		add(s, &clause);
	} else {
		add_run(s, &clause);
	}
	return 0;
}

static int pass(struct splitter *s)
{
	s->at = s->after_open = s->depth = 0;
	memset(s->unclosed, 0, sizeof s->unclosed);
	buf_reset(&s->clauses);
	while (s->at < s->query.n) {
		size_t next;

		if (is_blank(look(s->query, s->at, &next)))
			s->at = next;
		else if (take_clause(s) < 0)
			return -1;
	}
	return 0;
}

/* A parenthesis without a partner is text, and so is what stands directly behind it: the second pass knows them. Where that shows
 * others that had stood in a quoted text, ("a (b" "c, there are no groups. */
static int split(struct splitter *s)
{
	s->deepest = CLAUSE_DEPTH;
	if (pass(s) < 0)
		return -1;
	if (s->depth == 0)
		return 0;
	s->alone_count = s->depth;
	memcpy(s->alone, s->open, sizeof s->open);
	if (pass(s) < 0)
		return -1;
	if (s->depth == 0)
		return 0;
	s->deepest = 0;
	return pass(s);
}

int clause_split(struct span query, const struct query_keys *keys, struct arena *arena, struct clause **out,
		 size_t *count, struct err *err)
{
	struct splitter s = {.query = query, .keys = keys, .err = err};
	int status = split(&s);

	*count = BUF_COUNT(&s.clauses, struct clause);
	*out = arena_array(arena, *count, sizeof **out);
	if (*out && s.clauses.n)
		memcpy(*out, s.clauses.data, s.clauses.n);
	if (status == 0 && (s.clauses.failed || !*out))
		status = err_memory(err, "read the query");
	buf_release(&s.clauses);
	return status;
}
