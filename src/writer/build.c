#include "build.h"

#include "commit.h"
#include "mapping.h"
#include "mem.h"
#include "path.h"
#include "pipeline.h"
#include "segment_writer.h"
#include "words_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>

/* What one call carries from step to step. */
struct build {
	const struct build_request *request;
	struct build_report *report;
	struct commit *commit;
	struct arena arena;
	struct plan plan;
	struct manifest before; /* of the index that is there */
	bool has_before;
	bool other_version;       /* what is there was written by another version */
	struct manifest manifest; /* of the index to be */
	struct buf word_list;     /* read from the file of --words, */
	struct buf synonyms;      /* and from that of --synonyms */
	struct user_words words;  /* of the index to be */
	struct buf documents;     /* array of struct manifest_document */
	struct batch_input input;
	struct sampler sampler;
	struct batch *batches; /* by slot of the pipeline */
	struct batch_worker *workers;
	struct segment_writer writer;
	struct err *err;
};

/* Opens the manifest that is there. One that cannot be read stops us unless --force was given: damage should not look
 * like routine, and its roots would be lost. */
static int open_before(struct build *b)
{
	struct err why = {0};

	if (!b->commit->exists)
		return 0;
	if (manifest_open(&b->before, buf_span(&b->commit->before), b->commit->path, &b->arena, &why) == 0) {
		b->has_before = true;
		return 0;
	}
	b->other_version = why.kind == ERR_VERSION;
	if (b->request->roots && (b->request->force || b->other_version))
		return 0;
	if (!b->request->roots && !b->other_version)
		return err_set(b->err, why.kind, "%s; name the directories to index as well", why.text);
	return err_set(b->err, why.kind, "%s", why.text);
}

static int add_new_root(struct build *b, const char *path)
{
	struct manifest_root *root = &b->manifest.roots[b->manifest.root_count++];
	struct buf relative = {0};
	const struct plan_root *added;

	if (plan_add_root(&b->plan, path, b->err) < 0)
		return -1;
	added = &BUF_AT(&b->plan.roots, struct plan_root, b->manifest.root_count - 1);
	path_relative(&relative, span_of(b->request->index), span_of(path));
	root->path = arena_copy(&b->arena, buf_span(&relative));
	root->file = added->file != NULL;
	b->arena.failed |= relative.failed;
	buf_release(&relative);
	return b->arena.failed ? err_memory(b->err, "index") : 0;
}

static int add_old_root(struct build *b, const struct manifest_root *old)
{
	struct buf absolute = {0};
	struct stat st;
	int status;

	path_join(&absolute, span_of(b->request->index), old->path);
	if (b->request->io->fstatat(AT_FDCWD, buf_string(&absolute), &st, 0) < 0 && errno == ENOENT)
		status = err_set(
			b->err, ERR_IO,
			"%s, which is in the index, is not there; an index finds its directories by the way from "
			"itself: move them together, or name them",
			buf_string(&absolute));
	else
		status = add_new_root(b, buf_string(&absolute));
	buf_release(&absolute);
	return status;
}

static int no_index(const struct build_request *request, struct err *err)
{
	return err_set(err, ERR_MISSING, "%s: no index here yet; name the directory to index: kbindex DIR",
		       request->index);
}

/* Is there no manifest? One in a directory that is closed to us may be there: opening it says why. */
static bool lacks_manifest(const struct build_request *request)
{
	struct buf path = {0};
	struct stat st;
	bool missing;

	path_join(&path, span_of(request->index), span_of("MANIFEST"));
	missing = request->io->fstatat(AT_FDCWD, buf_string(&path), &st, AT_SYMLINK_NOFOLLOW) < 0 &&
		  (errno == ENOENT || errno == ENOTDIR);
	buf_release(&path);
	return missing;
}

static int set_roots(struct build *b)
{
	const struct build_request *request = b->request;
	size_t count = request->roots ? request->root_count : b->before.root_count;

	if (!request->roots && !b->has_before)
		return no_index(request, b->err);
	b->manifest.roots = arena_array(&b->arena, count, sizeof *b->manifest.roots);
	if (!b->manifest.roots)
		return err_memory(b->err, "index");
	for (size_t i = 0; i < count; i++)
		if ((request->roots ? add_new_root(b, request->roots[i]) : add_old_root(b, &b->before.roots[i])) < 0)
			return -1;
	return 0;
}

