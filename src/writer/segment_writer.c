#include "segment_writer.h"

#include "copy_table.h"
#include "layer_writer.h"
#include "mem.h"
#include "property_table.h"

/* Streams are put aside in pieces of about this size. */
enum { SPOOLS_HELD = 256 * 1024 };

/* The numbers that a batch's patterns have in the segment. */
struct pattern_map {
	uint32_t *numbers;
	size_t count;
};

int segment_writer_begin(struct segment_writer *writer, struct out *out, struct commit *commit, size_t memory,
			 struct err *err)
{
	*writer = (struct segment_writer){.memory = memory};
	spill_init(&writer->spill, commit);
	if (container_begin(&writer->container, out, SEGMENT_KIND, err) < 0)
		return -1;
	container_chunk(&writer->container, CHUNK_TEXT);
	return 0;
}

static int no_memory(struct err *err)
{
	return err_memory(err, "write an index");
}

/* Numbers of sections and frames are 32 bits wide in the file. */
static int check_limits(const struct segment_writer *writer, const struct batch *batch, struct err *err)
{
	uint64_t sections = writer->meta.section_count + BUF_COUNT(&batch->sections, struct section_record);
	uint64_t frames = writer->frame_count + batch->store.index.n / STORE_INDEX_BYTES;

	if (sections < UINT32_MAX && frames < UINT32_MAX)
		return 0;
	return layer_writer_too_large(err);
}

static void add_text(struct segment_writer *writer, const struct batch *batch)
{
	struct cursor c = cursor_of(buf_span(&batch->store.index));

	container_add(&writer->container, buf_span(&batch->store.frames));
	while (cursor_left(&c)) {
		uint64_t text = cursor_u64(&c);

		store_index_add(&writer->frames, writer->meta.text_bytes + text, writer->frames_bytes + cursor_u64(&c));
		writer->frame_count++;
	}
	writer->meta.text_bytes += batch->store.offset;
	writer->frames_bytes += batch->store.frames.n;
}

/* In blocks, so that nothing is copied and nothing reserved when there are many. */
static void add_lengths(struct segment_writer *writer, struct span bytes)
{
	size_t section = writer->meta.section_count;

	while (bytes.n && !writer->lengths.failed) {
		size_t at = section % MERGE_LENGTHS * CHANNEL_LENGTHS;
		size_t room = (size_t)MERGE_LENGTHS * CHANNEL_LENGTHS - at;
		size_t n = bytes.n < room ? bytes.n : room;

		if (at == 0) {
			unsigned char *block = mem_resize(NULL, MERGE_LENGTHS, CHANNEL_LENGTHS);

			buf_add(&writer->lengths, &block, sizeof block);
			writer->lengths.failed |= !block;
			if (writer->lengths.failed) {
				mem_free(block);
				return;
			}
		}
		memcpy(BUF_AT(&writer->lengths, unsigned char *, section / MERGE_LENGTHS) + at, bytes.p, n);
		section += n / CHANNEL_LENGTHS;
		bytes = (struct span){bytes.p + n, bytes.n - n};
	}
}

static void write_lengths(struct segment_writer *writer)
{
	size_t left = writer->meta.section_count;

	container_chunk(&writer->container, CHUNK_LENS);
	for (size_t i = 0; left; i++) {
		size_t n = left < MERGE_LENGTHS ? left : MERGE_LENGTHS;

		container_add(&writer->container,
			      (struct span){BUF_AT(&writer->lengths, char *, i), n * CHANNEL_LENGTHS});
		left -= n;
	}
}

static void add_sections(struct segment_writer *writer, const struct batch *batch)
{
	size_t count = BUF_COUNT(&batch->sections, struct section_record);

	for (size_t i = 0; i < count; i++) {
		struct section_record record = BUF_AT(&batch->sections, struct section_record, i);

		record.start += writer->meta.text_bytes;
		record.head += writer->heads_bytes;
		record.document += writer->meta.document_count;
		if (record.parent != SECTION_RECORD_NO_PARENT)
			record.parent += writer->meta.section_count;
		section_table_add(&writer->sections, &record);
	}
	spool_add(&writer->groups, buf_span(&writer->sections.groups));
	buf_reset(&writer->sections.groups);
	spool_add(&writer->heads, buf_span(&batch->heads));
	spool_add(&writer->texts, buf_span(&batch->texts));
	property_table_move(&writer->properties.tail, buf_span(&batch->properties), writer->meta.document_count);
	add_lengths(writer, buf_span(&batch->lengths));
	writer->heads_bytes += batch->heads.n;
}

