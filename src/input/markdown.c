#include "markdown.h"

#include "block.h"
#include "bytes.h"
#include "character.h"
#include "effort.h"
#include "entity.h"
#include "front_matter.h"
#include "html.h"
#include "part.h"
#include "plain.h"

#include <assert.h>
#include <md4c.h>

/* What md4c does more than once for a byte of text: the target of a link reference is gone through for each link that
 * names it (2.6 ns a byte), and each row of a table is filled up to the columns of its head (60 ns a cell, with what we
 * do). Counted in bytes of targets: some 3 s. Without a limit 0.1 MB of either can take seconds, 1 MB minutes. */
static const uint64_t WORK_MAX = 1000000000;
enum { CELL_WORK = 24 };

/* More sections than a file may have are no sections: each takes some 250 bytes until all of the file is indexed. A large
 * dictionary, an entry a section, has fewer; "# a" on every line, 20 MB of it, takes 1.4 GB without a limit. */
enum { SECTIONS_MANY = 100000, SECTION_LEAST = 80 };

enum mode {
	MODE_PROSE,
	MODE_ROW,
	MODE_HEADING,
	MODE_CODE,
	MODE_HTML,
};

struct markdown {
	struct outline *outline;
	struct span text; /* as md4c has it */
	struct block block;
	struct buf html; /* raw, of the current block */
	enum mode mode;
	unsigned containers; /* quotes and lists that are open */
	unsigned links;      /* open, too */
	unsigned level;      /* of the current heading */
	const char *heading; /* the first place in the text that a chunk of it pointed to */
	unsigned lines;      /* ended before that */
	const char *line;    /* the first line that begins in the part of the text at hand */
	uint64_t work;
	size_t sections_max;
	bool has_wiki_links; /* perhaps, and not if false */
};

/* `## 标题 {#title}`: the anchor that Pandoc, Hugo and VitePress take from a heading is not seen by readers. */
static struct span without_anchor(struct span heading)
{
	size_t at = heading.n;

	if (at == 0 || heading.p[at - 1] != '}')
		return heading;
	while (at > 1 && heading.p[at - 1] != '{')
		at--;
	if (at < heading.n && at > 1 && heading.p[at] == '#')
		return character_trim((struct span){heading.p, at - 1});
	return heading;
}

/* The start of the line in which the heading begins. */
static size_t heading_start(const struct markdown *m)
{
	size_t at = (size_t)(m->heading - m->text.p);

	for (unsigned line = 0; line <= m->lines; line++) {
		at -= line > 0 && at > 0;
		while (at > 0 && m->text.p[at - 1] != '\n')
			at--;
	}
	return m->outline->body + at;
}

static void end_heading(struct markdown *m)
{
	struct span heading = without_anchor(block_line(&m->block, m->outline->arena));

	/* one without text names nothing; a line that was cut cannot begin a section where its rest begins */
	if (heading.n && m->heading && m->heading < m->line)
		block_flush(&m->block, m->outline);
	else if (heading.n && m->heading)
		outline_begin(m->outline, m->level, heading, heading_start(m));
	block_reset(&m->block);
}

static void end_html(struct markdown *m)
{
	html_add_text(block_buffer(&m->block), buf_span(&m->html));
	outline_see_text(m->outline, block_text(&m->block));
	m->block.failed |= m->html.failed;
	buf_reset(&m->html);
	block_flush(&m->block, m->outline);
}

static void flush(struct markdown *m)
{
	switch (m->mode) {
	case MODE_PROSE: block_flush(&m->block, m->outline); break;
	case MODE_ROW: block_flush_row(&m->block, m->outline); break;
	case MODE_CODE: block_flush_code(&m->block, m->outline); break;
	case MODE_HEADING: end_heading(m); break;
	case MODE_HTML: end_html(m); break;
	}
	m->mode = MODE_PROSE;
}

static void begin_heading(struct markdown *m, const MD_BLOCK_H_DETAIL *detail)
{
	if (m->containers)
		return;
	m->mode = MODE_HEADING;
	m->level = detail->level;
	m->heading = NULL;
	m->lines = 0;
}

