#include "layer_writer.h"

#include "lexicon.h"
#include "mem.h"
#include "pipeline.h"

/* Leaves of a lexicon beyond this wait in the temporary file until the postings are written. */
enum { LEAVES_HELD = 4 << 20 };

struct task {
	enum layer layer;
	struct merge_part part;
};

struct layer_writer {
	struct container_writer *container;
	struct spill *spill;
	const struct merge_layer *layers;
	struct layer_prelude prelude;
	struct segment_meta *meta;
	struct buf tasks; /* array of struct task */
	struct merger *mergers;
	struct merge_result *results;  /* by slot */
	struct lexicon_writer lexicon; /* of the layer being written */
	struct spool leaves;
};

int layer_writer_too_large(struct err *err)
{
	return err_set(err, ERR_LIMIT, "too much text for one index; make several, and search them together with -I");
}

static int make_tasks(struct layer_writer *writer, struct err *err)
{
	struct buf parts = {0};

	for (unsigned layer = 0; layer < LAYER_COUNT; layer++) {
		buf_reset(&parts);
		merge_cut(&writer->layers[layer], LAYER_PART_BYTES, &parts);
		writer->tasks.failed |= parts.failed;
		for (size_t i = 0; i < BUF_COUNT(&parts, struct merge_part); i++) {
			struct task task = {(enum layer)layer, BUF_AT(&parts, struct merge_part, i)};

			buf_add(&writer->tasks, &task, sizeof task);
		}
	}
	buf_release(&parts);
	return writer->tasks.failed ? err_memory(err, "merge postings") : 0;
}

static int write_prelude(void *context, struct err *err)
{
	struct layer_writer *writer = context;

	return writer->prelude.write(writer->prelude.context, err);
}

static int make_part(void *context, unsigned worker, size_t number, size_t slot, struct err *err)
{
	struct layer_writer *writer = context;
	const struct task *task = &BUF_AT(&writer->tasks, struct task, number);

	return merge_make(&writer->mergers[worker], &writer->layers[task->layer], &task->part, &writer->results[slot],
			  err);
}

static void add_entries(struct layer_writer *writer, const struct merge_result *result)
{
	const char *p = result->texts.data;

	for (size_t i = 0; i < BUF_COUNT(&result->entries, struct merge_entry); i++) {
		const struct merge_entry *made = &BUF_AT(&result->entries, struct merge_entry, i);
		struct lexicon_entry entry = {.text = {p, made->key_bytes}, .count = made->count};

		p += made->key_bytes;
		if (made->count == 1) {
			entry.list = (struct span){p, (size_t)made->list_bytes};
			p += made->list_bytes;
		} else {
			entry.bytes = made->list_bytes;
		}
		lexicon_add(&writer->lexicon, &entry);
	}
}

/* Writes the lexicon, whose postings have been written. */
static int end_layer(struct layer_writer *writer, enum layer layer, struct err *err)
{
	struct lexicon_writer *lexicon = &writer->lexicon;

	lexicon_finish(lexicon);
	if (lexicon->failed && (lexicon->offset > UINT32_MAX || lexicon->postings > LEXICON_POSTINGS_MAX))
		return layer_writer_too_large(err);
	if (lexicon->failed)
		return err_memory(err, "write a lexicon");
	container_chunk(writer->container, segment_layer_chunks[layer][1]);
	if (spool_copy(&writer->leaves, writer->spill, writer->container, err) < 0)
		return -1;
	container_add(writer->container, buf_span(&lexicon->leaves));
	container_add_chunk(writer->container, segment_layer_chunks[layer][2], &lexicon->index);
	writer->meta->term_count[layer] = lexicon->count;
	lexicon_writer_release(lexicon);
	spool_release(&writer->leaves);
	*lexicon = (struct lexicon_writer){0};
	return 0;
}

static int hold_leaves(struct layer_writer *writer, struct err *err)
{
	if (writer->lexicon.leaves.n < LEAVES_HELD)
		return 0;
	spool_add(&writer->leaves, buf_span(&writer->lexicon.leaves));
	buf_reset(&writer->lexicon.leaves);
	return spool_flush(&writer->leaves, writer->spill, err);
}

static int take_part(void *context, size_t number, size_t slot, struct err *err)
{
	struct layer_writer *writer = context;
	const struct task *tasks = &BUF_AT(&writer->tasks, struct task, 0);
	enum layer layer = tasks[number].layer;
	bool first = number == 0 || tasks[number - 1].layer != layer;
	bool last = number + 1 == BUF_COUNT(&writer->tasks, struct task) || tasks[number + 1].layer != layer;

	if (first)
		container_chunk(writer->container, segment_layer_chunks[layer][0]);
	container_add(writer->container, buf_span(&writer->results[slot].lists));
	add_entries(writer, &writer->results[slot]);
	if (writer->lexicon.leaves.failed || writer->lexicon.index.failed)
		return err_memory(err, "write a lexicon");
	return last ? end_layer(writer, layer, err) : hold_leaves(writer, err);
}

static int run(struct layer_writer *writer, unsigned jobs, struct err *err)
{
	struct pipeline pipeline = {.tasks = BUF_COUNT(&writer->tasks, struct task),
				    .context = writer,
				    .start = write_prelude,
				    .work = make_part,
				    .take = take_part};
	size_t slots;
	int status;

	pipeline.jobs = jobs < pipeline.tasks ? jobs : (unsigned)pipeline.tasks;
	slots = pipeline_slots(pipeline.jobs);
	writer->mergers = mem_zero(pipeline.jobs, sizeof *writer->mergers);
	writer->results = mem_zero(slots, sizeof *writer->results);
	status = writer->mergers && writer->results ? pipeline_run(&pipeline, err) : err_memory(err, "merge postings");
	for (unsigned i = 0; i < pipeline.jobs && writer->mergers; i++)
		merger_release(&writer->mergers[i]);
	for (size_t i = 0; i < slots && writer->results; i++)
		merge_result_release(&writer->results[i]);
	mem_free(writer->mergers);
	mem_free(writer->results);
	return status;
}

int layer_writer_write(struct container_writer *container, struct spill *spill,
		       const struct merge_layer layers[LAYER_COUNT], struct layer_prelude prelude, unsigned jobs,
		       struct segment_meta *meta, struct err *err)
{
	struct layer_writer writer = {
		.container = container, .spill = spill, .layers = layers, .prelude = prelude, .meta = meta};
	int status = make_tasks(&writer, err);

	if (status == 0)
		status = run(&writer, jobs, err);
	lexicon_writer_release(&writer.lexicon);
	spool_release(&writer.leaves);
	buf_release(&writer.tasks);
	return status;
}