/* The segment's numbers, so far, of the batch's patterns; NULL without memory. */
static uint32_t *add_patterns(struct segment_writer *writer, const struct batch *batch)
{
	size_t count = BUF_COUNT(&batch->patterns.patterns, struct pattern_count);
	uint32_t *numbers = arena_array(&writer->arena, count, sizeof *numbers);

	for (size_t i = 0; i < count && numbers; i++) {
		struct pattern_count pattern = BUF_AT(&batch->patterns.patterns, struct pattern_count, i);

		numbers[i] = pattern_table_add(&writer->patterns, pattern.key, pattern.count);
	}
	buf_add(&writer->maps, &(struct pattern_map){numbers, count}, sizeof(struct pattern_map));
	return writer->maps.failed || writer->patterns.failed ? NULL : numbers;
}

/* Keeps the run's bytes: in memory, or, when that is too little, in the temporary file, as all that come after it. */
static int keep_run(struct segment_writer *writer, struct merge_run *run, struct span bytes, struct err *err)
{
	run->length = bytes.n;
	if (writer->spill.fd >= 0 || writer->held + bytes.n > writer->memory)
		return spill_write(&writer->spill, bytes, &run->offset, err);
	run->bytes = mem_resize(NULL, bytes.n, 1);
	if (!run->bytes)
		return no_memory(err);
	memcpy(run->bytes, bytes.p, bytes.n);
	return 0;
}

static int add_run(struct segment_writer *writer, const struct run_writer *from, const struct run_extent *extent,
		   struct merge_run run, enum layer layer, struct err *err)
{
	size_t bytes = extent->samples * sizeof(struct run_sample);
	struct run_sample *samples = arena_alloc(&writer->arena, bytes);

	if (!samples)
		return no_memory(err);
	if (bytes)
		memcpy(samples, &BUF_AT(&from->samples, struct run_sample, extent->first_sample), bytes);
	run.samples = samples;
	run.sample_count = extent->samples;
	if (keep_run(writer, &run, (struct span){from->bytes.data + extent->start, extent->bytes}, err) < 0)
		return -1;
	buf_add(&writer->runs[layer], &run, sizeof run);
	if (writer->runs[layer].failed) {
		mem_free(run.bytes);
		return no_memory(err);
	}
	writer->held += run.bytes ? run.length : 0;
	return 0;
}

static int add_runs(struct segment_writer *writer, const struct batch *batch, struct err *err)
{
	uint32_t *patterns = add_patterns(writer, batch);

	if (!patterns)
		return no_memory(err);
	for (unsigned layer = 0; layer < LAYER_COUNT; layer++) {
		const struct run_writer *from = &batch->runs[layer];
		struct merge_run run = {.patterns = patterns};

		run.pattern_count = (uint32_t)BUF_COUNT(&batch->patterns.patterns, struct pattern_count);
		run.base = layer == LAYER_UNITS ? writer->frame_count : writer->meta.section_count;
		run.limit = (uint32_t)(layer == LAYER_UNITS ? batch->store.index.n / STORE_INDEX_BYTES
							    : BUF_COUNT(&batch->sections, struct section_record));
		for (size_t i = 0; i < BUF_COUNT(&from->runs, struct run_extent); i++)
			if (add_run(writer, from, &BUF_AT(&from->runs, struct run_extent, i), run, (enum layer)layer,
				    err) < 0)
				return -1;
	}
	return 0;
}

static int spill_runs(struct segment_writer *writer, struct err *err)
{
	for (unsigned layer = 0; layer < LAYER_COUNT; layer++) {
		for (size_t i = 0; i < BUF_COUNT(&writer->runs[layer], struct merge_run); i++) {
			struct merge_run *run = &BUF_AT(&writer->runs[layer], struct merge_run, i);

			if (!run->bytes)
				continue;
			if (spill_write(&writer->spill, (struct span){run->bytes, run->length}, &run->offset, err) < 0)
				return -1;
			mem_free(run->bytes);
			run->bytes = NULL;
		}
	}
	writer->held = 0;
	return 0;
}

