/* kbindex - makes and updates the index of a knowledge base. */
#include "build.h"
#include "escape.h"
#include "index.h"
#include "lookup.h"
#include "operands.h"
#include "options.h"
#include "processor.h"
#include "program.h"
#include "status.h"
#include "stopwatch.h"
#include "suggest.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#define NAME "kbindex"

enum { KEY_WORDS = OPTION_LONG, KEY_SYNONYMS, KEY_SUGGEST, KEY_STATUS, KEY_CHECK, KEY_PROGRESS };

static const struct option_spec specs[] = {
	{'I', "index", "DIR", "where the index lives (default: .kbsearch in the first DIR, or beside a FILE)"},
	{'g', "glob", "GLOB", "index only files that match; '!GLOB' leaves out (repeatable)"},
	{'j', "jobs", "N", "threads (default: all processors)"},
	{'n', "dry-run", NULL, "print what would be added (+), changed (~) and removed (-), and stop"},
	{'f', "force", NULL, "rebuild everything"},
	{KEY_WORDS, "words", "FILE",
	 "user dictionary, one word a line; kept by the index until another, or none (''), is given"},
	{KEY_SYNONYMS, "synonyms", "FILE",
	 "words that stand for each other in queries, a group a line; kept like --words"},
	{KEY_SUGGEST, "suggest-words", NULL, "print words that the index suggests for such a dictionary, best first"},
	{KEY_STATUS, "status", "[json]", "print what the index holds, how old it is and what is stale"},
	{KEY_CHECK, "check", NULL, "verify every byte and reference of the index"},
	{'q', "quiet", NULL, "say nothing but what goes wrong"},
	{'v', "verbose", NULL, "name each file that is added, changed or removed"},
	{KEY_PROGRESS, "progress", "auto|always|never", "show a progress bar (auto: on a terminal, after a second)"},
	{'h', "help", NULL, "show this help"},
	{'V', "version", NULL, "show the version"},
	{0, NULL, NULL, NULL},
};

enum action { ACTION_BUILD, ACTION_STATUS, ACTION_STATUS_JSON, ACTION_CHECK, ACTION_SUGGEST };

struct program {
	struct arena arena;
	enum action action;
	struct operands operands;
	struct buf globs;     /* array of const char * */
	const char *words;    /* as given with --words, or NULL */
	const char *synonyms; /* the same with --synonyms */
	uint64_t jobs;
	bool dry_run;
	bool force;
	bool quiet;
	bool verbose;
	enum when progress;
	struct buf changes; /* lines for stdout, of --dry-run */
	int64_t started;    /* stopwatch.h */
	bool bar_shown;
	struct err err;
};

static int help(void)
{
	struct buf text = {0};
	int status;

	buf_add_text(&text, "Usage: kbindex [OPTION]... [DIR|FILE]...\n"
			    "Index Markdown (.md .markdown .mkd .mdown) and text (.txt) for kbsearch.\n"
			    "Without DIR or FILE, update the nearest index.\n\n");
	options_help(&text, specs);
	buf_add_text(&text, "\nExit status: 0 done; 1 done, but a file is missing from the index; 2 failed, the\n"
			    "old index still serves.\n");
	status = program_write(NAME, buf_span(&text));
	buf_release(&text);
	return status < 0 ? STATUS_TROUBLE : STATUS_DONE;
}

static int choose(struct program *p, enum action action)
{
	if (p->action != ACTION_BUILD && p->action != action)
		return err_set(&p->err, ERR_USAGE, "--check, --status and --suggest-words: one of them at a time");
	p->action = action;
	return 0;
}

static int name_index(struct program *p, const char *path)
{
	if (!*path)
		return err_set(&p->err, ERR_USAGE,
			       "option --index needs the name of a directory, and this one is empty");
	p->operands.index_named = path;
	return 0;
}

static int take_option(struct program *p, const struct options *options, int key, const char *value)
{
	static const char *const formats[] = {"json", NULL};

	switch (key) {
	case OPTION_OPERAND: buf_add(&p->operands.given, &value, sizeof value); return 0;
	case 'I': return name_index(p, value);
	case 'g': buf_add(&p->globs, &value, sizeof value); return 0;
	case 'j': return options_number(options, value, 1, 256, &p->jobs, &p->err);
	case 'n': p->dry_run = true; return 0;
	case 'f': p->force = true; return 0;
	case 'q': p->quiet = true; return 0;
	case 'v': p->verbose = true; return 0;
	case KEY_WORDS: p->words = value; return 0;
	case KEY_SYNONYMS: p->synonyms = value; return 0;
	case KEY_SUGGEST: return choose(p, ACTION_SUGGEST);
	case KEY_CHECK: return choose(p, ACTION_CHECK);
	case KEY_STATUS:
		if (value && options_choice(options, value, formats, &p->err) < 0)
			return -1;
		return choose(p, value ? ACTION_STATUS_JSON : ACTION_STATUS);
	case KEY_PROGRESS: return options_when(options, value, &p->progress, &p->err);
	default: return -1;
	}
}

