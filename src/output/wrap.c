#include "wrap.h"

#include "escape.h"
#include "unicode.h"
#include "utf8.h"

/* A character with its marks. */
struct glyph {
	size_t bytes;
	size_t codes;
	size_t columns;
	uint32_t code;
};

/* Glyphs between which no line may end. */
struct unit {
	size_t bytes;
	size_t columns;
};

struct wrap {
	struct buf *out;
	const struct wrap_style *style;
	struct span text;
	const struct snippet_range *marks;
	size_t mark_count;
	size_t mark;   /* the first that does not end before here */
	size_t code;   /* code points written */
	size_t column; /* of this line */
	bool lit;
};

static struct glyph glyph_at(struct span text, size_t at)
{
	struct glyph glyph = {.codes = 1};
	uint32_t code;
	bool valid;
	size_t n;

	glyph.bytes = utf8_next(text.p + at, text.n - at, &glyph.code, &valid);
	glyph.columns = escape_columns(glyph.code);
	while (at + glyph.bytes < text.n) {
		n = utf8_next(text.p + at + glyph.bytes, text.n - at - glyph.bytes, &code, &valid);
		if (escape_columns(code) != 0)
			break;
		glyph.bytes += n;
		glyph.codes++;
	}
	return glyph;
}

/* Does not begin a line. */
static bool is_closing(uint32_t code)
{
	return unicode_is_one_of(code, U"、。，：；！？）」』》〉】’”…％,.:;!?)]}%");
}

/* Does not end a line. */
static bool is_opening(uint32_t code)
{
	return unicode_is_one_of(code, U"（「『《〈【‘“([{");
}

static bool may_break(const struct glyph *before, const struct glyph *after)
{
	if (after->code == ' ')
		return true;
	if (is_closing(after->code) || is_opening(before->code))
		return false;
	return before->columns == 2 || after->columns == 2;
}

/* At most `width` columns: a longer unit is more than one. */
static struct unit unit_at(struct span text, size_t at, size_t width)
{
	struct glyph glyph = glyph_at(text, at);
	struct unit unit = {glyph.bytes, glyph.columns};

	while (at + unit.bytes < text.n) {
		struct glyph next = glyph_at(text, at + unit.bytes);

		if (may_break(&glyph, &next) || unit.columns + next.columns > width)
			break;
		unit.bytes += next.bytes;
		unit.columns += next.columns;
		glyph = next;
	}
	return unit;
}

static void light(struct wrap *w, bool on)
{
	if (on != w->lit && w->style->on)
		buf_add_text(w->out, on ? w->style->on : w->style->off);
	w->lit = on;
}

static void break_line(struct wrap *w)
{
	light(w, false);
	buf_printf(w->out, "\n%*s", (int)w->style->indent, "");
	w->column = 0;
}

static size_t put_glyph(struct wrap *w, size_t at)
{
	struct glyph glyph = glyph_at(w->text, at);

	while (w->mark < w->mark_count && w->marks[w->mark].end <= w->code)
		w->mark++;
	light(w, w->mark < w->mark_count && w->marks[w->mark].start <= w->code);
	buf_add(w->out, w->text.p + at, glyph.bytes);
	w->code += glyph.codes;
	w->column += glyph.columns;
	return at + glyph.bytes;
}

void wrap_text(struct buf *out, struct span text, const struct snippet_range *marks, size_t mark_count,
	       const struct wrap_style *style)
{
	struct wrap w = {.out = out, .style = style, .text = text, .marks = marks, .mark_count = mark_count};

	for (size_t at = 0; at < text.n;) {
		size_t blank = text.p[at] == ' ' ? 1 : 0;
		struct unit unit = {0, 0};
		size_t end;

		if (at + blank < text.n)
			unit = unit_at(text, at + blank, style->width);
		end = at + blank + unit.bytes;
		if (w.column && w.column + blank + unit.columns > style->width) {
			break_line(&w);
			at += blank; /* the line's end stands for it */
			w.code += blank;
		} else if (blank) {
			at = put_glyph(&w, at);
		}
		while (at < end)
			at = put_glyph(&w, at);
	}
	light(&w, false);
}

size_t wrap_columns(struct span text)
{
	size_t columns = 0;

	for (size_t at = 0; at < text.n;) {
		struct glyph glyph = glyph_at(text, at);

		columns += glyph.columns;
		at += glyph.bytes;
	}
	return columns;
}

void wrap_truncate(struct buf *out, struct span text, size_t columns)
{
	size_t used = 0;
	size_t fits = 0; /* bytes that leave room for "…" */

	for (size_t at = 0; at < text.n;) {
		struct glyph glyph = glyph_at(text, at);

		at += glyph.bytes;
		used += glyph.columns;
		if (used > columns) {
			buf_add(out, text.p, fits);
			buf_add_text(out, "…");
			return;
		}
		if (used + 1 <= columns)
			fits = at;
	}
	buf_add_span(out, text);
}
