#include "why_query.h"

#include "path.h"
#include "plan.h"
#include "source.h"

#include <errno.h>
#include <fcntl.h>

struct asker {
	struct why_query *query;
	const struct searcher *searcher;
	struct span path; /* absolute, terminated */
	struct err *err;
};

static int no_memory(const struct asker *a)
{
	return err_memory(a->err, "explain a hit");
}

static bool exists(const char *path)
{
	struct stat st;

	return io_posix.fstatat(AT_FDCWD, path, &st, AT_SYMLINK_NOFOLLOW) == 0;
}

/* The line that follows the last ':', which is taken off *file. */
static int take_line(struct span *file, uint32_t *line, struct err *err)
{
	const char *colon = NULL;
	uint64_t number = 0;

	for (size_t i = 0; i < file->n; i++)
		if (file->p[i] == ':')
			colon = file->p + i;
	if (!colon || colon + 1 == file->p + file->n || colon == file->p)
		return 0;
	for (const char *digit = colon + 1; digit < file->p + file->n; digit++) {
		if (*digit < '0' || *digit > '9')
			return 0;
		number = number * 10 + (uint64_t)(*digit - '0');
		if (number > UINT32_MAX)
			return err_set(err, ERR_USAGE, "--why=%s: no file has so many lines", file->p);
	}
	if (number == 0)
		return err_set(err, ERR_USAGE, "--why=%s: lines are counted from 1", file->p);
	*line = (uint32_t)number;
	file->n = (size_t)(colon - file->p);
	return 0;
}

/* A link itself is not followed; nor is anything when its directory is gone. */
static void add_absolute(struct buf *out, struct span file, const char *directory)
{
	struct err ignored = {0};

	if (path_real_name(file, out, &ignored) < 0)
		path_join(out, span_of(directory ? directory : "/"), file);
}

/* Is there such a file below a directory of the index? Then that is *path. */
static bool is_below(const struct index *index, struct span file, struct buf *path)
{
	for (size_t i = 0; i < index->manifest.root_count; i++) {
		struct buf root = {0};

		index_root_path(index, i, &root);
		buf_reset(path);
		path_join(path, buf_span(&root), file);
		path->failed |= root.failed;
		buf_release(&root);
		if (exists(buf_string(path)))
			return true;
	}
	return false;
}

/* What has no such name seen from here may have it below a directory that was indexed, as --path takes it. */
static void find_file(const struct asker *a, struct span file, const char *directory, struct buf *path)
{
	const struct index *index;

	add_absolute(path, file, directory);
	for (size_t i = 0; !exists(buf_string(path)) && (index = searcher_index(a->searcher, i)); i++) {
		struct buf below = {0};

		if (is_below(index, file, &below)) {
			buf_reset(path);
			buf_add_span(path, buf_span(&below));
		}
		path->failed |= below.failed;
		buf_release(&below);
	}
}

static struct span kept(struct asker *a, struct buf *text)
{
	struct span copy = arena_copy(&a->query->arena, buf_span(text));

	a->query->arena.failed |= text->failed;
	buf_release(text);
	return copy;
}

static enum why_verdict verdict_of(enum walk_verdict verdict)
{
	switch (verdict) {
	case WALK_LISTED: return WHY_ADDED;
	case WALK_DIRECTORY: return WHY_DIRECTORY;
	case WALK_HIDDEN: return WHY_HIDDEN;
	case WALK_LINK: return WHY_LINK;
	case WALK_SPECIAL: return WHY_SPECIAL;
	case WALK_KIND: return WHY_KIND;
	case WALK_GLOB: return WHY_GLOB;
	case WALK_DEEP: return WHY_DEEP;
	case WALK_ABSENT: return WHY_ABSENT;
	case WALK_UNREADABLE: return WHY_UNREADABLE;
	}
	return WHY_UNLISTED;
}

/* The roots that are still there; what is below the others is not. */
static void add_roots(struct plan *plan, const struct index *index)
{
	for (size_t i = 0; i < index->manifest.root_count; i++) {
		struct buf path = {0};
		struct err ignored = {0};

		index_root_path(index, i, &path);
		plan_add_root(plan, buf_string(&path), &ignored);
		buf_release(&path);
	}
}

/* What kbindex would make of the file in this index: 1, 0 when it is below none of its roots. */
static int ask_plan(struct asker *a, const struct index *index, struct walk_finding *finding)
{
	const struct manifest *manifest = &index->manifest;
	struct walk_options options = {.glob_count = manifest->glob_count};
	const char **globs = arena_array(&a->query->arena, manifest->glob_count, sizeof *globs);
	struct plan plan = {.io = &io_posix};
	int found;

	if (!globs)
		return no_memory(a);
	for (size_t i = 0; i < manifest->glob_count; i++)
		globs[i] = manifest->globs[i].p;
	options.globs = globs;
	add_roots(&plan, index);
	found = plan_find(&plan, a->path.p, &options, finding, a->err);
	plan_release(&plan);
	return found;
}