static double seconds_since(int64_t start)
{
	return (double)(stopwatch_ns() - start) * 1e-9;
}

static void clear_bar(struct program *p)
{
	static const char clear[] = "\r\x1b[K";
	struct err ignored = {0};

	if (p->bar_shown)
		io_write_all(&io_posix, STDERR_FILENO, "stderr", (struct span){clear, sizeof clear - 1}, &ignored);
	p->bar_shown = false;
}

static void show_progress(void *context, uint64_t done, uint64_t total)
{
	enum { WIDTH = 30 };
	struct program *p = context;
	uint64_t filled = total ? done * WIDTH / total : 0;
	struct buf bar = {0};
	struct err ignored = {0};

	/* A bar that flashes by tells nothing. */
	if (p->progress == WHEN_AUTO && seconds_since(p->started) < 1)
		return;
	buf_add_text(&bar, "\r" NAME ": [");
	for (uint64_t i = 0; i < WIDTH; i++)
		buf_add_byte(&bar, i < filled ? '#' : ' ');
	buf_printf(&bar, "] %3" PRIu64 "%%  %.1f of %.1f MB\x1b[K", total ? done * 100 / total : 100,
		   (double)done / 1e6, (double)total / 1e6);
	io_write_all(&io_posix, STDERR_FILENO, "stderr", buf_span(&bar), &ignored);
	buf_release(&bar);
	p->bar_shown = true;
}

static void tell_note(void *context, bool missing, const char *text)
{
	struct program *p = context;

	if (p->quiet && !missing)
		return;
	clear_bar(p);
	program_say(NAME, "%s%s", missing ? "not indexed: " : "note: ", text);
}

/* One line a path, whatever is in it. */
static void add_change(struct buf *out, char kind, struct span path)
{
	buf_printf(out, "%c ", kind);
	escape_line(out, path);
	buf_add_byte(out, '\n');
}

static void tell_change(void *context, char kind, struct span path)
{
	struct program *p = context;

	if (p->dry_run)
		add_change(&p->changes, kind, path);
	else if (p->verbose)
		program_say(NAME, "%c %.*s", kind, (int)path.n, path.p);
}

static bool wants_bar(const struct program *p)
{
	if (p->progress == WHEN_AUTO)
		return !p->quiet && isatty(STDERR_FILENO);
	return p->progress == WHEN_ALWAYS;
}

static struct build_request request_of(struct program *p)
{
	return (struct build_request){
		.io = &io_posix,
		.index = p->operands.index,
		.roots = p->operands.roots.n ? &BUF_AT(&p->operands.roots, const char *, 0) : NULL,
		.root_count = BUF_COUNT(&p->operands.roots, const char *),
		.globs = p->globs.n ? &BUF_AT(&p->globs, const char *, 0) : NULL,
		.glob_count = BUF_COUNT(&p->globs, const char *),
		.globs_given = p->globs.n > 0 || p->operands.given.n > 0,
		.words = p->words,
		.synonyms = p->synonyms,
		.jobs = p->jobs ? (unsigned)p->jobs : processor_count(),
		.force = p->force,
		.dry_run = p->dry_run,
		.now = (int64_t)time(NULL),
		.context = p,
		.note = tell_note,
		.change = tell_change,
		.progress = wants_bar(p) ? show_progress : NULL,
	};
}

static const char *reason_text(enum build_reason reason)
{
	switch (reason) {
	case BUILD_WORDS: return " (rebuilt: another user dictionary or other synonyms than before)";
	case BUILD_ANALYSIS: return " (rebuilt: made with other word tables or by another version)";
	case BUILD_FORCED: return " (rebuilt)";
	case BUILD_CHANGES:
	case BUILD_OPTIONS: /* says more, below */
	case BUILD_NEW:
	case BUILD_NOTHING: break;
	}
	return "";
}

static const char *plural(uint64_t count)
{
	return count == 1 ? "" : "s";
}

/* "12.7 MB", "5.2 kB": one digit after the point. */
static const char *amount(char out[32], uint64_t bytes)
{
	bool mega = bytes >= 1000000;

	snprintf(out, 32, "%.1f %s", (double)bytes / (mega ? 1e6 : 1e3), mega ? "MB" : "kB");
	return out;
}

static void tell_result(const struct program *p, const struct build_report *report)
{
	char text[32];
	char size[32];

	if (p->quiet)
		return;
	if (report->reason == BUILD_NOTHING) {
		program_say(NAME, "%s: up to date", p->operands.index);
		return;
	}
	program_say(NAME, "%s: %" PRIu64 " file%s, %" PRIu64 " section%s, %s of text in %.2f s, index %s%s",
		    p->operands.index, report->documents, plural(report->documents), report->sections,
		    plural(report->sections), amount(text, report->text_bytes), seconds_since(p->started),
		    amount(size, report->index_bytes), reason_text(report->reason));
	if (report->reason == BUILD_OPTIONS)
		program_say(NAME,
			    "note: this replaced the index of other directories or globs that was here: it had %" PRIu64
			    " file%s",
			    report->documents_before, plural(report->documents_before));
	if (report->sections == 0)
		program_say(NAME, "nothing to search: no Markdown or text file with text was found");
}