static bool is_container(MD_BLOCKTYPE type)
{
	return type == MD_BLOCK_QUOTE || type == MD_BLOCK_UL || type == MD_BLOCK_OL;
}

/* What every callback returns: md4c 0.4.8 does not heed all of them, so that one alone would not stop it. */
static int is_too_much(const struct markdown *m)
{
	return m->work > WORK_MAX || BUF_COUNT(&m->outline->sections, struct section) > m->sections_max;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *context)
{
	struct markdown *m = context;

	if (type == MD_BLOCK_TH || type == MD_BLOCK_TD) {
		m->work += CELL_WORK;
		block_break(&m->block);
		return is_too_much(m);
	}
	flush(m);
	m->containers += is_container(type);
	if (type == MD_BLOCK_H)
		begin_heading(m, detail);
	else if (type == MD_BLOCK_CODE)
		m->mode = MODE_CODE;
	else if (type == MD_BLOCK_HTML)
		m->mode = MODE_HTML;
	else if (type == MD_BLOCK_TR)
		m->mode = MODE_ROW;
	return is_too_much(m);
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *context)
{
	struct markdown *m = context;

	(void)detail;
	if (type != MD_BLOCK_TH && type != MD_BLOCK_TD)
		flush(m);
	m->containers -= is_container(type);
	return is_too_much(m);
}

static int enter_span(MD_SPANTYPE type, void *detail, void *context)
{
	struct markdown *m = context;

	if (type == MD_SPAN_STRONG)
		block_enter_strong(&m->block);
	if (type == MD_SPAN_A) {
		const MD_SPAN_A_DETAIL *link = detail;

		m->work += link->href.size + link->title.size;
		m->links++;
		if (m->mode != MODE_HEADING)
			outline_see_link(m->outline);
	}
	if (type == MD_SPAN_IMG) {
		const MD_SPAN_IMG_DETAIL *image = detail;

		m->work += image->src.size + image->title.size;
	}
	return is_too_much(m);
}

static int leave_span(MD_SPANTYPE type, void *detail, void *context)
{
	struct markdown *m = context;

	(void)detail;
	if (type == MD_SPAN_STRONG)
		block_leave_strong(&m->block);
	if (type == MD_SPAN_A)
		m->links--;
	return is_too_much(m);
}

/* md4c also hands out strings of its own (a line end, an indent): those are no places. */
static bool is_place(const struct markdown *m, const char *p)
{
	return (uintptr_t)p >= (uintptr_t)m->text.p && (uintptr_t)p < (uintptr_t)(m->text.p + m->text.n);
}

static void see_heading(struct markdown *m, MD_TEXTTYPE type, const char *p)
{
	if (m->heading)
		return;
	if (type == MD_TEXT_SOFTBR || type == MD_TEXT_BR)
		m->lines++;
	else if (is_place(m, p))
		m->heading = p;
}

static void add_html(struct markdown *m, struct span html)
{
	if (m->mode == MODE_HTML)
		buf_add_span(&m->html, html);
	else if (html_separates(html))
		block_break(&m->block);
}

/* Text that is read as it is; outside of links its words tell a section from a table of contents. */
static void add_visible(struct markdown *m, struct span text)
{
	block_add(&m->block, text);
	if (m->mode != MODE_HEADING && m->links == 0)
		outline_see_text(m->outline, text);
}

/* The first "[[...]]" of the text, as what stands between; false when there is none. */
static bool find_wiki_link(struct span text, struct span *inside)
{
	const char *first = text.n ? memchr(text.p, '[', text.n) : NULL;
	size_t open = 0; /* behind the last "[[" */

	if (!first)
		return false;
	for (size_t i = (size_t)(first - text.p); i + 1 < text.n; i++) {
		if (text.p[i] == '[' && text.p[i + 1] == '[')
			open = i + 2;
		if (open == 0 || i <= open || text.p[i] != ']' || text.p[i + 1] != ']')
			continue;
		*inside = (struct span){text.p + open, i - open};
		return true;
	}
	return false;
}

