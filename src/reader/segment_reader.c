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

static int open_chunks(struct segment_reader *reader, struct err *err)
{
	static const uint32_t lexicon[3] = {CHUNK_LEXB, CHUNK_LEXK, CHUNK_LEXI};
	struct container *container = &reader->container;

	if (open_meta(reader, err) < 0 || container_find(container, CHUNK_SECT, &reader->sections, err) < 0 ||
	    container_find(container, CHUNK_HEAD, &reader->heads, err) < 0 ||
	    container_find(container, CHUNK_LENS, &reader->lengths, err) < 0 ||
	    container_find(container, CHUNK_POST, &reader->postings, err) < 0 ||
	    lexicon_open(&reader->lexicon, container, lexicon, err) < 0 ||
	    store_open(&reader->store, container, CHUNK_TEXT, CHUNK_TXIX, err) < 0)
		return -1;
	if (reader->sections.length != (uint64_t)reader->meta.section_count * SECTION_BYTES ||
	    reader->lengths.length != (uint64_t)reader->meta.section_count * CHANNEL_LENGTHS ||
	    reader->store.text_bytes != reader->meta.text_bytes)
		return container_damaged(container, reader->sections.offset, "number of sections", err);
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
	lexicon_close(&reader->lexicon);
	store_close(&reader->store);
	container_close(&reader->container);
	mapping_release(&reader->mapping, reader->io);
}

static int damaged_section(struct segment_reader *reader, uint32_t number, struct err *err)
{
	return container_damaged(&reader->container, reader->sections.offset + (uint64_t)number * SECTION_BYTES,
				 "a section", err);
}

int segment_section(struct segment_reader *reader, uint32_t number, struct section_record *out, struct err *err)
{
	struct span bytes;

	if (container_view(&reader->container, &reader->sections, (uint64_t)number * SECTION_BYTES, SECTION_BYTES,
			   &bytes, err) < 0)
		return -1;
	*out = section_record_decode(bytes.p);
	/* A parent stands before its child: so walking up ends. */
	if ((out->parent != SECTION_RECORD_NO_PARENT && out->parent >= number) ||
	    out->document >= reader->meta.document_count || out->line_start < out->line_first ||
	    out->line_end < out->line_start)
		return damaged_section(reader, number, err);
	return 0;
}

int segment_parent(struct segment_reader *reader, uint32_t number, const struct section_record *record,
		   struct section_record *out, struct err *err)
{
	if (segment_section(reader, record->parent, out, err) < 0)
		return -1;
	return out->level >= record->level || out->document != record->document ? damaged_section(reader, number, err)
										: 0;
}

int segment_head(struct segment_reader *reader, const struct section_record *record, struct section_head *out,
		 struct err *err)
{
	/* A varint is at most 10 bytes: view the length first, then what it says. */
	struct span *texts[2] = {&out->heading, &out->question};
	uint64_t offset = record->head;

	for (unsigned i = 0; i < 2; i++) {
		uint64_t left = offset < reader->heads.length ? reader->heads.length - offset : 0;
		struct span bytes;
		struct cursor c;
		uint64_t n;

		if (container_view(&reader->container, &reader->heads, offset, left < 10 ? left : 10, &bytes, err) < 0)
			return -1;
		c = cursor_of(bytes);
		n = cursor_varint(&c);
		if (c.failed)
			return container_damaged(&reader->container, reader->heads.offset, "a heading", err);
		offset += (uint64_t)((const char *)c.p - bytes.p);
		if (container_view(&reader->container, &reader->heads, offset, n, texts[i], err) < 0)
			return -1;
		offset += n;
	}
	return 0;
}

int segment_lengths(struct segment_reader *reader, uint32_t number, const unsigned char **out, struct err *err)
{
	struct span bytes;

	if (container_view(&reader->container, &reader->lengths, (uint64_t)number * CHANNEL_LENGTHS, CHANNEL_LENGTHS,
			   &bytes, err) < 0)
		return -1;
	*out = (const unsigned char *)bytes.p;
	return 0;
}

int segment_text_range(struct segment_reader *reader, uint32_t number, uint64_t *start, uint64_t *end, struct err *err)
{
	struct section_record record;

	if (segment_section(reader, number, &record, err) < 0)
		return -1;
	*start = record.start;
	*end = reader->meta.text_bytes;
	if (number + 1 < reader->meta.section_count) {
		if (segment_section(reader, number + 1, &record, err) < 0)
			return -1;
		*end = record.start;
	}
	/* A section is at most a file. */
	return *start > *end || *end - *start > STORE_BLOCK_MAX ? damaged_section(reader, number, err) : 0;
}

int segment_text(struct segment_reader *reader, uint32_t number, struct buf *out, struct err *err)
{
	uint64_t start;
	uint64_t end;

	if (segment_text_range(reader, number, &start, &end, err) < 0)
		return -1;
	return store_read(&reader->store, start, end, out, err);
}

int segment_postings(struct segment_reader *reader, const struct lexicon_list *list, enum channel channel,
		     struct posting_decoder *out, struct err *err)
{
	uint32_t limit = channel == CHANNEL_BLOCK ? reader->store.block_count : reader->meta.section_count;
	struct span bytes;

	if (container_view(&reader->container, &reader->postings, list->offset, list->bytes, &bytes, err) < 0)
		return -1;
	posting_decoder_init(out, bytes, list->count, limit);
	return 0;
}

int segment_damaged_postings(struct segment_reader *reader, struct err *err)
{
	return container_damaged(&reader->container, reader->postings.offset, "a posting list", err);
}
