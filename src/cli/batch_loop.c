#include "batch_loop.h"

#include "pipeline.h"
#include "processor.h"
#include "program.h"
#include "settings.h"

#include <errno.h>
#include <unistd.h>

enum {
	/* Lines that a thread answers before it takes others: some 2 ms. */
	TASK_LINES = 8,
	/* Threads: they share what is kept from query to query, up to 224 MB, and each has some MB of its own. */
	WORKERS_MAX = 4,
	SLOTS = WORKERS_MAX + 2,
};

struct batch {
	struct search_request request;
	const struct render_options *options;
	struct searcher *searchers[WORKERS_MAX]; /* the first is the caller's, which has the others */
	unsigned workers;                        /* searchers; 0: only the first, until the others are opened */
	struct buf lines;                        /* array of struct span: those that have been read */
	struct buf answers[SLOTS];               /* by slot of the pipeline */
};

/* Stands for a line that is longer than BATCH_LINE_MAX. */
static const struct span too_long = {NULL, 0};

static void answer_line(const struct batch *b, struct searcher *searcher, struct span line, struct buf *out)
{
	struct search_request request = b->request;
	struct answer answer;
	struct err err = {0};
	size_t start = out->n;

	request.query = span_trim(line, request.literal ? "\r\n" : " \t\r\n");
	if (line.p == too_long.p)
		render_json_error(out, "limit", "the line is longer than 1 MiB", b->options);
	else if (request.query.n == 0)
		render_json_error(out, "usage", "the query is empty", b->options);
	else if (searcher_search(searcher, &request, &answer, &err) < 0)
		render_json_error(out, err_code(err.kind), err.text, b->options);
	else
		renderers[RENDER_JSON](out, &answer, b->options);
	if (!out->failed)
		return;
	/* Half an answer is none. */
	out->failed = false;
	out->n = start;
	render_json_error(out, err_code(ERR_MEMORY), "not enough memory to print the answer", b->options);
}

static int answer_task(void *context, unsigned worker, size_t task, size_t slot, struct err *err)
{
	struct batch *b = context;
	size_t end = BUF_COUNT(&b->lines, struct span);

	if (end - task * TASK_LINES > TASK_LINES)
		end = (task + 1) * TASK_LINES;
	for (size_t i = task * TASK_LINES; i < end; i++)
		answer_line(b, b->searchers[worker], BUF_AT(&b->lines, struct span, i), &b->answers[slot]);
	return b->answers[slot].failed ? err_memory(err, "print answers") : 0;
}

static int write_task(void *context, size_t task, size_t slot, struct err *err)
{
	struct batch *b = context;
	int status = program_write(PROGRAM_NAME, buf_span(&b->answers[slot]));

	(void)task;
	(void)err;
	buf_reset(&b->answers[slot]);
	return status;
}

/* One for each processor that may be used; fewer, where one cannot be opened, are as good. */
static void open_workers(struct batch *b)
{
	unsigned processors = processor_count();
	struct err err = {0};

	for (b->workers = 1; b->workers < WORKERS_MAX && b->workers < processors; b->workers++) {
		b->searchers[b->workers] = searcher_twin(b->searchers[0], &err);
		if (!b->searchers[b->workers])
			break;
	}
}

/* Answers all lines that are there: a few in this thread, since others that are begun for them would come too late. */
static int answer_lines(struct batch *b, struct err *err)
{
	size_t tasks = (BUF_COUNT(&b->lines, struct span) + TASK_LINES - 1) / TASK_LINES;
	struct pipeline pipeline = {.tasks = tasks, .context = b, .work = answer_task, .take = write_task};

	if (tasks == 0)
		return 0;
	if (tasks > 1 && !b->workers)
		open_workers(b);
	pipeline.jobs = b->workers && b->workers < tasks ? b->workers : (unsigned)tasks;
	return pipeline_run(&pipeline, err);
}

/* Gathers the complete lines of `in`; returns where the rest begins. */
static size_t find_lines(struct batch *b, const struct buf *in, bool *skipping)
{
	size_t start = 0;
	const char *end;

	buf_reset(&b->lines);
	while ((end = in->n > start ? memchr(in->data + start, '\n', in->n - start) : NULL)) {
		size_t next = (size_t)(end - in->data) + 1;
		struct span line = {in->data + start, next - start};

		/* a line that ends with the bytes just read may be longer, too */
		buf_add(&b->lines, *skipping || line.n > BATCH_LINE_MAX + 1 ? &too_long : &line, sizeof line);
		*skipping = false;
		start = next;
	}
	return start;
}

/* Answers the complete lines of `in` and keeps the rest; `skipping`: this is the rest of a line that is too long. */
static int take_lines(struct batch *b, struct buf *in, bool *skipping, struct err *err)
{
	size_t start = find_lines(b, in, skipping);

	if (b->lines.failed)
		return err_memory(err, "read queries");
	if (answer_lines(b, err) < 0)
		return -1;
	in->n -= start;
	memmove(in->data, in->data + start, in->n);
	if (in->n > BATCH_LINE_MAX) {
		*skipping = true;
		in->n = 0;
	}
	return 0;
}

static int loop(struct batch *b, struct buf *in, struct err *err)
{
	enum { STEP = 64 * 1024 };
	bool skipping = false;

	for (;;) {
		char *to = buf_reserve(in, STEP);
		ssize_t got;

		if (!to)
			return err_memory(err, "read queries");
		got = io_posix.read(STDIN_FILENO, to, STEP);
		if (got < 0)
			return err_system(err, "standard input", "read");
		in->n += (size_t)got;
		if (got == 0 && (in->n || skipping))
			buf_add_byte(in, '\n');
		if (take_lines(b, in, &skipping, err) < 0)
			return -1;
		if (got == 0)
			return 0;
	}
}

static void release(struct batch *b)
{
	for (size_t i = 0; i < SLOTS; i++)
		buf_release(&b->answers[i]);
	buf_release(&b->lines);
}

int batch_loop(struct searcher *searcher, const struct search_request *request, const struct render_options *options,
	       struct err *err)
{
	struct batch b = {.request = *request, .options = options, .searchers = {searcher}};
	struct buf in = {0};
	int status = loop(&b, &in, err);

	buf_release(&in);
	release(&b);
	if (status < 0 && err->kind != ERR_NONE)
		return program_fail(PROGRAM_NAME, err);
	return status < 0 ? STATUS_TROUBLE : STATUS_DONE;
}
