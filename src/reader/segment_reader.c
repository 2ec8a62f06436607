#include "segment_reader.h"

#include <errno.h>
#include <fcntl.h>

static int open_meta(struct segment_reader *reader, struct err *err)
{
	struct chunk chunk;
	struct span bytes;

	if (container_find(&reader->container, CHUNK_META, &chunk, err) < 0 ||
	    container_view(&reader->container, &chunk, 0, chunk.length, &bytes, err) < 0)
		return -1;
	if (segment_meta_decode(&reader->meta, bytes) < 0)
		return container_damaged(&reader->container, chunk.offset, "its totals", err);
	return 0;
}

static int open_layer(struct segment_reader *reader, enum layer layer, struct err *err)
{
	const uint32_t *names = segment_layer_chunks[layer];

	if (container_find(&reader->container, names[0], &reader->layers[layer].postings, err) < 0)
		return -1;
	return lexicon_open(&reader->layers[layer].lexicon, &reader->container, names[1], names[2], err);
}

static int open_chunks(struct segment_reader *reader, struct err *err)
{
	static const uint32_t store[4] = {CHUNK_TEXT, CHUNK_TXIX, CHUNK_DICT, CHUNK_CHAR};
	static const uint32_t sections[4] = {CHUNK_SECT, CHUNK_SCIX, CHUNK_BARE, CHUNK_DOCS};
	struct container *container = &reader->container;
	const struct segment_meta *meta = &reader->meta;

	if (open_meta(reader, err) < 0 || container_find(container, CHUNK_HEAD, &reader->heads, err) < 0 ||
	    section_table_open(&reader->sections, container, sections, meta->section_count, meta->document_count, err) <
		    0 ||
	    copy_table_open(&reader->copies, container, CHUNK_COPY, meta->section_count, err) < 0 ||
	    property_table_open(&reader->properties, container, CHUNK_PROP, meta->document_count, err) < 0 ||
	    records_open(&reader->lengths, container, CHUNK_LENS, err) < 0 ||
	    records_open(&reader->patterns, container, CHUNK_PATT, err) < 0 ||
	    store_open(&reader->store, container, store, err) < 0)
		return -1;
	for (unsigned layer = 0; layer < LAYER_COUNT; layer++)
		if (open_layer(reader, (enum layer)layer, err) < 0)
			return -1;
	if (reader->lengths.count != meta->section_count || reader->store.text_bytes != meta->text_bytes)
		return container_damaged(container, reader->lengths.chunk.offset, "number of sections", err);
	return 0;
}

static int check_identity(const struct segment_reader *reader, const char *path,
			  const struct manifest_segment *expected, const struct manifest *manifest, struct err *err)
{
	if (memcmp(&reader->container.id, &expected->id, sizeof expected->id) != 0 ||
	    memcmp(&reader->meta.fingerprint, &manifest->fingerprint, sizeof manifest->fingerprint) != 0 ||
	    reader->meta.section_count != expected->sections || reader->meta.document_count != manifest->document_count)
		return err_set(err, ERR_FOREIGN, "%s: a part of another index; rebuild it with kbindex --force", path);
	return 0;
}

int segment_reader_open(struct segment_reader *reader, const struct io *io, int directory, const char *path,
			const struct manifest_segment *expected, const struct manifest *manifest, bool *gone,
			struct err *err)
{
	int fd = io->openat(directory, expected->name.p, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0);
	int status;

	*reader = (struct segment_reader){.io = io};
	*gone = fd < 0 && errno == ENOENT;
	if (*gone)
		return err_set(err, ERR_DAMAGED, "%s: missing; rebuild the index with kbindex --force", path);
	if (fd < 0)
		return err_system(err, path, "open");
	status = mapping_open(&reader->mapping, io, fd, path, err);
	io->close(fd);
	if (status == 0 && (container_open(&reader->container, reader->mapping.bytes, SEGMENT_KIND, path, err) < 0 ||
			    open_chunks(reader, err) < 0 || check_identity(reader, path, expected, manifest, err) < 0))
		status = -1;
	if (status < 0)
		segment_reader_close(reader);
	return status;
}

void segment_reader_close(struct segment_reader *reader)
{
	records_close(&reader->lengths);
	records_close(&reader->patterns);
	frame_folds_close(&reader->folds);
	store_close(&reader->store);
	container_close(&reader->container);
	mapping_release(&reader->mapping, reader->io);
}

int segment_parent(struct segment_reader *reader, const struct section_record *record, struct section_record *out,
		   struct err *err)
{
	if (segment_section(reader, record->parent, out, err) < 0)
		return -1;
	if (out->level < record->level && out->document == record->document)
		return 0;
	return container_damaged(&reader->container, reader->heads.offset, "a section's parent", err);
}

/* Bytes of HEAD with a length before them; *offset goes past them. */
static int view_head(struct segment_reader *reader, uint64_t *offset, struct span *out, struct err *err)
{
	/* A varint is at most 10 bytes: view the length first, then what it says. */
	uint64_t left = *offset < reader->heads.length ? reader->heads.length - *offset : 0;
	struct span bytes;
	struct cursor c;
	uint64_t n;

	if (container_view(&reader->container, &reader->heads, *offset, left < 10 ? left : 10, &bytes, err) < 0)
		return -1;
	c = cursor_of(bytes);
	n = cursor_varint(&c);
	if (c.failed)
		return container_damaged(&reader->container, reader->heads.offset, "a heading", err);
	*offset += (uint64_t)((const char *)c.p - bytes.p);
	if (container_view(&reader->container, &reader->heads, *offset, n, out, err) < 0)
		return -1;
	*offset += n;
	return 0;
}

