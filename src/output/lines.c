/* The forms that read like grep's: one hit a line. */
#include "escape.h"
#include "forms.h"
#include "marks.h"

/* The path and what ends it: ':', or NUL, after which a path needs no escapes. */
static void add_path(struct buf *out, const struct hit *hit, const struct render_options *options)
{
	form_path(out, hit->path, options->escape || !options->nul, options);
	buf_add_byte(out, options->nul ? '\0' : ':');
}

void render_lines(struct buf *out, const struct answer *answer, const struct render_options *options)
{
	struct snippet snippet = {0};
	struct marks marks = {0};

	for (size_t i = 0; i < answer->hit_count; i++) {
		const struct hit *hit = &answer->hits[i];

		if (i && options->full && !options->nul)
			buf_add_byte(out, '\n');
		add_path(out, hit, options);
		form_number(out, hit->line_start, options);
		buf_add_byte(out, ':');
		form_heading_path(out, hit, hit->heading_path_count);
		if (options->full) {
			buf_add_byte(out, '\n');
			marks_write_source(&marks, answer, hit, 0, options, out);
			if (options->nul)
				form_end(out, options);
			continue;
		}
		if (options->snippet)
			form_cut(out, &snippet, answer, hit, options);
		if (snippet.text.n)
			buf_add_text(out, ": ");
		form_snippet(out, &snippet, options);
		form_end(out, options);
	}
	marks_release(&marks);
	snippet_release(&snippet);
}

void render_vimgrep(struct buf *out, const struct answer *answer, const struct render_options *options)
{
	struct snippet snippet = {0};

	for (size_t i = 0; i < answer->hit_count; i++) {
		const struct hit *hit = &answer->hits[i];

		form_cut(out, &snippet, answer, hit, options);
		add_path(out, hit, options);
		form_number(out, snippet.line, options);
		buf_add_byte(out, ':');
		form_number(out, snippet.column, options);
		buf_add_byte(out, ':');
		if (options->snippet && snippet.text.n == 0)
			escape_line(out, hit->heading); /* an editor's list shows nothing else of it */
		else
			form_snippet(out, &snippet, options);
		form_end(out, options);
	}
	snippet_release(&snippet);
}
