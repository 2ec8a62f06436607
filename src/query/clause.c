#include "clause.h"

#include "buf.h"
#include "unicode.h"
#include "utf8.h"

enum { LEFT_QUOTE = 0x201C, RIGHT_QUOTE = 0x201D, WIDE_QUOTE = 0xFF02, WIDE_MINUS = 0xFF0D, WIDE_BLANK = 0x3000 };

/* A quote that is not closed within so many bytes is text: looking further for each would be quadratic. */
enum { QUOTED_MAX = 4096 };

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

static bool closes(uint32_t open, uint32_t code)
{
	return code == (open == LEFT_QUOTE ? (uint32_t)RIGHT_QUOTE : open);
}

static bool is_all_blank(struct span text)
{
	for (size_t at = 0; at < text.n;)
		if (!is_blank(look(text, at, &at)))
			return false;
	return true;
}

/* With an opening quote at `at`: the text inside and where it ends; false when it is never closed or blank. */
static bool take_quoted(struct span query, size_t *at, struct span *inside)
{
	size_t next;
	uint32_t open = look(query, *at, &next);
	size_t start = next;

	if (!is_open_quote(open))
		return false;
	while (next < query.n && next - start < QUOTED_MAX) {
		size_t here = next;

		if (!closes(open, look(query, here, &next)))
			continue;
		*inside = (struct span){query.p + start, here - start};
		if (is_all_blank(*inside))
			return false;
		*at = next;
		return true;
	}
	return false;
}

/* At the start or after a blank: not where a quote has just been closed. */
static bool is_fresh(struct span query, size_t at)
{
	size_t ignored;

	return at == 0 || is_blank(look(query, utf8_floor(query, at - 1), &ignored));
}

static bool take_minus(struct span query, size_t *at)
{
	size_t after;
	size_t ignored;
	uint32_t sign = look(query, *at, &after);
	uint32_t code = look(query, after, &ignored);
	enum char_class class = unicode_class(code);

	if ((sign != '-' && sign != WIDE_MINUS) || !is_fresh(query, *at) ||
	    !(class == CLASS_LETTER || class == CLASS_HAN || class == CLASS_SCRIPT || is_open_quote(code)))
		return false;
	*at = after;
	return true;
}

static struct span take_run(struct span query, size_t *at)
{
	size_t start = *at;
	size_t next;

	while (*at < query.n && !is_blank(look(query, *at, &next)))
		*at = next;
	return (struct span){query.p + start, *at - start};
}

int clause_split(struct span query, struct arena *arena, struct clause **out, size_t *count, struct err *err)
{
	struct buf clauses = {0};
	size_t at = 0;

	while (at < query.n) {
		struct clause clause = {0};
		size_t next;

		if (is_blank(look(query, at, &next))) {
			at = next;
			continue;
		}
		clause.negated = take_minus(query, &at);
		clause.quoted = take_quoted(query, &at, &clause.text);
		if (!clause.quoted)
			clause.text = take_run(query, &at);
		buf_add(&clauses, &clause, sizeof clause);
	}
	*count = BUF_COUNT(&clauses, struct clause);
	*out = arena_array(arena, *count, sizeof **out);
	if (*out && clauses.n)
		memcpy(*out, clauses.data, clauses.n);
	if (clauses.failed || !*out)
		err_memory(err, "read the query");
	buf_release(&clauses);
	return err->kind == ERR_NONE ? 0 : -1;
}
