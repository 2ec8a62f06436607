#include "plan.h"

#include "path.h"

#include <fcntl.h>

int plan_add_root(struct plan *plan, const char *path, struct err *err)
{
	struct plan_root root = {.directory = arena_copy(&plan->arena, span_of(path)).p, .fd = -1};
	struct stat st;

	if (plan->arena.failed)
		return err_memory(err, "plan");
	if (plan->io->fstatat(AT_FDCWD, path, &st, 0) < 0)
		return err_system(err, path, "read");
	if (!S_ISDIR(st.st_mode)) {
		struct span name = path_last(span_of(path));
		struct span directory = {path, (size_t)(name.p - path) > 1 ? (size_t)(name.p - path) - 1 : 1};

		if (!S_ISREG(st.st_mode))
			return err_set(err, ERR_USAGE, "%s: neither a directory nor a regular file", path);
		root.directory = arena_copy(&plan->arena, directory).p;
		root.file = arena_copy(&plan->arena, name).p;
	}
	if (plan->arena.failed)
		return err_memory(err, "plan");
	root.fd = io_open_directory(plan->io, AT_FDCWD, root.directory, err);
	if (root.fd < 0)
		return -1;
	buf_add(&plan->roots, &root, sizeof root);
	return plan->roots.failed ? err_memory(err, "plan") : 0;
}

static int add_single_file(struct plan *plan, uint32_t number, struct err *err)
{
	const struct plan_root *root = &BUF_AT(&plan->roots, struct plan_root, number);
	struct stat st;
	struct plan_file file = {.root = number, .path = root->file};

	if (plan->io->fstatat(root->fd, root->file, &st, 0) < 0)
		return err_system(err, root->file, "read");
	file.size = (uint64_t)st.st_size;
	file.mtime_ns = io_mtime_ns(&st);
	buf_add(&plan->files, &file, sizeof file);
	return 0;
}

static int add_tree(struct plan *plan, uint32_t number, const struct walk_options *options, struct err *err)
{
	const struct plan_root *root = &BUF_AT(&plan->roots, struct plan_root, number);
	struct walk walk = {0};
	int status = walk_tree(&walk, plan->io, root->directory, options, err);

	for (size_t i = 0; status == 0 && i < BUF_COUNT(&walk.files, struct walk_file); i++) {
		const struct walk_file *found = &BUF_AT(&walk.files, struct walk_file, i);
		struct plan_file file = {number, found->path.p, found->size, found->mtime_ns};

		buf_add(&plan->files, &file, sizeof file);
	}
	plan->complete &= walk.complete;
	buf_add(&plan->walks, &walk, sizeof walk);
	if (plan->walks.failed)
		walk_release(&walk);
	return status;
}

static uint64_t slice_bytes(uint64_t left)
{
	uint64_t share = left / SLICE_SHARE;

	if (share > SLICE_BYTES)
		return SLICE_BYTES;
	return share < SLICE_LEAST ? SLICE_LEAST : share;
}

static void make_slices(struct plan *plan)
{
	size_t count = BUF_COUNT(&plan->files, struct plan_file);
	struct plan_slice slice = {0, 0};
	uint64_t done = 0;
	uint64_t end;

	for (size_t i = 0; i < count; i++)
		plan->bytes += BUF_AT(&plan->files, struct plan_file, i).size;
	end = slice_bytes(plan->bytes);
	for (size_t i = 0; i < count; i++) {
		done += BUF_AT(&plan->files, struct plan_file, i).size;
		slice.end = i + 1;
		if (done < end && slice.end < count)
			continue;
		buf_add(&plan->slices, &slice, sizeof slice);
		slice.first = slice.end;
		end = done + slice_bytes(plan->bytes - done);
	}
}

int plan_walk(struct plan *plan, const struct walk_options *options, struct err *err)
{
	plan->complete = true;
	for (uint32_t i = 0; i < BUF_COUNT(&plan->roots, struct plan_root); i++) {
		bool single = BUF_AT(&plan->roots, struct plan_root, i).file;

		if ((single ? add_single_file(plan, i, err) : add_tree(plan, i, options, err)) < 0)
			return -1;
	}
	make_slices(plan);
	if (plan->files.failed || plan->walks.failed || plan->slices.failed)
		return err_memory(err, "plan");
	return 0;
}

static int find_below(const struct plan *plan, const struct plan_root *root, const char *path,
		      const struct walk_options *options, struct walk_finding *out, struct err *err)
{
	struct span rest;
	int status;

	if (!path_below(span_of(path), span_of(root->directory), &rest))
		return 0;
	if (root->file) {
		*out = (struct walk_finding){.verdict = WALK_LISTED, .n = strlen(path)};
		return span_equal(rest, span_of(root->file));
	}
	status = walk_find(plan->io, root->fd, rest.p, options, out, err);
	out->n += (size_t)(rest.p - path);
	return status < 0 ? -1 : 1;
}

int plan_find(const struct plan *plan, const char *path, const struct walk_options *options, struct walk_finding *out,
	      struct err *err)
{
	int found = 0;

	/* One root may be below a hidden name of another: whatever one lists is listed. */
	for (size_t i = 0; i < BUF_COUNT(&plan->roots, struct plan_root); i++) {
		struct walk_finding finding;
		int below = find_below(plan, &BUF_AT(&plan->roots, struct plan_root, i), path, options, &finding, err);

		if (below < 0)
			return -1;
		if (below && (!found || finding.verdict == WALK_LISTED))
			*out = finding;
		found |= below;
	}
	return found;
}

