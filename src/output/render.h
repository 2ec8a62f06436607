/* render - an answer as bytes for stdout, in one of the forms of kbsearch(1).
 *
 * Shape:  one table of forms; blocks.c, lines.c (lines, vimgrep), records.c (files, count), render_json.c (json,
 *         jsonl), render_why.c (why); render_explain.c writes --explain for blocks and JSON.
 * Owner:  output is appended to the caller's buffer.
 * Errors: sticky in the buffer.
 */
#ifndef OUTPUT_RENDER_H
#define OUTPUT_RENDER_H

#include "answer.h"
#include "buf.h"

struct render_options {
	bool color;
	bool nul;         /* -0: records end with NUL, and NUL stands for the ':' after a path */
	bool full;        /* whole section text instead of the snippet */
	bool escape;      /* stdout is a terminal: paths are escaped as well */
	size_t snippet;   /* characters, 0 for none */
	unsigned columns; /* of the terminal; 0 when there is none */
};

typedef void render_function(struct buf *out, const struct answer *answer, const struct render_options *options);

enum render_form {
	RENDER_BLOCKS,  /* readable, for a terminal */
	RENDER_LINES,   /* PATH:LINE:HEADING PATH: SNIPPET */
	RENDER_VIMGREP, /* PATH:LINE:COLUMN:SNIPPET, or the heading where there is none */
	RENDER_FILES,   /* PATH, each file once, in the order of its best hit */
	RENDER_COUNT,   /* one number: total */
	RENDER_JSON,    /* one object */
	RENDER_JSONL,   /* one hit object a line */
	RENDER_WHY,     /* why one file is a hit or is none: for an answer that has a `why` */
	RENDER_FORMS
};

extern render_function *const renderers[RENDER_FORMS];

/* Does the form show or count anything of the sections' text? */
bool render_needs_text(enum render_form form, const struct render_options *options);

/* {"v":1,"error":{...},"hits":[]}, ended as answers are. */
void render_json_error(struct buf *out, const char *code, const char *message, const struct render_options *options);

#endif
