#include "marks.h"

#include "escape.h"
#include "forms.h"
#include "utf8.h"

/* Makes one range of those that touch. */
static void merge(struct buf *ranges)
{
	struct occurrence *all = (struct occurrence *)(void *)ranges->data;
	size_t count = BUF_COUNT(ranges, struct occurrence);
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		if (kept == 0 || all[kept - 1].end < all[i].start)
			all[kept++] = all[i];
		else if (all[kept - 1].end < all[i].end)
			all[kept - 1].end = all[i].end;
	}
	ranges->n = kept * sizeof(*all);
}

static void find(struct marks *marks, const struct answer *answer, const struct hit *hit, struct span text)
{
	buf_reset(&marks->ranges);
	if (hit->needles)
		occurrence_find(&marks->ranges, text, hit->needles, hit->needle_count, &marks->space);
	else
		occurrence_find(&marks->ranges, text, answer->needles, answer->needle_count, &marks->space);
	merge(&marks->ranges);
}

void marks_find_heading(struct marks *marks, const struct answer *answer, const struct hit *hit, struct buf *out)
{
	find(marks, answer, hit, hit->heading);
	for (size_t i = 0; i < BUF_COUNT(&marks->ranges, struct occurrence); i++) {
		struct occurrence mark = BUF_AT(&marks->ranges, struct occurrence, i);
		struct snippet_range range = {(uint32_t)utf8_count((struct span){hit->heading.p, mark.start}),
					      (uint32_t)utf8_count((struct span){hit->heading.p, mark.end})};

		buf_add(out, &range, sizeof(range));
	}
	out->failed = out->failed || marks->ranges.failed;
}

/* The source without the line ends at its end. */
static struct span source_of(const struct hit *hit)
{
	struct span text = hit->text;

	while (text.n && (text.p[text.n - 1] == '\n' || text.p[text.n - 1] == '\r'))
		text.n--;
	return text;
}

/* The line, which begins at byte `from` of its text; marks before *next end before it. */
static void write_line(struct buf *out, struct span line, size_t from, const struct buf *ranges, size_t *next)
{
	size_t at = 0;

	for (; *next < BUF_COUNT(ranges, struct occurrence); ++*next) {
		struct occurrence mark = BUF_AT(ranges, struct occurrence, *next);
		size_t start = mark.start > from ? mark.start - from : 0;
		size_t end = mark.end < from + line.n ? mark.end - from : line.n;

		if (mark.end <= from)
			continue;
		if (start >= line.n)
			break;
		escape_text(out, (struct span){line.p + at, start - at});
		buf_add_text(out, COLOR_MATCH);
		escape_text(out, (struct span){line.p + start, end - start});
		buf_add_text(out, COLOR_OFF);
		at = end;
		if (mark.end > from + line.n)
			break;
	}
	escape_text(out, (struct span){line.p + at, line.n - at});
}

void marks_write_source(struct marks *marks, const struct answer *answer, const struct hit *hit, size_t indent,
			const struct render_options *options, struct buf *out)
{
	struct span text = source_of(hit);
	struct span rest = text;
	size_t next = 0;

	buf_reset(&marks->ranges);
	if (options->color)
		find(marks, answer, hit, text);
	do {
		struct span line = span_take_line(&rest);
		size_t from = (size_t)(line.p - text.p);

		if (line.n && line.p[line.n - 1] == '\r')
			line.n--;
		if (line.n)
			buf_printf(out, "%*s", (int)indent, "");
		write_line(out, line, from, &marks->ranges, &next);
		buf_add_byte(out, '\n');
	} while (rest.n);
	out->failed = out->failed || marks->ranges.failed;
}

void marks_release(struct marks *marks)
{
	buf_release(&marks->ranges);
	occurrence_release(&marks->space);
}