/* Puts all that is held into the temporary file, when it is more than it should be; and so it goes on from then on. */
static int spill_all(struct segment_writer *writer, struct err *err)
{
	size_t spools = writer->heads.tail.n + writer->groups.tail.n + writer->texts.tail.n + writer->properties.tail.n;

	if (writer->held + spools <= writer->memory && (writer->spill.fd < 0 || spools <= SPOOLS_HELD))
		return 0;
	if (spill_runs(writer, err) < 0 || spool_flush(&writer->heads, &writer->spill, err) < 0 ||
	    spool_flush(&writer->groups, &writer->spill, err) < 0 ||
	    spool_flush(&writer->texts, &writer->spill, err) < 0)
		return -1;
	return spool_flush(&writer->properties, &writer->spill, err);
}

static void add_totals(struct segment_writer *writer, const struct batch *batch)
{
	struct segment_meta *meta = &writer->meta;

	meta->section_count += (uint32_t)BUF_COUNT(&batch->sections, struct section_record);
	meta->document_count += (uint32_t)BUF_COUNT(&batch->documents, struct manifest_document);
	for (unsigned i = 0; i < CHANNEL_LENGTHS; i++) {
		meta->length_sum[i] += batch->length_sum[i];
		meta->length_count[i] += batch->length_count[i];
	}
}

int segment_writer_add(struct segment_writer *writer, const struct batch *batch, struct err *err)
{
	if (check_limits(writer, batch, err) < 0 || add_runs(writer, batch, err) < 0)
		return -1;
	add_sections(writer, batch);
	add_text(writer, batch);
	add_totals(writer, batch);
	if (writer->frames.failed || writer->lengths.failed || writer->sections.groups.failed ||
	    writer->container.failed)
		return no_memory(err);
	return spill_all(writer, err);
}

static int write_copies(struct segment_writer *writer, struct err *err)
{
	struct buf texts = {0};
	struct buf copies = {0};
	int status = spool_read(&writer->texts, &writer->spill, &texts, err);

	spool_release(&writer->texts);
	if (status == 0)
		copy_table_encode(&copies, &BUF_AT(&texts, uint64_t, 0), writer->meta.section_count);
	if (copies.failed)
		status = no_memory(err);
	container_add_chunk(&writer->container, CHUNK_COPY, &copies);
	buf_release(&texts);
	buf_release(&copies);
	return status;
}

static int write_properties(struct segment_writer *writer, struct err *err)
{
	struct buf entries = {0};
	struct buf properties = {0};
	int status = spool_read(&writer->properties, &writer->spill, &entries, err);

	spool_release(&writer->properties);
	if (status == 0)
		property_table_encode(&properties, buf_span(&entries));
	if (properties.failed)
		status = no_memory(err);
	container_add_chunk(&writer->container, CHUNK_PROP, &properties);
	buf_release(&entries);
	buf_release(&properties);
	return status;
}

/* Everything that stands between the text and the postings. */
static int write_sections(struct segment_writer *writer, const struct store_dictionary *dictionary, struct err *err)
{
	struct buf index = {0};

	store_index_add(&writer->frames, writer->meta.text_bytes, writer->frames_bytes);
	store_index_encode(&index, &writer->frames);
	container_add_chunk(&writer->container, CHUNK_TXIX, &index);
	buf_release(&index);
	container_add_chunk(&writer->container, CHUNK_DICT, &dictionary->bytes);
	container_add_chunk(&writer->container, CHUNK_CHAR, &dictionary->characters);
	buf_release(&writer->frames);
	container_chunk(&writer->container, CHUNK_HEAD);
	if (spool_copy(&writer->heads, &writer->spill, &writer->container, err) < 0)
		return -1;
	section_table_finish(&writer->sections, writer->meta.document_count, writer->meta.text_bytes);
	if (writer->sections.failed)
		return writer->sections.offset > UINT32_MAX ? layer_writer_too_large(err) : no_memory(err);
	spool_add(&writer->groups, buf_span(&writer->sections.groups));
	container_chunk(&writer->container, CHUNK_SECT);
	if (spool_copy(&writer->groups, &writer->spill, &writer->container, err) < 0)
		return -1;
	container_add_chunk(&writer->container, CHUNK_SCIX, &writer->sections.index);
	container_add_chunk(&writer->container, CHUNK_BARE, &writer->sections.bare);
	container_add_chunk(&writer->container, CHUNK_DOCS, &writer->sections.documents);
	if (write_copies(writer, err) < 0 || write_properties(writer, err) < 0)
		return -1;
	write_lengths(writer);
	return 0;
}

