#include "container.h"

#include "mem.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

enum { HEAD_BYTES = 16, ENTRY_BYTES = 24, TAIL_BYTES = 64 };

static const char magic[8] = {'\x93', 'K', 'B', 'S', '\r', '\n', '\x1a', '\n'};

static void emit(struct container_writer *writer, struct span bytes)
{
	XXH3_64bits_update(writer->whole, bytes.p, bytes.n);
	out_add(writer->out, bytes);
}

static void end_page(struct container_writer *writer)
{
	buf_add_u32(&writer->sums, checksum_32(buf_span(&writer->page)));
	emit(writer, buf_span(&writer->page));
	buf_reset(&writer->page);
}

int container_begin(struct container_writer *writer, struct out *out, uint32_t kind, struct err *err)
{
	struct buf head = {0};

	*writer = (struct container_writer){.out = out, .whole = XXH3_createState()};
	if (!writer->whole)
		return err_memory(err, "write an index");
	XXH3_64bits_reset(writer->whole);
	buf_add(&head, magic, sizeof magic);
	buf_add_u32(&head, kind);
	buf_add_u32(&head, CONTAINER_VERSION);
	writer->failed = head.failed;
	container_add(writer, buf_span(&head));
	buf_release(&head);
	return 0;
}

static uint64_t position(const struct container_writer *writer)
{
	return writer->sums.n / sizeof(uint32_t) * CONTAINER_PAGE + writer->page.n;
}

/* The length of the last chunk is known when the next thing begins. */
static void end_chunk(struct container_writer *writer)
{
	unsigned char *entry;
	uint64_t length;

	if (writer->table.failed || writer->table.n < ENTRY_BYTES)
		return;
	entry = (unsigned char *)writer->table.data + writer->table.n - ENTRY_BYTES;
	length = position(writer) - load_u64(entry + 8);
	for (unsigned i = 0; i < 8; i++)
		entry[16 + i] = (unsigned char)(length >> (8 * i));
}

void container_chunk(struct container_writer *writer, uint32_t name)
{
	end_chunk(writer);
	buf_add_u32(&writer->table, name);
	buf_add_u32(&writer->table, 0);
	buf_add_u64(&writer->table, position(writer));
	buf_add_u64(&writer->table, 0);
}

void container_add(struct container_writer *writer, struct span bytes)
{
	while (bytes.n && !writer->page.failed) {
		size_t room = CONTAINER_PAGE - writer->page.n;
		size_t n = bytes.n < room ? bytes.n : room;

		buf_add(&writer->page, bytes.p, n);
		bytes.p += n;
		bytes.n -= n;
		if (writer->page.n == CONTAINER_PAGE)
			end_page(writer);
	}
	writer->failed |= writer->page.failed;
}

static void emit_u64(struct container_writer *writer, uint64_t value)
{
	char bytes[8];

	for (unsigned i = 0; i < 8; i++)
		bytes[i] = (char)(unsigned char)(value >> (8 * i));
	emit(writer, (struct span){bytes, sizeof bytes});
}

int container_finish(struct container_writer *writer, struct checksum_128 *id, struct err *err)
{
	struct buf end = {0};
	uint64_t sums_offset;
	uint64_t length;

	end_chunk(writer);
	sums_offset = position(writer);
	if (writer->page.n)
		end_page(writer);
	length = sums_offset + writer->sums.n + writer->table.n + TAIL_BYTES;
	*id = checksum_128(buf_span(&writer->sums));
	buf_add_span(&end, buf_span(&writer->sums));
	buf_add_span(&end, buf_span(&writer->table));
	buf_add_u32(&end, 0);
	buf_add_u32(&end, 0);
	buf_add_u32(&end, (uint32_t)(writer->table.n / ENTRY_BYTES));
	buf_add_u32(&end, 0);
	buf_add_u64(&end, sums_offset);
	buf_add_u64(&end, length);
	buf_add(&end, id->bytes, sizeof id->bytes);
	buf_add_u64(&end, checksum_64(buf_span(&end)));
	writer->failed |= end.failed || writer->sums.failed || writer->table.failed;
	emit(writer, buf_span(&end));
	emit_u64(writer, XXH3_64bits_digest(writer->whole));
	buf_release(&end);
	return writer->failed ? err_memory(err, "write an index") : 0;
}

void container_writer_release(struct container_writer *writer)
{
	buf_release(&writer->page);
	buf_release(&writer->sums);
	buf_release(&writer->table);
	XXH3_freeState(writer->whole);
	writer->whole = NULL;
}

int container_damaged(const struct container *container, uint64_t offset, const char *what, struct err *err)
{
	return err_set(err, ERR_DAMAGED, "%s: damaged (%s, at byte %llu); rebuild it with kbindex --force",
		       container->path, what, (unsigned long long)offset);
}

static int check_head(const struct container *container, uint32_t kind, struct err *err)
{
	struct cursor c = cursor_of(container->bytes);
	struct span start = cursor_bytes(&c, sizeof magic);
	uint32_t found_kind = cursor_u32(&c);
	uint32_t version = cursor_u32(&c);

	if (c.failed || memcmp(start.p, magic, sizeof magic) != 0 || found_kind != kind)
		return err_set(err, ERR_FOREIGN, "%s: not a file of a kbsearch index; rebuild it with kbindex --force",
			       container->path);
	if (version != CONTAINER_VERSION)
		return err_set(err, ERR_VERSION,
			       "%s: index format %u, this program reads %u; rebuild it with kbindex --force",
			       container->path, version, CONTAINER_VERSION);
	return 0;
}

