#include "manifest.h"

#define CHUNK_INFO CONTAINER_NAME('I', 'N', 'F', 'O')
#define CHUNK_DOCS CONTAINER_NAME('D', 'O', 'C', 'S')
#define CHUNK_PATH CONTAINER_NAME('P', 'A', 'T', 'H')

static void add_text(struct buf *out, struct span text)
{
	buf_add_varint(out, text.n);
	buf_add_span(out, text);
}

static void encode_info(struct buf *out, const struct manifest *manifest, uint32_t missing)
{
	buf_add_u64(out, manifest->generation);
	buf_add_u64(out, (uint64_t)manifest->built);
	buf_add(out, manifest->fingerprint.bytes, sizeof manifest->fingerprint.bytes);
	buf_add_u32(out, missing);
	buf_add_varint(out, manifest->root_count);
	for (size_t i = 0; i < manifest->root_count; i++) {
		add_text(out, manifest->roots[i].path);
		buf_add_byte(out, manifest->roots[i].file);
	}
	buf_add_varint(out, manifest->glob_count);
	for (size_t i = 0; i < manifest->glob_count; i++)
		add_text(out, manifest->globs[i]);
	buf_add_varint(out, manifest->segment_count);
	for (size_t i = 0; i < manifest->segment_count; i++) {
		add_text(out, manifest->segments[i].name);
		buf_add(out, manifest->segments[i].id.bytes, sizeof manifest->segments[i].id.bytes);
		buf_add_u32(out, manifest->segments[i].sections);
	}
}

static void encode_documents(struct buf *out, const struct manifest_document *documents, size_t count)
{
	uint64_t offset = 0;

	for (size_t i = 0; i < count; i++) {
		buf_add_u64(out, offset);
		buf_add_u64(out, documents[i].path.n);
		buf_add_u64(out, documents[i].size);
		buf_add_u64(out, (uint64_t)documents[i].mtime_ns);
		buf_add_u64(out, documents[i].hash);
		buf_add_u32(out, documents[i].root);
		buf_add_u32(out, documents[i].state);
		offset += documents[i].path.n;
	}
}

int manifest_encode(struct out *out, const struct manifest *manifest, const struct manifest_document *documents,
		    size_t document_count, struct err *err)
{
	struct container_writer writer;
	struct buf bytes = {0};
	struct checksum_128 id;
	uint32_t missing = 0;
	int status;

	if (container_begin(&writer, out, MANIFEST_KIND, err) < 0)
		return -1;
	for (size_t i = 0; i < document_count; i++)
		missing += documents[i].state != DOCUMENT_INDEXED;
	encode_info(&bytes, manifest, missing);
	container_chunk(&writer, CHUNK_INFO);
	container_add(&writer, buf_span(&bytes));
	writer.failed |= bytes.failed;
	buf_reset(&bytes);
	encode_documents(&bytes, documents, document_count);
	container_chunk(&writer, CHUNK_DOCS);
	container_add(&writer, buf_span(&bytes));
	writer.failed |= bytes.failed;
	container_chunk(&writer, CHUNK_PATH);
	for (size_t i = 0; i < document_count; i++)
		container_add(&writer, documents[i].path);
	status = container_finish(&writer, &id, err);
	container_writer_release(&writer);
	buf_release(&bytes);
	return status;
}

/* How many items follow; each takes at least one byte, so a count that the bytes cannot back is damage. */
static size_t take_count(struct cursor *c)
{
	uint64_t count = cursor_varint(c);

	if (count > cursor_left(c)) {
		c->failed = true;
		return 0;
	}
	return (size_t)count;
}

