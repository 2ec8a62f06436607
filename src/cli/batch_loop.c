#include "batch_loop.h"

#include "program.h"
#include "settings.h"

#include <errno.h>
#include <unistd.h>

struct batch {
	struct searcher *searcher;
	struct search_request request;
	const struct render_options *options;
	struct buf out;
};

static void answer_line(struct batch *b, struct span line)
{
	struct answer answer;
	struct err err = {0};
	size_t start = b->out.n;

	b->request.query = span_trim(line, b->request.literal ? "\r\n" : " \t\r\n");
	if (b->request.query.n == 0)
		render_json_error(&b->out, "usage", "the query is empty", b->options);
	else if (searcher_search(b->searcher, &b->request, &answer, &err) < 0)
		render_json_error(&b->out, err_code(err.kind), err.text, b->options);
	else
		renderers[RENDER_JSON](&b->out, &answer, b->options);
	if (!b->out.failed)
		return;
	/* Half an answer is none. */
	b->out.failed = false;
	b->out.n = start;
	render_json_error(&b->out, err_code(ERR_MEMORY), "not enough memory to print the answer", b->options);
}

/* Answers the complete lines of `in` and keeps the rest. */
static void answer_lines(struct batch *b, struct buf *in, bool *too_long)
{
	size_t start = 0;
	char *end;

	while ((end = in->n > start ? memchr(in->data + start, '\n', in->n - start) : NULL)) {
		size_t next = (size_t)(end - in->data) + 1;

		if (*too_long)
			render_json_error(&b->out, "limit", "the line is longer than 1 MiB", b->options);
		else
			answer_line(b, (struct span){in->data + start, next - start});
		*too_long = false;
		start = next;
	}
	in->n -= start;
	memmove(in->data, in->data + start, in->n);
	if (in->n > BATCH_LINE_MAX) {
		*too_long = true;
		in->n = 0;
	}
}

static int flush(struct batch *b)
{
	int status = program_write(PROGRAM_NAME, buf_span(&b->out));

	buf_reset(&b->out);
	return status;
}

static int loop(struct batch *b, struct buf *in, struct err *err)
{
	enum { STEP = 64 * 1024 };
	bool too_long = false;

	for (;;) {
		char *to = buf_reserve(in, STEP);
		ssize_t got;

		if (!to || b->out.failed)
			return err_memory(err, "read queries");
		got = io_posix.read(STDIN_FILENO, to, STEP);
		if (got < 0)
			return err_system(err, "standard input", "read");
		in->n += (size_t)got;
		if (got == 0 && (in->n || too_long))
			buf_add_byte(in, '\n');
		answer_lines(b, in, &too_long);
		if (flush(b) < 0)
			return -1;
		if (got == 0)
			return 0;
	}
}

int batch_loop(struct searcher *searcher, const struct search_request *request, const struct render_options *options,
	       struct err *err)
{
	struct batch b = {.searcher = searcher, .request = *request, .options = options};
	struct buf in = {0};
	int status = loop(&b, &in, err);

	buf_release(&in);
	buf_release(&b.out);
	if (status < 0 && err->kind != ERR_NONE)
		return program_fail(PROGRAM_NAME, err);
	return status < 0 ? STATUS_TROUBLE : STATUS_DONE;
}
