#include "part.h"

#include "character.h"
#include "marker.h"
#include "utf8.h"

#include <stdint.h>
#include <strings.h>

static bool is_one_of(char byte, const char *set)
{
	return byte && strchr(set, byte);
}

/* Blanks at its start; the whole of a blank line. */
static size_t indent_of(struct span line)
{
	size_t n = 0;

	while (n < line.n && is_one_of(line.p[n], " \t\r"))
		n++;
	return n;
}

static struct span behind(struct span text, size_t n)
{
	return (struct span){text.p + n, text.n - n};
}

/* The marks of a line that begins or ends a fenced code block. */
static struct span fence_of(struct span line)
{
	struct span marks = behind(line, indent_of(line));
	size_t n = 0;

	while (n < marks.n && is_one_of(marks.p[n], "`~") && marks.p[n] == marks.p[0])
		n++;
	return (struct span){marks.p, n < 3 ? 0 : n};
}

static bool ends_code(struct span line, struct span fence)
{
	struct span marks = fence_of(line);
	size_t indent = (size_t)(marks.p - line.p);

	return indent < 4 && !memchr(line.p, '\t', indent) && span_starts(marks, fence) &&
	       character_is_blank_line(behind(line, indent + marks.n));
}

/* What begins a block of HTML that no blank line ends, and what ends it (CommonMark 0.31, 4.6, conditions 1 to 5). */
static const struct html_mark {
	const char *begin;
	const char *ends[3];
} html_marks[] = {
	{"<script", {"</script>", "</pre>", "</style>"}},
	{"<pre", {"</script>", "</pre>", "</style>"}},
	{"<style", {"</script>", "</pre>", "</style>"}},
	{"<!--", {"-->"}},
	{"<?", {"?>"}},
	{"<![CDATA[", {"]]>"}},
	{"<!", {">"}},
};

enum { HTML_MARKS = sizeof html_marks / sizeof *html_marks };

/* HTML_MARKS: a blank line ends it. */
static size_t find_mark(struct span html)
{
	size_t i = 0;

	while (i < HTML_MARKS) {
		size_t n = strlen(html_marks[i].begin);

		if (n <= html.n && strncasecmp(html.p, html_marks[i].begin, n) == 0)
			break;
		i++;
	}
	return i;
}

static bool holds(struct span line, const char *text)
{
	size_t n = strlen(text);

	for (size_t i = 0; i + n <= line.n; i++)
		if (line.p[i] == text[0] && strncasecmp(line.p + i, text, n) == 0)
			return true;
	return false;
}

static bool ends_html(struct span line, struct span mark)
{
	const struct html_mark *known = html_marks + find_mark(mark);

	if (mark.n == 0)
		return character_is_blank_line(line);
	for (size_t i = 0; i < 3 && known->ends[i]; i++)
		if (holds(line, known->ends[i]))
			return true;
	return false;
}

/* Blanks at its start, in columns. */
static size_t columns_of(struct span line)
{
	size_t n = indent_of(line);
	size_t columns = 0;

	for (size_t i = 0; i < n; i++)
		columns = line.p[i] == '\t' ? (columns | 3) + 1 : columns + 1;
	return columns;
}

/* By how many columns lines are indented that belong to the item which begins with this one. To a quote none belong without a
 * mark of their own. */
static size_t item_indent(struct span line)
{
	struct span rest = behind(line, indent_of(line));
	size_t mark = 0;
	size_t blanks;

	if (rest.n && rest.p[0] == '>')
		return SIZE_MAX;
	while (mark < rest.n && is_one_of(rest.p[mark], "0123456789"))
		mark++;
	if (mark == rest.n || !is_one_of(rest.p[mark], "-+*.)"))
		return columns_of(line);
	rest = behind(rest, mark + 1);
	blanks = character_is_blank_line(rest) ? 0 : columns_of(rest);
	return columns_of(line) + mark + 1 + (blanks < 1 || blanks > 4 ? 1 : blanks);
}

static bool is_end(const struct parts *open, struct span line)
{
	switch (open->kind) {
	case PART_PLAIN: return true;
	case PART_CODE: return ends_code(line, open->mark);
	case PART_HTML: return ends_html(line, open->mark);
	case PART_ITEM: break;
	}
	return !character_is_blank_line(line) && columns_of(line) < open->indent;
}

/* Where what is open at the start of the text ends; false: not in it. Of an item the first line is one, whatever it looks like. */
static bool find_end(const struct parts *open, struct span text, size_t *end)
{
	struct span rest = text;

	if (open->kind == PART_ITEM)
		span_take_line(&rest);
	while (rest.n) {
		size_t start = text.n - rest.n;

		if (is_end(open, span_take_line(&rest))) {
			*end = open->kind == PART_ITEM ? start : text.n - rest.n;
			return true;
		}
	}
	return false;
}

