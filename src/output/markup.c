#include "markup.h"

#include "escape.h"
#include "simple_run.h"
#include "unicode.h"
#include "utf8.h"

enum { ZERO_WIDTH_JOINER = 0x200D };

/* Of markup.before: it is looked for in the text when it is asked for, which is seldom. */
#define BEFORE_SIMPLE UINT32_MAX

static bool is_blank(uint32_t code)
{
	return code == ' ' || (code >= '\t' && code <= '\r') || (code >= 0x80 && unicode_class(code) == CLASS_SPACE);
}

static void find_mark(struct markup *m, size_t offset)
{
	while (m->found_next < m->found_count && m->found[m->found_next].start <= offset) {
		if (m->found[m->found_next].end > m->marked_end)
			m->marked_end = m->found[m->found_next].end;
		m->found_next++;
	}
	m->marked = offset < m->marked_end;
	m->same_end = m->found_next < m->found_count ? m->found[m->found_next].start : SIZE_MAX;
	if (m->marked && m->marked_end < m->same_end)
		m->same_end = m->marked_end;
}

/* Offsets are asked about in order. */
static inline bool is_marked(struct markup *m, size_t offset)
{
	if (offset >= m->same_end)
		find_mark(m, offset);
	return m->marked;
}

/* The code point written before `at`, 0 at the start of a line. */
static uint32_t code_before(const struct markup *m, size_t at)
{
	size_t start;
	uint32_t code;
	bool valid;

	if (m->before != BEFORE_SIMPLE)
		return m->before;
	start = utf8_floor(m->text, at - 1);
	utf8_next(m->text.p + start, at - start, &code, &valid);
	return code;
}

bool markup_joins(uint32_t before, uint32_t code)
{
	return escape_columns(code) == 0 || before == ZERO_WIDTH_JOINER;
}

/* Is it one character with what was written before it? */
static bool is_joined(const struct markup *m, size_t at, uint32_t code)
{
	uint32_t before = m->before == BEFORE_SIMPLE && code < 0x80 ? 0 : code_before(m, at);

	if (!before || (code < 0x80 && before < 0x80))
		return false;
	return markup_joins(before, code);
}

/* Parts the last character from the place that ends with it. */
static void part_last(struct markup *m)
{
	size_t count = BUF_COUNT(m->places, struct place);
	struct place *place = count ? &BUF_AT(m->places, struct place, count - 1) : NULL;
	struct place last;
	size_t end;

	if (!place || place->count == 1)
		return;
	last = *place;
	end = place->offset + place->bytes;
	last.offset = (uint32_t)utf8_floor((struct span){m->text.p, end}, end - 1);
	last.bytes = (uint32_t)(end - last.offset);
	last.count = 1;
	last.flags &= PLACE_MARKED;
	place->bytes -= last.bytes;
	place->count--;
	buf_add(m->places, &last, sizeof(last));
}

static uint8_t joined_flags(struct markup *m)
{
	size_t count;

	part_last(m);
	count = BUF_COUNT(m->places, struct place);
	return PLACE_JOINED | (count ? BUF_AT(m->places, struct place, count - 1).flags & PLACE_MARKED : 0);
}

/* One code point; returns its bytes. */
static size_t put(struct markup *m, size_t at, enum place_kind kind)
{
	struct place place = {.offset = (uint32_t)at, .count = 1, .kind = (uint8_t)kind};
	uint32_t code;
	bool valid;
	size_t n = utf8_next(m->text.p + at, m->text.n - at, &code, &valid);

	place.bytes = (uint32_t)n;
	if (is_blank(code)) {
		place.flags = PLACE_BLANK;
	} else {
		place.flags = is_joined(m, at, code) ? joined_flags(m) : 0;
		if (m->at_line && kind != PLACE_MARKUP) {
			place.flags |= PLACE_LINE;
			m->at_line = false;
		}
	}
	if (is_marked(m, at))
		place.flags |= PLACE_MARKED;
	m->before = code;
	buf_add(m->places, &place, sizeof(place));
	return n;
}

/* Room for a place, or NULL. */
static struct place *next_place(struct buf *places)
{
	if (!places->failed && places->capacity - places->n >= sizeof(struct place))
		return (struct place *)(void *)(places->data + places->n);
	return (struct place *)(void *)buf_reserve(places, sizeof(struct place));
}

/* One place of simple characters or of white space: where it ends, `from` for none. */
static size_t put_place(struct markup *m, size_t from, size_t to, enum place_kind kind, unsigned where)
{
	struct place *place = next_place(m->places);
	uint8_t flags = is_marked(m, from) ? PLACE_MARKED : 0;
	size_t limit = m->same_end < to ? m->same_end : to;
	size_t end = simple_run_blanks(m->text.p, from, limit);
	uint32_t count = 1;

	if (end > from) {
		flags |= PLACE_BLANK;
	} else {
		end = simple_run_end(m->text.p, from, limit, where, &count);
		if (end > from && m->at_line && kind != PLACE_MARKUP) {
			flags |= PLACE_LINE;
			m->at_line = false;
		}
	}
	if (!place || end == from)
		return from;
	*place = (struct place){(uint32_t)from, (uint32_t)(end - from), count, 0, (uint8_t)kind, flags};
	m->places->n += sizeof(*place);
	return end;
}

