#include "manifest.h"

#define CHUNK_INFO CONTAINER_NAME('I', 'N', 'F', 'O')
#define CHUNK_DOCS CONTAINER_NAME('D', 'O', 'C', 'S')
#define CHUNK_DCIX CONTAINER_NAME('D', 'C', 'I', 'X')
#define CHUNK_WORD CONTAINER_NAME('W', 'O', 'R', 'D')
#define CHUNK_SYNO CONTAINER_NAME('S', 'Y', 'N', 'O')

enum { STATE_BITS = 2 };

static void encode_info(struct buf *out, const struct manifest *manifest, uint32_t documents, uint32_t missing)
{
	buf_add_u64(out, manifest->generation);
	buf_add_u64(out, (uint64_t)manifest->built);
	buf_add(out, manifest->fingerprint.bytes, sizeof manifest->fingerprint.bytes);
	buf_add_u32(out, documents);
	buf_add_u32(out, missing);
	buf_add_varint(out, manifest->root_count);
	for (size_t i = 0; i < manifest->root_count; i++) {
		buf_add_counted(out, manifest->roots[i].path);
		buf_add_byte(out, manifest->roots[i].file);
	}
	buf_add_varint(out, manifest->glob_count);
	for (size_t i = 0; i < manifest->glob_count; i++)
		buf_add_counted(out, manifest->globs[i]);
	buf_add_varint(out, manifest->segment_count);
	for (size_t i = 0; i < manifest->segment_count; i++) {
		buf_add_counted(out, manifest->segments[i].name);
		buf_add(out, manifest->segments[i].id.bytes, sizeof manifest->segments[i].id.bytes);
		buf_add_u32(out, manifest->segments[i].sections);
	}
}

static size_t shared_bytes(struct span a, struct span b)
{
	size_t n = 0;

	while (n < a.n && n < b.n && a.p[n] == b.p[n])
		n++;
	return n;
}

/* `before`: the document before in the group, or an empty one. */
static void encode_document(struct buf *out, const struct manifest_document *document,
			    const struct manifest_document *before)
{
	size_t shared = shared_bytes(before->path, document->path);
	uint64_t difference = (uint64_t)document->mtime_ns - (uint64_t)before->mtime_ns;

	buf_add_varint(out, (uint64_t)document->root << STATE_BITS | document->state);
	buf_add_varint(out, shared);
	buf_add_counted(out, (struct span){document->path.p + shared, document->path.n - shared});
	buf_add_varint(out, document->size);
	buf_add_varint(out, difference << 1 ^ (difference >> 63 ? UINT64_MAX : 0));
	buf_add_u64(out, document->hash);
}

static void encode_documents(struct buf *out, struct buf *groups, const struct manifest_document *documents,
			     size_t count)
{
	static const struct manifest_document none;

	for (size_t i = 0; i < count; i++) {
		if (i % MANIFEST_GROUP == 0)
			buf_add_u32(groups, (uint32_t)out->n);
		encode_document(out, &documents[i], i % MANIFEST_GROUP ? &documents[i - 1] : &none);
	}
	buf_add_u32(groups, (uint32_t)out->n);
	out->failed |= out->n > UINT32_MAX;
}

static void add_optional(struct container_writer *writer, uint32_t name, struct span bytes)
{
	if (bytes.n == 0)
		return;
	container_chunk(writer, name);
	container_add(writer, bytes);
}

int manifest_encode(struct out *out, const struct manifest *manifest, const struct manifest_document *documents,
		    size_t document_count, struct err *err)
{
	struct container_writer writer;
	struct buf bytes = {0};
	struct buf groups = {0};
	struct checksum_128 id;
	uint32_t missing = 0;
	int status;

	if (container_begin(&writer, out, MANIFEST_KIND, err) < 0)
		return -1;
	for (size_t i = 0; i < document_count; i++)
		missing += documents[i].state != DOCUMENT_INDEXED;
	encode_info(&bytes, manifest, (uint32_t)document_count, missing);
	container_add_chunk(&writer, CHUNK_INFO, &bytes);
	buf_reset(&bytes);
	encode_documents(&bytes, &groups, documents, document_count);
	container_add_chunk(&writer, CHUNK_DOCS, &bytes);
	container_add_chunk(&writer, CHUNK_DCIX, &groups);
	add_optional(&writer, CHUNK_WORD, manifest->words);
	add_optional(&writer, CHUNK_SYNO, manifest->synonyms);
	status = container_finish(&writer, &id, err);
	container_writer_release(&writer);
	buf_release(&bytes);
	buf_release(&groups);
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

/* Names from a hostile manifest must not lead out of the directory. */
static bool is_plain_name(struct span name)
{
	return span_starts(name, span_of("seg-")) && !memchr(name.p, '/', name.n) && !memchr(name.p, '\0', name.n);
}

static bool decode_info(struct manifest *out, struct cursor *c, struct arena *arena)
{
	struct span fingerprint;

	out->generation = cursor_u64(c);
	out->built = (int64_t)cursor_u64(c);
	fingerprint = cursor_bytes(c, sizeof out->fingerprint.bytes);
	if (fingerprint.p)
		memcpy(out->fingerprint.bytes, fingerprint.p, fingerprint.n);
	out->document_count = cursor_u32(c);
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
		c->failed |= !is_plain_name(out->segments[i].name);
		id = cursor_bytes(c, sizeof out->segments[i].id.bytes);
		if (id.p)
			memcpy(out->segments[i].id.bytes, id.p, id.n);
		out->segments[i].sections = cursor_u32(c);
	}
	return !c->failed && c->p == c->end;
}