/* Bytes that could begin a block if they began a line. A number is such where it would begin an item of a list, not where it
 * is a word. */
static size_t marks_length(struct span line)
{
	size_t n = 0;
	size_t digits = 0;

	while (n < line.n && is_one_of(line.p[n], " \t#>-+*=_|<[`~"))
		n++;
	while (n + digits < line.n && is_one_of(line.p[n + digits], "0123456789"))
		digits++;
	return digits && n + digits < line.n && is_one_of(line.p[n + digits], ".)") ? n + digits : n;
}

/* How good it is to cut before the line, if no better place is found. */
static int worth_of(struct span line, bool after_blank)
{
	if (character_is_blank_line(line))
		return 1;
	if (indent_of(line) || fence_of(line).n)
		return 2;
	if (after_blank)
		return 5;
	return marks_length(line) ? 3 : 4;
}

/* Where a text that is longer than a part is cut: at the last of the best lines, else between two characters. */
static size_t choose_end(struct span text, size_t least)
{
	struct span rest = {text.p + least - 1, least + 1};
	size_t best = utf8_floor(text, 2 * least);
	bool after_blank = character_is_blank_line(span_take_line(&rest));
	int most = 0;

	while (rest.n) {
		size_t at = (size_t)(rest.p - text.p);
		struct span line = span_take_line(&rest);
		int worth = worth_of(line, after_blank);

		if (worth >= most) {
			most = worth;
			best = at;
		}
		after_blank = worth == 1;
	}
	return best;
}

bool parts_next(struct parts *parts, struct part *part)
{
	struct span *rest = &parts->rest;
	size_t n;

	*part = (struct part){.kind = parts->kind, .in_line = parts->in_line};
	if (part->in_line && part->kind != PART_CODE && part->kind != PART_HTML)
		*rest = behind(*rest, marks_length(*rest));
	if (rest->n == 0)
		return false;
	n = rest->n > 2 * parts->least ? choose_end(*rest, parts->least) : rest->n;
	if (part->kind == PART_PLAIN || find_end(parts, (struct span){rest->p, n}, &n))
		parts->kind = PART_PLAIN;
	part->text = (struct span){rest->p, n};
	parts->in_line = rest->p[n - 1] != '\n';
	*rest = behind(*rest, n);
	return true;
}

static size_t line_start(struct span text, size_t at)
{
	while (at > 0 && text.p[at - 1] != '\n')
		at--;
	return at;
}

/* The line that ends before `at`, where a line begins, which is not the first. */
static struct span line_before(struct span text, size_t at)
{
	size_t start = line_start(text, at - 1);

	return (struct span){text.p + start, at - 1 - start};
}

bool part_may_begin(struct span text, size_t at)
{
	struct span rest = behind(text, at);
	struct span line = span_take_line(&rest);

	if (line.n == 0 || indent_of(line) || fence_of(line).n)
		return false;
	return marker_level(line) || at == 0 || character_is_blank_line(line_before(text, at));
}

void parts_return(struct parts *parts, const char *at)
{
	*parts = (struct parts){.rest = {at, parts->rest.n + (size_t)(parts->rest.p - at)}, .least = parts->least};
}

/* The marks that began the code whose first text is in the line at `at`: only blank lines of it may stand before. */
static struct span find_fence(struct span text, size_t at)
{
	struct span line = {text.p, 0};

	while (at > 0 && character_is_blank_line(line)) {
		line = line_before(text, at);
		at = (size_t)(line.p - text.p);
	}
	return fence_of(line);
}

/* What began the HTML that is open behind `html`. md4c takes blocks of HTML that follow one another for one. */
static struct span find_html(struct span html)
{
	struct parts open = {.kind = PART_HTML};
	size_t end = 0;

	do {
		size_t known;

		html = behind(html, end);
		while (html.n && is_one_of(html.p[0], " \t\r\n"))
			html = behind(html, 1);
		known = find_mark(html);
		open.mark = known < HTML_MARKS ? span_of(html_marks[known].begin) : (struct span){html.p, 0};
	} while (find_end(&open, html, &end));
	return open.mark;
}

size_t parts_indent(const struct parts *parts)
{
	struct span rest = parts->rest;
	struct span line = span_take_line(&rest);

	return parts->in_line || character_is_blank_line(line) ? 0 : indent_of(line);
}

void parts_leave(struct parts *parts, struct span part, enum part_kind open, const char *start)
{
	size_t first = start && start < part.p + part.n ? (size_t)(start - part.p) : part.n;
	size_t line = line_start(part, first);
	struct span rest = behind(part, line);

	parts->kind = open;
	switch (open) {
	case PART_PLAIN: break;
	case PART_CODE: parts->mark = find_fence(part, line); break;
	case PART_HTML: parts->mark = find_html(behind(part, first)); break;
	case PART_ITEM: parts->indent = item_indent(span_take_line(&rest)); break;
	}
}
