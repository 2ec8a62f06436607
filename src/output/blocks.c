/* The form for people: a block a hit. */
#include "escape.h"
#include "forms.h"
#include "marks.h"
#include "wrap.h"

#include <inttypes.h>

enum {
	COLUMNS_DEFAULT = 80,
	WIDTH_MIN = 8,     /* on a narrower terminal lines are longer than it */
	MORE_COLUMNS = 13, /* of " and 999 more" */
	ANCESTORS_MIN = 8, /* less than this of the headings above says nothing */
};

struct blocks {
	struct buf *out;
	const struct answer *answer;
	const struct render_options *options;
	size_t indent;
	size_t width;
	struct snippet snippet;
	struct buf line;  /* what is written next, escaped */
	struct buf marks; /* its marks */
	struct marks found;
	struct buf ranges; /* what is found in a heading */
};

static void add_indent(struct blocks *b)
{
	buf_printf(b->out, "%*s", (int)b->indent, "");
}

static int digits_of(uint64_t number)
{
	int digits = 1;

	while (number /= 10)
		digits++;
	return digits;
}

static void add_colored(struct blocks *b, const char *text, const char *color)
{
	form_colored(b->out, span_of(text), color, b->options);
}

/* b->line with its marks in colour, of which `off` is the end. */
static void add_wrapped(struct blocks *b, const char *off)
{
	struct wrap_style style = {b->indent, b->width, b->options->color ? COLOR_MATCH : NULL, off};
	const struct snippet_range *marks = (const struct snippet_range *)(const void *)b->marks.data;

	wrap_text(b->out, buf_span(&b->line), marks, BUF_COUNT(&b->marks, struct snippet_range), &style);
}

/* An error in the line before becomes one of the output. */
static void start_line(struct blocks *b)
{
	b->out->failed = b->out->failed || b->line.failed || b->marks.failed;
	buf_reset(&b->line);
	buf_reset(&b->marks);
}

/* b->line is the heading: what was found in it by pinyin is known, what by words is looked for. */
static void start_heading(struct blocks *b, const struct hit *hit)
{
	start_line(b);
	buf_reset(&b->ranges);
	if (!hit->heading_mark_count && b->options->color)
		marks_find_heading(&b->found, b->answer, hit, &b->ranges);
	else
		buf_add(&b->ranges, hit->heading_marks, hit->heading_mark_count * sizeof(*hit->heading_marks));
	form_heading_marks(&b->line, hit->heading, (const struct snippet_range *)(const void *)b->ranges.data,
			   BUF_COUNT(&b->ranges, struct snippet_range), &b->marks);
	b->out->failed = b->out->failed || b->ranges.failed;
}

static void add_heading(struct blocks *b, const struct hit *hit)
{
	form_color(b->out, COLOR_DIM, b->options);
	buf_printf(b->out, "%*" PRIu64, (int)b->indent - 2, hit->rank);
	form_color(b->out, COLOR_OFF, b->options);
	buf_add_text(b->out, "  ");
	start_heading(b, hit);
	form_color(b->out, COLOR_BOLD, b->options);
	add_wrapped(b, COLOR_TEXT);
	form_color(b->out, COLOR_OFF, b->options);
	buf_add_byte(b->out, '\n');
}

/* The headings above, as far as they fit beside the path. */
static void add_ancestors(struct blocks *b, const struct hit *hit, size_t used)
{
	static const char dot[] = "  ·  ";
	const size_t around = 5; /* its columns */

	if (hit->heading_path_count < 2 || used + around + ANCESTORS_MIN > b->width)
		return;
	start_line(b);
	form_heading_path(&b->line, hit, hit->heading_path_count - 1);
	form_color(b->out, COLOR_DIM, b->options);
	buf_add_text(b->out, dot);
	wrap_truncate(b->out, buf_span(&b->line), b->width - used - around);
	form_color(b->out, COLOR_OFF, b->options);
}

/* The path is never cut: it is there to be copied. */
static void add_place(struct blocks *b, const struct hit *hit)
{
	static const char stale[] = "  (file changed since indexing)";
	size_t used;

	add_indent(b);
	start_line(b);
	escape_line(&b->line, span_of(hit->path));
	used = wrap_columns(buf_span(&b->line)) + 1 + (size_t)digits_of(hit->line_start);
	form_path(b->out, hit->path, true, b->options);
	buf_add_byte(b->out, ':');
	form_number(b->out, hit->line_start, b->options);
	if (hit->stale) {
		add_colored(b, stale, COLOR_WARN);
		used += sizeof(stale) - 1;
	}
	add_ancestors(b, hit, used);
	buf_add_byte(b->out, '\n');
}