/* A chunk that may be missing: no bytes then. */
static int open_optional(struct manifest *out, uint32_t name, struct span *bytes, struct err *err)
{
	struct chunk chunk;

	if (!container_has(&out->container, name, &chunk))
		return 0;
	return container_view(&out->container, &chunk, 0, chunk.length, bytes, err);
}

int manifest_open(struct manifest *out, struct span bytes, const char *path, struct arena *arena, struct err *err)
{
	struct chunk info;
	struct span view;
	uint64_t groups;
	struct cursor c;
	bool sound;

	*out = (struct manifest){0};
	if (container_open(&out->container, bytes, MANIFEST_KIND, path, err) < 0)
		return -1;
	if (container_find(&out->container, CHUNK_INFO, &info, err) < 0 ||
	    container_find(&out->container, CHUNK_DOCS, &out->documents, err) < 0 ||
	    container_find(&out->container, CHUNK_DCIX, &out->groups, err) < 0 ||
	    container_view(&out->container, &info, 0, info.length, &view, err) < 0 ||
	    open_optional(out, CHUNK_WORD, &out->words, err) < 0 ||
	    open_optional(out, CHUNK_SYNO, &out->synonyms, err) < 0)
		goto failed;
	c = cursor_of(view);
	sound = decode_info(out, &c, arena);
	if (arena->failed) {
		err_memory(err, "read an index");
		goto failed;
	}
	groups = (uint64_t)out->document_count / MANIFEST_GROUP + (out->document_count % MANIFEST_GROUP != 0);
	if (!sound || out->missing_count > out->document_count || out->groups.length != (groups + 1) * 4 ||
	    (groups == 0 && out->documents.length)) {
		container_damaged(&out->container, info.offset, "contents of the manifest", err);
		goto failed;
	}
	return 0;
failed:
	manifest_close(out);
	return -1;
}

void manifest_close(struct manifest *manifest)
{
	container_close(&manifest->container);
	buf_release(&manifest->path);
}

static int damaged(struct manifest *manifest, const char *what, struct err *err)
{
	/* What is half decoded must not be found again. */
	manifest->next = 0;
	return container_damaged(&manifest->container, manifest->documents.offset, what, err);
}

/* To the first document of the group of `number`. */
static int enter_group(struct manifest *manifest, uint32_t number, struct err *err)
{
	uint32_t group = number / MANIFEST_GROUP;
	struct span bytes;
	uint32_t from;
	uint32_t to;
	bool last;

	if (container_view(&manifest->container, &manifest->groups, (uint64_t)group * 4, 8, &bytes, err) < 0)
		return -1;
	from = load_u32((const unsigned char *)bytes.p);
	to = load_u32((const unsigned char *)bytes.p + 4);
	last = ((uint64_t)group + 2) * 4 == manifest->groups.length;
	if (from > to || (group == 0 && from) || (last && to != manifest->documents.length))
		return damaged(manifest, "a group of documents", err);
	if (container_view(&manifest->container, &manifest->documents, from, to - from, &bytes, err) < 0)
		return -1;
	manifest->left = cursor_of(bytes);
	manifest->next = group * MANIFEST_GROUP;
	manifest->last = (struct manifest_document){.root = 0};
	buf_reset(&manifest->path);
	return 0;
}

static bool decode_document(struct manifest *manifest, struct manifest_document *out)
{
	struct cursor *c = &manifest->left;
	uint64_t place = cursor_varint(c);
	uint64_t shared = cursor_varint(c);
	struct span rest = cursor_text(c);
	uint64_t difference;

	if (place >> STATE_BITS >= manifest->root_count || (place & ((1 << STATE_BITS) - 1)) > DOCUMENT_UNREADABLE ||
	    shared > manifest->path.n)
		return false;
	out->root = (uint32_t)(place >> STATE_BITS);
	out->state = (enum document_state)(place & ((1 << STATE_BITS) - 1));
	manifest->path.n = (size_t)shared;
	buf_add_span(&manifest->path, rest);
	out->path = buf_span(&manifest->path);
	out->size = cursor_varint(c);
	difference = cursor_varint(c);
	difference = difference >> 1 ^ (difference & 1 ? UINT64_MAX : 0);
	out->mtime_ns = (int64_t)((uint64_t)out->mtime_ns + difference);
	out->hash = cursor_u64(c);
	return !c->failed;
}

/* The next one of the group, the last must end it. */
static int decode_next(struct manifest *manifest, struct err *err)
{
	if (!decode_document(manifest, &manifest->last))
		return damaged(manifest, "a document", err);
	if (manifest->path.failed) {
		manifest->next = 0;
		return err_memory(err, "read an index");
	}
	manifest->next++;
	if ((manifest->next % MANIFEST_GROUP == 0 || manifest->next == manifest->document_count) &&
	    cursor_left(&manifest->left))
		return damaged(manifest, "a group of documents", err);
	return 0;
}

int manifest_document(struct manifest *manifest, uint32_t number, struct manifest_document *out, struct err *err)
{
	uint32_t next = manifest->next;

	/* `next` is of the group entered last, or the first one after it */
	if ((next == 0 || (next - 1) / MANIFEST_GROUP != number / MANIFEST_GROUP || number + 1 < next) &&
	    enter_group(manifest, number, err) < 0)
		return -1;
	while (manifest->next <= number)
		if (decode_next(manifest, err) < 0)
			return -1;
	*out = manifest->last;
	return 0;
}