static bool decode_info(struct manifest *out, struct cursor *c, struct arena *arena)
{
	struct span fingerprint;

	out->generation = cursor_u64(c);
	out->built = (int64_t)cursor_u64(c);
	fingerprint = cursor_bytes(c, sizeof out->fingerprint.bytes);
	if (fingerprint.p)
		memcpy(out->fingerprint.bytes, fingerprint.p, fingerprint.n);
	out->missing_count = cursor_u32(c);
	out->root_count = take_count(c);
	out->roots = arena_array(arena, out->root_count, sizeof *out->roots);
	for (size_t i = 0; i < out->root_count && !arena->failed; i++) {
		out->roots[i].path = arena_copy(arena, cursor_text(c));
		out->roots[i].file = cursor_u8(c);
	}
	out->glob_count = take_count(c);
	out->globs = arena_array(arena, out->glob_count, sizeof *out->globs);
	for (size_t i = 0; i < out->glob_count && !arena->failed; i++)
		out->globs[i] = arena_copy(arena, cursor_text(c));
	out->segment_count = take_count(c);
	out->segments = arena_array(arena, out->segment_count, sizeof *out->segments);
	for (size_t i = 0; i < out->segment_count && !arena->failed; i++) {
		struct span id;

		out->segments[i].name = arena_copy(arena, cursor_text(c));
		id = cursor_bytes(c, sizeof out->segments[i].id.bytes);
		if (id.p)
			memcpy(out->segments[i].id.bytes, id.p, id.n);
		out->segments[i].sections = cursor_u32(c);
	}
	return !c->failed && c->p == c->end;
}

int manifest_open(struct manifest *out, struct span bytes, const char *path, struct arena *arena, struct err *err)
{
	struct chunk info;
	struct span view;
	struct cursor c;
	bool sound;

	*out = (struct manifest){0};
	if (container_open(&out->container, bytes, MANIFEST_KIND, path, err) < 0)
		return -1;
	if (container_find(&out->container, CHUNK_INFO, &info, err) < 0 ||
	    container_find(&out->container, CHUNK_DOCS, &out->documents, err) < 0 ||
	    container_find(&out->container, CHUNK_PATH, &out->paths, err) < 0 ||
	    container_view(&out->container, &info, 0, info.length, &view, err) < 0)
		goto failed;
	c = cursor_of(view);
	sound = decode_info(out, &c, arena);
	if (arena->failed) {
		err_memory(err, "read an index");
		goto failed;
	}
	if (!sound || out->documents.length % MANIFEST_DOCUMENT_BYTES ||
	    out->documents.length / MANIFEST_DOCUMENT_BYTES > UINT32_MAX ||
	    out->missing_count > out->documents.length / MANIFEST_DOCUMENT_BYTES) {
		container_damaged(&out->container, info.offset, "contents of the manifest", err);
		goto failed;
	}
	out->document_count = (uint32_t)(out->documents.length / MANIFEST_DOCUMENT_BYTES);
	return 0;
failed:
	manifest_close(out);
	return -1;
}

void manifest_close(struct manifest *manifest)
{
	container_close(&manifest->container);
}

int manifest_document(struct manifest *manifest, uint32_t number, struct manifest_document *out, struct err *err)
{
	struct span bytes;
	struct cursor c;
	uint64_t offset;
	uint64_t length;
	uint32_t state;

	if (container_view(&manifest->container, &manifest->documents, (uint64_t)number * MANIFEST_DOCUMENT_BYTES,
			   MANIFEST_DOCUMENT_BYTES, &bytes, err) < 0)
		return -1;
	c = cursor_of(bytes);
	offset = cursor_u64(&c);
	length = cursor_u64(&c);
	out->size = cursor_u64(&c);
	out->mtime_ns = (int64_t)cursor_u64(&c);
	out->hash = cursor_u64(&c);
	out->root = cursor_u32(&c);
	state = cursor_u32(&c);
	if (out->root >= manifest->root_count || state > DOCUMENT_UNREADABLE)
		return container_damaged(&manifest->container, manifest->documents.offset, "a document", err);
	out->state = (enum document_state)state;
	return container_view(&manifest->container, &manifest->paths, offset, length, &out->path, err);
}