static int set_globs(struct build *b)
{
	const struct build_request *request = b->request;

	if (!request->globs_given && b->has_before) {
		b->manifest.globs = b->before.globs;
		b->manifest.glob_count = b->before.glob_count;
		return 0;
	}
	b->manifest.globs = arena_array(&b->arena, request->glob_count, sizeof *b->manifest.globs);
	if (!b->manifest.globs)
		return err_memory(b->err, "index");
	for (size_t i = 0; i < request->glob_count; i++)
		b->manifest.globs[i] = span_of(request->globs[i]);
	b->manifest.glob_count = request->glob_count;
	return 0;
}

/* A dictionary, or synonyms, stay until another one is given, or none ("") is. */
static int set_words(struct build *b)
{
	const struct build_request *request = b->request;
	struct words_file_notes notes = {request->note, request->context};

	if (request->words && *request->words &&
	    words_file_read(&b->word_list, request->io, request->words, notes, b->err) < 0)
		return -1;
	if (request->synonyms && *request->synonyms &&
	    synonyms_file_read(&b->synonyms, request->io, request->synonyms, notes, b->err) < 0)
		return -1;
	b->manifest.words = request->words ? buf_span(&b->word_list) : b->before.words;
	b->manifest.synonyms = request->synonyms ? buf_span(&b->synonyms) : b->before.synonyms;
	if (!user_words_open(&b->words, b->manifest.words))
		return container_damaged(&b->before.container, 0, "user dictionary", b->err);
	b->manifest.fingerprint = user_words_fingerprint(&analyzer_fingerprint, b->manifest.words);
	return 0;
}

static bool same_options(const struct build *b)
{
	const struct manifest *now = &b->manifest;
	const struct manifest *before = &b->before;

	if (now->root_count != before->root_count || now->glob_count != before->glob_count)
		return false;
	for (size_t i = 0; i < now->root_count; i++)
		if (!span_equal(now->roots[i].path, before->roots[i].path) ||
		    now->roots[i].file != before->roots[i].file)
			return false;
	for (size_t i = 0; i < now->glob_count; i++)
		if (!span_equal(now->globs[i], before->globs[i]))
			return false;
	return true;
}

static void skipped(void *context, const struct err *reason)
{
	struct build *b = context;

	b->report->missing++;
	if (b->request->note)
		b->request->note(b->request->context, true, reason->text);
}

static int walk(struct build *b)
{
	struct walk_options options = {.glob_count = b->manifest.glob_count, .skipped = skipped, .context = b};
	const char **globs = arena_array(&b->arena, options.glob_count, sizeof *globs);

	if (!globs)
		return err_memory(b->err, "index");
	/* The spans of globs are terminated: they are arguments, or copies made by an arena. */
	for (size_t i = 0; i < options.glob_count; i++)
		globs[i] = b->manifest.globs[i].p;
	options.globs = globs;
	return plan_walk(&b->plan, &options, b->err);
}

/* What is damaged is not up to date, whatever the files' times say. Looks at the ends of the files, as every search does. */
static int check_segment(struct build *b, const struct manifest_segment *segment)
{
	const struct io *io = b->request->io;
	int fd = io->openat(b->commit->directory, segment->name.p, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0);
	struct mapping mapping = {0};
	struct container container = {0};
	int status = -1;

	if (fd < 0 && errno == ENOENT)
		return err_set(b->err, ERR_DAMAGED, "%s/%s: missing; rebuild the index with kbindex --force",
			       b->commit->path, segment->name.p);
	if (fd < 0)
		return err_system(b->err, b->commit->path, "open");
	if (mapping_open(&mapping, io, fd, b->commit->path, b->err) == 0)
		status = container_open(&container, mapping.bytes, SEGMENT_KIND, b->commit->path, b->err);
	if (status == 0 && memcmp(&container.id, &segment->id, sizeof segment->id) != 0)
		status = err_set(b->err, ERR_FOREIGN, "%s: a part of another index; rebuild it with kbindex --force",
				 b->commit->path);
	container_close(&container);
	mapping_release(&mapping, io);
	io->close(fd);
	return status;
}

static int check_segments(struct build *b)
{
	for (size_t i = 0; i < b->before.segment_count && !b->request->force; i++)
		if (check_segment(b, &b->before.segments[i]) < 0)
			return -1;
	return 0;
}