/* `[[目标|别名]]` is a link with the text 别名, `[[目标]]` one with 目标. md4c could tell us, but what version 0.4.8
 * does with `[[<a@b>|c]]` is undefined, down to texts of negative length. */
static void add_normal(struct markdown *m, struct span text)
{
	struct span inside;

	while (m->has_wiki_links && find_wiki_link(text, &inside)) {
		const char *end = inside.p + inside.n;
		const char *bar = memchr(inside.p, '|', inside.n);
		struct span label = inside;

		if (bar)
			label = bar + 1 < end ? (struct span){bar + 1, (size_t)(end - bar) - 1}
					      : (struct span){inside.p, inside.n - 1};
		add_visible(m, (struct span){text.p, (size_t)(inside.p - text.p) - 2});
		m->links++;
		add_visible(m, label);
		m->links--;
		if (m->mode != MODE_HEADING)
			outline_see_link(m->outline);
		text = (struct span){end + 2, text.n - (size_t)(end + 2 - text.p)};
	}
	add_visible(m, text);
}

static void add_entity(struct markdown *m, struct span entity)
{
	struct buf *to = block_buffer(&m->block);
	size_t before = to->n;

	entity_add(to, entity);
	if (m->mode != MODE_HEADING && m->links == 0 && to->n > before)
		outline_see_text(m->outline, (struct span){to->data + before, to->n - before});
}

static int add_text(MD_TEXTTYPE type, const MD_CHAR *p, MD_SIZE n, void *context)
{
	struct markdown *m = context;

	if (m->mode == MODE_HEADING)
		see_heading(m, type, p);
	switch (type) {
	case MD_TEXT_NULLCHAR: block_add(&m->block, span_of(" ")); break;
	case MD_TEXT_BR: block_break(&m->block); break;
	case MD_TEXT_SOFTBR: block_add(&m->block, span_of("\n")); break;
	case MD_TEXT_HTML: add_html(m, (struct span){p, n}); break;
	case MD_TEXT_ENTITY: add_entity(m, (struct span){p, n}); break;
	case MD_TEXT_NORMAL: add_normal(m, (struct span){p, n}); break;
	case MD_TEXT_CODE:
	case MD_TEXT_LATEXMATH: add_visible(m, (struct span){p, n}); break;
	}
	return is_too_much(m);
}

/* Where the colon of `[^1]: ...` is, 0 when the line is no footnote. */
static size_t footnote_colon(struct span line)
{
	size_t at = 0;

	while (at < line.n && at < 3 && line.p[at] == ' ')
		at++;
	if (line.n - at < 2 || memcmp(line.p + at, "[^", 2) != 0)
		return 0;
	while (at < line.n && line.p[at] != ']')
		at++;
	return at + 1 < line.n && line.p[at + 1] == ':' ? at + 1 : 0;
}

/* A lone '\r' is a blank, since lines end with '\n' and nothing else, for us and for everybody who counts them. */
static void blank_returns(struct draft *draft)
{
	struct span text = draft->text;
	const char *end = text.p + text.n;
	const char *p = text.p;

	while (p < end && (p = memchr(p, '\r', (size_t)(end - p))) != NULL) {
		if (p + 1 == end || p[1] != '\n')
			draft_blank(draft, (size_t)(p - text.p));
		p++;
	}
}

/* A footnote is text, where CommonMark sees a link target with the name "^1", because Chinese has no blanks that would
 * tell it from one. It is known by the first '^' of its line. */