static void add_snippet(struct blocks *b, const struct hit *hit)
{
	if (!b->options->snippet)
		return;
	form_cut(b->out, &b->snippet, b->answer, hit, b->options);
	if (!b->snippet.text.n)
		return;
	start_line(b);
	form_snippet_marks(&b->line, &b->snippet, &b->marks);
	add_indent(b);
	add_wrapped(b, COLOR_OFF);
	buf_add_byte(b->out, '\n');
}

/* What does not fit goes on, indented more than where the line began. */
static void add_folded(struct blocks *b, struct span line)
{
	enum { DEEPER = 4 };
	const size_t columns = b->options->columns;
	struct span text = span_trim(line, " ");
	struct wrap_style style = {.indent = (size_t)(text.p - line.p) + DEEPER, .width = WIDTH_MIN};

	if (columns == 0 || wrap_columns(line) <= columns) {
		buf_add_span(b->out, line);
		return;
	}
	if (columns > style.indent + WIDTH_MIN)
		style.width = columns - style.indent;
	buf_printf(b->out, "%*s", (int)(style.indent - DEEPER), "");
	wrap_text(b->out, text, NULL, 0, &style);
}

/* The lines of b->line. */
static void add_lines(struct blocks *b)
{
	struct span rest = buf_span(&b->line);

	while (rest.n) {
		add_folded(b, span_take_line(&rest));
		buf_add_byte(b->out, '\n');
	}
}

static void add_explanation(struct blocks *b)
{
	start_line(b);
	form_explanation(&b->line, b->answer, b->options);
	add_lines(b);
}

static void add_steps(struct blocks *b, const struct hit *hit)
{
	start_line(b);
	form_steps(&b->line, b->answer, hit, (int)b->indent, b->options);
	form_color(b->out, COLOR_DIM, b->options);
	add_lines(b);
	form_color(b->out, COLOR_OFF, b->options);
}

/* The other places, as many as fit on a line. */
static void add_copies(struct blocks *b, const struct hit *hit)
{
	size_t shown = 0;

	if (hit->copy_total == 0)
		return;
	start_line(b);
	buf_add_text(&b->line, "also in ");
	for (; shown < hit->copy_count; shown++) {
		size_t end = b->line.n;

		buf_add_text(&b->line, shown ? ", " : "");
		escape_line(&b->line, span_of(hit->copies[shown].path));
		buf_printf(&b->line, ":%" PRIu32, hit->copies[shown].line_start);
		if (shown == 0 || wrap_columns(buf_span(&b->line)) + MORE_COLUMNS <= b->width)
			continue;
		b->line.n = end;
		break;
	}
	if (shown < hit->copy_total)
		buf_printf(&b->line, " and %zu more", hit->copy_total - shown);
	add_indent(b);
	form_colored(b->out, buf_span(&b->line), COLOR_DIM, b->options);
	buf_add_byte(b->out, '\n');
}

/* Between the hits that have every word and those that have some. */
static void add_separator(struct blocks *b)
{
	add_colored(b, "— partial matches —", COLOR_DIM);
	buf_add_text(b->out, "\n\n");
}

void render_blocks(struct buf *out, const struct answer *answer, const struct render_options *options)
{
	const size_t columns = options->columns ? options->columns : COLUMNS_DEFAULT;
	struct blocks b = {.out = out, .answer = answer, .options = options};
	bool full = false;

	if (answer->hit_count)
		b.indent = (size_t)digits_of(answer->hits[answer->hit_count - 1].rank) + 2;
	if (answer->explanation)
		add_explanation(&b);
	b.width = columns >= b.indent + WIDTH_MIN ? columns - b.indent : WIDTH_MIN;
	for (size_t i = 0; i < answer->hit_count; i++) {
		const struct hit *hit = &answer->hits[i];

		if (i)
			buf_add_byte(out, '\n');
		if (answer->mode == MODE_SOME && full && !hit->full)
			add_separator(&b);
		full = hit->full;
		add_heading(&b, hit);
		add_place(&b, hit);
		if (options->full)
			marks_write_source(&b.found, answer, hit, b.indent, options, out);
		else
			add_snippet(&b, hit);
		add_copies(&b, hit);
		if (hit->steps)
			add_steps(&b, hit);
	}
	start_line(&b);
	buf_release(&b.line);
	buf_release(&b.marks);
	buf_release(&b.ranges);
	marks_release(&b.found);
	snippet_release(&b.snippet);
}
