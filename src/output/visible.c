#include "visible.h"

#include "markup.h"

struct fence {
	char mark; /* 0: outside */
	size_t length;
	size_t quotes; /* block quotes around it */
};

struct scanner {
	struct markup markup;
	struct span text;
	struct fence fence;
	size_t front_end; /* what stands before the section ends here */
	struct visible_range heading;
	size_t content; /* column where the text of the list item begins, 0 outside lists */
	bool after_blank;
	bool in_code;      /* the line before was indented code */
	size_t table_rows; /* lines of the table so far, 0 outside */
	size_t counted;    /* places looked at for text_count */
	size_t text_count; /* characters of text behind visible_end.from */
};

/* [from, to) without the line's end; next is the start of the line after. */
struct line {
	size_t from;
	size_t to;
	size_t next;
};

static struct line line_at(struct span text, size_t from)
{
	struct line line = {from, text.n, text.n};
	const char *end = from < text.n ? memchr(text.p + from, '\n', text.n - from) : NULL;

	if (end) {
		line.to = (size_t)(end - text.p);
		line.next = line.to + 1;
	}
	if (line.to > from && text.p[line.to - 1] == '\r')
		line.to--;
	return line;
}

/* Nothing but `mark` (at least `least` of them) and blanks after them. */
static bool is_run_line(struct span text, struct line line, char mark, size_t least)
{
	size_t n = markup_run(text, line.from, line.to, mark);

	return n >= least && markup_skip_blanks(text, line.from + n, line.to) == line.to;
}

static bool is_blank_line(struct span text, struct line line)
{
	return markup_skip_blanks(text, line.from, line.to) == line.to;
}

/* --- of YAML, which ... may end as well, +++ of TOML */
static bool is_front_mark(struct span text, struct line line)
{
	char mark = line.from < line.to ? text.p[line.from] : 0;

	return (mark == text.p[0] || (line.from > 0 && mark == '.' && text.p[0] == '-')) &&
	       markup_run(text, line.from, line.to, mark) == 3 && is_run_line(text, line, mark, 3);
}

/* The start of the line in which the hit begins. */
static size_t hit_start(const struct hit *hit)
{
	size_t at = 0;

	for (uint32_t number = hit->text_line; number < hit->line_start && at < hit->text.n; number++)
		at = line_at(hit->text, at).next;
	return at;
}

/* Where what stands before the section ends: front matter, or what no reader sees (comments, targets of links). Who cut the
 * section knew: it begins behind that, or with front matter that nothing follows. */
static size_t front_end(const struct hit *hit)
{
	struct span text = hit->text;
	struct line line = line_at(text, 0);
	size_t end = 0;

	if (hit->line_start > hit->text_line)
		return hit_start(hit);
	if (hit->text_line > 1 || text.n == 0 || (text.p[0] != '-' && text.p[0] != '+') || !is_front_mark(text, line))
		return 0;
	for (line = line_at(text, line.next); line.from < text.n; line = line_at(text, line.next)) {
		if (is_front_mark(text, line))
			end = line.next;
		else if (!is_blank_line(text, line))
			end = 0;
	}
	return end;
}

static bool is_setext_mark(struct span text, struct line line)
{
	line.from = markup_skip_blanks(text, line.from, line.to);
	return is_run_line(text, line, '=', 1) || is_run_line(text, line, '-', 1);
}

/* The lines of the heading that begins at `from`: one, or with setext its text and the underline. */
static size_t heading_end(struct span text, size_t from)
{
	struct line first = line_at(text, from);
	size_t at = from;

	while (at < first.to && strchr(" \t>", text.p[at]))
		at++;
	if (at < first.to && text.p[at] == '#')
		return first.next;
	for (struct line line = line_at(text, first.next); line.from < text.n && !is_blank_line(text, line);
	     line = line_at(text, line.next))
		if (is_setext_mark(text, line))
			return line.next;
	return first.next;
}

struct visible_range visible_heading(const struct hit *hit)
{
	struct visible_range range = {0, 0};

	if (hit->level == 0 || hit->line_start < hit->text_line)
		return range;
	range.from = hit_start(hit);
	range.to = heading_end(hit->text, range.from);
	return range;
}

/* ---, * * *, ___ */
static bool is_rule(struct span text, size_t at, size_t to)
{
	size_t marks = 0;
	char mark = at < to ? text.p[at] : 0;

	if (mark != '-' && mark != '*' && mark != '_')
		return false;
	for (; at < to; at++) {
		if (text.p[at] == mark)
			marks++;
		else if (text.p[at] != ' ' && text.p[at] != '\t')
			return false;
	}
	return marks >= 3;
}

