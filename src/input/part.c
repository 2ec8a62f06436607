#include "part.h"

#include "character.h"
#include "utf8.h"

static bool is_one_of(char byte, const char *set)
{
	return byte && strchr(set, byte);
}

/* The marks at the start of a line that begins or ends a fenced code block; of one that is indented nobody can tell without
 * the list that it may be in. */
static struct span fence_of(struct span line)
{
	size_t n = 0;

	while (n < line.n && is_one_of(line.p[n], "`~") && line.p[n] == line.p[0])
		n++;
	return (struct span){line.p, n < 3 ? 0 : n};
}

/* Passes a line by. */
static void see_line(struct span *open, struct span line)
{
	struct span fence = fence_of(line);
	struct span rest = {line.p + fence.n, line.n - fence.n};

	if (open->n && span_starts(fence, *open) && character_is_blank_line(rest))
		open->n = 0;
	else if (!open->n && fence.n && !(fence.p[0] == '`' && memchr(rest.p, '`', rest.n)))
		*open = fence;
}

static bool is_indented(struct span line)
{
	return line.n == 0 || is_one_of(line.p[0], " \t\r");
}

/* Where the text is to be cut, which is longer than a part may be. `fence` is what is open there. */
static size_t find_cut(struct span text, struct span *fence)
{
	struct span rest = {text.p, PART_MOST};
	struct span open = {NULL, 0};
	bool after_blank = false;
	size_t cut = 0;

	while (rest.n) {
		size_t at = PART_MOST - rest.n;
		struct span line = span_take_line(&rest);

		if (at >= PART_LEAST && !is_indented(line)) {
			cut = at;
			*fence = open;
			if (!open.n && (after_blank || line.p[0] == '#'))
				return cut;
		}
		see_line(&open, line);
		after_blank = character_is_blank_line(line);
	}
	if (!cut)
		*fence = open;
	return cut ? cut : utf8_floor(text, PART_MOST);
}

/* Lines up to the one that ends the code block, as far as a part goes. */
static size_t find_code_end(struct span text, struct span *fence)
{
	struct span rest = {text.p, text.n < PART_MOST ? text.n : PART_MOST};

	while (rest.n && fence->n)
		see_line(fence, span_take_line(&rest));
	return rest.n ? (size_t)(rest.p - text.p) : utf8_floor(text, PART_MOST);
}

/* Over marks that could begin a block if they began a line: of a long line that was cut. A number is passed over where it would
 * begin an item of a list, not where it is a word. */
static void skip_marks(struct span *text)
{
	size_t n = 0;
	size_t digits = 0;

	while (n < text->n && is_one_of(text->p[n], " \t#>-+*=_|<[`~"))
		n++;
	while (n + digits < text->n && is_one_of(text->p[n + digits], "0123456789"))
		digits++;
	if (digits && n + digits < text->n && is_one_of(text->p[n + digits], ".)"))
		n += digits;
	*text = (struct span){text->p + n, text->n - n};
}

bool parts_next(struct parts *parts, struct part *part)
{
	struct span *rest = &parts->rest;
	size_t n;

	*part = (struct part){.code = parts->fence.n > 0, .in_line = parts->in_line};
	if (part->in_line && !part->code)
		skip_marks(rest);
	n = rest->n;
	if (n == 0)
		return false;
	if (part->code)
		n = find_code_end(*rest, &parts->fence);
	else if (n > PART_MOST)
		n = find_cut(*rest, &parts->fence);
	part->text = (struct span){rest->p, n};
	parts->in_line = rest->p[n - 1] != '\n';
	*rest = (struct span){rest->p + n, rest->n - n};
	return true;
}