/* Fills the chunk table; every chunk must begin where the one before ended. */
static int read_table(struct container *container, struct cursor *c, uint32_t count, struct err *err)
{
	uint64_t offset = HEAD_BYTES;

	if (count > CONTAINER_CHUNKS)
		return container_damaged(container, container->sums_offset, "too many chunks", err);
	for (unsigned i = 0; i < count; i++) {
		struct chunk *chunk = &container->chunks[i];
		uint32_t zero;

		chunk->name = cursor_u32(c);
		zero = cursor_u32(c);
		chunk->offset = cursor_u64(c);
		chunk->length = cursor_u64(c);
		if (c->failed || zero || chunk->offset != offset ||
		    chunk->length > container->sums_offset - chunk->offset)
			return container_damaged(container, offset, "chunk table", err);
		for (unsigned k = 0; k < i; k++)
			if (container->chunks[k].name == chunk->name)
				return container_damaged(container, offset, "chunk named twice", err);
		offset += chunk->length;
	}
	container->chunk_count = count;
	return offset == container->sums_offset ? 0 : container_damaged(container, offset, "chunk table", err);
}

static uint64_t page_count(const struct container *container)
{
	return (container->sums_offset + CONTAINER_PAGE - 1) / CONTAINER_PAGE;
}

static int read_end(struct container *container, struct err *err)
{
	size_t n = container->bytes.n;
	struct cursor tail = cursor_of((struct span){container->bytes.p + n - TAIL_BYTES, TAIL_BYTES});
	uint32_t required = cursor_u32(&tail);
	uint32_t count;
	uint64_t length;
	struct span id;
	struct cursor table;
	uint64_t table_bytes;
	uint32_t zero;

	cursor_u32(&tail);
	count = cursor_u32(&tail);
	zero = cursor_u32(&tail);
	container->sums_offset = cursor_u64(&tail);
	length = cursor_u64(&tail);
	id = cursor_bytes(&tail, sizeof container->id.bytes);
	table_bytes = (uint64_t)count * ENTRY_BYTES;
	if (length != n)
		return container_damaged(container, n, "cut short or grown", err);
	if (zero || container->sums_offset < HEAD_BYTES || container->sums_offset > n ||
	    table_bytes + page_count(container) * 4 + TAIL_BYTES != n - container->sums_offset)
		return container_damaged(container, n - TAIL_BYTES, "tail", err);
	if (checksum_64((struct span){container->bytes.p + container->sums_offset,
				      n - 16 - (size_t)container->sums_offset}) != cursor_u64(&tail))
		return container_damaged(container, container->sums_offset, "checksum of the tail", err);
	if (required)
		return err_set(err, ERR_VERSION, "%s: needs features of a newer kbsearch", container->path);
	memcpy(container->id.bytes, id.p, id.n);
	table = cursor_of((struct span){container->bytes.p + n - TAIL_BYTES - table_bytes, (size_t)table_bytes});
	return read_table(container, &table, count, err);
}

int container_open(struct container *container, struct span bytes, uint32_t kind, const char *path, struct err *err)
{
	*container = (struct container){.bytes = bytes, .path = path};
	if (check_head(container, kind, err) < 0)
		return -1;
	if (bytes.n < HEAD_BYTES + TAIL_BYTES)
		return container_damaged(container, bytes.n, "cut short", err);
	if (read_end(container, err) < 0)
		return -1;
	container->checked = mem_zero((size_t)page_count(container) / 8 + 1, 1);
	return container->checked ? 0 : err_memory(err, "open an index");
}

void container_close(struct container *container)
{
	mem_free(container->checked);
	*container = (struct container){0};
}

int container_find(const struct container *container, uint32_t name, struct chunk *out, struct err *err)
{
	for (unsigned i = 0; i < container->chunk_count; i++) {
		if (container->chunks[i].name == name) {
			*out = container->chunks[i];
			return 0;
		}
	}
	return container_damaged(container, container->sums_offset, "a chunk is missing", err);
}

static int check_page(struct container *container, uint64_t page, struct err *err)
{
	uint64_t start = page * CONTAINER_PAGE;
	uint64_t end = start + CONTAINER_PAGE;
	const char *base = container->bytes.p;
	const unsigned char *sum = (const unsigned char *)base + container->sums_offset + page * 4;

	if (end > container->sums_offset)
		end = container->sums_offset;
	if (checksum_32((struct span){base + start, (size_t)(end - start)}) != load_u32(sum))
		return container_damaged(container, start, "checksum of a page", err);
	container->checked[page / 8] |= (unsigned char)(1u << page % 8);
	return 0;
}

int container_view(struct container *container, const struct chunk *chunk, uint64_t offset, uint64_t length,
		   struct span *out, struct err *err)
{
	uint64_t start;

	if (offset > chunk->length || length > chunk->length - offset)
		return container_damaged(container, chunk->offset, "a reference outside its chunk", err);
	start = chunk->offset + offset;
	*out = (struct span){container->bytes.p + start, (size_t)length};
	if (length == 0)
		return 0;
	for (uint64_t page = start / CONTAINER_PAGE; page <= (start + length - 1) / CONTAINER_PAGE; page++)
		if (!(container->checked[page / 8] >> page % 8 & 1) && check_page(container, page, err) < 0)
			return -1;
	return 0;
}

int container_check(struct container *container, struct err *err)
{
	struct span bytes = container->bytes;

	for (uint64_t page = 0; page < page_count(container); page++)
		if (check_page(container, page, err) < 0)
			return -1;
	if (checksum_64((struct span){bytes.p, bytes.n - 8}) != load_u64((const unsigned char *)bytes.p + bytes.n - 8))
		return container_damaged(container, bytes.n - 8, "checksum of the file", err);
	return 0;
}
