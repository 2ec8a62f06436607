#include "markdown.h"

#include "block.h"
#include "bytes.h"
#include "character.h"
#include "effort.h"
#include "entity.h"
#include "footnote.h"
#include "front_matter.h"
#include "gap.h"
#include "html.h"
#include "part.h"
#include "plain.h"
#include "wiki_link.h"

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

/* A part of the text. */
struct window {
	const char *line;    /* the first that begins in it */
	const char *seen;    /* up to here no other part may begin; NULL: nor behind it */
	const char *stop;    /* where one begins: nothing is read from there on */
	const char *end;     /* one byte of text that stands for those behind it; NULL: none are */
	enum part_kind open; /* where that byte stands */
};

struct markdown {
	struct outline *outline;
	struct span text; /* as md4c has it */
	struct block block;
	struct buf html;    /* raw, of the current block */
	const char *hidden; /* what of it was not closed */
	enum mode mode;
	unsigned containers;     /* quotes and lists that are open */
	unsigned links;          /* open, too */
	unsigned level;          /* of the current heading */
	const char *heading;     /* the first place in the text that a chunk of it pointed to */
	unsigned lines;          /* ended before that */
	const char *block_start; /* the first place of text in the last block or item that is in no other */
	bool fenced;             /* the code block at hand */
	struct window window;
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
	if (heading.n && m->heading && m->heading < m->window.line)
		block_flush(&m->block, m->outline);
	else if (heading.n && m->heading)
		outline_begin(m->outline, m->level, heading, heading_start(m));
	block_reset(&m->block);
}

