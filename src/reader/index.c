#include "index.h"

#include "path.h"

#include <errno.h>
#include <fcntl.h>

/* What a file of the index is called in messages. */
static const char *file_path(struct index *index, struct span name)
{
	struct buf path = {0};
	const char *kept;

	path_join(&path, span_of(index->path), name);
	kept = path.failed ? NULL : arena_copy(&index->arena, buf_span(&path)).p;
	buf_release(&path);
	return kept;
}

int index_damaged_words(const struct index *index, struct err *err)
{
	return container_damaged(&index->manifest.container, 0, "user dictionary or synonyms", err);
}

static int open_manifest(struct index *index, int directory, struct err *err)
{
	int fd = index->io->openat(directory, "MANIFEST", O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0);
	const char *path;
	int status;

	if (fd < 0 && errno == ENOENT)
		return err_set(err, ERR_MISSING, "%s: no index here (it has no MANIFEST); make one with kbindex DIR",
			       index->path);
	if (fd < 0)
		return err_system(err, index->path, "open its MANIFEST");
	path = file_path(index, span_of("MANIFEST"));
	status = path ? mapping_open(&index->mapping, index->io, fd, path, err) : err_memory(err, "open an index");
	index->io->close(fd);
	if (status < 0)
		return -1;
	if (manifest_open(&index->manifest, index->mapping.bytes, path, &index->arena, err) < 0)
		return -1;
	if (!user_words_open(&index->words, index->manifest.words) ||
	    !synonyms_open(&index->synonyms, index->manifest.synonyms))
		return index_damaged_words(index, err);
	return 0;
}

static int open_segments(struct index *index, int directory, bool *gone, struct err *err)
{
	size_t count = index->manifest.segment_count;
	uint64_t sections = 0;

	index->segments = arena_array(&index->arena, count, sizeof *index->segments);
	if (!index->segments)
		return err_memory(err, "open an index");
	for (size_t i = 0; i < count; i++) {
		const struct manifest_segment *expected = &index->manifest.segments[i];
		const char *path;

		path = file_path(index, expected->name);
		if (!path)
			return err_memory(err, "open an index");
		if (segment_reader_open(&index->segments[i], index->io, directory, path, expected, &index->manifest,
					gone, err) < 0)
			return -1;
		index->segment_count++;
		sections += expected->sections;
	}
	if (sections > UINT32_MAX)
		return container_damaged(&index->manifest.container, 0, "number of sections", err);
	return 0;
}

static void close_files(struct index *index)
{
	for (size_t i = 0; i < index->segment_count; i++)
		segment_reader_close(&index->segments[i]);
	user_words_release(&index->words);
	index->segment_count = 0;
	manifest_close(&index->manifest);
	mapping_release(&index->mapping, index->io);
}

static int open_files(struct index *index, int directory, struct err *err)
{
	for (unsigned try = 1;; try++) {
		bool gone = false;

		if (open_manifest(index, directory, err) == 0 && open_segments(index, directory, &gone, err) == 0)
			return 0;
		close_files(index);
		if (!gone || try == INDEX_TRIES)
			return -1;
		*err = (struct err){0};
	}
}

void index_root_path(const struct index *index, size_t i, struct buf *out)
{
	path_join(out, span_of(index->path), index->manifest.roots[i].path);
}

static int find_roots(struct index *index, struct err *err)
{
	struct buf path = {0};
	size_t count = index->manifest.root_count;

	index->root_directories = arena_array(&index->arena, count, sizeof *index->root_directories);
	for (size_t i = 0; i < count && index->root_directories; i++) {
		buf_reset(&path);
		index_root_path(index, i, &path);
		if (index->manifest.roots[i].file) {
			struct span name = path_last(buf_span(&path));

			path.n -= name.n < path.n ? name.n + 1 : name.n;
		}
		index->root_directories[i] = arena_copy(&index->arena, buf_span(&path)).p;
	}
	index->arena.failed |= path.failed;
	buf_release(&path);
	return index->arena.failed ? err_memory(err, "open an index") : 0;
}

static int open_directory(struct index *index, const struct io *io, const char *path, struct err *err)
{
	struct buf real = {0};
	int directory = io->openat(AT_FDCWD, path, O_RDONLY | O_DIRECTORY, 0);
	int status;

	*index = (struct index){.io = io, .arena.block = ARENA_SMALL};
	if (directory < 0 && (errno == ENOENT || errno == ENOTDIR))
		return err_set(err, ERR_MISSING, "%s: no index here (%s); make one with kbindex DIR", path,
			       errno == ENOENT ? "no such directory" : "not a directory");
	if (directory < 0)
		return err_system(err, path, "open");
	status = path_real(path, &real, err);
	index->path = arena_copy(&index->arena, buf_span(&real)).p;
	buf_release(&real);
	if (status == 0 && !index->path)
		status = err_memory(err, "open an index");
	if (status == 0)
		status = open_files(index, directory, err);
	io->close(directory);
	if (status == 0)
		status = find_roots(index, err);
	if (status < 0)
		index_close(index);
	return status;
}

int index_open(struct index *index, const struct io *io, const char *path, struct err *err)
{
	int status = open_directory(index, io, path, err);
	struct buf inner = {0};
	struct stat st;

	if (status == 0 || err->kind != ERR_MISSING)
		return status;
	buf_printf(&inner, "%s/.kbsearch", path); /* path_join() is for absolute ones */
	if (io->fstatat(AT_FDCWD, buf_string(&inner), &st, 0) == 0) {
		*err = (struct err){0};
		status = open_directory(index, io, inner.data, err);
	}
	buf_release(&inner);
	return status;
}

void index_close(struct index *index)
{
	close_files(index);
	arena_release(&index->arena);
}

uint64_t index_section_count(const struct index *index)
{
	uint64_t count = 0;

	for (size_t i = 0; i < index->segment_count; i++)
		count += index->segments[i].meta.section_count;
	return count;
}

/* The document of this root and path; they are sorted, but each must be decoded to be seen. */
static int find_in_root(struct index *index, uint32_t root, struct span path, uint32_t *number,
			struct manifest_document *out, struct err *err)
{
	for (uint32_t i = 0; i < index->manifest.document_count; i++) {
		if (manifest_document(&index->manifest, i, out, err) < 0)
			return -1;
		if (out->root != root || !span_equal(out->path, path))
			continue;
		*number = i;
		return 1;
	}
	return 0;
}

int index_find_document(struct index *index, struct span path, uint32_t *number, struct manifest_document *out,
			struct err *err)
{
	struct span rest;
	int found = 0;

	for (uint32_t i = 0; i < index->manifest.root_count && !found; i++)
		if (path_below(path, span_of(index->root_directories[i]), &rest))
			found = find_in_root(index, i, rest, number, out, err);
	return found;
}

void index_document_path(const struct index *index, const struct manifest_document *document, struct buf *out)
{
	path_join(out, span_of(index->root_directories[document->root]), document->path);
}