/* The first index a user builds without --index is the one that is searched from anywhere. */
static void offer_default(struct program *p)
{
	struct err err = {0};
	int made = p->operands.index_named || p->operands.given.n == 0 ? 0 : lookup_register(p->operands.index, &err);

	if (made < 0)
		program_say(NAME, "note: this index could not be made your default: %s", err.text);
	else if (made > 0 && !p->quiet)
		program_say(NAME, "%s is now your default index: kbsearch finds it from anywhere", p->operands.index);
}

static int build(struct program *p)
{
	struct build_request request = request_of(p);
	struct build_report report;
	int status;

	status = build_index(&request, &report, &p->err);
	clear_bar(p);
	if (status < 0)
		return program_fail(NAME, &p->err);
	if (p->dry_run)
		return program_write(NAME, buf_span(&p->changes)) < 0 ? STATUS_TROUBLE
		       : report.missing                               ? STATUS_NOTHING
								      : STATUS_DONE;
	tell_result(p, &report);
	offer_default(p);
	return report.missing ? STATUS_NOTHING : STATUS_DONE;
}

/* How the files have changed since the index was made. */
static int find_stale(struct program *p, struct plan_changes *stale)
{
	struct build_request request = request_of(p);
	struct build_report report;

	request.roots = NULL;
	request.globs_given = false;
	request.words = request.synonyms = NULL;
	request.dry_run = true;
	request.change = NULL;
	request.note = NULL;
	if (build_index(&request, &report, &p->err) < 0)
		return -1;
	*stale = report.changes;
	return 0;
}

static int check(struct program *p, struct index *index, struct buf *out)
{
	if (index_check(index, &p->err) < 0)
		return -1;
	escape_line(out, span_of(index->path));
	buf_printf(out, ": sound: %" PRIu64 " section%s, every byte and every reference\n", index_section_count(index),
		   plural(index_section_count(index)));
	return 0;
}

static int report(struct program *p, struct index *index, struct buf *out)
{
	struct status status = {.index = index};

	switch (p->action) {
	case ACTION_CHECK: return check(p, index, out);
	case ACTION_SUGGEST: return suggest_print(out, index, &p->err);
	default: break;
	}
	if (find_stale(p, &status.stale) < 0)
		return -1;
	(p->action == ACTION_STATUS ? status_print : status_print_json)(out, &status);
	return 0;
}

/* --status, --check and --suggest-words: look, do not touch. */
static int inspect(struct program *p)
{
	struct index index;
	struct buf out = {0};
	int result;

	if (index_open(&index, &io_posix, p->operands.index, &p->err) < 0)
		return program_fail(NAME, &p->err);
	result = report(p, &index, &out);
	index_close(&index);
	if (result == 0 && out.failed)
		result = err_memory(&p->err, "print");
	if (result < 0)
		result = program_fail(NAME, &p->err);
	else
		result = program_write(NAME, buf_span(&out)) < 0 ? STATUS_TROUBLE : STATUS_DONE;
	buf_release(&out);
	return result;
}

static int run(struct program *p)
{
	if (p->globs.failed)
		err_memory(&p->err, "start");
	if (p->globs.failed || operands_resolve(&p->operands, &p->err) < 0)
		return program_fail(NAME, &p->err);
	return p->action == ACTION_BUILD ? build(p) : inspect(p);
}

static int parse(struct program *p, int argc, char **argv, int *early)
{
	struct options *options = options_new(specs, argc, argv, &p->err);
	const char *value;
	int key = OPTION_ERROR;

	*early = -1;
	while (options && (key = options_next(options, &value, &p->err)) > OPTION_END) {
		if (key == 'h' || key == 'V') {
			*early = key == 'h' ? help() : program_version(NAME);
			break;
		}
		if (take_option(p, options, key, value) < 0) {
			key = OPTION_ERROR;
			break;
		}
	}
	options_free(options);
	return key == OPTION_ERROR ? -1 : 0;
}

/* Threads with large buffers: what they free goes back to the system, and is not kept for each of them as glibc does when it
 * has seen large blocks come and go. A third of the memory of a large build. */
static void return_large_blocks(void)
{
#ifdef __GLIBC__
	mallopt(M_MMAP_THRESHOLD, 256 * 1024);
#endif
}

int main(int argc, char **argv)
{
	struct program p = {.operands.arena = &p.arena, .progress = WHEN_AUTO, .started = stopwatch_ns()};
	int early;
	int status;

	program_start();
	return_large_blocks();
	if (parse(&p, argc, argv, &early) < 0)
		status = program_fail(NAME, &p.err);
	else
		status = early >= 0 ? early : run(&p);
	operands_release(&p.operands);
	buf_release(&p.globs);
	buf_release(&p.changes);
	arena_release(&p.arena);
	return status;
}