/* |---|:--:| below the head of a table. */
static bool is_delimiter_row(struct span text, struct line line)
{
	bool pipe = false;
	bool dash = false;

	for (size_t i = line.from; i < line.to; i++) {
		pipe = pipe || text.p[i] == '|';
		dash = dash || text.p[i] == '-';
		if (!memchr("|-: \t>", text.p[i], 6))
			return false;
	}
	return pipe && dash;
}

static bool ends_word(struct span text, size_t at, size_t to)
{
	return at == to || text.p[at] == ' ' || text.p[at] == '\t';
}

/* Length of "-", "12." and the like at `at`, or 0. A number other than 1 begins no list inside a paragraph. */
static size_t bullet_length(const struct scanner *s, size_t at, size_t to)
{
	const char *p = s->text.p;
	size_t n = 0;

	if (at < to && (p[at] == '-' || p[at] == '*' || p[at] == '+'))
		return ends_word(s->text, at + 1, to) ? 1 : 0;
	while (at + n < to && n < 9 && p[at + n] >= '0' && p[at + n] <= '9')
		n++;
	if (n == 0 || at + n >= to || (p[at + n] != '.' && p[at + n] != ')') || !ends_word(s->text, at + n + 1, to))
		return 0;
	return s->after_blank || s->content || (n == 1 && p[at] == '1') ? n + 1 : 0;
}

static size_t put_marks(struct scanner *s, size_t at, size_t length)
{
	markup_raw(&s->markup, at, at + length, PLACE_MARKUP);
	return at + length;
}

static size_t put_blanks(struct scanner *s, size_t at, size_t to)
{
	size_t end = markup_skip_blanks(s->text, at, to);

	if (end > at)
		markup_raw(&s->markup, at, end, PLACE_TEXT);
	return end;
}

enum { PREFIX_DEPTH = 64 };

/* Block quote marks, list marks and the #s of a heading at the head of a line: where they end. */
static size_t put_prefix(struct scanner *s, struct line line, size_t *quotes)
{
	size_t at = line.from;
	size_t n;

	*quotes = 0;
	/* Each mark looks at the rest of the line: past a depth that nobody writes they are text. */
	for (unsigned depth = 0; depth < PREFIX_DEPTH; depth++) {
		at = put_blanks(s, at, line.to);
		if (at < line.to && s->text.p[at] == '>') {
			at = put_marks(s, at, 1);
			++*quotes;
			continue;
		}
		n = is_rule(s->text, at, line.to) ? 0 : bullet_length(s, at, line.to);
		if (!n)
			break;
		at = put_marks(s, at, n);
		s->content = at - line.from + 1;
		s->markup.open_count = 0;
	}
	n = markup_run(s->text, at, line.to, '#');
	if (n >= 1 && n <= 6 && ends_word(s->text, at + n, line.to))
		at = put_blanks(s, put_marks(s, at, n), line.to);
	return at;
}

/* A line inside a fence; false: the block quote around the fence has ended, and so has the fence. */
static bool put_fenced(struct scanner *s, struct line line)
{
	size_t at = line.from;
	struct line rest = line;

	for (size_t quotes = 0; quotes < s->fence.quotes; quotes++, at++) {
		at = markup_skip_blanks(s->text, at, line.to);
		if (at == line.to || s->text.p[at] != '>') {
			s->fence.mark = 0;
			return false;
		}
	}
	put_marks(s, line.from, at - line.from);
	rest.from = markup_skip_blanks(s->text, at, line.to);
	if (is_run_line(s->text, rest, s->fence.mark, s->fence.length)) {
		put_marks(s, at, line.to - at);
		s->fence.mark = 0;
	} else {
		markup_raw(&s->markup, at, line.to, PLACE_TEXT);
	}
	return true;
}

/* Does a fence open at `at`? */
static bool opens_fence(struct scanner *s, size_t at, size_t to, size_t quotes)
{
	char mark = at < to ? s->text.p[at] : 0;
	size_t n = markup_run(s->text, at, to, mark);

	if ((mark != '`' && mark != '~') || n < 3)
		return false;
	if (mark == '`' && memchr(s->text.p + at + n, '`', to - at - n))
		return false;
	s->fence = (struct fence){mark, n, quotes};
	return true;
}