void plan_release(struct plan *plan)
{
	for (size_t i = 0; i < BUF_COUNT(&plan->walks, struct walk); i++)
		walk_release(&BUF_AT(&plan->walks, struct walk, i));
	for (size_t i = 0; i < BUF_COUNT(&plan->roots, struct plan_root); i++)
		plan->io->close(BUF_AT(&plan->roots, struct plan_root, i).fd);
	buf_release(&plan->roots);
	buf_release(&plan->walks);
	buf_release(&plan->files);
	buf_release(&plan->slices);
	arena_release(&plan->arena);
}

const char *plan_shown(const struct plan *plan, const struct plan_file *file, struct buf *out)
{
	buf_reset(out);
	path_join(out, span_of(BUF_AT(&plan->roots, struct plan_root, file->root).directory), span_of(file->path));
	return buf_string(out);
}

/* Is it other than when it was indexed? A file that could not be read then may be readable now, without having changed. */
static bool has_changed(const struct plan *plan, const struct plan_file *file, const struct manifest_document *document)
{
	int root = BUF_AT(&plan->roots, struct plan_root, file->root).fd;
	int fd = -1;

	if (file->size != document->size || file->mtime_ns != document->mtime_ns)
		return true;
	if (document->state == DOCUMENT_UNREADABLE)
		fd = plan->io->openat(root, file->path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY, 0);
	if (fd >= 0)
		plan->io->close(fd);
	return fd >= 0;
}

static void tell(plan_change_function *each, void *context, size_t *counter, char kind, struct span path)
{
	++*counter;
	if (each)
		each(context, kind, path);
}

/* One comparison of a plan with the index before. */
struct comparison {
	struct plan *plan;
	struct manifest *before;
	struct plan_changes *changes;
	plan_change_function *each;
	void *context;
	struct err *err;
};

/* Where the documents of the roots from this one on begin: they are sorted by root. */
static int find_document(struct comparison *c, uint32_t root, uint32_t *out)
{
	uint32_t end = c->before->document_count;

	*out = 0;
	while (*out < end) {
		uint32_t middle = *out + (end - *out) / 2;
		struct manifest_document document;

		if (manifest_document(c->before, middle, &document, c->err) < 0)
			return -1;
		if (document.root < root)
			*out = middle + 1;
		else
			end = middle;
	}
	return 0;
}

static size_t find_file(const struct plan *plan, uint32_t root)
{
	size_t at = 0;

	while (at < BUF_COUNT(&plan->files, struct plan_file) && BUF_AT(&plan->files, struct plan_file, at).root < root)
		at++;
	return at;
}

/* Files [file, file_end) with documents [document, document_end) of the same root: both are sorted by path. */
static int compare_files(struct comparison *c, size_t file, size_t file_end, uint32_t document, uint32_t document_end)
{
	while (file < file_end || document < document_end) {
		struct plan_file *now = file < file_end ? &BUF_AT(&c->plan->files, struct plan_file, file) : NULL;
		struct manifest_document then;
		int order = -1;

		if (document < document_end) {
			if (manifest_document(c->before, document, &then, c->err) < 0)
				return -1;
			order = now ? span_compare(span_of(now->path), then.path) : 1;
		}
		if (order < 0)
			tell(c->each, c->context, &c->changes->added, '+', span_of(now->path));
		else if (order > 0)
			tell(c->each, c->context, &c->changes->removed, '-', then.path);
		else if (has_changed(c->plan, now, &then))
			tell(c->each, c->context, &c->changes->changed, '~', then.path);
		else
			now->known = true;
		file += order <= 0;
		document += order >= 0;
	}
	return 0;
}

/* The root of the other list that is the same one; the list's count when there is none. */
static size_t find_root(const struct manifest_root *root, const struct manifest *in)
{
	size_t i = 0;

	while (i < in->root_count && (in->roots[i].file != root->file || !span_equal(in->roots[i].path, root->path)))
		i++;
	return i;
}

/* The files of one root of the plan. */
static int compare_root(struct comparison *c, const struct manifest *now, uint32_t root)
{
	size_t old = find_root(&now->roots[root], c->before);
	uint32_t first = 0;
	uint32_t end = 0;

	if (old < c->before->root_count &&
	    (find_document(c, (uint32_t)old, &first) < 0 || find_document(c, (uint32_t)old + 1, &end) < 0))
		return -1;
	return compare_files(c, find_file(c->plan, root), find_file(c->plan, root + 1), first, end);
}

/* The documents of a root that is none of the plan's. */
static int drop_root(struct comparison *c, uint32_t root)
{
	uint32_t first;
	uint32_t end;

	if (find_document(c, root, &first) < 0 || find_document(c, root + 1, &end) < 0)
		return -1;
	return compare_files(c, 0, 0, first, end);
}

int plan_compare(struct plan *plan, const struct manifest *now, struct manifest *before, struct plan_changes *changes,
		 plan_change_function *each, void *context, struct err *err)
{
	struct comparison c = {plan, before, changes, each, context, err};

	*changes = (struct plan_changes){0};
	for (uint32_t i = 0; i < now->root_count; i++)
		if (compare_root(&c, now, i) < 0)
			return -1;
	for (uint32_t i = 0; i < before->root_count; i++)
		if (find_root(&before->roots[i], now) == now->root_count && drop_root(&c, i) < 0)
			return -1;
	return 0;
}