static void blank_footnotes(struct draft *draft)
{
	struct span text = draft->text;
	struct span rest = text;
	const char *mark;

	while (rest.n && (mark = memchr(rest.p, '^', rest.n)) != NULL) {
		const char *newline = memchr(mark, '\n', (size_t)(rest.p + rest.n - mark));
		const char *end = newline ? newline : rest.p + rest.n;
		const char *line = mark;
		size_t colon;

		while (line > text.p && line[-1] != '\n' && mark - line < 4)
			line--;
		colon = footnote_colon((struct span){line, (size_t)(end - line)});
		if (colon && (line == text.p || line[-1] == '\n'))
			draft_blank(draft, (size_t)(line - text.p) + colon);
		rest = (struct span){end, rest.n - (size_t)(end - rest.p)};
	}
}

/* What md4c is given; for brackets see effort.h. */
static struct span prepare(struct span text, struct arena *arena)
{
	struct draft draft = {.text = text, .arena = arena};

	blank_footnotes(&draft);
	if (draft.text.p)
		blank_returns(&draft);
	if (draft.text.p)
		effort_limit_brackets(&draft);
	/* parts are ended by a NUL for a while */
	if (draft.text.p && text.n > PART_MOST)
		draft_own(&draft);
	return draft.text;
}

/* 0 done, else what md4c says. */
static int parse_part(struct markdown *m, const struct part *part)
{
	static const MD_PARSER parser = {
		.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_LATEXMATHSPANS,
		.enter_block = enter_block,
		.leave_block = leave_block,
		.enter_span = enter_span,
		.leave_span = leave_span,
		.text = add_text,
	};
	struct span rest = part->text;

	if (part->code) {
		add_visible(m, part->text);
		block_flush_code(&m->block, m->outline);
		return 0;
	}
	if (part->in_line)
		span_take_line(&rest);
	m->line = rest.p;
	assert(part->text.p[part->text.n] == '\0'); /* md4c looks one byte past the end */
	return md_parse(part->text.p, (MD_SIZE)part->text.n, &parser, m);
}

static int parse_parts(struct markdown *m)
{
	struct parts parts = {.rest = m->text};
	struct part part;
	int status = 0;

	while (status == 0 && !is_too_much(m) && parts_next(&parts, &part)) {
		char *end = parts.rest.n ? (char *)parts.rest.p : NULL;
		char byte = end ? *end : '\0';

		if (end)
			*end = '\0';
		status = parse_part(m, &part);
		if (end)
			*end = byte;
	}
	return status;
}

/* 0 done, 1 too much work, negative failed. */
static int parse_body(struct outline *outline, struct span body, struct err *err)
{
	struct markdown m = {.outline = outline, .text = prepare(body, outline->arena)};
	int status;

	m.block.home = m.text;
	m.sections_max = SECTIONS_MANY + body.n / SECTION_LEAST;
	m.has_wiki_links = bytes_have_pair(m.text, '[', '[');
	status = m.text.p ? parse_parts(&m) : -1;

	if (is_too_much(&m))
		status = 1;
	else if (status < 0 || m.block.failed)
		status = err_memory(err, "parse Markdown");
	block_release(&m.block);
	buf_release(&m.html);
	return status;
}

static void read_front_matter(struct outline *outline)
{
	outline->body = front_matter_length(outline->text);
	front_matter_read((struct span){outline->text.p, outline->body}, outline);
}

int markdown_parse(struct outline *outline, struct err *err)
{
	struct span body;
	int status = 1;

	read_front_matter(outline);
	body = (struct span){outline->text.p + outline->body, outline->text.n - outline->body};
	if (effort_is_bounded(body))
		status = parse_body(outline, body, err);
	if (status <= 0)
		return status;
	outline_init(outline, outline->text, outline->name, outline->arena);
	read_front_matter(outline);
	return plain_parse(outline, err);
}

bool markdown_has_heading(struct span text)
{
	while (text.n) {
		struct span line = span_take_line(&text);
		size_t marks = 0;

		while (marks < line.n && marks < 7 && line.p[marks] == '#')
			marks++;
		if (marks > 0 && marks < 7 && marks < line.n && (line.p[marks] == ' ' || line.p[marks] == '\t') &&
		    character_trim((struct span){line.p + marks, line.n - marks}).n > 0)
			return true;
	}
	return false;
}
