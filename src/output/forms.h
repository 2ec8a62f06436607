/* forms - what the forms of render.h share: how a path, a heading path, a snippet and the end of a record look.
 *
 * Shape:  each writes one part of a record to the caller's buffer; colours as grep has them, and only when asked for.
 * Errors: sticky in the buffer.
 */
#ifndef OUTPUT_FORMS_H
#define OUTPUT_FORMS_H

#include "channel.h"
#include "render.h"
#include "snippet.h"

#define COLOR_PATH  "\33[35m"
#define COLOR_LINE  "\33[32m"
#define COLOR_MATCH "\33[01;31m"
#define COLOR_BOLD  "\33[1m"
#define COLOR_DIM   "\33[2m"
#define COLOR_WARN  "\33[33m"
#define COLOR_OFF   "\33[m"
#define COLOR_TEXT  "\33[39m" /* that of text again, bold if it was */

render_function render_blocks;
render_function render_lines;
render_function render_vimgrep;
render_function render_files;
render_function render_count;
render_function render_json;
render_function render_jsonl;
render_function render_why;

/* What a channel is called: in JSON, and in a sentence. */
struct form_field {
	const char *name;
	const char *words;
};

extern const struct form_field form_fields[CHANNEL_LENGTHS];

/* What render_why() says, as a member of the answer. */
struct json;
void json_why(struct json *json, const struct answer *answer);

/* --explain: of the query, before the hits; and of a hit, below it. */
void form_explanation(struct buf *out, const struct answer *answer, const struct render_options *options);
void form_steps(struct buf *out, const struct answer *answer, const struct hit *hit, int indent,
		const struct render_options *options);

/* What hits have that match as text: the query, or each of its pieces. */
const char *form_text_match(const struct answer *answer);

/* The same as members of the answer and of the hit. */
void json_explanation(struct json *json, const struct answer *answer);
void json_steps(struct json *json, const struct hit *hit);

/* From here on in this colour, or in none again; nothing where colours are not wanted. */
void form_color(struct buf *out, const char *color, const struct render_options *options);

/* Text that is safe as it is, in a colour. */
void form_colored(struct buf *out, struct span text, const char *color, const struct render_options *options);

/* A path as it stands in records: raw when nothing in it could break the record or the terminal. */
void form_path(struct buf *out, const char *path, bool escape, const struct render_options *options);

void form_number(struct buf *out, uint32_t number, const struct render_options *options);

/* The first `count` headings of the path, joined by " > ", on one line. */
void form_heading_path(struct buf *out, const struct hit *hit, size_t count);

/* The snippet on one line, matches in colour. */
void form_snippet(struct buf *out, const struct snippet *snippet, const struct render_options *options);

/* The snippet on one line without colour, and the highlights of that line: an array of struct snippet_range. */
void form_snippet_marks(struct buf *out, const struct snippet *snippet, struct buf *marks);

/* The same of a heading and what is to be highlighted in it. */
void form_heading_marks(struct buf *out, struct span heading, const struct snippet_range *ranges, size_t count,
			struct buf *marks);

/* The end of a record. */
void form_end(struct buf *out, const struct render_options *options);

/* snippet_cut(); an error in it becomes one of the output. */
void form_cut(struct buf *out, struct snippet *snippet, const struct answer *answer, const struct hit *hit,
	      const struct render_options *options);

#endif
