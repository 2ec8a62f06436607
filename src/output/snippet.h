/* snippet - the piece of a section that shows best why it is a hit.
 *
 * Shape:  finds every needle in the folded source of the section, takes the window of at most `limit` characters whose
 *         distinct needles weigh most (the earliest of equals), and writes it as one line: Markdown's block marks (#,
 *         -, *, +, 1., >, fences, the pipes of tables) and inline marks (**, __, ~~, `, link targets) are dropped,
 *         white space is one blank. What a needle reaches into is not dropped; when needles are only in what would
 *         be dropped (a link target), nothing is; when they are in front matter, that is all there is. Of a section that has
 *         nothing but a heading, the headings below it, with " · " between. Cut at characters, never inside one (base plus marks),
 *         nor in a word of letters; "…" at an end that is cut, unless limit is below 3.
 * Units:  limit and highlights in code points of the snippet, the "…" included in both; line from 1; column in bytes
 *         from 1 of that line of the source.
 * Owner:  the snippet's buffers belong to the struct, which starts zeroed; snippet_release() frees them; it may be
 *         used again.
 * Errors: sticky: text.failed or highlights.failed.
 * Cost:   one fold of the section's text and one search a needle. Markdown is read to a little behind the first piece that
 *         holds all needles; where none does, to the end.
 */
#ifndef OUTPUT_SNIPPET_H
#define OUTPUT_SNIPPET_H

#include "occurrence.h"

enum { SNIPPET_SCRATCH = 4 };

struct snippet {
	struct buf text;
	struct buf highlights; /* array of struct snippet_range, ascending, not touching */
	uint32_t line;         /* of the source: that of the first highlight, else of the first character shown */
	uint32_t column;       /* of the first highlight in that line, else 1 */
	struct occurrence_space space;
	struct buf scratch[SNIPPET_SCRATCH];
};

/* The snippet of a hit; its heading line is used only when nothing else holds a needle. A section with no text but its
 * heading gives those below it, or an empty text. limit 0 gives an empty text too, but line and column all the same. */
void snippet_cut(struct snippet *out, const struct hit *hit, const struct needle *needles, size_t needle_count,
		 size_t limit);

void snippet_release(struct snippet *snippet);

#endif