/* The text of recoded bytes. */
static int read_head(struct segment_reader *reader, const struct recode_reader *recode, struct span bytes,
		     struct arena *arena, struct span *out, struct err *err)
{
	size_t room = bytes.n + bytes.n / 2;
	struct cursor c = cursor_of(bytes);
	char *to;

	*out = bytes;
	if (recode->count == 0)
		return 0;
	to = arena_alloc(arena, room + RECODE_SLACK);
	if (!to)
		return err_memory(err, "read a heading");
	*out = (struct span){to, recode_read(recode, &c, to, room, room)};
	return c.failed || cursor_left(&c)
		       ? container_damaged(&reader->container, reader->heads.offset, "a heading", err)
		       : 0;
}

int segment_head(struct segment_reader *reader, const struct section_record *record, struct arena *arena,
		 struct section_head *out, struct err *err)
{
	struct span *texts[2] = {&out->heading, &out->question};
	const struct recode_reader *recode;
	uint64_t offset = record->head;

	if (store_recode(&reader->store, &recode, err) < 0)
		return -1;
	for (unsigned i = 0; i < 2; i++) {
		struct span bytes;

		if (view_head(reader, &offset, &bytes, err) < 0 ||
		    read_head(reader, recode, bytes, arena, texts[i], err) < 0)
			return -1;
	}
	return 0;
}

int segment_text_range(struct segment_reader *reader, uint32_t number, uint64_t *start, uint64_t *end, struct err *err)
{
	struct section_record record;

	if (section_table_read(&reader->sections, number, &record, end, err) < 0)
		return -1;
	*start = record.start;
	return 0;
}

int segment_text(struct segment_reader *reader, uint32_t number, struct buf *spare, struct span *out, struct err *err)
{
	uint64_t start;
	uint64_t end;

	if (segment_text_range(reader, number, &start, &end, err) < 0)
		return -1;
	return store_view(&reader->store, start, end, spare, out, err);
}

int segment_copy_text(struct segment_reader *reader, uint32_t number, struct arena *arena, struct span *out,
		      struct err *err)
{
	struct buf text = {0};
	uint64_t start;
	uint64_t end;

	if (segment_text_range(reader, number, &start, &end, err) < 0)
		return -1;
	if (start > end || end - start > STORE_FRAME_MAX)
		return container_damaged(&reader->container, reader->store.text.offset, "the text of a section", err);
	text.capacity = (size_t)(end - start);
	text.data = arena_alloc(arena, text.capacity + 1);
	if (!text.data)
		return err_memory(err, "read text");
	if (store_read(&reader->store, start, end, &text, err) < 0)
		return -1;
	text.data[text.n] = '\0';
	*out = buf_span(&text);
	return 0;
}

int segment_lists(struct segment_reader *reader, enum layer layer, const struct lexicon_entry *entry,
		  struct posting_list out[WORD_LISTS], struct err *err)
{
	struct span bytes = entry->list;
	int count;

	if (entry->count > 1 && container_view(&reader->container, &reader->layers[layer].postings, entry->offset,
					       entry->bytes, &bytes, err) < 0)
		return -1;
	if (layer != LAYER_WORDS) {
		out[0] = (struct posting_list){bytes, entry->count, false};
		return 1;
	}
	count = word_list_split(bytes, entry->count, out);
	return count < 0 ? segment_damaged_postings(reader, layer, err) : count;
}

/* Words of a set beside the numbers of a list that is kept: where it is no larger than these. */
static size_t set_words(const struct segment_reader *reader, enum layer layer, uint32_t count)
{
	size_t words = number_set_words(reader->meta.section_count);

	return layer != LAYER_UNITS && words <= count ? words : 0;
}

/* 0 or -1 damaged. */
static int fill(struct kept_list *kept, struct posting_cursor *cursor, size_t words)
{
	const struct posting_decoded *decoded = &kept->decoded;

	if (posting_cursor_decode(cursor, decoded) < 0)
		return -1;
	if (words) {
		number_set_add_all(decoded->set, decoded->numbers, cursor->count);
		number_set_rank(decoded->set, words, decoded->ranks);
	}
	return 0;
}

/* Over the list as it was decoded before, if it is kept, or is from now on. */
static int use_kept(struct segment_reader *reader, enum layer layer, const struct posting_list *list,
		    struct posting_cursor *cursor)
{
	struct list_key key = {.bytes = list->bytes.n, .count = list->count};
	struct kept_list *kept;
	bool worth;

	if (list->count < KEPT_LEAST) /* its bytes may be those of an entry */
		return 0;
	key.place = reader->kept_place + (uint64_t)(list->bytes.p - reader->container.bytes.p);
	kept = list_cache_find(reader->kept, key, &worth);
	if (!kept && worth) {
		size_t words = set_words(reader, layer, list->count);

		kept = list_cache_add(reader->kept, key, layer == LAYER_WORDS, words);
		if (kept && fill(kept, cursor, words) < 0)
			return -1;
		if (kept)
			list_cache_keep(reader->kept, kept);
	}
	if (kept)
		posting_cursor_use(cursor, &kept->decoded);
	return 0;
}

int segment_cursor(struct segment_reader *reader, enum layer layer, const struct posting_list *list,
		   struct posting_cursor *out, struct err *err)
{
	uint32_t limit = layer == LAYER_UNITS ? segment_groups(reader) : reader->meta.section_count;

	if (posting_cursor_open(out, list->bytes, list->count, limit, layer == LAYER_WORDS) < 0 ||
	    (reader->kept && use_kept(reader, layer, list, out) < 0))
		return segment_damaged_postings(reader, layer, err);
	return 0;
}

int segment_damaged_postings(struct segment_reader *reader, enum layer layer, struct err *err)
{
	return container_damaged(&reader->container, reader->layers[layer].postings.offset, "a posting list", err);
}