/* Ranks the patterns, puts them into `patterns` (an array of struct pattern) and gives the runs their final numbers. */
static int rank_patterns(struct segment_writer *writer, struct buf *patterns, struct err *err)
{
	size_t count = BUF_COUNT(&writer->patterns.patterns, struct pattern_count);
	uint32_t *rank = mem_zero(count, sizeof *rank);
	struct buf sorted = {0};

	if (rank)
		pattern_table_rank(&writer->patterns, rank, &sorted);
	for (size_t i = 0; i < BUF_COUNT(&sorted, struct pattern_count); i++) {
		struct pattern pattern = pattern_of(BUF_AT(&sorted, struct pattern_count, i).key);

		buf_add(patterns, &pattern, sizeof pattern);
	}
	for (size_t i = 0; rank && i < BUF_COUNT(&writer->maps, struct pattern_map); i++) {
		const struct pattern_map *map = &BUF_AT(&writer->maps, struct pattern_map, i);

		for (size_t k = 0; k < map->count; k++)
			map->numbers[k] = rank[map->numbers[k]];
	}
	patterns->failed |= !rank || sorted.failed;
	mem_free(rank);
	buf_release(&sorted);
	return patterns->failed ? no_memory(err) : 0;
}

/* What is written while the first parts of the layers are merged. */
struct prelude {
	struct segment_writer *writer;
	const struct store_dictionary *dictionary;
	const struct buf *patterns;
};

static int write_prelude(void *context, struct err *err)
{
	const struct prelude *prelude = context;

	if (write_sections(prelude->writer, prelude->dictionary, err) < 0)
		return -1;
	container_add_chunk(&prelude->writer->container, CHUNK_PATT, prelude->patterns);
	return 0;
}

static int write_rest(struct segment_writer *writer, const struct store_dictionary *dictionary, unsigned jobs,
		      struct err *err)
{
	struct merge_layer layers[LAYER_COUNT];
	struct buf patterns = {0};
	struct prelude prelude = {writer, dictionary, &patterns};
	int status = rank_patterns(writer, &patterns, err);

	for (unsigned i = 0; i < LAYER_COUNT; i++)
		layers[i] = (struct merge_layer){.layer = (enum layer)i,
						 .runs = &BUF_AT(&writer->runs[i], struct merge_run, 0),
						 .run_count = BUF_COUNT(&writer->runs[i], struct merge_run),
						 .spill = &writer->spill,
						 .patterns = &BUF_AT(&patterns, struct pattern, 0),
						 .lengths = &BUF_AT(&writer->lengths, unsigned char *, 0)};
	if (status == 0)
		status = layer_writer_write(&writer->container, &writer->spill, layers,
					    (struct layer_prelude){write_prelude, &prelude}, jobs, &writer->meta, err);
	buf_release(&patterns);
	return status;
}

static void write_meta(struct segment_writer *writer)
{
	struct buf bytes = {0};

	segment_meta_encode(&bytes, &writer->meta);
	container_add_chunk(&writer->container, CHUNK_META, &bytes);
	buf_release(&bytes);
}

int segment_writer_finish(struct segment_writer *writer, const struct store_dictionary *dictionary, unsigned jobs,
			  struct checksum_128 *id, struct err *err)
{
	if (write_rest(writer, dictionary, jobs, err) < 0)
		return -1;
	write_meta(writer);
	return container_finish(&writer->container, id, err);
}

void segment_writer_release(struct segment_writer *writer)
{
	for (unsigned layer = 0; layer < LAYER_COUNT; layer++) {
		for (size_t i = 0; i < BUF_COUNT(&writer->runs[layer], struct merge_run); i++)
			mem_free(BUF_AT(&writer->runs[layer], struct merge_run, i).bytes);
		buf_release(&writer->runs[layer]);
	}
	container_writer_release(&writer->container);
	spill_release(&writer->spill);
	spool_release(&writer->heads);
	spool_release(&writer->groups);
	spool_release(&writer->texts);
	spool_release(&writer->properties);
	section_table_writer_release(&writer->sections);
	buf_release(&writer->frames);
	for (size_t i = 0; i < BUF_COUNT(&writer->lengths, unsigned char *); i++)
		mem_free(BUF_AT(&writer->lengths, unsigned char *, i));
	buf_release(&writer->lengths);
	buf_release(&writer->maps);
	arena_release(&writer->arena);
	pattern_table_release(&writer->patterns);
}
