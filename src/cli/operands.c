#include "operands.h"

#include "kind.h"
#include "lookup.h"
#include "path.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* The absolute path of something whose parent exists. */
static const char *absolute(struct arena *arena, const char *path, struct err *err)
{
	struct buf real = {0};
	bool exists = access(path, F_OK) == 0;
	int status = exists ? path_real(path, &real, err) : path_real_name(span_of(path), &real, err);
	const char *kept = status == 0 ? arena_copy(arena, buf_span(&real)).p : NULL;

	buf_release(&real);
	return kept;
}

/* Would walking the directory `above` come to `path`? Not over a hidden name. */
static bool is_covered(struct span path, struct span above)
{
	struct span rest;

	if (!path_below(path, above, &rest) || (rest.n && rest.p[0] == '.'))
		return false;
	for (size_t i = 1; i < rest.n; i++)
		if (rest.p[i] == '.' && rest.p[i - 1] == '/')
			return false;
	return true;
}

/* A file that is read only because it is named: a walk passes over its kind. */
static bool must_be_named(const char *path)
{
	struct stat st;

	return kind_of(path_last(span_of(path)).p) == KIND_NONE && stat(path, &st) == 0 && !S_ISDIR(st.st_mode);
}

/* The operands that no other covers are the roots, so that no file is indexed twice; of two equal ones the first stays. */
static void choose_roots(struct operands *o)
{
	size_t count = BUF_COUNT(&o->given, const char *);

	for (size_t i = 0; i < count; i++) {
		struct span path = span_of(BUF_AT(&o->given, const char *, i));
		bool named = must_be_named(path.p);
		bool covered = false;

		for (size_t k = 0; k < count && !covered; k++) {
			struct span other = span_of(BUF_AT(&o->given, const char *, k));

			if (k != i)
				covered = span_equal(path, other) ? k < i : !named && is_covered(path, other);
		}
		if (!covered)
			buf_add(&o->roots, &path.p, sizeof path.p);
	}
}

static bool exists_below(const char *directory, const char *name)
{
	struct buf path = {0};
	struct stat st;
	bool exists;

	buf_printf(&path, "%s/%s", directory, name);
	exists = stat(buf_string(&path), &st) == 0;
	buf_release(&path);
	return exists;
}

/* Every message names the index, so it is easily taken for what is to be named. */
static int refuse_index(const char *path, struct err *err)
{
	bool is_index = path_last(span_of(path)).n && strcmp(path_last(span_of(path)).p, ".kbsearch") == 0 &&
			exists_below(path, "MANIFEST");

	return is_index ? err_set(err, ERR_USAGE,
				  "%s: this is an index; name the directory of the notes, or the index with --index",
				  path)
			: 0;
}

/* Replaces the operands by absolute paths. */
static int resolve_given(struct operands *o, struct err *err)
{
	for (size_t i = 0; i < BUF_COUNT(&o->given, const char *); i++) {
		const char *path = BUF_AT(&o->given, const char *, i);
		struct buf real = {0};
		int status = path_real(path, &real, err);

		BUF_AT(&o->given, const char *, i) = arena_copy(o->arena, buf_span(&real)).p;
		buf_release(&real);
		if (status < 0 ||
		    (BUF_AT(&o->given, const char *, i) && refuse_index(BUF_AT(&o->given, const char *, i), err) < 0))
			return -1;
	}
	choose_roots(o);
	return o->arena->failed || o->given.failed || o->roots.failed ? err_memory(err, "start") : 0;
}

/* .kbsearch in the first DIR, or beside the FILE. */
static const char *index_of_operand(struct operands *o)
{
	const char *first = BUF_AT(&o->given, const char *, 0);
	struct span directory = span_of(first);
	struct buf path = {0};
	struct stat st;
	const char *kept;

	if (stat(first, &st) == 0 && !S_ISDIR(st.st_mode))
		directory.n -= path_last(directory).n;
	path_join(&path, directory, span_of(".kbsearch"));
	kept = arena_copy(o->arena, buf_span(&path)).p;
	buf_release(&path);
	return kept;
}

/* Where nothing is to be made, a directory that has an index stands for it, as in index.h. */
static void enter_directory(struct operands *o)
{
	struct buf path = {0};

	if (exists_below(o->index, "MANIFEST") || !exists_below(o->index, ".kbsearch"))
		return;
	buf_printf(&path, "%s/.kbsearch", o->index);
	o->index = arena_copy(o->arena, buf_span(&path)).p;
	buf_release(&path);
}

static int find_index(struct operands *o, struct err *err)
{
	struct buf path = {0};

	if (o->index_named) {
		o->index = absolute(o->arena, o->index_named, err);
	} else if (o->given.n) {
		o->index = index_of_operand(o);
	} else {
		char *here = getcwd(NULL, 0);

		if (lookup_index(&path, here))
			o->index = absolute(o->arena, buf_string(&path), err);
		else
			err_set(err, ERR_USAGE,
				"no index here or above, and no default; name what to index: kbindex DIR");
		free(here);
	}
	buf_release(&path);
	if (o->index && !o->given.n)
		enter_directory(o);
	if (!o->index && err->kind == ERR_NONE)
		err_memory(err, "start");
	return o->index ? 0 : -1;
}

int operands_resolve(struct operands *o, struct err *err)
{
	return resolve_given(o, err) < 0 ? -1 : find_index(o, err);
}

void operands_release(struct operands *o)
{
	buf_release(&o->given);
	buf_release(&o->roots);
}
