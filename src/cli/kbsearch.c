/* kbsearch - searches a knowledge base. */
#include "batch_loop.h"
#include "index.h"
#include "lookup.h"
#include "program.h"
#include "relay.h"
#include "render.h"
#include "searcher.h"
#include "settings.h"
#include "why_query.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Opens what --index names, or what lookup_index() finds, or the corpus that came with the program. */
static struct searcher *open_searcher(struct settings *settings, struct err *err)
{
	struct buf path = {0};
	const char *found = KBSEARCH_CORPUS_INDEX;
	const char *const *paths = &found;
	size_t count = BUF_COUNT(&settings->indexes, const char *);
	struct searcher *searcher;

	if (count > 0) {
		paths = &BUF_AT(&settings->indexes, const char *, 0);
	} else if (lookup_index(&path, settings->request.directory)) {
		found = buf_string(&path);
		count = 1;
	} else {
		count = 1;
		settings->sample = true;
	}
	searcher = searcher_open(&io_posix, paths, count, err);
	buf_release(&path);
	return searcher;
}

static void tell_sample(const struct settings *settings)
{
	if (settings->sample)
		program_say(PROGRAM_NAME,
			    "no index of yours was found: searching the sample knowledge base; index your "
			    "own notes with: kbindex DIR");
}

static void tell_texts(const char *what, const struct span *texts, size_t count, const char *between)
{
	struct buf line = {0};

	for (size_t i = 0; i < count; i++) {
		buf_add_text(&line, i ? between : what);
		buf_add_span(&line, texts[i]);
	}
	if (count)
		program_say(PROGRAM_NAME, "%s", buf_string(&line));
	buf_release(&line);
}

static bool is_below(const char *path, const char *directory)
{
	size_t n = strlen(directory);

	return strncmp(path, directory, n) == 0 && (path[n] == '/' || path[n] == '\0');
}

/* How many hits are stale; `below`: there, else anywhere. */
static size_t count_stale(const struct answer *answer, const char *below)
{
	size_t count = 0;

	for (size_t i = 0; i < answer->hit_count; i++)
		count += answer->hits[i].stale && (!below || is_below(answer->hits[i].abs_path, below));
	return count;
}

/* Is the path one of those that stand in the list, one behind the other? */
static bool is_listed(const struct buf *list, const char *path)
{
	for (size_t at = 0; at < list->n; at += strlen(list->data + at) + 1)
		if (strcmp(list->data + at, path) == 0)
			return true;
	return false;
}

/* Returns how many hits it explains that the directory is not there; once, of those that several indexes have. */
static size_t tell_lost_root(const struct answer *answer, const char *root, struct buf *told)
{
	size_t count = 0;

	if (!is_listed(told, root) && access(root, F_OK) < 0 && errno == ENOENT)
		count = count_stale(answer, root);
	if (!count)
		return 0;
	program_say(PROGRAM_NAME,
		    "%s, which is in the index, is not there; an index finds its directories by the way from "
		    "itself: move them together, or index again",
		    root);
	buf_add(told, root, strlen(root) + 1);
	return count;
}

/* Names what is not there of indexes that were moved without their files. Returns how many hits that explains. */
static size_t tell_lost(const struct answer *answer, const struct searcher *searcher)
{
	const struct index *index;
	struct buf root = {0};
	struct buf told = {0};
	size_t explained = 0;

	for (size_t i = 0; (index = searcher_index(searcher, i)); i++) {
		for (size_t k = 0; k < index->manifest.root_count; k++) {
			buf_reset(&root);
			index_root_path(index, k, &root);
			if (!root.failed)
				explained += tell_lost_root(answer, buf_string(&root), &told);
		}
	}
	buf_release(&root);
	buf_release(&told);
	return explained;
}

/* To whoever reads, also by a pipe: only JSON says it of each hit. */
static void tell_stale(const struct answer *answer, const struct searcher *searcher, enum render_form form)
{
	size_t stale;
	size_t lost;

	if (form == RENDER_JSON || form == RENDER_JSONL)
		return;
	stale = count_stale(answer, NULL);
	lost = stale ? tell_lost(answer, searcher) : 0;
	if (stale > lost)
		program_say(PROGRAM_NAME,
			    "%zu of the hits are in files that changed since they were indexed; run kbindex",
			    stale - lost);
}