/* Why to build; BUILD_NOTHING when the index is up to date. */
static int find_reason(struct build *b)
{
	struct build_report *report = b->report;

	if (plan_compare(&b->plan, &b->manifest, &b->before, &report->changes, b->request->change, b->request->context,
			 b->err) < 0)
		return -1;
	if (!b->has_before)
		report->reason = b->other_version ? BUILD_ANALYSIS : b->commit->exists ? BUILD_FORCED : BUILD_NEW;
	else if (!same_options(b))
		report->reason = BUILD_OPTIONS;
	else if (!span_equal(b->before.words, b->manifest.words) ||
		 !span_equal(b->before.synonyms, b->manifest.synonyms))
		report->reason = BUILD_WORDS;
	else if (memcmp(&b->before.fingerprint, &b->manifest.fingerprint, sizeof b->before.fingerprint) != 0)
		report->reason = BUILD_ANALYSIS;
	else if (b->request->force)
		report->reason = BUILD_FORCED;
	else if (report->changes.added || report->changes.changed || report->changes.removed)
		report->reason = BUILD_CHANGES;
	else
		report->reason = BUILD_NOTHING;
	return 0;
}

static int sample(void *context, struct err *err)
{
	struct build *b = context;

	return sampler_make(&b->sampler, &b->plan, err);
}

static int build_batch(void *context, unsigned worker, size_t slice, size_t slot, struct err *err)
{
	struct build *b = context;

	return batch_build(&b->batches[slot], &b->workers[worker], &b->input, slice, err);
}

static int take_batch(void *context, size_t slice, size_t slot, struct err *err)
{
	struct build *b = context;
	const struct batch *batch = &b->batches[slot];

	(void)slice;
	for (size_t i = 0; i < BUF_COUNT(&batch->notes, struct note); i++) {
		const struct note *note = &BUF_AT(&batch->notes, struct note, i);

		b->report->missing += note->missing;
		if (b->request->note)
			b->request->note(b->request->context, note->missing, note->text);
	}
	buf_add_span(&b->documents, buf_span(&batch->documents));
	return segment_writer_add(&b->writer, batch, err);
}

static void tell_progress(void *context)
{
	struct build *b = context;

	if (b->request->progress)
		b->request->progress(b->request->context, b->input.read, b->plan.bytes);
}

static int run_pipeline(struct build *b, struct pipeline *pipeline)
{
	size_t slots = pipeline_slots(pipeline->jobs);
	int status;

	b->batches = mem_zero(slots, sizeof *b->batches);
	b->workers = mem_zero(pipeline->jobs, sizeof *b->workers);
	status = b->batches && b->workers ? pipeline_run(pipeline, b->err) : err_memory(b->err, "index");
	for (size_t i = 0; i < slots && b->batches; i++)
		batch_release(&b->batches[i]);
	for (unsigned i = 0; i < pipeline->jobs && b->workers; i++)
		batch_worker_release(&b->workers[i]);
	mem_free(b->batches);
	mem_free(b->workers);
	return status;
}

/* Analyses all documents, which the segment's writer takes in order. */
static int analyse(struct build *b)
{
	size_t slices = BUF_COUNT(&b->plan.slices, struct plan_slice);
	struct pipeline pipeline = {.tasks = slices,
				    .jobs = b->request->jobs,
				    .context = b,
				    .start = sample,
				    .work = build_batch,
				    .take = take_batch,
				    .tick = tell_progress};

	if (slices < pipeline.jobs)
		pipeline.jobs = slices ? (unsigned)slices : 1;
	user_words_index(&b->words);
	b->input.plan = &b->plan;
	b->input.words = &b->words;
	b->input.sampler = &b->sampler;
	b->input.update = b->report->reason == BUILD_CHANGES;
	return run_pipeline(b, &pipeline);
}

static int write_segment(struct build *b, int fd, struct manifest_segment *segment)
{
	size_t memory = b->request->memory ? b->request->memory : SEGMENT_WRITER_MEMORY;
	struct out out;
	int status;

	out_init(&out, b->request->io, fd, b->request->index, b->err);
	sampler_init(&b->sampler);
	status = segment_writer_begin(&b->writer, &out, b->commit, memory, b->err);
	b->writer.meta.fingerprint = b->manifest.fingerprint;
	if (status == 0)
		status = analyse(b);
	if (status == 0)
		status = segment_writer_finish(&b->writer, &b->sampler.dictionary, b->request->jobs, &segment->id,
					       b->err);
	if (status == 0)
		status = out_flush(&out);
	b->report->index_bytes = out.offset;
	b->report->sections = segment->sections = b->writer.meta.section_count;
	b->report->text_bytes = b->writer.meta.text_bytes;
	segment_writer_release(&b->writer);
	sampler_release(&b->sampler);
	out_release(&out);
	return status;
}

