/* The forms for scripts that want names or a number. */
#include "forms.h"
#include "mem.h"

#include <inttypes.h>
#include <stdlib.h>

struct file {
	const char *path;
	size_t hit;
};

static int compare_paths(const void *a, const void *b)
{
	const struct file *x = a;
	const struct file *y = b;
	int order = strcmp(x->path, y->path);

	return order ? order : (x->hit > y->hit) - (x->hit < y->hit);
}

static int compare_hits(const void *a, const void *b)
{
	const struct file *x = a;
	const struct file *y = b;

	return (x->hit > y->hit) - (x->hit < y->hit);
}

/* Each path once, in the order of its first hit; returns how many. */
static size_t distinct(struct file *files, size_t count)
{
	size_t kept = 0;

	qsort(files, count, sizeof(*files), compare_paths);
	for (size_t i = 0; i < count; i++)
		if (kept == 0 || strcmp(files[kept - 1].path, files[i].path) != 0)
			files[kept++] = files[i];
	qsort(files, kept, sizeof(*files), compare_hits);
	return kept;
}

void render_files(struct buf *out, const struct answer *answer, const struct render_options *options)
{
	struct file *files = mem_resize(NULL, answer->hit_count, sizeof(*files));
	size_t count;

	if (!files) {
		out->failed = true;
		return;
	}
	for (size_t i = 0; i < answer->hit_count; i++)
		files[i] = (struct file){answer->hits[i].path, i};
	count = distinct(files, answer->hit_count);
	for (size_t i = 0; i < count; i++) {
		form_path(out, files[i].path, options->escape, options);
		form_end(out, options);
	}
	mem_free(files);
}

void render_count(struct buf *out, const struct answer *answer, const struct render_options *options)
{
	buf_printf(out, "%" PRIu64, answer->total);
	form_end(out, options);
}