/* How many files of the directory are in the indexes. */
static int count_files(struct asker *a, struct span directory, uint64_t *count)
{
	const struct index *index;
	struct buf path = {0};
	struct span rest;
	int status = 0;

	for (size_t i = 0; (index = searcher_index(a->searcher, i)); i++) {
		for (uint32_t k = 0; k < index->manifest.document_count && status == 0; k++) {
			struct manifest_document document;

			status = manifest_document((struct manifest *)&index->manifest, k, &document, a->err);
			if (status < 0 || document.state != DOCUMENT_INDEXED)
				continue;
			buf_reset(&path);
			index_document_path(index, &document, &path);
			*count += path_below(buf_span(&path), directory, &rest);
		}
	}
	buf_release(&path);
	return status;
}

/* What the sentence of the verdict says more. */
static int set_detail(struct asker *a, const struct walk_finding *finding)
{
	struct why *why = &a->query->why;
	struct span part = {a->path.p, finding->n};
	struct buf text = {0};
	struct err ignored = {0};
	uint64_t count = 0;

	switch (why->verdict) {
	case WHY_HIDDEN: buf_add_span(&text, path_last(part)); break;
	case WHY_GLOB: buf_add_text(&text, finding->glob ? finding->glob : ""); break;
	case WHY_UNREADABLE: buf_add_text(&text, finding->err.text); break;
	case WHY_LINK:
		if (path_real(a->path.p, &text, &ignored) < 0)
			buf_add_text(&text, "nothing");
		break;
	case WHY_DIRECTORY:
		if (count_files(a, part, &count) < 0)
			return -1;
		buf_printf(&text, "%llu", (unsigned long long)count);
		break;
	default: break;
	}
	why->detail = kept(a, &text);
	return a->query->arena.failed ? no_memory(a) : 0;
}

static int set_outside(struct asker *a)
{
	const struct index *index;
	struct buf text = {0};

	for (size_t i = 0; (index = searcher_index(a->searcher, i)); i++) {
		for (size_t k = 0; k < index->manifest.root_count; k++) {
			if (text.n)
				buf_add_text(&text, ", ");
			index_root_path(index, k, &text);
		}
	}
	a->query->why.verdict = WHY_OUTSIDE;
	a->query->why.detail = kept(a, &text);
	return a->query->arena.failed ? no_memory(a) : 0;
}

/* Why no index has the file: by the first whose roots it is below. */
static int find_absence(struct asker *a)
{
	struct why *why = &a->query->why;
	const struct index *index;

	if (why->gone) {
		why->verdict = WHY_ABSENT;
		return 0;
	}
	for (size_t i = 0; (index = searcher_index(a->searcher, i)); i++) {
		struct walk_finding finding;
		int found = ask_plan(a, index, &finding);

		if (found < 0)
			return -1;
		if (!found)
			continue;
		why->index = index->path;
		why->verdict = verdict_of(finding.verdict);
		return set_detail(a, &finding);
	}
	return set_outside(a);
}

/* What kbindex said of the file when it was to be indexed: it is tried again. */
static int find_refusal(struct asker *a)
{
	static const char again[] = "it could not be read as text when kbindex ran last, and can now; run kbindex";
	struct source_info info;
	struct buf text = {0};
	struct err refusal = {0};
	int status = source_read(&io_posix, AT_FDCWD, a->path.p, "", &text, &info, &refusal);

	buf_reset(&text);
	/* without the name, which was said before: what follows it is ": " and the reason */
	buf_add_text(&text, status < 0 ? refusal.text + strspn(refusal.text, ": ") : again);
	a->query->why.detail = kept(a, &text);
	return a->query->arena.failed ? no_memory(a) : 0;
}

static int complete(struct asker *a, struct span file)
{
	struct why *why = &a->query->why;

	why->gone = !exists(a->path.p);
	if (!why->file)
		why->file = arena_copy(&a->query->arena, file).p;
	if (!why->file)
		return no_memory(a);
	if (why->verdict == WHY_UNLISTED)
		return find_absence(a);
	return why->verdict == WHY_REFUSED || why->verdict == WHY_UNREADABLE ? find_refusal(a) : 0;
}

int why_query_answer(struct why_query *query, struct searcher *searcher, const struct search_request *request,
		     const char *named, struct answer *answer, struct err *err)
{
	struct asker a = {.query = query, .searcher = searcher, .err = err};
	struct span file = span_of(named);
	struct buf path = {0};
	uint32_t line = 0;

	*query = (struct why_query){.why.verdict = WHY_UNLISTED};
	if (!exists(named) && take_line(&file, &line, err) < 0)
		return -1;
	find_file(&a, file, request->directory, &path);
	a.path = kept(&a, &path);
	if (query->arena.failed)
		return no_memory(&a);
	if (searcher_why(searcher, request, a.path, line, answer, &query->why, err) < 0 || complete(&a, file) < 0)
		return -1;
	answer->why = &query->why;
	return 0;
}

void why_query_release(struct why_query *query)
{
	arena_release(&query->arena);
}
