#include "block.h"

#include "bytes.h"
#include "character.h"
#include "label.h"
#include "utf8.h"

struct span block_text(const struct block *block)
{
	return block->source.n ? block->source : buf_span(&block->buffer);
}

struct buf *block_buffer(struct block *block)
{
	buf_add_span(&block->buffer, block->source);
	block->source.n = 0;
	return &block->buffer;
}

/* Does the source go on with this text, behind what the block has of it? Breaks come as strings of the parser's. */
static bool goes_on_with(const struct block *block, struct span text)
{
	const char *end = block->source.p + block->source.n;

	return text.p == end || (text.n == 1 && end < block->home.p + block->home.n && *end == text.p[0]);
}

static bool is_at_home(const struct block *block, struct span text)
{
	return (uintptr_t)text.p >= (uintptr_t)block->home.p &&
	       (uintptr_t)text.p < (uintptr_t)(block->home.p + block->home.n);
}

void block_add(struct block *block, struct span text)
{
	if (block->source.n ? goes_on_with(block, text) : !block->buffer.n && is_at_home(block, text))
		block->source = (struct span){block->source.n ? block->source.p : text.p, block->source.n + text.n};
	else
		buf_add_span(block_buffer(block), text);
}

void block_break(struct block *block)
{
	struct span text = block_text(block);

	if (text.n && text.p[text.n - 1] != '\v')
		block_add(block, span_of("\v"));
}

static bool is_blank(struct block *block)
{
	struct span text = block_text(block);

	if (character_trim((struct span){text.p + block->blank, text.n - block->blank}).n)
		return false;
	block->blank = text.n;
	return true;
}

void block_enter_strong(struct block *block)
{
	if (block->strong++ > 0 || block->lead || block->other_bold)
		return;
	block->in_lead = is_blank(block);
	if (!block->in_lead)
		block->other_bold = block_text(block).n;
}

void block_leave_strong(struct block *block)
{
	if (--block->strong == 0 && block->in_lead) {
		block->in_lead = false;
		block->lead = block_text(block).n;
	}
}

/* Chinese is hard-wrapped without blanks: a break between two of its characters is none. */
static bool breaks_chinese(struct span text, size_t at)
{
	size_t before = at ? utf8_floor(text, at - 1) : 0;
	uint32_t left;
	uint32_t right;
	bool valid;

	if (text.p[at] != '\n' || at == 0 || at + 1 >= text.n)
		return false;
	utf8_next(text.p + before, at - before, &left, &valid);
	utf8_next(text.p + at + 1, text.n - at - 1, &right, &valid);
	return character_is_chinese(left) && character_is_chinese(right);
}

/* A part of the block's text without blanks at its ends: two lines of Chinese are joined without anything between, other
 * soft breaks and all hard ones become `line_end`. */
static struct span join(const struct block *block, struct arena *arena, struct span text, char line_end)
{
	struct span trimmed = character_trim(text);
	size_t end = 0;
	size_t n = 0;
	char *to;

	if (block->source.n && bytes_find_break(trimmed, 0) == trimmed.n)
		return trimmed;
	to = arena_text(arena, trimmed.n);
	if (!to)
		return (struct span){NULL, 0};
	for (size_t i = 0; i < trimmed.n; i = end + 1) {
		end = bytes_find_break(trimmed, i);
		memcpy(to + n, trimmed.p + i, end - i);
		n += end - i;
		if (end < trimmed.n && !breaks_chinese(trimmed, end))
			to[n++] = line_end;
	}
	return (struct span){to, n};
}

struct span block_line(const struct block *block, struct arena *arena)
{
	return join(block, arena, block_text(block), ' ');
}

static void add_piece(const struct block *block, struct outline *outline, enum field field, struct span text)
{
	outline_add_piece(outline, field, join(block, outline->arena, text, '\n'));
}