/* Something a person should know, and a script finds in the JSON: most of it only on a terminal. */
static void tell_notices(const struct answer *answer, const struct searcher *searcher, enum render_form form)
{
	if (form == RENDER_WHY)
		return;
	tell_stale(answer, searcher, form);
	if (!isatty(STDERR_FILENO))
		return;
	tell_texts("no section has every word; the best lacks: ", answer->dropped, answer->dropped_count, " ");
	if (answer->total == 0 && form != RENDER_COUNT)
		program_say(PROGRAM_NAME, "nothing found");
	tell_texts("did you mean: ", answer->suggestions, answer->suggestion_count, " | ");
}

/* Trouble is told on stderr, and to a script that asked for JSON on stdout as well. */
static int fail(bool json, const struct settings *settings, const struct err *err)
{
	if (json) {
		struct buf out = {0};

		render_json_error(&out, err_code(err->kind), err->text, &settings->render);
		program_write(PROGRAM_NAME, buf_span(&out));
		buf_release(&out);
	}
	return program_fail(PROGRAM_NAME, err);
}

/* What only ICU can cut into words, the program that is linked with it answers, and tells. Returns when this one does. */
static void settle_program(const struct settings *settings, const struct err *err, char **argv)
{
	struct span input = {NULL, 0};

	if (settings->stdin_query)
		input = buf_span(&settings->query);
	if (err->kind == ERR_SCRIPT && relay_possible())
		relay_to_icu(argv, input);
	tell_sample(settings);
}

/* Prints the answer; the status of the search, or trouble. */
static int print(const struct settings *settings, const struct searcher *searcher, const struct answer *answer,
		 int status, struct err *err)
{
	struct buf out = {0};

	if (settings->quiet)
		return status;
	renderers[settings->form](&out, answer, &settings->render);
	if (out.failed) {
		err_memory(err, "print the hits");
		status = fail(settings->form == RENDER_JSON, settings, err);
	} else if (program_write(PROGRAM_NAME, buf_span(&out)) < 0) {
		status = STATUS_TROUBLE;
	} else {
		tell_notices(answer, searcher, settings->form);
	}
	buf_release(&out);
	return status;
}

static int search_once(struct settings *settings, struct searcher *searcher, char **argv, struct err *err)
{
	struct answer answer;
	int found = searcher_search(searcher, &settings->request, &answer, err);

	settle_program(settings, err, argv);
	if (found < 0)
		return fail(settings->form == RENDER_JSON, settings, err);
	if (settings->form == RENDER_COUNT && settings->count_limit && answer.total > settings->count_limit)
		answer.total = settings->count_limit;
	return print(settings, searcher, &answer, answer.total ? STATUS_DONE : STATUS_NOTHING, err);
}

static int explain_file(struct settings *settings, struct searcher *searcher, char **argv, struct err *err)
{
	struct why_query query;
	struct answer answer;
	int status = why_query_answer(&query, searcher, &settings->request, settings->why, &answer, err);

	settle_program(settings, err, argv);
	if (status < 0)
		status = fail(settings->form == RENDER_JSON, settings, err);
	else
		status = print(settings, searcher, &answer, query.why.verdict == WHY_HIT ? STATUS_DONE : STATUS_NOTHING,
			       err);
	why_query_release(&query);
	return status;
}

/* Searches and ends the process, unless there is no index: the system takes everything back in one step, where to unmap and
 * free it first is 40 of 1,000 us. */
static int run(struct settings *settings, char **argv, struct err *err)
{
	struct searcher *searcher;
	int status;

	/* Its start does not count, and none of its lines must fail for their script. */
	if (settings->batch && relay_possible())
		relay_to_icu(argv, (struct span){NULL, 0});
	searcher = open_searcher(settings, err);
	if (!searcher || settings->batch)
		tell_sample(settings);
	if (!searcher)
		return fail(settings->form == RENDER_JSON, settings, err);
	if (settings->batch)
		status = batch_loop(searcher, &settings->request, &settings->render, err);
	else
		status = (settings->why ? explain_file : search_once)(settings, searcher, argv, err);
	exit(status);
}

/* Of a command line that could not be understood as a whole. */
static bool asks_for_json(char **argv)
{
	while (*argv && strcmp(*argv, "--") != 0)
		if (strcmp(*argv++, "--json") == 0)
			return true;
	return false;
}

int main(int argc, char **argv)
{
	struct settings settings;
	struct err err = {0};
	int status;

	program_start();
	status = settings_parse(&settings, argc, argv, &err);
	if (status < 0)
		status = fail(asks_for_json(argv), &settings, &err);
	else if (status == SETTINGS_RUN)
		status = run(&settings, argv, &err);
	else
		status = settings.early_status;
	settings_release(&settings);
	return status;
}