static void end_html(struct markdown *m)
{
	m->hidden = html_add_text(block_buffer(&m->block), buf_span(&m->html));
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

static void begin_code(struct markdown *m, const MD_BLOCK_CODE_DETAIL *detail)
{
	m->mode = MODE_CODE;
	m->fenced = detail->fence_char != 0;
}

static bool is_container(MD_BLOCKTYPE type)
{
	return type == MD_BLOCK_QUOTE || type == MD_BLOCK_UL || type == MD_BLOCK_OL;
}

static bool is_too_much(const struct markdown *m)
{
	return m->work > WORK_MAX || BUF_COUNT(&m->outline->sections, struct section) > m->sections_max;
}

/* What every callback returns: md4c 0.4.8 does not heed all of them, so that one alone would not stop it. */
static int is_over(const struct markdown *m)
{
	return m->window.stop != NULL || is_too_much(m);
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *context)
{
	struct markdown *m = context;

	if (m->window.stop)
		return 1;
	if (type == MD_BLOCK_TH || type == MD_BLOCK_TD) {
		m->work += CELL_WORK;
		block_break(&m->block);
		return is_over(m);
	}
	flush(m);
	if (m->containers == 0 || (m->containers == 1 && type == MD_BLOCK_LI))
		m->block_start = NULL;
	m->containers += is_container(type);
	if (type == MD_BLOCK_H)
		begin_heading(m, detail);
	else if (type == MD_BLOCK_CODE)
		begin_code(m, detail);
	else if (type == MD_BLOCK_HTML)
		m->mode = MODE_HTML;
	else if (type == MD_BLOCK_TR)
		m->mode = MODE_ROW;
	return is_over(m);
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *context)
{
	struct markdown *m = context;

	(void)detail;
	if (m->window.stop)
		return 1;
	if (type != MD_BLOCK_TH && type != MD_BLOCK_TD)
		flush(m);
	m->containers -= is_container(type);
	return is_over(m);
}

static int enter_span(MD_SPANTYPE type, void *detail, void *context)
{
	struct markdown *m = context;

	if (m->window.stop)
		return 1;
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
	return is_over(m);
}

static int leave_span(MD_SPANTYPE type, void *detail, void *context)
{
	struct markdown *m = context;

	(void)detail;
	if (m->window.stop)
		return 1;
	if (type == MD_SPAN_STRONG)
		block_leave_strong(&m->block);
	if (type == MD_SPAN_A)
		m->links--;
	return is_over(m);
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

/* `[[目标|别名]]` is a link with the text 别名, `[[目标]]` one with 目标. md4c could tell us, but what version 0.4.8
 * does with `[[<a@b>|c]]` is undefined, down to texts of negative length. */
static void add_normal(struct markdown *m, struct span text)
{
	struct span inside;

	while (m->has_wiki_links && wiki_link_find(text, &inside)) {
		struct span label = wiki_link_label(inside);
		const char *end = inside.p + inside.n;

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

/* Stops if a part may begin with the line of p, and if p is its first text. */
static void look_for_stop(struct markdown *m, const char *p)
{
	const char *line = p;

	while (line > m->window.seen && line[-1] != '\n')
		line--;
	if (line[-1] == '\n' && m->mode != MODE_CODE && m->mode != MODE_HTML &&
	    part_may_begin(m->text, (size_t)(line - m->text.p)))
		m->window.stop = line;
	m->window.seen = p;
}

static enum part_kind open_block(const struct markdown *m)
{
	if (m->containers)
		return PART_ITEM;
	if (m->mode == MODE_HTML)
		return PART_HTML;
	return m->mode == MODE_CODE && m->fenced ? PART_CODE : PART_PLAIN;
}

/* Text of the source passes by. Returns how much of it is read. */
static size_t see_place(struct markdown *m, const char *p, size_t n)
{
	struct window *window = &m->window;

	if (!m->block_start)
		m->block_start = p;
	if (window->seen && p >= window->seen)
		look_for_stop(m, p);
	if (!window->end || n <= (size_t)(window->end - p))
		return n;
	window->open = open_block(m);
	return (size_t)(window->end - p);
}

static int add_text(MD_TEXTTYPE type, const MD_CHAR *p, MD_SIZE n, void *context)
{
	struct markdown *m = context;

	if (m->window.stop)
		return 1;
	if (is_place(m, p))
		n = (MD_SIZE)see_place(m, p, n);
	if (m->window.stop)
		return 1;
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
	return is_over(m);
}

/* What md4c is given; for brackets see effort.h. */
static struct span prepare(struct span text, struct arena *arena, size_t part_least)
{
	struct draft draft = {.text = text, .arena = arena};

	footnote_blank_colons(&draft);
	if (draft.text.p)
		gap_close(&draft);
	if (draft.text.p)
		draft_blank_returns(&draft);
	if (draft.text.p)
		effort_limit_brackets(&draft);
	/* parts are ended by a NUL for a while */
	if (draft.text.p && text.n > 2 * part_least)
		draft_own(&draft);
	return draft.text;
}

/* A part of what md4c need not see. */
static void add_part(struct markdown *m, const struct part *part)
{
	if (part->kind == PART_CODE) {
		m->mode = MODE_CODE;
		add_visible(m, part->text);
	} else {
		m->mode = MODE_HTML;
		add_html(m, span_of(m->hidden));
		add_html(m, part->text);
	}
	flush(m);
}

/* 0 done, else what md4c says. md4c looks one byte past the end, where a NUL must be. */
static int parse_part(struct markdown *m, struct span part)
{
	static const MD_PARSER parser = {
		.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_LATEXMATHSPANS,
		.enter_block = enter_block,
		.leave_block = leave_block,
		.enter_span = enter_span,
		.leave_span = leave_span,
		.text = add_text,
	};
	char *end = (char *)part.p + part.n;
	char behind = *end;
	int status;

	if (behind)
		*end = '\0';
	status = md_parse(part.p, (MD_SIZE)part.n, &parser, m);
	if (behind)
		*end = behind;
	return status;
}

/* The same for a part with others behind it. The first character of those is replaced, so that md4c tells what is open there. */
static int parse_before(struct markdown *m, const struct part *part, struct parts *parts)
{
	size_t n = part->text.n + parts_indent(parts);
	char *end = (char *)part->text.p + n;
	char behind = *end;
	int status;

	m->window.seen = part->text.p + parts->least;
	m->window.end = end;
	*end = 'x';
	status = parse_part(m, (struct span){part->text.p, n + 1});
	*end = behind;
	if (!m->window.stop) {
		parts_leave(parts, part->text, m->window.open, m->block_start);
		return status;
	}
	parts_return(parts, m->window.stop);
	return 0;
}

static void begin_part(struct markdown *m, const struct part *part)
{
	struct span rest = part->text;

	if (part->in_line)
		span_take_line(&rest);
	block_reset(&m->block);
	m->mode = MODE_PROSE;
	m->containers = part->kind == PART_ITEM;
	m->links = 0;
	m->window = (struct window){.line = rest.p};
}

static int parse_parts(struct markdown *m, size_t least)
{
	struct parts parts = {.rest = m->text, .least = least};
	struct part part;
	int status = 0;

	while (status == 0 && !is_too_much(m) && parts_next(&parts, &part)) {
		begin_part(m, &part);
		if (part.kind == PART_CODE || part.kind == PART_HTML)
			add_part(m, &part);
		else if (part.kind == PART_PLAIN && parts.rest.n)
			status = parse_before(m, &part, &parts);
		else
			status = parse_part(m, part.text);
	}
	return status;
}

/* 0 done, 1 too much work, negative failed. */
static int parse_body(struct outline *outline, struct span body, size_t part_least, struct err *err)
{
	struct markdown m = {.outline = outline, .text = prepare(body, outline->arena, part_least)};
	int status;

	m.block.home = m.text;
	m.sections_max = SECTIONS_MANY + body.n / SECTION_LEAST;
	m.has_wiki_links = bytes_have_pair(m.text, '[', '[');
	status = m.text.p ? parse_parts(&m, part_least) : -1;

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

int markdown_parse_in_parts(struct outline *outline, size_t part_least, struct err *err)
{
	struct span body;
	int status = 1;

	read_front_matter(outline);
	body = (struct span){outline->text.p + outline->body, outline->text.n - outline->body};
	if (effort_is_bounded(body))
		status = parse_body(outline, body, part_least, err);
	if (status <= 0)
		return status;
	outline_init(outline, outline->text, outline->name, outline->arena);
	read_front_matter(outline);
	return plain_parse(outline, err);
}

int markdown_parse(struct outline *outline, struct err *err)
{
	return markdown_parse_in_parts(outline, PART_LEAST, err);
}