/* The last character before `end`, when it is punctuation, is why bold was not closed there. */
static bool ends_in_punctuation(struct span text, size_t end)
{
	size_t at = utf8_floor(text, end - 1);
	struct span last = {text.p + at, end - at};
	uint32_t code;
	bool valid;

	utf8_next(last.p, last.n, &code, &valid);
	return !character_is_word(code) && code != '*' && character_blank(last) == 0;
}

/* CommonMark does not close bold between punctuation and a letter: `**商业模式：**为企业` stays stars. As written
 * it is bold that begins the block all the same (in Chinese manuals three of five such leads lack the blank that would
 * help): the stars go. If more bold text follows, the second stars were paired with its first and opened bold text. */
static void find_unclosed_lead(struct block *block)
{
	struct span text = block_text(block);
	struct buf *buffer;
	const char *line_end = text.n ? memchr(text.p, '\n', text.n) : NULL;
	size_t limit = line_end ? (size_t)(line_end - text.p) : text.n;
	size_t end = block->other_bold;
	size_t stars = 0;

	if (block->lead || limit < 5 || memcmp(text.p, "**", 2) != 0 || character_blank((struct span){text.p + 2, 1}))
		return;
	for (size_t i = 3; i + 1 < limit && !(end && end <= i) && stars == 0; i++) {
		if (text.p[i] == '*' && text.p[i + 1] == '*') {
			end = i;
			stars = 2;
		}
	}
	if (end < 3 || end > limit || !ends_in_punctuation(text, end))
		return;
	buffer = block_buffer(block);
	if (buffer->failed)
		return;
	memmove(buffer->data, buffer->data + 2, end - 2);
	memmove(buffer->data + end - 2, buffer->data + end + stars, text.n - end - stars);
	buffer->n -= 2 + stars;
	block->lead = end - 2;
}

/* One label and what it rules; `lead` bytes of it are bold. */
static void flush_run(const struct block *block, struct outline *outline, struct span run, struct label label,
		      size_t lead)
{
	struct span rest = {run.p + label.length, run.n - label.length};

	lead = lead > label.length ? lead - label.length : 0;
	if (label.question) {
		outline_add_question(outline, join(block, outline->arena, rest, ' '));
		return;
	}
	add_piece(block, outline, FIELD_LEAD, (struct span){rest.p, lead});
	add_piece(block, outline, FIELD_BODY, (struct span){rest.p + lead, rest.n - lead});
}

void block_flush(struct block *block, struct outline *outline)
{
	struct span rest;
	struct label label;

	find_unclosed_lead(block);
	rest = block_text(block);
	label = rest.n ? label_match(rest) : (struct label){0, false};
	while (rest.n) {
		struct label next = {0, false};
		size_t end = label.length;

		while (end < rest.n && next.length == 0) {
			end = bytes_find_break(rest, end);
			if (end < rest.n) {
				end++;
				next = label_match((struct span){rest.p + end, rest.n - end});
			}
		}
		flush_run(block, outline, (struct span){rest.p, end}, label, block->lead < end ? block->lead : end);
		rest = (struct span){rest.p + end, rest.n - end};
		label = next;
		block->lead = 0;
	}
	block_reset(block);
}

void block_flush_row(struct block *block, struct outline *outline)
{
	add_piece(block, outline, FIELD_BODY, block_text(block));
	block_reset(block);
}

void block_flush_code(struct block *block, struct outline *outline)
{
	struct span text = character_trim(block_text(block));

	outline_add_piece(outline, FIELD_CODE, block->source.n ? text : arena_copy(outline->arena, text));
	block_reset(block);
}

void block_reset(struct block *block)
{
	block->failed |= block->buffer.failed;
	buf_reset(&block->buffer);
	block->source.n = 0;
	block->lead = 0;
	block->other_bold = 0;
	block->strong = 0;
	block->in_lead = false;
	block->blank = 0;
}

void block_release(struct block *block)
{
	buf_release(&block->buffer);
}