static int add_segment(struct build *b)
{
	struct manifest_segment *segment = arena_array(&b->arena, 1, sizeof *segment);
	char name[64];
	int fd;

	if (!segment)
		return err_memory(b->err, "index");
	snprintf(name, sizeof name, "seg-%llu-%llx.kbs", (unsigned long long)b->manifest.generation,
		 (unsigned long long)b->request->now);
	segment->name = arena_copy(&b->arena, span_of(name));
	if (!segment->name.p)
		return err_memory(b->err, "index");
	fd = commit_create(b->commit, name, b->err);
	if (fd < 0)
		return -1;
	if (write_segment(b, fd, segment) < 0) {
		b->request->io->close(fd);
		commit_discard(b->commit, name);
		return -1;
	}
	b->manifest.segments = segment;
	b->manifest.segment_count = 1;
	return commit_seal(b->commit, fd, name, b->err);
}

static int publish(struct build *b)
{
	size_t count = BUF_COUNT(&b->documents, struct manifest_document);
	int status;

	for (size_t i = 0; i < count; i++)
		b->report->documents += BUF_AT(&b->documents, struct manifest_document, i).state == DOCUMENT_INDEXED;
	b->manifest.built = b->request->now;
	status = b->documents.failed
			 ? err_memory(b->err, "index")
			 : commit_publish(b->commit, &b->manifest, &BUF_AT(&b->documents, struct manifest_document, 0),
					  count, b->err);
	b->report->index_bytes += b->commit->bytes;
	if (status < 0 && b->manifest.segment_count && !b->commit->published)
		commit_discard(b->commit, b->manifest.segments[0].name.p);
	return status;
}

/* What an index that is up to date lacks is told again: it is not in the index now either. */
static int note_missing(struct build *b)
{
	struct buf text = {0};
	int status = 0;

	for (uint32_t i = 0; i < b->before.document_count && b->before.missing_count && status == 0; i++) {
		struct manifest_document document;

		status = manifest_document(&b->before, i, &document, b->err);
		if (status < 0 || document.state == DOCUMENT_INDEXED)
			continue;
		buf_reset(&text);
		path_join(&text, span_of(BUF_AT(&b->plan.roots, struct plan_root, document.root).directory),
			  document.path);
		buf_add_text(&text, ": unchanged since it could not be read");
		b->report->missing++;
		if (b->request->note)
			b->request->note(b->request->context, true, buf_string(&text));
	}
	buf_release(&text);
	return status;
}

static int run(struct build *b)
{
	if (open_before(b) < 0 || check_segments(b) < 0 || set_roots(b) < 0 || set_globs(b) < 0 || set_words(b) < 0 ||
	    walk(b) < 0 || find_reason(b) < 0)
		return -1;
	if (b->report->reason == BUILD_NOTHING)
		return note_missing(b);
	if (b->request->dry_run)
		return 0;
	b->report->documents_before = b->before.document_count - b->before.missing_count;
	b->manifest.generation = b->before.generation + 1;
	return add_segment(b) < 0 ? -1 : publish(b);
}

int build_index(const struct build_request *request, struct build_report *report, struct err *err)
{
	struct commit commit;
	struct build b = {.request = request, .report = report, .commit = &commit, .plan.io = request->io, .err = err};
	int status;

	*report = (struct build_report){0};
	/* An update has something to update: nothing is made for a mistyped name. */
	if (!request->roots && lacks_manifest(request))
		return no_index(request, err);
	status = request->dry_run ? commit_peek(&commit, request->io, request->index, err)
				  : commit_begin(&commit, request->io, request->index, err);
	if (status == 0)
		status = run(&b);
	buf_release(&b.documents);
	user_words_release(&b.words);
	buf_release(&b.word_list);
	buf_release(&b.synonyms);
	manifest_close(&b.before);
	plan_release(&b.plan);
	arena_release(&b.arena);
	commit_end(&commit);
	return status;
}
