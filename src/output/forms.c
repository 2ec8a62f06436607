#include "forms.h"

#include "escape.h"
#include "utf8.h"

const struct form_field form_fields[CHANNEL_LENGTHS] = {
	[CHANNEL_BODY] = {"body", "body"},          [CHANNEL_CODE] = {"code", "code"},
	[CHANNEL_HEADING] = {"heading", "heading"}, [CHANNEL_QUESTION] = {"question", "question"},
	[CHANNEL_LEAD] = {"lead", "bold lead"},     [CHANNEL_ANCESTOR] = {"ancestors", "headings above"},
	[CHANNEL_NAME] = {"name", "file name"},     [CHANNEL_HAN] = {"characters", "characters"},
};

void form_color(struct buf *out, const char *color, const struct render_options *options)
{
	if (options->color)
		buf_add_text(out, color);
}

void form_colored(struct buf *out, struct span text, const char *color, const struct render_options *options)
{
	form_color(out, color, options);
	buf_add_span(out, text);
	form_color(out, COLOR_OFF, options);
}

void form_path(struct buf *out, const char *path, bool escape, const struct render_options *options)
{
	form_color(out, COLOR_PATH, options);
	if (escape)
		escape_line(out, span_of(path));
	else
		buf_add_text(out, path);
	form_color(out, COLOR_OFF, options);
}

void form_number(struct buf *out, uint32_t number, const struct render_options *options)
{
	char digits[11];
	size_t at = sizeof(digits);

	do
		digits[--at] = (char)('0' + number % 10);
	while (number /= 10);
	form_colored(out, (struct span){digits + at, sizeof(digits) - at}, COLOR_LINE, options);
}

void form_heading_path(struct buf *out, const struct hit *hit, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_add_text(out, " > ");
		escape_line(out, hit->heading_path[i]);
	}
}

/* The next `count` code points of *rest are taken off it. */
static struct span take_codes(struct span *rest, size_t count)
{
	struct span taken = {rest->p, 0};
	uint32_t code;
	bool valid;

	while (count-- && taken.n < rest->n)
		taken.n += utf8_next(rest->p + taken.n, rest->n - taken.n, &code, &valid);
	rest->p += taken.n;
	rest->n -= taken.n;
	return taken;
}

/* The text escaped; its ranges go to `marks`, or else into colours, or nowhere. */
static void add_pieces(struct buf *out, struct span rest, const struct snippet_range *ranges, size_t count, bool color,
		       struct buf *marks)
{
	size_t begin = out->n;
	uint32_t at = 0;

	for (size_t i = 0; i < count && (color || marks); i++) {
		struct snippet_range mark = ranges[i];
		size_t start;
		struct snippet_range moved;

		escape_line(out, take_codes(&rest, mark.start - at));
		at = mark.end;
		start = out->n;
		if (color)
			buf_add_text(out, COLOR_MATCH);
		escape_line(out, take_codes(&rest, mark.end - mark.start));
		if (color)
			buf_add_text(out, COLOR_OFF);
		if (!marks || out->failed)
			continue;
		moved.start = (uint32_t)utf8_count((struct span){out->data + begin, start - begin});
		moved.end = moved.start + (uint32_t)utf8_count((struct span){out->data + start, out->n - start});
		buf_add(marks, &moved, sizeof(moved));
	}
	escape_line(out, rest);
}

void form_snippet(struct buf *out, const struct snippet *snippet, const struct render_options *options)
{
	add_pieces(out, buf_span(&snippet->text), &BUF_AT(&snippet->highlights, struct snippet_range, 0),
		   BUF_COUNT(&snippet->highlights, struct snippet_range), options->color, NULL);
}

void form_snippet_marks(struct buf *out, const struct snippet *snippet, struct buf *marks)
{
	add_pieces(out, buf_span(&snippet->text), &BUF_AT(&snippet->highlights, struct snippet_range, 0),
		   BUF_COUNT(&snippet->highlights, struct snippet_range), false, marks);
}

void form_heading_marks(struct buf *out, struct span heading, const struct snippet_range *ranges, size_t count,
			struct buf *marks)
{
	add_pieces(out, heading, ranges, count, false, marks);
}

void form_end(struct buf *out, const struct render_options *options)
{
	buf_add_byte(out, options->nul ? '\0' : '\n');
}

void form_cut(struct buf *out, struct snippet *snippet, const struct answer *answer, const struct hit *hit,
	      const struct render_options *options)
{
	if (hit->needles)
		snippet_cut(snippet, hit, hit->needles, hit->needle_count, options->snippet);
	else
		snippet_cut(snippet, hit, answer->needles, answer->needle_count, options->snippet);
	out->failed = out->failed || snippet->text.failed || snippet->highlights.failed;
}