/* Columns of white space; a tab ends at a multiple of 4. */
static size_t indent_of(struct span text, struct line line)
{
	size_t columns = 0;

	for (size_t i = line.from; i < line.to && (text.p[i] == ' ' || text.p[i] == '\t'); i++)
		columns = text.p[i] == '\t' ? (columns / 4 + 1) * 4 : columns + 1;
	return columns;
}

/* Lines of prose, of lists and of tables. */
static void put_prose(struct scanner *s, struct line line, enum place_kind kind)
{
	size_t quotes;
	size_t at;

	if (s->after_blank && indent_of(s->text, line) < s->content)
		s->content = 0;
	at = put_prefix(s, line, &quotes);
	if (s->table_rows)
		s->table_rows++;
	else if (at < line.to && memchr(s->text.p + at, '|', line.to - at))
		s->table_rows = is_delimiter_row(s->text, line_at(s->text, line.next)) ? 1 : 0;
	if (s->table_rows == 2 || opens_fence(s, at, line.to, quotes) || is_rule(s->text, at, line.to)) {
		put_marks(s, at, line.to - at);
		return;
	}
	s->markup.before = 0;
	markup_line(&s->markup, at, line.to, kind, s->table_rows > 0);
}

static void put_blank_line(struct scanner *s, struct line line)
{
	put_blanks(s, line.from, line.to);
	s->markup.open_count = 0;
	s->table_rows = 0;
	s->after_blank = true;
}

static void put_heading(struct scanner *s, struct line line)
{
	if (line.from > s->heading.from && line.next == s->heading.to && is_setext_mark(s->text, line))
		put_marks(s, line.from, line.to - line.from);
	else
		put_prose(s, line, PLACE_HEADING);
	s->after_blank = line.next == s->heading.to;
	if (s->after_blank)
		s->markup.open_count = 0;
}

static void put_line(struct scanner *s, struct line line)
{
	if (s->fence.mark && put_fenced(s, line))
		return;
	if (is_blank_line(s->text, line)) {
		put_blank_line(s, line);
		return;
	}
	s->in_code = (s->after_blank || s->in_code) && indent_of(s->text, line) >= s->content + 4;
	if (s->in_code)
		markup_raw(&s->markup, line.from, line.to, PLACE_TEXT);
	else
		put_prose(s, line, PLACE_TEXT);
	s->after_blank = false;
}

static void put_any_line(struct scanner *s, struct line line)
{
	bool front = line.from < s->front_end;
	bool heading = !front && line.from >= s->heading.from && line.from < s->heading.to;

	s->markup.before = 0;
	s->markup.at_line = true;
	if (front)
		markup_raw(&s->markup, line.from, line.to, is_front_mark(s->text, line) ? PLACE_MARKUP : PLACE_FRONT);
	else if (heading)
		put_heading(s, line);
	else
		put_line(s, line);
	markup_raw(&s->markup, line.to, line.next, heading ? PLACE_HEADING : front ? PLACE_FRONT : PLACE_TEXT);
}

/* The first place at the byte or behind it. */
static size_t first_place(const struct buf *places, size_t from)
{
	size_t first = BUF_COUNT(places, struct place);

	while (first > 0 && BUF_AT(places, struct place, first - 1).offset >= from)
		first--;
	return first;
}

/* Is there enough of the text in the places, and nothing open that the next line could close? */
static bool may_end(struct scanner *s, struct line next, struct visible_end end)
{
	const struct buf *places = s->markup.places;

	if (next.from < end.after)
		return false;
	if (!s->counted)
		s->counted = first_place(places, end.from);
	for (; s->counted < BUF_COUNT(places, struct place); s->counted++) {
		const struct place *place = &BUF_AT(places, struct place, s->counted);

		if (place->kind == PLACE_TEXT && !(place->flags & PLACE_BLANK))
			s->text_count += place->count;
	}
	return s->text_count >= end.room && s->markup.open_count == 0 && s->markup.marked_end < next.from;
}

size_t visible_scan(struct buf *places, const struct hit *hit, const struct occurrence *found, size_t found_count,
		    struct visible_end end)
{
	struct scanner s = {.text = hit->text, .after_blank = true};
	struct line line;

	s.markup = (struct markup){.text = hit->text, .found = found, .found_count = found_count, .places = places};
	s.front_end = front_end(hit);
	s.heading = visible_heading(hit);
	for (line = line_at(s.text, 0); line.from < s.text.n; line = line_at(s.text, line.next)) {
		if (may_end(&s, line, end))
			break;
		put_any_line(&s, line);
	}
	return line.from;
}