/* Simple characters and white space from `from` on: where they end. */
static size_t put_simple(struct markup *m, size_t from, size_t to, enum place_kind kind, unsigned where)
{
	while (from < to && m->before != ZERO_WIDTH_JOINER) {
		size_t end = put_place(m, from, to, kind, where);

		if (end == from)
			break;
		m->before = BEFORE_SIMPLE;
		from = end;
	}
	return from;
}

void markup_raw(struct markup *m, size_t from, size_t to, enum place_kind kind)
{
	while (from < to) {
		from = put_simple(m, from, to, kind, SIMPLE_RAW);
		if (from < to)
			from += put(m, from, kind);
	}
}

static size_t ahead(size_t at, size_t to)
{
	return to - at > MARKUP_AHEAD ? at + MARKUP_AHEAD : to;
}

/* Makes marks of `length` characters, from a place on, that were written as text. */
static void hide(struct markup *m, size_t place, size_t length)
{
	for (size_t i = place; length && i < BUF_COUNT(m->places, struct place); i++) {
		BUF_AT(m->places, struct place, i).kind = PLACE_MARKUP;
		length -= BUF_AT(m->places, struct place, i).count;
	}
}

/* The open run of this kind nearest to the top: its index, or open_count. */
static size_t find_open(const struct markup *m, char mark, size_t length)
{
	for (size_t i = m->open_count; i-- > 0;)
		if (m->open[i].mark == mark && m->open[i].length == length)
			return i;
	return m->open_count;
}

static void push_open(struct markup *m, char mark, size_t length)
{
	if (m->open_count == MARKUP_OPEN_MAX)
		return;
	m->open[m->open_count++] = (struct markup_open){
		.place = BUF_COUNT(m->places, struct place), .length = (unsigned)length, .mark = mark};
}

static bool is_ascii_word(uint32_t code)
{
	return code < 0x80 && (unicode_class(code) == CLASS_LETTER || unicode_class(code) == CLASS_DIGIT);
}

static bool is_word(uint32_t code)
{
	enum char_class class = unicode_class(code);

	return class != CLASS_SYMBOL && class != CLASS_SPACE;
}

/* A run of * _ or ~. Looser than CommonMark where punctuation meets a Han character (**模式：**创业 is meant as bold),
 * stricter inside ASCII words and numbers (2**10, a*b*c). */
static size_t put_run(struct markup *m, size_t at, size_t to, enum place_kind kind)
{
	const char mark = m->text.p[at];
	size_t n = markup_run(m->text, at, to, mark);
	uint32_t before = code_before(m, at);
	uint32_t after = 0;
	bool valid;
	bool strikes = mark != '~' || n == 2;
	bool can_open, can_close;
	size_t open;

	if (at + n < to)
		utf8_next(m->text.p + at + n, to - at - n, &after, &valid);
	strikes = strikes && n <= 3 && !(is_ascii_word(before) && is_ascii_word(after));
	can_open = strikes && after && !is_blank(after) && !(mark == '_' && is_word(before));
	can_close = strikes && before && !is_blank(before) && !(mark == '_' && is_word(after));
	open = can_close ? find_open(m, mark, n) : m->open_count;
	if (open < m->open_count) {
		hide(m, m->open[open].place, n);
		m->open_count = open;
		kind = PLACE_MARKUP;
	} else if (can_open) {
		push_open(m, mark, n);
	}
	markup_raw(m, at, at + n, kind);
	return at + n;
}

/* `code`, if its closing run stands in this line. */
static size_t put_code(struct markup *m, size_t at, size_t to, enum place_kind kind)
{
	size_t n = markup_run(m->text, at, to, m->text.p[at]);
	size_t limit = ahead(at + n, to);
	size_t close = at + n;
	size_t length = 0;

	while (close < limit && length != n) {
		const char *mark;

		close += length;
		mark = close < limit ? memchr(m->text.p + close, '`', limit - close) : NULL;
		close = mark ? (size_t)(mark - m->text.p) : limit;
		length = close < limit ? markup_run(m->text, close, to, m->text.p[close]) : 0;
	}
	if (length != n) {
		markup_raw(m, at, at + n, kind);
		return at + n;
	}
	markup_raw(m, at, at + n, PLACE_MARKUP);
	markup_raw(m, at + n, close, kind);
	markup_raw(m, close, close + n, PLACE_MARKUP);
	return close + n;
}

/* Was the last place a '!': the mark of an image? */
static bool is_image(const struct markup *m, size_t at)
{
	return at > 0 && m->text.p[at - 1] == '!' && code_before(m, at) == '!';
}

/* [[target]] or [[target|alias]], whose inside holds no bracket and does not begin with a blank, as a test of bash
 * does; returns 0 when it is none. */
static size_t put_wiki(struct markup *m, size_t at, size_t to, enum place_kind kind)
{
	size_t limit = ahead(at, to);
	size_t close = at + 2;
	size_t alias = 0;

	while (close < limit && m->text.p[close] != '[' && m->text.p[close] != ']') {
		if (m->text.p[close] == '|' && !alias)
			alias = close + 1;
		close++;
	}
	if (close == at + 2 || is_blank((unsigned char)m->text.p[at + 2]) || close + 1 >= limit ||
	    m->text.p[close] != ']' || m->text.p[close + 1] != ']')
		return 0;
	if (is_image(m, at))
		hide(m, BUF_COUNT(m->places, struct place) - 1, 1);
	if (!alias)
		alias = at + 2;
	markup_raw(m, at, alias, PLACE_MARKUP);
	markup_raw(m, alias, close, kind);
	markup_raw(m, close, close + 2, PLACE_MARKUP);
	return close + 2;
}

/* What may end the target of a link, or something in it. */
static const bool stops_target[256] = {['\t'] = true, [' '] = true, ['('] = true, [')'] = true, ['>'] = true};

/* The end of (target "title") that begins at `at`, or 0. */
static size_t target_end(const struct markup *m, size_t at, size_t to)
{
	size_t depth = 1; /* of parentheses; CommonMark stops at 32 as well */
	const char *p = m->text.p;
	size_t limit = ahead(at, to);
	bool angles = at + 1 < limit && p[at + 1] == '<';

	for (at++; at < limit && depth <= 32; at++) {
		if (!stops_target[(unsigned char)p[at]])
			continue;
		if (angles)
			angles = p[at] != '>';
		else if (p[at] == '(')
			depth++;
		else if (p[at] == ')' && --depth == 0)
			return at + 1;
		else if (p[at] == ' ' || p[at] == '\t')
			break;
	}
	at = markup_skip_blanks(m->text, at, limit);
	if (depth == 1 && at < limit && (p[at] == '"' || p[at] == '\'')) {
		const char *quote = memchr(p + at + 1, p[at], limit - at - 1);

		at = quote ? markup_skip_blanks(m->text, (size_t)(quote - p) + 1, limit) : limit;
	}
	return depth == 1 && at < limit && p[at] == ')' ? at + 1 : 0;
}

/* The ']' of a link hides both brackets and the target. */
static size_t put_close(struct markup *m, size_t at, size_t to, enum place_kind kind)
{
	size_t open = find_open(m, '[', 1);
	size_t end = 0;

	if (open < m->open_count && at + 1 < to && m->text.p[at + 1] == '(')
		end = target_end(m, at + 1, to);
	if (open < m->open_count)
		m->open_count = open;
	if (!end) {
		markup_raw(m, at, at + 1, kind);
		return at + 1;
	}
	open = m->open[open].place;
	hide(m, open, 1);
	if (open > 0 && open - 1 < BUF_COUNT(m->places, struct place)) {
		const struct place *before = &BUF_AT(m->places, struct place, open - 1);

		if (before->count == 1 && m->text.p[before->offset] == '!')
			hide(m, open - 1, 1);
	}
	markup_raw(m, at, end, PLACE_MARKUP);
	return end;
}

static size_t put_bracket(struct markup *m, size_t at, size_t to, enum place_kind kind)
{
	size_t end;

	if (at > 0 && m->text.p[at - 1] == '!')
		part_last(m); /* it may have to be hidden */
	end = at + 1 < to && m->text.p[at + 1] == '[' ? put_wiki(m, at, to, kind) : 0;
	if (end)
		return end;
	push_open(m, '[', 1);
	markup_raw(m, at, at + 1, kind);
	return at + 1;
}

static bool is_ascii_punctuation(char c)
{
	return c && strchr("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", c);
}

static size_t put_backslash(struct markup *m, size_t at, size_t to, enum place_kind kind)
{
	bool escapes = at + 1 < to && is_ascii_punctuation(m->text.p[at + 1]);

	markup_raw(m, at, at + 1, escapes ? PLACE_MARKUP : kind);
	if (!escapes)
		return at + 1;
	markup_raw(m, at + 1, at + 2, kind);
	return at + 2;
}

static size_t put_pipe(struct markup *m, size_t at)
{
	markup_raw(m, at, at + 1, PLACE_MARKUP);
	if (!m->places->failed)
		BUF_AT(m->places, struct place, BUF_COUNT(m->places, struct place) - 1).flags |= PLACE_PIPE;
	m->open_count = 0;
	return at + 1;
}

void markup_line(struct markup *m, size_t from, size_t to, enum place_kind kind, bool row)
{
	while ((from = put_simple(m, from, to, kind, SIMPLE_LINE)) < to) {
		switch (m->text.p[from]) {
		case '\\': from = put_backslash(m, from, to, kind); break;
		case '`': from = put_code(m, from, to, kind); break;
		case '[': from = put_bracket(m, from, to, kind); break;
		case ']': from = put_close(m, from, to, kind); break;
		case '*':
		case '_':
		case '~': from = put_run(m, from, to, kind); break;
		case '|':
			if (row) {
				from = put_pipe(m, from);
				break;
			}
			/* fall through */
		default: from += put(m, from, kind);
		}
	}
}
